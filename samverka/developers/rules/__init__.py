"""A request in plain values: examples of it, how it is copied, what came of it, and what the server says that it can."""
