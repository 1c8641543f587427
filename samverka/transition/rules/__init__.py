"""The room's arithmetic and words, pure: status reports, targets, and how grants are shared out and settled."""
