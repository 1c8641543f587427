"""Gated fetches of tasks and news."""
