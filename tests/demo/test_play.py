"""The week of a hospital, played in the county without waiting: all go home, and everything holds.

The demo's week has forty. Here a dozen come, which take a third of the time; SAMVERKA_WALK=1 plays all.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from samverka.demo.build import the_county
from samverka.demo.hospital.parties import WARDS, Parties
from samverka.demo.hospital.way import Move, Patient
from samverka.demo.hospital.week import (
    HOURS_A_DAY,
    PATIENTS,
    Played,
    Turn,
    draw_week,
    play,
)
from samverka.discharge.reads import Choice, board
from samverka.discharge.rules.kinds import CaseStatus
from tests.demo.conftest import PEOPLE, TODAY, Built
from tests.discharge.invariants import faults

COMING = PATIENTS if os.environ.get("SAMVERKA_WALK") else 12

MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)


def at(turn: Turn) -> datetime:
    """The week's own clock: Monday seven o'clock and on, without the nights."""
    days, hours = divmod(turn.hour, HOURS_A_DAY)
    return MONDAY + timedelta(days=days, hours=hours)


@dataclass(frozen=True)
class Week:
    """What was played."""

    parties: Parties
    patients: list[Patient]
    played: list[Played]


@pytest.fixture(scope="module")
def week(built: Built) -> Week:
    county, residents = the_county(people=PEOPLE, seed=1, today=TODAY)
    parties = Parties(county)
    patients, turns = draw_week(parties, residents, seed="1", now=MONDAY, count=COMING)
    return Week(parties, patients, list(play(parties, patients, turns, at)))


def test_all_go_home(week: Week) -> None:
    gone = [one for one in week.played if one.turn.move is Move.HOME and not one.fault]
    assert len({one.number for one in gone}) == COMING
    assert not [one.fault for one in week.played if one.fault]
    later = MONDAY + timedelta(days=7)
    home = {
        line.number
        for ward in WARDS
        for line in board(week.parties.at_ward(ward).actor(later), choice=Choice.HOME).lines
    }
    assert {one.number for one in gone} <= home


def test_everything_holds_afterwards(week: Week) -> None:
    assert not faults(MONDAY + timedelta(days=7))


def test_each_line_says_when_who_and_what_and_never_whose(week: Week) -> None:
    first = str(week.played[0].words)
    assert first.startswith("måndag")
    assert "skriver in" in first
    assert week.played[0].number in first
    assert str(week.played[-1].words).startswith(("lördag", "söndag", "fredag"))


def test_what_someone_was_before_with_is_passed_by(week: Week) -> None:
    """Those who lie in hospital are not admitted again, and nothing more is tried for them."""
    lying = next(
        line.person.id
        for ward in WARDS
        for line in board(week.parties.at_ward(ward).actor(MONDAY), choice=Choice.ALL).lines
        if line.status is CaseStatus.ADMITTED
    )
    patient = replace(week.patients[0], person_id=lying)
    again = list(play(week.parties, [patient], [Turn(0, 0, Move.ADMIT), Turn(1, 0, Move.TELL)], at))
    assert [bool(one.fault) for one in again] == [True]
    assert not faults(MONDAY + timedelta(days=7))
