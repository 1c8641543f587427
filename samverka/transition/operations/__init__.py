"""Every change in the room: `reports…`, `targets`, `grants…`."""
