"""Template tags and filters that every page may load: `components` and `words`."""
