"""A measure of the county's own: from a form or a file, tried, taken into use, never changed, retired."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samverka.indicators import operations
from samverka.indicators.forms.measures import MeasureForm, filled
from samverka.indicators.models import MeasureVersion
from samverka.indicators.operations.measures import COLUMNS
from samverka.indicators.pages.measures import _said
from samverka.indicators.reads.rows import county_measures
from samverka.indicators.rules.figures import share
from samverka.indicators.rules.measures import Measure, as_data, as_toml, measures_of
from samverka.indicators.warehouse.measures.shipped import shipped
from samverka.kernel.problems import Invalid, NotAllowed
from tests.factories.browser import log_in
from tests.factories.cast import Cast
from tests.indicators.pages.curves import own_measure

NEW = "/laget/matt/nytt/"


def _body(measure: Measure, **other: str) -> dict[str, str]:
    given = filled(measure, code=measure.code)
    known = {name: str(one) for name, one in given.items() if one is not None}
    return {name: one for name, one in known.items() if name in MeasureForm.base_fields} | other


def test_every_shipped_measure_goes_out_as_a_file_and_comes_back_the_same() -> None:
    for measure in shipped().values():
        (again,) = measures_of(as_toml(measure), COLUMNS)
        assert as_data(again) == as_data(measure), measure.code


def test_a_form_makes_a_version_and_another_one(analyst: Client) -> None:
    assert analyst.post(NEW, _body(own_measure(), keep="1")).status_code == 302
    changed = _body(own_measure(), keep="1", smallest="10", why="Styrgruppen")
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
    assert analyst.post(NEW, _body(whole, keep="1")).status_code == 302
    kept = MeasureVersion.objects.get(code="eget-dagar").definition
    lost = {name: one for name, one in as_data(whole).items() if kept.get(name) != one}
    assert set(lost) == {"official"}  # the number elsewhere is not our measure's
    page = analyst.get(f"{NEW}?fran=eget-dagar").content.decode()
    assert '<option value="mean" selected>Medelvärde</option>' in page


def test_what_is_wrong_is_said_where_it_is_and_nothing_is_lost(analyst: Client) -> None:
    said = analyst.post(
        NEW, _body(own_measure(), keep="1", question="Ingen fråga", settings='fact = "stey"')
    )
    page = said.content.decode()
    assert said.status_code == 422
    assert "Frågan slutar inte med ett frågetecken." in page
    assert "settings.fact" in page
    assert "Ingen fråga" in page
    assert analyst.post(NEW, _body(own_measure(), keep="1", settings="fact = ")).status_code == 422
    assert not MeasureVersion.objects.filter(code="eget-hem").exists()


def test_a_file_is_read_into_the_form(analyst: Client) -> None:
    sent = SimpleUploadedFile("eget.toml", as_toml(own_measure()).encode())
    page = analyst.post("/laget/matt/", {"file": sent}).content.decode()
    assert 'value="eget-hem"' in page
    wrong = analyst.post("/laget/matt/", {"file": SimpleUploadedFile("x.toml", b"[[measure")})
    assert wrong.status_code == 422
    assert "går inte att läsa" in wrong.content.decode()


def test_a_trial_says_what_last_year_would_have_been_and_hides_the_few(analyst: Client) -> None:
    page = analyst.post(NEW, _body(own_measure(), **{"try": "1"}))
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
