"""Why a day counts or not: one case for each reason, and the sentence with its section of law."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from samverka.discharge.rules.liability import (
    SECTIONS,
    Basis,
    LateEffect,
    Leave,
    Model,
    NoteKind,
    OutsideRule,
    Ready,
    Reason,
    Sent,
    Span,
    StayFacts,
    Terms,
    judge_stay,
    runs,
    tell_stay,
)
from samverka.kernel.problems import Invalid, Problem
from tests.discharge.stays import HOME, LATER, OTHER, at, called, stay, told, verdict_on

SENT, GONE = "2023-03-06 10:00", "2023-03-13"  # Monday to Monday; liable from Thursday the 9th
DAY = "2023-03-10"
LAW = Terms()
SHIFTED = Terms(late_message=LateEffect.SHIFT_START)


def week(**changes: Any) -> StayFacts:
    """A stay with four nights that count, by the law: the 9th to the 12th."""
    return stay(SENT, GONE, **changes)


def kinds(facts: StayFacts, terms: Terms = LAW) -> set[NoteKind]:
    """What is said to be uncertain."""
    return {one.kind for one in judge_stay(facts, terms, as_of=LATER).notes}


ADMITTED = at("2023-03-03 10:00")

MISSING: list[tuple[dict[str, Any], Terms, Reason]] = [
    ({"admission_notices": ()}, LAW, Reason.ADMISSION_MISSING),
    ({"admission_notices": (told(at("2023-03-03 11:00"), OTHER),)}, LAW, Reason.ADMISSION_MISSING),
    ({"admission_notices": (told(at("2023-03-04 10:00:01")),)}, LAW, Reason.ADMISSION_LATE),
    (
        {
            "needs_municipal_health": True,
            "admission_notices": (told(at("2023-03-03 11:00"), open_care=False),),
        },
        LAW,
        Reason.ADMISSION_NOT_OPEN_CARE,
    ),
    (
        {
            "needs_municipal_health": True,
            "admission_notices": (
                told(at("2023-03-03 11:00"), open_care=False),
                told(at("2023-03-05 11:00"), OTHER),
            ),
        },
        LAW,
        Reason.ADMISSION_LATE,
    ),
    ({"ready": (Ready(at("2023-03-06 09:00"), "Eva Lind"),)}, LAW, Reason.NOT_NOTIFIED),
    (
        {"ready": (Ready(at("2023-03-06 09:00"), "Eva", (told(at(SENT), OTHER),)),)},
        LAW,
        Reason.NOTIFIED_ELSEWHERE,
    ),
    ({"ready": ()}, LAW, Reason.NOT_READY),
    ({"sip_required": True}, LAW, Reason.CALL_MISSING),
    ({"sip_required": True, "calls": called("2023-03-10 00:00")}, LAW, Reason.CALL_LATE),
    (
        {"sip_required": True, "calls": called("2023-03-07 10:00", by_contact=False)},
        LAW,
        Reason.CALL_BY_OTHER,
    ),
    ({"blocked": (Span(date(2023, 3, 10)),)}, LAW, Reason.REGION_BLOCKS),
    ({"leaves": (Leave(at("2023-03-10 16:00"), at("2023-03-12 16:00")),)}, LAW, Reason.ON_LEAVE),
    ({"set_aside": True}, LAW, Reason.SET_ASIDE),
    ({"registered": None}, LAW, Reason.NO_DEBTOR),
    ({"no_municipality": True}, LAW, Reason.NO_MUNICIPALITY),
    ({"refused": True}, Terms(refusal_excludes=True), Reason.REFUSED),
    (
        {"outside_county": True},
        Terms(outside_county=OutsideRule.LEFT_OUT),
        Reason.OUTSIDE_COUNTY,
    ),
    (
        {
            "ready": (
                Ready(at("2023-03-06 09:00"), "Eva", (told(at(SENT)),), at("2023-03-10 09:00")),
            )
        },
        LAW,
        Reason.WITHDRAWN,
    ),
]


@pytest.mark.parametrize(("changes", "terms", "reason"), MISSING, ids=lambda one: str(one)[:40])
def test_a_day_that_does_not_count(changes: dict[str, Any], terms: Terms, reason: Reason) -> None:
    found = judge_stay(week(**changes), terms, as_of=LATER)
    day = next(one for one in found.days if one.day == date.fromisoformat(DAY))
    assert (day.counted, day.reason) == (False, reason)
    assert SECTIONS[reason] in day.why
    assert "därför att" in day.why


MET: list[tuple[dict[str, Any], Terms]] = [
    ({}, LAW),
    ({"admission_notices": (told(at("2023-03-04 10:00:00")),)}, LAW),  # 24 hours to the second
    (
        {
            "need_judged_at": at("2023-03-05 10:00"),
            "admission_notices": (told(at("2023-03-06 09:00")),),
        },
        LAW,
    ),
    ({"needs_municipal_health": True}, LAW),
    ({"sip_required": True, "calls": called("2023-03-09 23:59:59")}, LAW),
    ({"sip_required": True, "calls": called("2023-03-05 08:00")}, LAW),  # before the notice
    ({"sip_required": True, "open_compulsory": True}, LAW),  # coordinated plan instead
    ({"refused": True}, LAW),  # not in the law
    ({"outside_county": True}, LAW),
    ({"psychiatric": True}, LAW),
    ({"blocked": (Span(date(2023, 3, 6), date(2023, 3, 9)),)}, LAW),
    ({"leaves": (Leave(at("2023-03-10 08:00"), at("2023-03-10 20:00")),)}, LAW),  # home for lunch
    ({"leaves": (Leave(at("2023-03-10 16:00")),)}, Terms(count_leave=True)),
]


@pytest.mark.parametrize(("changes", "terms"), MET, ids=lambda one: str(one)[:40])
def test_a_day_that_counts(changes: dict[str, Any], terms: Terms) -> None:
    found = judge_stay(week(**changes), terms, as_of=LATER)
    day = next(one for one in found.days if one.day == date.fromisoformat(DAY))
    assert (day.counted, day.reason) == (True, Reason.COUNTED)
    assert "5 kap. 1 och 4 §§" in day.why
    assert found.basis is Basis.INDIVIDUAL


def test_the_whole_stay_is_explained_day_by_day() -> None:
    found = judge_stay(week(), LAW, as_of=LATER)
    assert [one.day.day for one in found.days] == list(range(3, 14))
    assert [(run.first.day, run.last.day, run.length, run.counted) for run in runs(found.days)] == [
        (3, 5, 3, False),
        (6, 8, 3, False),
        (9, 12, 4, True),
        (13, 13, 1, False),
    ]
    said = [run.why for run in runs(found.days)]
    assert "inte hade bedömt patienten som utskrivningsklar (1 kap. 3 § 5)" in said[0]
    assert "ansvaret börjar först 9 mars 2023: 3 dagar efter underrättelsen" in said[1]
    assert "ansvaret började 9 mars 2023" in said[2]
    assert "skrevs ut den dagen" in said[3]
    assert tell_stay(found) == "4 dygn räknas, från 9 mars 2023 till 12 mars 2023."


def test_the_other_reasons_are_told_too() -> None:
    facts = week(admission_notices=(), sip_required=True, blocked=(Span(date(2023, 3, 10)),))
    found = judge_stay(facts, LAW, as_of=LATER)
    day = next(one for one in found.days if one.day == date.fromisoformat(DAY))
    assert day.reason is Reason.ADMISSION_MISSING
    assert "kallelse till SIP saknas: senast 9 mars 2023 (5 kap. 3 §)" in day.also[0]
    assert "regionens öppna vård" in day.also[1]
    assert found.basis is Basis.NONE
    assert tell_stay(found) == "Inga dygn räknas."


def test_a_late_admission_notice_says_when_it_was_due() -> None:
    late = week(admission_notices=(told(at("2023-03-05 10:00")),))
    found = judge_stay(late, LAW, as_of=LATER)
    day = next(one for one in found.days if one.day == date.fromisoformat(DAY))
    assert "för sent: senast 4 mars 2023 kl. 10.00 (5 kap. 3 § 1)" in day.why


def test_after_noon_is_said() -> None:
    found = judge_stay(stay("2023-03-06 12:01", GONE), LAW, as_of=LATER)
    assert verdict_on(found, "2023-03-09") is Reason.WAITING_AFTER_NOON
    morning = judge_stay(week(), LAW, as_of=LATER)
    assert verdict_on(morning, "2023-03-08") is Reason.WAITING


def test_the_last_day_and_the_last_night() -> None:
    begun = Terms(count_discharge_day=True)
    assert judge_stay(week(), begun, as_of=LATER).counted == 5
    leave = (Leave(at("2023-03-10 16:00"), at("2023-03-12 16:00")),)
    assert judge_stay(week(leaves=leave), LAW, as_of=LATER).counted == 2
    assert judge_stay(week(leaves=leave), begun, as_of=LATER).counted == 4


def test_of_a_stay_that_goes_on_the_days_that_are_over_count() -> None:
    going = stay(SENT, None)
    found = judge_stay(going, LAW, as_of=at("2023-03-11 15:00"))
    assert found.counted == 2
    assert verdict_on(found, "2023-03-11") is Reason.NOT_OVER
    assert found.days[-1].day == date(2023, 3, 11)


def test_a_notice_after_the_patient_left_gives_nothing() -> None:
    late = Ready(at("2023-03-06 09:00"), "Eva", (told(at("2023-03-13 23:45")),))
    found = judge_stay(week(ready=(late,)), LAW, as_of=LATER)
    assert (found.counted, found.basis) == (0, Basis.NONE)
    assert verdict_on(found, DAY) is Reason.NOT_NOTIFIED


def test_the_notice_counts_from_when_the_right_municipality_was_told() -> None:
    first, second = told(at(SENT), OTHER), told(at("2023-03-08 10:00"), HOME, OTHER)
    ready = (Ready(at("2023-03-06 09:00"), "Eva", (first, second)),)
    found = judge_stay(week(ready=ready), LAW, as_of=LATER)
    assert found.first_day == date(2023, 3, 11)
    assert verdict_on(found, "2023-03-07") is Reason.NOT_NOTIFIED


@pytest.mark.parametrize(
    ("notice", "first"),
    [
        ("2023-03-04 10:00", "2023-03-09"),  # in time
        ("2023-03-04 10:01", "2023-03-10"),  # a day begun
        ("2023-03-05 10:00", "2023-03-10"),
        ("2023-03-05 10:01", "2023-03-11"),
    ],
)
def test_a_late_admission_notice_can_put_off_the_start(notice: str, first: str) -> None:
    facts = week(admission_notices=(told(at(notice)),))
    found = judge_stay(facts, SHIFTED, as_of=LATER)
    assert found.first_day == date.fromisoformat(first)
    assert found.basis is Basis.INDIVIDUAL


@pytest.mark.parametrize(
    ("call", "first"), [("2023-03-08 10:00", "2023-03-09"), ("2023-03-11 10:00", "2023-03-11")]
)
def test_with_a_late_start_no_day_counts_before_the_call(call: str, first: str) -> None:
    facts = week(sip_required=True, calls=called(call))
    assert judge_stay(facts, SHIFTED, as_of=LATER).first_day == date.fromisoformat(first)


def test_a_call_on_monday_when_the_third_day_is_a_saturday() -> None:
    facts = stay(
        "2023-03-08 10:00", "2023-03-20", sip_required=True, calls=called("2023-03-13 15:00")
    )
    assert judge_stay(facts, LAW, as_of=LATER).counted == 9  # the 11th to the 19th
    strict = Terms(call_next_weekday=False)
    assert judge_stay(facts, strict, as_of=LATER).counted == 0
    assert NoteKind.CALL_ON_WEEKDAY in kinds(facts)
    assert NoteKind.CALL_ON_WEEKDAY in kinds(facts, strict)


def test_one_moment_after_the_third_day_is_the_next_weekday() -> None:
    midnight = stay(
        "2023-03-08 10:00", "2023-03-20", sip_required=True, calls=called("2023-03-12 00:00")
    )
    assert NoteKind.CALL_ON_WEEKDAY in kinds(midnight)
    before = replace(midnight, calls=called("2023-03-11 23:59:59"))
    assert NoteKind.CALL_ON_WEEKDAY not in kinds(before)


def test_judged_again_without_having_been_worse_the_first_notice_stands() -> None:
    first = Ready(at("2023-03-06 09:00"), "Eva", (told(at(SENT)),))
    again = Ready(at("2023-03-10 09:00"), "Ola", (told(at("2023-03-10 10:00")),))
    assert judge_stay(week(ready=(first, again)), LAW, as_of=LATER).counted == 4
    forwards = judge_stay(week(ready=(first, again)), LAW, as_of=LATER)
    assert judge_stay(week(ready=(again, first)), LAW, as_of=LATER) == forwards


def test_a_block_can_put_off_the_start() -> None:
    facts = week(blocked=(Span(date(2023, 3, 7), date(2023, 3, 8)),))
    assert judge_stay(facts, LAW, as_of=LATER).first_day == date(2023, 3, 9)
    found = judge_stay(facts, Terms(block_stops_clock=True), as_of=LATER)
    assert (found.first_day, found.counted) == (date(2023, 3, 11), 2)


def test_outside_the_county_the_law_holds_though_the_county_has_agreed() -> None:
    agreed = Terms(model=Model.AVERAGE)
    found = judge_stay(week(outside_county=True), agreed, as_of=LATER)
    assert (found.basis, found.counted, found.terms.model) == (Basis.INDIVIDUAL, 4, Model.STATUTE)
    assert judge_stay(week(), agreed, as_of=LATER).basis is Basis.AVERAGE


NOTED: list[tuple[NoteKind, dict[str, Any], Terms]] = [
    (NoteKind.DISCHARGE_DAY, {}, LAW),
    (NoteKind.ADMISSION_LATE, {"admission_notices": (told(at("2023-03-05 10:00")),)}, LAW),
    (NoteKind.CALL_LATE, {"sip_required": True, "calls": called("2023-03-11 10:00")}, LAW),
    (NoteKind.CALL_BEFORE_NOTICE, {"sip_required": True, "calls": called("2023-03-05 10:00")}, LAW),
    (NoteKind.BLOCK, {"blocked": (Span(date(2023, 3, 8)),)}, LAW),
    (NoteKind.LEAVE, {"leaves": (Leave(at("2023-03-10 16:00")),)}, LAW),
    (
        NoteKind.JUDGED_AGAIN,
        {
            "ready": (
                Ready(at("2023-03-04 09:00"), "E", (told(at("2023-03-04 10:00")),), at("2023-03-05 09:00")),
                Ready(at("2023-03-06 09:00"), "E", (told(at(SENT)),)),
            )
        },
        LAW,
    ),
    (NoteKind.AGREEMENT_BEGAN, {}, Terms(model=Model.AVERAGE, valid_from=date(2023, 3, 7))),
    (NoteKind.OUTSIDE_COUNTY, {"outside_county": True}, LAW),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "changes", "terms"), NOTED, ids=lambda one: str(one)[:24])
def test_what_is_uncertain_is_said(kind: NoteKind, changes: dict[str, Any], terms: Terms) -> None:
    assert kind in kinds(week(**changes), terms)
    plain = kinds(week(), terms if kind is NoteKind.AGREEMENT_BEGAN else LAW)
    assert plain == ({kind} if not changes else {NoteKind.DISCHARGE_DAY})


def test_noon_sharp_and_the_thirty_days_of_2018_are_noted() -> None:
    assert NoteKind.EXACTLY_NOON in kinds(stay("2023-03-06 12:00:00", GONE))
    assert NoteKind.EXACTLY_NOON not in kinds(stay("2023-03-06 12:00:01", GONE))
    into = stay("2018-12-20 10:00", "2019-02-01", psychiatric=True)
    within = stay("2018-11-20 10:00", "2018-12-28", psychiatric=True)
    assert NoteKind.PSYCHIATRY_2018 in kinds(into)
    assert NoteKind.PSYCHIATRY_2018 not in kinds(within)


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("discharged_at", {"discharged_at": at("2023-03-02 10:00")}, "skrivs ut"),
    ("discharged_at", {"discharged_at": datetime.fromisoformat("2032-01-01T00:00Z")}, "inte varit"),
    ("admitted_at", {"admitted_at": at("2031-06-01 10:00"), "discharged_at": None}, "inte varit"),
    ("ready", {"ready": (Ready(at("2023-03-01 10:00"), "E"),)}, "före inskrivningen"),
    (
        "ready",
        {"ready": (Ready(at("2023-03-06 10:00"), "E", (), at("2023-03-05 10:00")),)},
        "togs tillbaka",
    ),
    (
        "ready",
        {"ready": (Ready(at("2023-03-06 10:00"), "E", (told(at("2023-03-06 09:00")),)),)},
        "före läkarens bedömning",
    ),
    ("leaves", {"leaves": (Leave(at("2023-03-01 10:00")),)}, "Permissionen börjar"),
    (
        "leaves",
        {"leaves": (Leave(at("2023-03-07 10:00"), at("2023-03-06 10:00")),)},
        "Permissionen slutar",
    ),
    ("blocked", {"blocked": (Span(date(2023, 3, 8), date(2023, 3, 7)),)}, "slutar innan"),
]


@pytest.mark.parametrize(("where", "changes", "words"), BAD, ids=lambda one: str(one)[:24])
def test_times_that_cannot_be_are_refused_in_words(
    where: str, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        judge_stay(replace(week(ready=()), **changes), LAW, as_of=LATER)
    assert isinstance(refusal.value, Problem)
    assert refusal.value.where == where


# ── the admission notice, by the judgement that stood when it was sent ──

NOTICES: list[tuple[str, str | None, str | None, str | None, Reason]] = [
    # judged last, notice, due by the judgement of then, open care told
    ("2023-03-05 09:00", "2023-03-04 11:00", "2023-03-04 10:00", None, Reason.ADMISSION_LATE),
    ("2023-03-05 09:00", "2023-03-04 10:00", "2023-03-04 10:00", None, Reason.COUNTED),
    (None, "2023-03-05 12:00", "2023-03-05 15:00", None, Reason.COUNTED),  # judged later, in time
    ("2023-03-08 09:00", "2023-03-05 12:00", "2023-03-05 15:00", None, Reason.COUNTED),
    ("2023-03-08 09:00", "2023-03-05 16:00", "2023-03-05 15:00", None, Reason.ADMISSION_LATE),
    (None, "2023-03-04 09:00", "2023-03-03 20:00", None, Reason.COUNTED),  # admitted later than said
    # open care was told by a judgement of its own: each by its own time
    ("2023-03-08 09:00", "2023-03-03 12:00", "2023-03-04 10:00", "2023-03-08 10:00",
     Reason.COUNTED),
    ("2023-03-08 09:00", "2023-03-03 12:00", "2023-03-04 10:00", "2023-03-09 10:00",
     Reason.ADMISSION_LATE),
    ("2023-03-08 09:00", "2023-03-04 12:00", "2023-03-04 10:00", "2023-03-08 10:00",
     Reason.ADMISSION_LATE),
    (None, "2023-03-26 03:00", "2023-03-26 03:00", None, Reason.COUNTED),
]  # fmt: skip


@pytest.mark.parametrize(("judged", "sent", "due", "care", "reason"), NOTICES)
def test_a_later_judgement_does_not_make_a_late_notice_timely(
    judged: str | None, sent: str, due: str, care: str | None, reason: Reason
) -> None:
    notices = [replace(told(at(sent), open_care=False), due_at=at(due))]
    if care:
        notices.append(Sent(at(care), frozenset(), open_care=True, due_at=at("2023-03-09 09:00")))
    facts = week(
        admission_notices=tuple(notices),
        need_judged_at=at(judged) if judged else None,
        needs_municipal_health=care is not None,
        admitted_at=ADMITTED,
    )
    assert verdict_on(judge_stay(facts, LAW, as_of=LATER), DAY) is reason
    assert (NoteKind.ADMISSION_LATE in kinds(facts)) is (reason is Reason.ADMISSION_LATE)


# ── the hour that comes twice ──


def test_in_the_hour_that_comes_twice_the_moments_decide() -> None:
    """Judged 2.50 in summer time, told 2.10 in winter time: twenty minutes later."""
    judged, sent = (datetime(2026, 10, 25, hour, 50 if hour == 0 else 10, tzinfo=UTC)
                    for hour in (0, 1))  # fmt: skip
    facts = stay("2026-10-25 10:00", "2026-10-30", ready=(Ready(judged, "Eva", (told(sent),)),))
    assert judge_stay(facts, LAW, as_of=LATER).counted == 2  # the 28th and the 29th
    wrong = replace(facts, ready=(Ready(sent, "Eva", (told(judged),)),))
    with pytest.raises(Invalid, match="före läkarens bedömning"):
        judge_stay(wrong, LAW, as_of=LATER)
