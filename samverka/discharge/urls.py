"""Addresses of the room."""

from django.urls import path

from samverka.discharge.pages import (
    basis,
    basis_files,
    board,
    cases,
    hindrances,
    home,
    mine,
    planning,
    reserve,
    routes,
    telling,
)

app_name = "discharge"

_BASIS = "betalningsansvar/<uuid:basis_id>/"
_CASE = "utskrivning/<uuid:case_id>/"

urlpatterns = [
    path("utskrivning/", board.board, name="board"),
    path("utskrivning/vagg/", board.wall, name="wall"),
    path("utskrivning/reserv/", reserve.reserve, name="reserve"),
    path("utskrivning/reserv/fil/", reserve.reserve_file, name="reserve_file"),
    path("utskrivning/rond/", board.round_start, name="round_start"),
    path("utskrivning/rond/<uuid:case_id>/", board.round_case, name="round"),
    path("utskrivning/andringar/", board.changes, name="changes"),
    path("personer/<uuid:person_id>/skriv-in/", cases.open_case, name="open"),
    path("personer/<uuid:person_id>/ta-over-utskrivning/", cases.take_over, name="take_over"),
    path("personer/<uuid:person_id>/beratta-for-avdelningen/", telling.before, name="before"),
    path(_CASE, cases.case, name="case"),
    path(f"{_CASE}avsluta/", telling.close, name="close"),
    path(f"{_CASE}<uuid:message_id>/ratta/", telling.correct, name="correct"),
    path(f"{_CASE}skicka/<slug:kind>/", cases.send, name="send"),
    path(f"{_CASE}utkast/<slug:kind>/", cases.keep_draft, name="keep_draft"),
    path(f"{_CASE}hemgang/", home.going_home, name="going_home"),
    path(f"{_CASE}hemgang/svara/", home.answer, name="answer_items"),
    path(f"{_CASE}hemgang/fraga/", home.ask, name="ask_items"),
    path(f"{_CASE}hemgang/<uuid:item_id>/lamna/", home.hand_over, name="hand_over_item"),
    path(f"{_CASE}hemma/", home.after, name="after"),
    path(f"{_CASE}hemma/inte-nadd/", home.not_reached, name="not_reached"),
    path("min-sida/hem/<uuid:case_id>/", mine.mine, name="mine"),
    path("min-sida/hem/<uuid:case_id>/papper/", mine.paper, name="mine_paper"),
    path(f"{_CASE}efterat/", reserve.afterwards_kinds, name="afterwards_kinds"),
    path(f"{_CASE}efterat/<slug:kind>/", reserve.afterwards, name="afterwards"),
    path(f"{_CASE}plan/", planning.plan, name="plan"),
    path(f"{_CASE}plan/borja/", planning.begin, name="plan_begin"),
    path(f"{_CASE}fast-kontakt/", planning.tell_contact, name="tell_contact"),
    path(f"{_CASE}<uuid:message_id>/ta-tillbaka/", cases.withdraw, name="withdraw"),
    path("utskrivning/kopior/<uuid:copy_id>/kvittera/", cases.receipt, name="receipt"),
    path("utskrivning/kopior/<uuid:copy_id>/fel/", cases.wrong, name="wrong"),
    path("vart-meddelanden-gar/", routes.table, name="routes"),
    path("vart-meddelanden-gar/ny/", routes.new, name="route_new"),
    path("vart-meddelanden-gar/<uuid:route_id>/", routes.line, name="route"),
    path("vart-meddelanden-gar/<uuid:route_id>/avsluta/", routes.end, name="route_end"),
    path(f"{_CASE}hinder/", hindrances.note, name="note_hindrance"),
    path("utskrivning/hinder/<uuid:hindrance_id>/slut/", hindrances.end, name="end_hindrance"),
    path("betalningsansvar/", basis.bases, name="bases"),
    path("betalningsansvar/belopp/", basis.rate, name="rate"),
    path(_BASIS, basis.basis, name="basis"),
    path(f"{_BASIS}rakna/", basis.again, name="basis_again"),
    path(f"{_BASIS}skickat/", basis.lock, name="basis_lock"),
    path(f"{_BASIS}excel/", basis_files.workbook, name="basis_workbook"),
    path(f"{_BASIS}pdf/", basis_files.paper, name="basis_paper"),
    path(f"{_BASIS}csv/", basis_files.table, name="basis_table"),
    path(f"{_BASIS}<uuid:case_id>/bestrid/", basis.contest, name="contest"),
    path("betalningsansvar/invandningar/<uuid:objection_id>/", basis.decide, name="decide"),
]
