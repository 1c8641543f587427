"""Stays in hospital on their way home: those that stand on the board from the start, and a week that is played."""
