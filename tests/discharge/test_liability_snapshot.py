"""The same answer later: a snapshot is plain data, is reckoned anew, and shows what does not agree."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samverka.discharge.rules.liability import (
    KNOWN_RATES,
    Leave,
    Span,
    StayFacts,
    holds_good,
    period_of,
    recompute,
    settle,
    take_snapshot,
)
from samverka.discharge.rules.liability.presets import VASTRA_GOTALAND
from samverka.discharge.rules.liability.snapshot import built, plain
from samverka.discharge.rules.liability.terms import Model
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text
from tests.discharge.stays import LATER, OTHER, at, called, stay

FACTS = (
    stay("2023-05-02 10:00", "2023-05-08"),
    replace(
        stay(
            "2023-05-03 13:00",
            "2023-05-20",
            sip_required=True,
            calls=called("2023-05-04 10:00"),
            blocked=(Span(date(2023, 5, 12)), Span(date(2023, 5, 4), date(2023, 5, 5))),
            leaves=(Leave(at("2023-05-11 10:00"), at("2023-05-12 10:00")),),
            deciding=None,
        ),
        stay_id="B",
    ),
    replace(stay("2023-05-04 13:00", "2023-05-20", registered=OTHER), stay_id="C"),
)


def kept() -> dict[str, Any]:
    """A snapshot as it comes back from where it was kept."""
    period = period_of(date(2023, 5, 1), VASTRA_GOTALAND.period)
    found = settle(FACTS, VASTRA_GOTALAND, KNOWN_RATES, period, as_of=LATER)
    restored: dict[str, Any] = json.loads(json.dumps(take_snapshot(found, FACTS)))
    return restored


def test_reckoned_again_it_is_the_same() -> None:
    period = period_of(date(2023, 5, 1), VASTRA_GOTALAND.period)
    found = settle(FACTS, VASTRA_GOTALAND, KNOWN_RATES, period, as_of=LATER)
    assert recompute(kept()) == found
    assert holds_good(kept())
    assert len(kept()["result"]["stays"]) == len(FACTS)


def test_the_terms_of_then_are_used_whatever_they_are_today() -> None:
    again = recompute(kept())
    assert (again.terms, again.rates) == (VASTRA_GOTALAND, KNOWN_RATES)


@pytest.mark.parametrize("change", ["kronor", "fact", "rate", "threshold"])
def test_what_was_changed_afterwards_shows(change: str) -> None:
    data = kept()
    if change == "kronor":
        data["result"]["sums"][0]["kronor"] = "1.00"
    elif change == "fact":
        data["facts"][0]["discharged_at"] = "2023-05-09T10:00:00+00:00"
    elif change == "rate":
        data["rates"][-1]["amount"] = "10501"
    else:
        data["terms"]["threshold"] = "2.0"
    assert not holds_good(data)


def test_another_version_of_the_rules_is_not_guessed_at() -> None:
    with pytest.raises(NotNow):
        recompute({**kept(), "version": 0})


DAMAGES: list[tuple[str, Any]] = [
    ("terms", {"model": "statute"}),
    ("facts", [{"stay_id": "A"}]),
    ("period", {"first": "2023-05-01", "last": "May"}),
    ("as_of", 7),
    ("rates", [{"year": "2023", "amount": "1", "source": "", "certainty": "H"}]),
    ("rates", [{"year": 2023, "amount": "much", "source": "", "certainty": "H"}]),
]


@pytest.mark.parametrize(("part", "value"), DAMAGES)
def test_damage_is_said_in_words(part: str, value: Any) -> None:
    with pytest.raises(Invalid, match="skadat"):
        recompute({**kept(), part: value})


def test_values_come_back_as_they_were() -> None:
    for one in FACTS:
        assert built(StayFacts, json.loads(json.dumps(plain(one)))) == one
    assert plain(Decimal("3.0")) == "3.0"
    assert plain(Model.AVERAGE) == "average"
    assert plain(text("%(count)d dygn", count=2)) == {
        "msgid": "%(count)d dygn",
        "params": {"count": 2},
    }
    with pytest.raises(TypeError):
        plain(1.5)
    with pytest.raises(TypeError):
        built(dict, {})
