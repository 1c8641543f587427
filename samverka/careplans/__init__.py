"""Individual plans: what matters to the person, goals, who does what, contacts, versions."""
