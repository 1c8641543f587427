"""The person's contract: one page over all that is planned; and the same for staff."""
