"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.guarantee import pages

app_name = "guarantee"

_WAIT = "vardgaranti/<uuid:wait_id>"

urlpatterns = [
    path("vardgaranti/", pages.waits, name="list"),
    path("vardgaranti/statistik/", pages.figures, name="figures"),
    path("vardgaranti/statistik.csv", pages.figures_table, name="figures_table"),
    path("vardgaranti/statistik.xlsx", pages.figures_workbook, name="figures_workbook"),
    path("vardgaranti/tabell.csv", pages.table, name="table"),
    path("vardgaranti/tabell.xlsx", pages.workbook, name="workbook"),
    path("personer/<uuid:person_id>/vantetid/", pages.start, name="start"),
    path("min-vantan/<uuid:wait_id>/", pages.mine, name="mine"),
    path(f"{_WAIT}/", pages.wait, name="wait"),
    path(f"{_WAIT}/ratta/", pages.correct, name="correct"),
    path(f"{_WAIT}/behov/", pages.need, name="need"),
    path(f"{_WAIT}/erbjud/", pages.offer, name="offer"),
    path(f"{_WAIT}/erbjud-annan-vardgivare/", pages.offer_elsewhere, name="elsewhere"),
    path(f"{_WAIT}/erbjudande/<uuid:offer_id>/svar/", pages.answer, name="answer"),
    path(f"{_WAIT}/uppehall/", pages.pause, name="pause"),
    path(f"{_WAIT}/uppehall/<uuid:pause_id>/slut/", pages.pause_end, name="pause_end"),
    path(f"{_WAIT}/kontakt/", pages.contact, name="contact"),
    path(f"{_WAIT}/kontakt/<uuid:wait_contact_id>/bedom/", pages.judge, name="judge"),
    path(f"{_WAIT}/erbjudande/<uuid:offer_id>/ta-tillbaka/", pages.withdraw_offer,
         name="withdraw_offer"),
    path(f"{_WAIT}/uppehall/<uuid:pause_id>/ta-tillbaka/", pages.withdraw_pause,
         name="withdraw_pause"),
    path(f"{_WAIT}/kontakt/<uuid:wait_contact_id>/ta-tillbaka/", pages.withdraw_contact,
         name="withdraw_contact"),
    path(f"{_WAIT}/avsluta/", pages.end, name="end"),
    path(f"{_WAIT}/oppna-igen/", pages.reopen, name="reopen"),
    path(f"{_WAIT}/brev/<str:letter_kind>/", pages.write_letter, name="write_letter"),
    path(f"{_WAIT}/skrivet-brev/<uuid:letter_id>.pdf", pages.letter_paper, name="letter"),
]  # fmt: skip
