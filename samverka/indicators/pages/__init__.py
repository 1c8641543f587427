"""Pages of figures: the overview, one question, and everything that leaves the house with it."""
