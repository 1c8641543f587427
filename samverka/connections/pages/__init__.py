"""Pages of the room: the protocol, what an app is asked for, one's own apps, and the administrator's list."""
