"""Figures side by side: messages, plans, readmissions, what is hidden, and sums that agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.discharge.pages.figure_words import without
from samverka.discharge.rules.figures import (
    FIGURES,
    SMALLEST,
    By,
    Care,
    Figure,
    Lacking,
    Missing,
    Party,
    Said,
    SentCopy,
    StayRecord,
    check_period,
    compare,
    kind_lines,
    month_of,
    months_of,
)
from samverka.discharge.rules.liability import Period
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.problems import Invalid
from tests.discharge.figure_records import around, days, stay, stays, value
from tests.discharge.stays import at

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
MARCH = month_of(date(2026, 3, 1))
READY, HOME = "2026-03-05 10:00", "2026-03-08 12:00"


# ── messages ──


def message(kind: MessageKind, sent: str = READY, *fates: str, late: bool = False) -> Said:
    copies = tuple(
        SentCopy(Party.MUNICIPALITY, at(sent), None, one == "returned", one == "forwarded")
        for one in fates
    )
    return Said(kind, at(sent), late=late, timed=kind is MessageKind.ADMISSION, copies=copies)


ADMISSION, FREE = MessageKind.ADMISSION, MessageKind.FREE


@pytest.mark.parametrize(
    ("sent", "late", "returned"),
    [
        ((), None, None),
        ((message(ADMISSION),), "0", None),  # late is asked of it, receivers it has none
        ((message(ADMISSION, late=True),), "100", None),
        ((message(FREE, READY, "read"),), None, "0"),  # without a deadline nothing is late
        ((message(ADMISSION, READY, "returned"),), "0", "100"),
        ((message(ADMISSION, READY, "forwarded", "read"),), "0", "100"),
        ((message(ADMISSION, READY, "returned", "returned"),), "0", "100"),  # one message
        ((message(ADMISSION, READY, "read"), message(ADMISSION, READY, "read", late=True)), "50", "0"),
        ((message(ADMISSION, "2026-02-28 10:00", "returned", late=True),), None, None),
        ((message(ADMISSION, "2026-04-01 00:30", "returned", late=True),), None, None),
        ((message(ADMISSION, "2026-03-31 23:30", "returned", late=True),), "100", "100"),
    ],
)  # fmt: skip
def test_messages_late_and_wrong(
    sent: tuple[Said, ...], late: str | None, returned: str | None
) -> None:
    one = stay(READY, HOME, said=sent)
    assert value(Figure.LATE, one).value == (Decimal(late) if late else None)
    assert value(Figure.RETURNED, one).value == (Decimal(returned) if returned else None)


def test_each_kind_of_message_has_its_line() -> None:
    sent = (message(ADMISSION, READY, "returned"), message(FREE), message(ADMISSION, late=True))
    lines = kind_lines(days(stay(READY, HOME, said=sent)), MARCH)
    assert [(one.kind, one.sent, one.late, one.returned) for one in lines] == [
        (ADMISSION, 2, 1, 1),
        (FREE, 1, None, 0),
    ]


# ── the plan ──

CALLED = (Said(MessageKind.CALL, at(READY)),)
NOT_COUNTED = (Said(MessageKind.CALL, at(READY), counts=False),)
PLANNED = at("2026-03-07 10:00")


@pytest.mark.parametrize(
    ("changes", "offered", "made", "unjudged"),
    [
        ({}, None, None, 1),
        ({"others": False}, None, None, 0),
        ({"sip_needed": False}, None, None, 0),
        ({"sip_needed": True}, "0", "0", 0),
        ({"sip_needed": True, "said": CALLED}, "100", "0", 0),
        ({"sip_needed": True, "said": NOT_COUNTED}, "0", "0", 0),
        ({"sip_needed": True, "said": CALLED, "planned_at": PLANNED}, "100", "100", 0),
        ({"sip_needed": True, "planned_at": PLANNED}, "0", "100", 0),
        ({"sip_needed": True, "compulsory": True, "said": CALLED}, None, None, 0),
        ({"compulsory": True}, None, None, 0),
    ],
)
def test_sip_offered_and_made(
    changes: dict[str, object], offered: str | None, made: str | None, unjudged: int
) -> None:
    one = stay(READY, HOME, **changes)
    found = value(Figure.SIP_OFFERED, one)
    assert found.value == (Decimal(offered) if offered else None)
    assert value(Figure.SIP_MADE, one).value == (Decimal(made) if made else None)
    assert found.missing == ((Missing(Lacking.SIP_JUDGED, 1),) if unjudged else ())


# ── readmission ──


@pytest.mark.parametrize(
    ("again", "met", "today", "expected"),
    [
        (None, None, "2026-05-01", ("0", "0", "0")),
        ("2026-03-08 20:00", True, "2026-05-01", ("0", "0", "0")),  # the same day
        ("2026-03-09 00:10", False, "2026-05-01", ("100", "0", "100")),  # day 1
        ("2026-04-07 23:00", True, "2026-05-01", ("100", "100", "0")),  # day 30
        ("2026-04-08 01:00", True, "2026-05-01", ("0", "0", "0")),  # day 31
        ("2026-03-20 10:00", True, "2026-05-01", ("100", "100", "0")),
        ("2026-03-20 10:00", False, "2026-05-01", ("100", "0", "100")),
        ("2026-03-20 10:00", None, "2026-05-01", ("100", "0", "100")),
        ("2026-03-20 10:00", False, "2026-04-07", (None, None, None)),  # 30 days have not passed
        ("2026-03-20 10:00", False, "2026-04-08", ("100", "0", "100")),
    ],
)
def test_readmission(
    again: str | None, met: bool | None, today: str, expected: tuple[str | None, ...]
) -> None:
    one = stay(READY, HOME, again_at=at(again) if again else None, met_between=met)
    for figure, number in zip(
        (Figure.AGAIN, Figure.AGAIN_MET, Figure.AGAIN_UNMET), expected, strict=True
    ):
        found = value(figure, one, today=date.fromisoformat(today))
        assert found.value == (Decimal(number) if number else None), figure
        assert bool(found.missing) == (number is None)


# ── periods ──


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-03-01", "2026-03-01", 1), ("2026-03-31", "2026-04-01", 2),
        ("2025-12-15", "2026-01-15", 2), ("2026-01-01", "2026-12-31", 12),
        ("2024-02-01", "2024-02-29", 1), ("2024-01-01", "2026-12-01", 36),
        ("2024-01-01", "2027-01-01", None), ("2026-04-01", "2026-03-31", None),
        ("2026-01-01", "2025-12-31", None), ("2018-01-01", "2026-01-01", None),
    ],
)  # fmt: skip
def test_the_months_that_can_be_asked_for(first: str, last: str, months: int | None) -> None:
    days_ = date.fromisoformat(first), date.fromisoformat(last)
    if months is None:
        with pytest.raises(Invalid):
            check_period(*days_)
        return
    found = check_period(*days_)
    assert len(months_of(found)) == months
    assert found.first.day == 1
    assert month_of(found.last).last == found.last


# ── small numbers ──


def many(number: int, **changes: object) -> list[StayRecord]:
    label = f"{changes.get('municipality', '')}{changes.get('psychiatric', '')}"
    return [stay(READY, HOME, person=f"{label}{n}", **changes) for n in range(number)]


@pytest.mark.parametrize(
    ("krokom", "are", "seen"),
    [
        (0, 0, (True, True)),  # none is not few
        (0, 7, (True, True)),
        (4, 0, (False, True)),
        (5, 0, (True, True)),
        (5, 5, (True, True)),
        (4, 9, (False, False)),  # else the one is the sum less the other
        (9, 4, (False, False)),
        (1, 1, (False, False)),
        (4, 4, (False, False)),
        (30, 1, (False, False)),
    ],
)
def test_fewer_than_five_are_hidden(krokom: int, are: int, seen: tuple[bool, bool]) -> None:
    given_stays = days(*many(krokom, municipality="2309"), *many(are, municipality="2321"))
    found = compare(given_stays, MARCH, By.MUNICIPALITY, around(whole=False))
    cells = [line.values[Care.ALL][Figure.STAYS] for line in found.lines]
    assert tuple(not one.hidden for one in cells) == seen
    for one in cells:
        if one.hidden:
            assert (one.value, one.n, one.counted, one.missing) == (None, 0, None, ())
    open_ = compare(given_stays, MARCH, By.MUNICIPALITY, around(whole=True))
    assert not any(one.hidden for line in open_.lines for one in line.values[Care.ALL].values())


def test_a_few_in_a_share_or_outside_it_are_hidden_too() -> None:
    again = stay(READY, HOME, person="x", again_at=at("2026-03-20 10:00"), met_between=False)
    found = compare(days(*many(20), again), MARCH, By.COUNTY, around(whole=False))
    for figure in (Figure.AGAIN, Figure.AGAIN_MET, Figure.AGAIN_UNMET):
        assert found.total.values[Care.ALL][figure].hidden
    assert not found.total.values[Care.ALL][Figure.STAYS].hidden


def test_the_few_of_psychiatry_cannot_be_had_by_subtraction() -> None:
    given_stays = days(*many(20), *many(3, psychiatric=True))
    found = compare(given_stays, MARCH, By.COUNTY, around(whole=False)).total
    assert not found.values[Care.ALL][Figure.STAYS].hidden
    assert found.values[Care.PSYCHIATRIC][Figure.STAYS].hidden
    assert found.values[Care.SOMATIC][Figure.STAYS].hidden


def test_a_hidden_share_cannot_be_had_from_another_figure() -> None:
    """Two of thirty went home the same day: those who waited would tell how many they were."""
    same = [stay(READY, "2026-03-05 20:00", person=f"s{n}") for n in range(2)]
    values = compare(days(*many(28), *same), MARCH, By.COUNTY, around(whole=False)).total.values
    assert values[Care.ALL][Figure.SAME_DAY].hidden
    assert values[Care.ALL][Figure.MEAN_DAYS_OVER].hidden
    assert not values[Care.ALL][Figure.MEAN_DAYS].hidden


def test_how_few_lack_something_is_not_said() -> None:
    def lacking(without: int, *, whole: bool) -> int:
        given_stays = days(*many(20, sip_needed=True), *many(without, municipality="2321"))
        found = compare(given_stays, MARCH, By.COUNTY, around(whole=whole)).total
        return found.values[Care.ALL][Figure.SIP_MADE].missing[0].many

    assert [lacking(n, whole=False) for n in (1, 4, 5, 9)] == [0, 0, 5, 9]
    assert [lacking(n, whole=True) for n in (1, 4)] == [1, 4]


@given(st.lists(stays(), max_size=40), st.sampled_from(By))
def test_what_is_hidden_cannot_be_reckoned_out(found_stays: list[StayRecord], by: By) -> None:
    found = compare(days(*found_stays), YEAR, by, around(whole=False))
    whole = compare(days(*found_stays), YEAR, by, around(whole=True))
    for figure in Figure:
        for care in Care:
            lines = zip(found.lines, whole.lines, strict=True)
            cells = [(one.values[care][figure], all_.values[care][figure]) for one, all_ in lines]
            alone = [shown for shown, _kept in cells if shown.hidden]
            others = [shown for shown, kept in cells if not shown.hidden and kept.persons]
            assert len(alone) != 1 or not others, (figure, care)
            assert all(shown.hidden or not 0 < kept.persons < SMALLEST for shown, kept in cells)
        for line in (found.total, *found.lines):
            apart = [line.values[care][figure] for care in (Care.SOMATIC, Care.PSYCHIATRIC)]
            hidden = [one for one in apart if one.hidden]
            assert len(hidden) != 1 or not any(one.persons for one in apart)


# ── sums that agree ──

ADDED = (Figure.STAYS, Figure.DAYS)


@given(st.lists(stays(), max_size=40), st.sampled_from([By.MUNICIPALITY, By.WARD, By.HOSPITAL]))
def test_the_parts_make_the_county(found_stays: list[StayRecord], by: By) -> None:
    found = compare(days(*found_stays), YEAR, by, around())
    for figure in ADDED:
        for care in Care:
            parts = sum(line.values[care][figure].value or 0 for line in found.lines)
            assert parts == found.total.values[care][figure].value


@given(st.lists(stays(), max_size=40))
def test_the_months_make_the_year(found_stays: list[StayRecord]) -> None:
    found = compare(days(*found_stays), YEAR, By.MONTH, around())
    for figure in ADDED:
        months = sum(line.values[Care.ALL][figure].value or 0 for line in found.lines)
        assert months == found.total.values[Care.ALL][figure].value


@given(st.lists(stays(), max_size=20))
def test_no_number_is_less_than_none_or_more_than_all(found_stays: list[StayRecord]) -> None:
    found = compare(days(*found_stays), YEAR, By.COUNTY, around()).total
    for values in found.values.values():
        for one in values.values():
            assert one.value is None or one.value >= 0
            assert one.counted is None or one.counted >= 0
            if FIGURES[one.figure].measure == "share" and one.value is not None:
                assert one.value <= 100
        apart = (Care.SOMATIC, Care.PSYCHIATRIC)
    for figure in ADDED:
        parts = sum(found.values[care][figure].value or 0 for care in apart)
        assert parts == found.values[Care.ALL][figure].value


@given(stays())
def test_same_day_and_later_are_all_that_were_judged(one: StayRecord) -> None:
    values = compare(days(one), YEAR, By.COUNTY, around()).total.values[Care.ALL]
    same, over = values[Figure.SAME_DAY], values[Figure.MEAN_DAYS_OVER]
    assert (same.counted or 0) + (over.among or 0) == (values[Figure.READY].counted or 0)


def test_other_counties_and_unknown_municipalities_have_lines_of_their_own() -> None:
    given_stays = [stay(READY, HOME, municipality=code) for code in ("2309", "0180", "")]
    found = compare(days(*given_stays), MARCH, By.MUNICIPALITY, around())
    assert [line.place.name for line in found.lines] == [
        "Krokoms kommun", "Åre kommun", "Andra län", "Okänd kommun",
    ]  # fmt: skip
    per = [line.values[Care.ALL][Figure.DAYS_PER_1000] for line in found.lines]
    assert [one.value for one in per] == [Decimal("0.9"), 0, None, None]
    assert per[2].refusal == "Befolkningen är okänd."


def test_a_stay_that_ended_without_a_discharge_gives_days_but_is_no_discharge() -> None:
    died = replace(stay(READY, None), ended_at=at("2026-03-07 10:00"))
    assert value(Figure.DAYS, died).value == 2
    assert value(Figure.STAYS, died).value == 0


def test_a_ward_and_a_month_that_nothing_is_known_of_are_said() -> None:
    """0 is not the same as nothing told: a ward that has changed its system falls silent."""
    spring = Period(date(2026, 2, 1), date(2026, 4, 30))
    names = {"w1": "Medicin", "w2": "Kirurgi"}
    given = days(stay(READY, HOME))
    found = compare(given, spring, By.MONTH, around(names=names))
    assert found.silent == ("Kirurgi",)
    assert date(2026, 3, 1) not in found.empty
    assert date(2026, 4, 1) in found.empty
    inside = days(stay(None, None, admitted_at=at("2026-03-30 10:00")))
    assert compare(inside, spring, By.WARD, around(names=names)).empty == (date(2026, 2, 1),)
    year = compare(given, Period(date(2026, 1, 1), date(2026, 11, 30)), By.COUNTY, around())
    assert without(year) == ["januari 2026 – februari 2026", "april 2026 – november 2026"]
    ahead = Period(date(2026, 12, 1), date(2026, 12, 31))
    assert compare((), ahead, By.MONTH, around(names=names)).empty == ()
