"""Forms of grants: what is laid down, shared out, tried, awarded, moved, read in."""
