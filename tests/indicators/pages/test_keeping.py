"""Notes, own sets and what is published: who may, what is refused, and that everything else stays closed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from samverka.indicators import operations
from samverka.indicators.models import FigureSet, Note
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotFound
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast
from tests.indicators.pages.curves import DAYS, FALLS, SHARE

OPEN = f"/visa/23/{DAYS}/"


def _note(cast: Cast, **other: object) -> object:
    given = {"code": DAYS, "area": "23", "on": NOW.date(), "words": "Ny rutin"}
    return operations.add_note(cast.analyst, **(given | other))  # type: ignore[arg-type]


def _choose(cast: Cast, *codes: str, version: int = 0, published: bool = False) -> None:
    operations.choose_figures(
        cast.analyst, area="23", codes=codes, published=published, version=version
    )


def test_a_note_stands_on_the_curve_until_it_is_withdrawn(analyst: Client, cast: Cast) -> None:
    body = {"on": "2025-01-15", "words": "Ny rutin för hemgång"}
    said = analyst.post(f"/laget/{DAYS}/anteckna/?omrade=23", body)
    assert said.status_code == 302
    page = analyst.get(f"/laget/{DAYS}/?omrade=23").content.decode()
    assert "2 Ny rutin för hemgång" in page  # after the break of the series
    assert "Ny rutin" in analyst.get(f"/laget/{DAYS}/json/?omrade=23").content.decode()
    assert "Ny rutin" not in analyst.get(f"/laget/{FALLS}/?omrade=2309").content.decode()
    one = Note.objects.get()
    analyst.post(f"/laget/anteckning/{one.id}/ta-bort/", {"code": DAYS})
    assert "2 Ny rutin" not in analyst.get(f"/laget/{DAYS}/?omrade=23").content.decode()
    assert Note.objects.get().withdrawn_at is not None
    with pytest.raises(NotFound):
        operations.withdraw_note(cast.analyst, note_id=one.id)


def test_nothing_typed_is_lost_when_a_note_is_refused(analyst: Client) -> None:
    body = {"on": "2999-01-01", "words": "Ny rutin för hemgång"}
    said = analyst.post(f"/laget/{DAYS}/anteckna/?omrade=23", body)
    assert said.status_code == 422
    assert "Dagen har inte kommit än." in said.content.decode()
    assert "Ny rutin för hemgång" in said.content.decode()


def test_each_organisation_keeps_its_own(analyst: Client, cast: Cast) -> None:
    _note(cast)
    for area in ("2309", "2321", "00", "01"):
        with pytest.raises(NotAllowed):
            _note(cast, area=area)
    own = replace(cast.municipal_analyst, at=NOW)
    operations.add_note(own, code="", area="2309", on=NOW.date(), words="Nytt arbetssätt")
    for area in ("23", "2321"):
        with pytest.raises(NotAllowed):
            operations.add_note(own, code="", area=area, on=NOW.date(), words="x")
    with pytest.raises(NotAllowed):
        operations.add_note(cast.leader, code=DAYS, area="23", on=NOW.date(), words="x")
    with pytest.raises(Invalid):
        _note(cast, words="  ")
    assert analyst.get(f"/laget/{DAYS}/anteckna/?omrade=2309").status_code == 403
    assert log_in(cast.leader).get("/laget/valj/").status_code == 403
    assert "Anteckna i kurvan" not in analyst.get(f"/laget/{DAYS}/?omrade=2309").content.decode()


def test_an_area_follows_its_own_questions_in_its_own_order(analyst: Client, cast: Cast) -> None:
    body = {"place_1": SHARE, "place_3": DAYS, "version": "0"}
    assert analyst.post("/laget/valj/?omrade=23", body).status_code == 302
    assert FigureSet.objects.get().codes == [SHARE, DAYS]
    page = analyst.get("/laget/").content.decode()
    assert page.index(f"/laget/{SHARE}/") < page.index(f"/laget/{DAYS}/")
    krokom = log_in(cast.municipal_leader).get("/laget/").content.decode()
    assert "Länets val." in krokom
    late = analyst.post("/laget/valj/?omrade=23", body | {"place_1": FALLS})
    assert late.status_code == 422
    assert "Någon annan har valt frågor medan du gjorde det." in late.content.decode()
    with pytest.raises(Conflict):
        _choose(cast, FALLS)


def test_a_set_has_one_to_ten_questions_that_exist(cast: Cast, analyst: Client) -> None:
    for codes in ((), ("finns-inte",), tuple(f"q{n}" for n in range(11))):
        with pytest.raises(Invalid):
            _choose(cast, *codes)


def test_only_what_is_published_is_open_and_only_that_may_be_framed(
    cast: Cast, analyst: Client
) -> None:
    anyone = Client()
    assert anyone.get(OPEN).status_code == 404
    _choose(cast, DAYS)
    assert anyone.get(OPEN).status_code == 404
    _choose(cast, DAYS, version=1, published=True)
    said = anyone.get(OPEN)
    assert said.status_code == 200
    assert "Hur länge väntar utskrivningsklara" in said.content.decode()
    assert "X-Frame-Options" not in said
    assert "frame-ancestors https:" in said["Content-Security-Policy"]
    assert not said.cookies
    for closed in (f"/visa/23/{SHARE}/", f"/visa/2309/{DAYS}/", f"/visa/99/{DAYS}/"):
        assert anyone.get(closed).status_code == 404
    for path in (f"/laget/{DAYS}/", "/laget/", f"/laget/{DAYS}/json/"):
        inside = analyst.get(path)
        assert inside["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in inside["Content-Security-Policy"]
        assert anyone.get(path).status_code == 302
    assert OPEN in analyst.get("/laget/valj/").content.decode()
    _choose(cast, DAYS, version=2)
    assert anyone.get(OPEN).status_code == 404
