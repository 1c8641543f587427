"""Pages: a person's plans, one plan to read and write, sharing, history, contacts."""
