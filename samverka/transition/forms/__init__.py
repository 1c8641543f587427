"""Parsing and friendly messages: `reports…`, `targets`, `grants…`."""
