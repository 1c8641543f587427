"""The room's arithmetic and words, pure: how grants are shared out and settled."""
