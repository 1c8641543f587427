"""Notices and worklists: what a unit must do next, and the word to a person that there is something new."""
