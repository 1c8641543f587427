"""Pages for developers. What they tell of the server is what `metadata` tells anyone, so they are open; only trying needs a log-in."""
