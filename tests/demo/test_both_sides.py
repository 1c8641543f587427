"""Old people with help of both sides and no plan: the health centre's list suggests them and says why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from samverka.contract import reads
from samverka.contract.rules.suggestions import Sign
from samverka.demo import furnish
from samverka.demo.both_sides import AT_EACH, FROM_AGE, chosen
from samverka.demo.build import FOUNDED
from samverka.demo.population import Resident, population
from samverka.demo.settle import Settler
from samverka.kernel.identity import age
from tests.demo.conftest import NOW, TODAY

PEOPLE = population(2000, seed=1, today=date(TODAY.year, 1, 1))


def test_two_to_four_at_the_centres_of_the_cards() -> None:
    found = chosen(PEOPLE, TODAY)
    centres = Counter(one.listed for one in PEOPLE if one.n in found)
    assert max(centres.values()) == AT_EACH
    assert all(2 <= centres[key] <= 4 for key in ("hc-hammarstrand", "hc-krokom")), centres
    assert all(age(one.birth_date, TODAY) >= FROM_AGE for one in PEOPLE if one.n in found)
    assert chosen(reversed(PEOPLE), TODAY) == found


@pytest.mark.django_db
def test_help_of_both_sides_is_a_reason_to_suggest_a_plan() -> None:
    county = furnish.furnish(NOW - FOUNDED, lambda *_: None, today=TODAY)
    old = [one for one in PEOPLE if age(one.birth_date, TODAY) >= FROM_AGE]
    here = [_moved(one, n) for n, one in enumerate(old[:5])]
    settler = Settler(county, TODAY, 1, chosen(here, TODAY))
    settler.settle(here)
    anneli = county.staff["anneli.modin"].actor(NOW)
    found = reads.suggested_persons(anneli).persons
    eldest = sorted(here, key=lambda one: (one.birth_date, one.n))[:AT_EACH]
    assert {one.person.id for one in found} == {settler.ids[one.n] for one in eldest}
    assert all(Sign.BOTH_SIDES in {reason.sign for reason in one.reasons} for one in found)


def _moved(one: Resident, n: int) -> Resident:
    """To Hammarstrand, alone, with nobody but the health centre."""
    address = replace(one.address, municipality="ragunda")
    return replace(
        one, n=n, household=n, listed="hc-hammarstrand", address=address, care=(), guardians=()
    )
