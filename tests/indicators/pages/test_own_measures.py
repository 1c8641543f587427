"""A measure of the county's own: from a form or a file, tried, taken into use, never changed, retired."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samverka.indicators import operations
from samverka.indicators.forms.conditions import condition_of, row_of
from samverka.indicators.models import MeasureVersion
from samverka.indicators.operations.measures import COLUMNS
from samverka.indicators.pages.measures import _said
from samverka.indicators.reads.rows import county_measures
from samverka.indicators.rules.figures import share
from samverka.indicators.rules.measures import (
    Measure,
    Reader,
    Shape,
    as_data,
    as_toml,
    facts_of,
    measures_of,
    read_settings,
)
from samverka.indicators.warehouse.measures.shipped import shipped
from samverka.kernel.problems import Invalid, NotAllowed
from tests.factories.browser import log_in
from tests.factories.cast import Cast
from tests.indicators.pages.curves import own_measure

NEW = "/laget/matt/nytt/"


class _Filled(HTMLParser):
    """What a browser would send of the form on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._select, self._options, self._area = "", list[tuple[str, bool]](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "select":
            self._select, self._options = name, []
        elif tag == "option":
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._area = name
            self.found[name] = [""]
        elif tag == "input" and name and given.get("type") not in ("submit", "file"):
            tick = given.get("type") == "checkbox"
            if not tick or "checked" in given:
                sent = given.get("value", "on" if tick else "")
                self.found.setdefault(name, []).append(sent)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._options:
            chosen = [value for value, selected in self._options if selected]
            self.found[self._select] = chosen or [self._options[0][0]]
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area][0] += data.lstrip("\n")


def _filled(page: str) -> dict[str, Any]:
    reader = _Filled()
    reader.feed(page[page.index('id="matt"') : page.index('name="keep"')])
    return dict(reader.found)


def _body(analyst: Client, measure: Measure, **other: str) -> dict[str, Any]:
    """The form as it comes out of the measure's file, with something changed."""
    sent = SimpleUploadedFile("eget.toml", as_toml(measure).encode())
    page = analyst.post("/laget/matt/", {"file": sent}).content.decode()
    return _filled(page) | other


def test_every_shipped_measure_goes_out_as_a_file_and_comes_back_the_same() -> None:
    for measure in shipped().values():
        (again,) = measures_of(as_toml(measure), COLUMNS)
        assert as_data(again) == as_data(measure), measure.code


def test_a_form_makes_a_version_and_another_one(analyst: Client) -> None:
    assert analyst.post(NEW, _body(analyst, own_measure(), keep="1")).status_code == 302
    changed = _body(analyst, own_measure(), keep="1", smallest="10", why="Styrgruppen")
    assert analyst.post(NEW, changed).status_code == 302
    rows = MeasureVersion.objects.filter(code="eget-hem").order_by("number")
    assert [(one.number, one.current, one.definition["smallest"]) for one in rows] == [
        (1, False, 5), (2, True, 10),
    ]  # fmt: skip
    assert [one.smallest for one in county_measures()] == [10]
    page = analyst.get("/laget/matt/").content.decode()
    assert "eget-hem" in page
    assert analyst.post("/laget/matt/eget-hem/sluta/").status_code == 302
    assert county_measures() == ()
    assert "används inte längre" in analyst.get("/laget/matt/").content.decode()


def test_a_form_loses_nothing_of_what_it_began_from(analyst: Client) -> None:
    whole = replace(shipped()["utskrivningsklar-dagar"], code="eget-dagar", groups=("elderly",))
    assert analyst.post(NEW, _body(analyst, whole, keep="1")).status_code == 302
    kept = MeasureVersion.objects.get(code="eget-dagar").definition
    lost = {name: one for name, one in as_data(whole).items() if kept.get(name) != one}
    assert set(lost) == {"official"}  # the number elsewhere is not our measure's
    page = analyst.get(f"{NEW}?fran=eget-dagar").content.decode()
    assert '<option value="mean" selected>Medelvärde</option>' in page


def test_every_condition_of_the_shipped_measures_is_a_row_and_comes_back_the_same() -> None:
    rows = []
    for measure in shipped().values():
        fact = facts_of(measure)[0]
        for name in ("where", "hit", "again"):
            for one in measure.settings.get(name, ()):  # type: ignore[attr-defined]
                row = row_of(fact, one)
                assert condition_of(fact, row) == one, (measure.code, row)
                rows.append(row)
    kept = [one.kept for one in rows if one.kept is not None]
    assert len(rows) > 100
    assert len(kept) <= 3, kept  # one of two things, and what is turned round


@pytest.mark.parametrize(
    "code",
    ["aterinskrivning-30-dagar", "omsorgskontakt-bytt", "vem-vantar-pa-vem", "fallskador-80",
     "kontinuitet-lakare", "vardkontakt-i-planen", "tio-lakemedel-75"],
)  # fmt: skip
def test_the_form_sends_back_what_it_was_filled_with(analyst: Client, code: str) -> None:
    whole = replace(shipped()[code], code=f"eget-{code}", official="")
    assert analyst.post(NEW, _body(analyst, whole, keep="1")).status_code == 302
    kept = MeasureVersion.objects.get(code=whole.code).definition
    told = read_settings(Reader(kept["settings"], "", []), Shape(whole.shape), COLUMNS)
    assert told == read_settings(Reader(whole.settings, "", []), Shape(whole.shape), COLUMNS)


def test_conditions_are_added_and_taken_away_without_javascript(analyst: Client) -> None:
    body = _body(analyst, own_measure())
    many = int(body["where-rows"][0])
    added = analyst.post(
        NEW, body | {"change": "add:where", "where-new": "psychiatric", "name": "Ett nytt"}
    )
    again = _filled(added.content.decode())
    assert again["where-rows"] == [str(many + 1)]
    assert again["name"] == ["Ett nytt"]
    again[f"where-{many}-how"] = ["not-yes"]
    assert analyst.post(NEW, again | {"keep": "1"}).status_code == 302
    kept = MeasureVersion.objects.get(code="eget-hem").definition["settings"]["where"]
    assert kept[-1] == {"column": "psychiatric", "is": True, "not": True}
    fewer = analyst.post(NEW, again | {"change": f"drop:where:{many}"})
    assert _filled(fewer.content.decode())["where-rows"] == [str(many)]


def test_what_is_wrong_is_said_where_it_is_and_nothing_is_lost(analyst: Client) -> None:
    body = _body(analyst, own_measure(), keep="1", question="Ingen fråga", follow_days="många")
    said = analyst.post(NEW, body)
    page = said.content.decode()
    assert said.status_code == 422
    assert "Fyll i ett heltal" in page
    assert "Ingen fråga" in page
    body |= {"follow_days": "3", "hit-0-how": "by", "hit-0-column": "ready_on", "hit-0-other": ""}
    page = analyst.post(NEW, body).content.decode()
    assert "Frågan slutar inte med ett frågetecken." in page
    assert "Träff när, rad 1" in page
    assert not MeasureVersion.objects.filter(code="eget-hem").exists()


def test_a_file_is_read_into_the_form(analyst: Client) -> None:
    sent = SimpleUploadedFile("eget.toml", as_toml(own_measure()).encode())
    page = analyst.post("/laget/matt/", {"file": sent}).content.decode()
    assert 'value="eget-hem"' in page
    wrong = analyst.post("/laget/matt/", {"file": SimpleUploadedFile("x.toml", b"[[measure")})
    assert wrong.status_code == 422
    assert "går inte att läsa" in wrong.content.decode()


def test_a_trial_says_what_last_year_would_have_been_and_hides_the_few(analyst: Client) -> None:
    page = analyst.post(NEW, _body(analyst, own_measure(), **{"try": "1"}))
    assert "Så hade förra året sett ut" in page.content.decode()
    assert not MeasureVersion.objects.filter(code="eget-hem").exists()
    told = [_said(share(part, 40), None, own_measure()) for part in (0, 3, 20, 37)]
    assert [one.startswith("Visas inte") for one in told] == [False, True, False, True]
    assert told[2].startswith("50 ")


def test_only_the_region_makes_the_countys_measures(cast: Cast, analyst: Client) -> None:
    for who in (cast.municipal_analyst, cast.leader):
        with pytest.raises(NotAllowed):
            operations.keep_measure(who, data=as_data(own_measure()), why="")
        assert log_in(who).get(NEW).status_code == 403
    taken = as_data(replace(own_measure(), code="utskrivningsklara-dagar"))
    with pytest.raises(Invalid, match="följer med Samverka"):
        operations.keep_measure(cast.analyst, data=taken, why="")
