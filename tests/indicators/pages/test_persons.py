"""Who is behind a figure: only the own unit's are named, each is in the log, and the address says nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from samverka.access.actions import Action
from samverka.audit.models import Event
from samverka.config.warehouse import keys
from samverka.indicators.reads import Wanted, persons, persons_behind
from samverka.kernel.problems import NotNow
from tests.factories.browser import log_in
from tests.factories.cast import KARINS_NUMBER, Cast, make_person
from tests.indicators.pages.curves import DAYS, furnish

PATH = f"/laget/{DAYS}/personer/?omrade=23"
BODY = {"period": "2026-10-01"}


@pytest.fixture
def behind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Karin, one whom only another unit knows, and two whom nobody here knows."""
    furnish()
    karin = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    nils = make_person(cast.stranger)
    found = [keys().person(KARINS_NUMBER.value, karin.id), keys().person("", nils.id), 11, 12]
    asked: list[object] = []

    def answered(*given: object) -> list[int]:
        asked.append(given[-1])
        return found

    monkeypatch.setattr(persons, "keys_behind", answered)
    return [karin, nils, asked]


def test_only_the_own_units_persons_are_named_and_each_is_logged(
    behind: list[Any], cast: Cast
) -> None:
    nurse = log_in(cast.region_nurse)
    assert "Karin" not in nurse.get(PATH).content.decode()
    page = nurse.post(PATH, BODY)
    words = page.content.decode()
    karin, nils, asked = behind
    assert str(karin.id) in words
    assert str(nils.id) not in words
    assert "3 till, som din enhet inte har en vårdrelation med." in words
    assert asked == [date(2026, 10, 1)]
    lines = Event.objects.filter(action=Action.FIGURES_PERSONS).exclude(person_id="")
    assert [one.person_id for one in lines] == [str(karin.id)]
    assert str(karin.id) not in page.request["QUERY_STRING"]


def test_who_follows_up_sees_figures_and_never_persons(behind: list[Any], cast: Cast) -> None:
    analyst = log_in(cast.analyst)
    assert analyst.post(PATH, BODY).status_code == 403
    assert "Visa personerna" not in analyst.get(f"/laget/{DAYS}/").content.decode()
    assert Client().post(PATH, BODY).status_code == 302


def test_a_figure_that_is_not_shown_opens_no_persons(behind: list[Any], cast: Cast) -> None:
    hidden = f"/laget/{DAYS}/personer/?omrade=2303"  # Ragunda: too few in July
    assert log_in(cast.region_nurse).post(hidden, {"period": "2026-07-01"}).status_code == 422
    wanted, day = Wanted(DAYS, "2303"), date(2026, 7, 1)
    with pytest.raises(NotNow):
        persons_behind(
            cast.region_nurse, wanted=wanted, period=day, folder=Path("nowhere"), keys=keys()
        )
    assert not behind[2]
