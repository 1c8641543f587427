"""A made-up nation as facts, and five measures over it written by hand: what `samverka bench nation` runs.

The persons are nobody: as many in each municipality, of each sex and age, as lived there, and chance for
the rest. What happens to them is only roughly as in life: enough for an engine to have the work that
it would have. Never shown to anyone as figures.
"""
