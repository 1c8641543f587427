"""Every change of the room."""

from samverka.indicators.operations.exporting import ExportDetail, export_facts
from samverka.indicators.operations.reckoning import ReckonedDetail, reckon_figures

__all__ = ["ExportDetail", "ReckonedDetail", "export_facts", "reckon_figures"]
