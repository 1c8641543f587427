"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.indicators.pages import (
    figure,
    files,
    keeping,
    measures,
    overview,
    persons,
    published,
    versions,
)

app_name = "indicators"

_FIGURE = "laget/<slug:code>/"

urlpatterns = [
    path("laget/", overview.overview, name="overview"),
    path("laget/valj/", keeping.choose, name="choose"),
    path("laget/anteckning/<uuid:note_id>/ta-bort/", keeping.withdraw, name="note_withdraw"),
    path("laget/matt/", measures.measures, name="measures"),
    path("laget/matt/nytt/", measures.new, name="measure_new"),
    path("laget/matt/<slug:code>/fil/", measures.file, name="measure_file"),
    path("laget/matt/<slug:code>/sluta/", measures.retire, name="measure_retire"),
    path(_FIGURE, figure.figure, name="figure"),
    path(f"{_FIGURE}anteckna/", keeping.note, name="note"),
    path(f"{_FIGURE}personer/", persons.persons, name="persons"),
    path(f"{_FIGURE}versioner/", versions.versions, name="versions"),
    path(f"{_FIGURE}csv/", files.table, name="figure_table"),
    path(f"{_FIGURE}excel/", files.workbook, name="figure_workbook"),
    path(f"{_FIGURE}json/", files.data, name="figure_data"),
    path(f"{_FIGURE}svg/", files.drawn, name="figure_drawing"),
    path(f"{_FIGURE}png/", files.picture, name="figure_picture"),
    path(f"{_FIGURE}pdf/", files.paper, name="figure_paper"),
    path("visa/<slug:area>/<slug:code>/", published.published, name="published"),
]
