"""What happens next, the log in plain words, and the months of the checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from samverka.access.actions import Action
from samverka.contract import rules
from samverka.contract.rules import CheckOutcome, HappeningKind, Step
from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotNow
from tests.factories.cast import NOW

DAY = timedelta(days=1)
TODAY = NOW.date()


@dataclass(frozen=True)
class Booked:
    starts_at: datetime


def step(days: int, *, follow_up: bool = False) -> Step:
    kind = HappeningKind.FOLLOW_UP if follow_up else HappeningKind.STEP
    return Step("Ring", "Lena", Side.REGION, TODAY + timedelta(days=days), kind=kind)


def happens(*, stay=None, bookings=(), steps=()):
    return rules.what_happens_next(stay=stay, bookings=bookings, steps=steps, at=NOW)


def test_hospital_goes_before_all_else() -> None:
    found = happens(stay="stay", bookings=[Booked(NOW + DAY)])
    assert (found.kind, found.stay) == (HappeningKind.STAY, "stay")


def test_the_earliest_day_comes_first() -> None:
    soon, late = Booked(NOW + 2 * DAY), Booked(NOW + 5 * DAY)
    assert happens(bookings=[late, soon]).booking is soon
    assert happens(bookings=[late], steps=[step(3)]).kind is HappeningKind.STEP


def test_a_booked_time_goes_before_a_promise_of_the_same_day() -> None:
    booked = Booked(NOW + 3 * DAY)
    assert happens(bookings=[booked], steps=[step(3)]).booking is booked
    assert happens(steps=[step(3, follow_up=True), step(3)]).kind is HappeningKind.STEP


def test_a_promise_whose_day_has_passed_is_not_next() -> None:
    assert happens(steps=[step(-1)]) is None
    assert happens(steps=[step(0)]).day == TODAY
    assert happens() is None


# ── the log ──


@dataclass(frozen=True)
class Line:
    at: datetime = NOW
    action: str = Action.PLAN_READ
    who: str = "Lena Berg"
    role: str = "Distriktssköterska"
    unit: str = "Krokoms hälsocentral"
    ground_code: str = "care-relation"
    reason: str = ""
    refused: bool = False
    emergency: bool = False
    actor_id: str = "1"
    actor_kind: str = "staff"


def test_pages_opened_in_one_sitting_are_one_deed() -> None:
    lines = [
        Line(at=NOW, action=Action.CONTACT_LIST),
        Line(at=NOW - timedelta(minutes=3), action=Action.PERSON_READ),
        Line(at=NOW - timedelta(minutes=3), action=Action.PLAN_READ),
    ]
    ((day, (deed,)),) = [(one.day, one.deeds) for one in rules.told_by_day(lines)]
    assert day == TODAY
    assert deed.did == ("läste din plan", "såg dina tider")
    assert (deed.at, deed.until) == (NOW - timedelta(minutes=3), NOW)
    assert deed.why == ("Vårdar dig.",)


@pytest.mark.parametrize(
    "other",
    [
        Line(at=NOW - timedelta(minutes=16)),
        Line(actor_id="2"),
        Line(unit="Medicinavdelningen"),
        Line(refused=True),
        Line(at=NOW - timedelta(hours=16)),
    ],
)
def test_another_time_reader_unit_or_refusal_is_told_by_itself(other: Line) -> None:
    days = rules.told_by_day([Line(), other])
    assert sum(len(day.deeds) for day in days) == 2


def test_two_who_write_by_turns_in_a_meeting_are_two_deeds() -> None:
    """A minute of a live meeting is not a page of lines; a version cut by the clock is its writer's."""
    turns = [
        Line(
            at=NOW - timedelta(seconds=second),
            action=Action.MEETING_WRITE,
            actor_id=str(second % 2),
            who=("Lena Berg", "Anna Ek")[second % 2],
            actor_kind="system" if second % 6 == 0 else "staff",
        )
        for second in range(24)
    ]
    ((one, other),) = [day.deeds for day in rules.told_by_day(turns)]
    assert {one.who, other.who} == {"Lena Berg", "Anna Ek"}
    assert one.did == other.did == ("skrev i din plan på ett möte",)
    assert not one.by_house
    assert one.until - one.at < timedelta(minutes=1)


ABOUT_NO_ONE = {
    Action.DRAFT_KEEP,
    Action.CLIENT_READ,
    Action.CLIENT_EDIT,
    Action.CLIENT_ASK,
    Action.TOKEN_GIVE,
    Action.COUNTY_READ,
    Action.COUNTY_EDIT,
    Action.ROUTE_READ,
    Action.ROUTE_EDIT,
    Action.DISCHARGE_FIGURES,
    Action.BEDS_EDIT,
    Action.FIGURES_SHOW,
    Action.FIGURES_EDIT,
    Action.FIGURES_OPEN,
    Action.FIGURES_RECKON,
    Action.FACTS_READ,
    Action.FACTS_KEEP,
    Action.GUARANTEE_FIGURES,
    Action.REPORT_READ,
    Action.REPORT_EDIT,
    Action.REPORT_SIGN,
    Action.REPORT_REMIND,
    Action.ROUND_EDIT,
    Action.CODING_EDIT,
    Action.TARGET_EDIT,
    Action.GRANT_READ,
    Action.GRANT_EDIT,
    Action.RESERVE_READ,
    Action.RESERVE_SET,
    Action.SUBSCRIPTION_READ,
    Action.SUBSCRIPTION_EDIT,
    Action.SUBSCRIPTION_WATCH,
    Action.SUBSCRIPTION_MEND,
    Action.SUBSCRIPTION_RUN,
}
"""A draft is its writer's own; settings, receivers, figures and facts under pseudonyms, reports, grants, places, a
unit's password and what systems want to be told of are about nobody: in no person's log."""


def test_every_action_that_reaches_a_person_has_words_of_its_own() -> None:
    assert set(Action) - set(rules.OWN_WORDS) == ABOUT_NO_ONE
    said = [str(words) for words in rules.OWN_WORDS.values()]
    assert len(set(said)) == len(said)


def test_a_day_is_swedens_day() -> None:
    late = datetime.fromisoformat("2026-11-19T23:30:00+00:00")  # half past midnight in Sweden
    assert [day.day for day in rules.told_by_day([Line(at=late)])] == [date(2026, 11, 20)]


def test_an_emergency_is_told_first_with_its_reason() -> None:
    lines = [Line(), Line(action=Action.EMERGENCY_OPEN, emergency=True, reason="Medvetslös")]
    ((deed,),) = [day.deeds for day in rules.told_by_day(lines)]
    assert deed.did[0] == "öppnade allt i ett nödläge"
    assert (deed.emergency, deed.reason) == (True, "Medvetslös")


def test_a_deed_alone_is_told_however_small() -> None:
    ((deed,),) = [day.deeds for day in rules.told_by_day([Line(action=Action.PERSON_READ)])]
    assert deed.did == ("såg vem du är",)


def test_an_action_of_tomorrow_is_told_all_the_same() -> None:
    ((deed,),) = [day.deeds for day in rules.told_by_day([Line(action="something.new")])]
    assert deed.did == ("såg något om dig",)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("läste planen för", "läste planen"),
        ("nödöppnade uppgifter om", "nödöppnade uppgifter"),
        ("granskade", "granskade"),
        ("för", "för"),
    ],
)
def test_the_deed_without_its_preposition(words: str, expected: str) -> None:
    assert rules.bare(words) == expected


# ── checks ──


def test_months_run_back_over_new_year() -> None:
    found = rules.months_back(date(2027, 2, 15), 4)
    assert found == [date(2027, 2, 1), date(2027, 1, 1), date(2026, 12, 1), date(2026, 11, 1)]


def test_a_month_begins_and_ends_in_sweden() -> None:
    since, until = rules.month_bounds(date(2026, 12, 24))
    assert since == datetime.fromisoformat("2026-11-30T23:00:00+00:00")
    assert until == datetime.fromisoformat("2026-12-31T23:00:00+00:00")


def test_a_check_is_closed_once_with_words() -> None:
    rules.check_closing(CheckOutcome.OPEN, CheckOutcome.CLEAR, "Alla rader stämmer.")
    with pytest.raises(NotNow):
        rules.check_closing(CheckOutcome.CLEAR, CheckOutcome.ASKED, "Alla rader stämmer.")
    with pytest.raises(Invalid) as refused:
        rules.check_closing(CheckOutcome.OPEN, CheckOutcome.OPEN, "Alla rader stämmer.")
    assert refused.value.where == "outcome"
    with pytest.raises(Invalid) as refused:
        rules.check_closing(CheckOutcome.OPEN, CheckOutcome.CLEAR, " ok ")
    assert refused.value.where == "words"
