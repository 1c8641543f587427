"""For those who make apps and systems: what the server can, trying it, and the same request to copy."""
