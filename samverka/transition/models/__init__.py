"""Rows of the room: status reports, targets, grants. No person. Each file says what it holds."""
