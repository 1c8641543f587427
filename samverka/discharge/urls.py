"""Addresses of the room."""

from django.urls import path

from samverka.discharge.pages import board, cases, routes, telling

app_name = "discharge"

_CASE = "utskrivning/<uuid:case_id>/"

urlpatterns = [
    path("utskrivning/", board.board, name="board"),
    path("utskrivning/vagg/", board.wall, name="wall"),
    path("utskrivning/andringar/", board.changes, name="changes"),
    path("personer/<uuid:person_id>/skriv-in/", cases.open_case, name="open"),
    path("personer/<uuid:person_id>/ta-over-utskrivning/", cases.take_over, name="take_over"),
    path("personer/<uuid:person_id>/beratta-for-avdelningen/", telling.before, name="before"),
    path(_CASE, cases.case, name="case"),
    path(f"{_CASE}avsluta/", telling.close, name="close"),
    path(f"{_CASE}<uuid:message_id>/ratta/", telling.correct, name="correct"),
    path(f"{_CASE}skicka/<slug:kind>/", cases.send, name="send"),
    path(f"{_CASE}<uuid:message_id>/ta-tillbaka/", cases.withdraw, name="withdraw"),
    path("utskrivning/kopior/<uuid:copy_id>/kvittera/", cases.receipt, name="receipt"),
    path("utskrivning/kopior/<uuid:copy_id>/fel/", cases.wrong, name="wrong"),
    path("vart-meddelanden-gar/", routes.table, name="routes"),
    path("vart-meddelanden-gar/ny/", routes.new, name="route_new"),
    path("vart-meddelanden-gar/<uuid:route_id>/", routes.line, name="route"),
    path("vart-meddelanden-gar/<uuid:route_id>/avsluta/", routes.end, name="route_end"),
]
