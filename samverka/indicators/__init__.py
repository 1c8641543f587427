"""Figures on how the change goes: their uncertainty, their charts, and what of them may be shown."""
