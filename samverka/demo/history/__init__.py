"""Five years of a whole county's history as facts, so that the figures of the demo have something to tell.

Everyone else in the demo is built by operations. This is not: it stands for what a county has in its old systems,
comes in as an import of such files does, and goes straight to the warehouse. Nobody in it is anyone: as many in
each municipality, of each sex and age, as lived there in 2019 (SCB), and chance for the rest. It is calibrated to
published figures of the region (`target.py`), and holds a change that can be seen: see `places.py`.
"""
