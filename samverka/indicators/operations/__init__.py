"""Every change of the room."""

from samverka.indicators.operations.reckoning import ReckonedDetail, reckon_figures

__all__ = ["ReckonedDetail", "reckon_figures"]
