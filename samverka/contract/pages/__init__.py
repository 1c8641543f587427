"""Pages: start, the person's own page, the staff's overview, rights, and checks of the log."""
