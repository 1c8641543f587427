"""Every change of the room."""

from samverka.indicators.operations.exporting import ExportDetail, export_facts
from samverka.indicators.operations.importing import ImportDetail, import_facts
from samverka.indicators.operations.measures import keep_measure, retire_measure
from samverka.indicators.operations.notes import add_note, withdraw_note
from samverka.indicators.operations.published import take_published
from samverka.indicators.operations.reckoning import ReckonedDetail, reckon_figures
from samverka.indicators.operations.sets import choose_figures

__all__ = [
    "ExportDetail",
    "ImportDetail",
    "ReckonedDetail",
    "add_note",
    "choose_figures",
    "export_facts",
    "import_facts",
    "keep_measure",
    "reckon_figures",
    "retire_measure",
    "take_published",
    "withdraw_note",
]
