"""Pages of the room: `reports…`, `targets`, `grants…`."""
