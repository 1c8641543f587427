"""Who is told when something changes: subscriptions of other systems, what they are to be told, and the way there."""
