"""Samverka: one plan per person across all who help them."""

__version__ = "0.1.0"
