"""Gated fetches of the room: `reports…`, `targets`, `grants…`."""
