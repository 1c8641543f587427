"""Absence and stand-in, handing over with a list, the person's wish, nobody without (PL 6:2–3, LUS 2:5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import override_settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import Absence
from samverka.careplans.reads import CareContactDetail, PlanDetail
from samverka.careplans.rules import ContactFacts, ContactKind, Need, Period
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.models import Task
from samverka.organisations import operations as organisations
from samverka.people.reads import PersonDetail
from tests.careplans.conftest import TODAY
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person, person_login

FVK = ContactKind.FAST_VARDKONTAKT
WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def contact(cast: Cast, karin: PersonDetail) -> CareContactDetail:
    return ops.appoint_contact(cast.region_nurse, person_id=karin.id, kind=FVK)


def assignment(actor: Actor) -> UUID:
    assert actor.assignment_id is not None
    return actor.assignment_id


def seen(actor: Actor, person: PersonDetail) -> CareContactDetail:
    (found,) = reads.list_contacts(actor, person_id=person.id)
    return found


def keys(person: PersonDetail) -> set[str]:
    rows = Task.objects.filter(person_id=person.id, ended_at__isnull=True)
    return {row.key.partition(":")[0] for row in rows}


# ── rules ──

ABSENCES = [
    # (words, since, until, others, where it is refused; None: it can be)
    ("a week", TODAY, WEEK, (), None),
    ("one day", TODAY, TODAY, (), None),
    ("began before, goes on", TODAY - timedelta(days=3), TODAY, (), None),
    ("ends before it begins", WEEK, TODAY, (), "until"),
    ("all passed", TODAY - timedelta(days=9), TODAY - timedelta(days=1), (), "until"),
    ("more than a year", TODAY, TODAY + timedelta(days=400), (), "until"),
    ("someone stands in already", TODAY, WEEK, (Period(WEEK, WEEK),), ""),
    ("the day after another", TODAY, WEEK, (Period(WEEK + timedelta(days=1), date.max),), None),
]


@pytest.mark.parametrize(
    ("words", "since", "until", "others", "where"), ABSENCES, ids=[row[0] for row in ABSENCES]
)
def test_when_someone_can_be_away(
    words: str, since: date, until: date, others: tuple[Period, ...], where: str | None
) -> None:
    if where is None:
        rules.check_absence(Period(since, until), TODAY, others)
        return
    with pytest.raises((Invalid, NotNow)) as refused:
        rules.check_absence(Period(since, until), TODAY, others)
    assert refused.value.where == where, words


_DAYS = st.integers(0, 40).map(lambda n: TODAY + timedelta(days=n))


@given(_DAYS, _DAYS, _DAYS, _DAYS)
def test_two_absences_meet_if_they_have_a_day_in_common(a: date, b: date, c: date, d: date) -> None:
    one, other = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    days = [TODAY + timedelta(days=n) for n in range(41)]
    assert one.meets(other) is any(one.holds(day) and other.holds(day) for day in days)
    assert one.meets(other) is other.meets(one)


NEEDS = [
    ("PL 6:2: asked", ContactFacts(asked=True), True, (Need.ASKED,)),
    ("PL 6:2: asks for another", ContactFacts(asked=True, has_one=True), True, (Need.ASKED,)),
    ("LUS 2:5: admitted", ContactFacts(admitted=True), True, (Need.DISCHARGE,)),
    ("LUS 2:5: one who is may go on", ContactFacts(admitted=True, has_one=True), True, ()),
    ("the county's rule", ContactFacts(shared_plan=True), True, (Need.PLAN,)),
    ("without that rule", ContactFacts(shared_plan=True), False, ()),
    ("has left", ContactFacts(has_one=True, left=True), True, (Need.LEFT,)),
    ("away without a stand-in", ContactFacts(has_one=True, away=True), True, (Need.AWAY,)),
    ("nothing", ContactFacts(has_one=True, shared_plan=True), True, ()),
]


@pytest.mark.parametrize(("law", "person", "rule", "needs"), NEEDS, ids=[row[0] for row in NEEDS])
def test_who_is_without(
    law: str, person: ContactFacts, rule: bool, needs: tuple[Need, ...]
) -> None:
    assert rules.list_needs(person, plan_rule=rule) == needs, law


# ── absence ──


def test_the_person_sees_who_stands_in_and_until_when(
    cast: Cast, karin: PersonDetail, contact: CareContactDetail
) -> None:
    ops.note_absence(
        cast.region_nurse, contact_ids=[contact.id], since=TODAY, until=WEEK,
        assignment_id=assignment(cast.physician),
    )  # fmt: skip
    for reader in (person_login(karin), cast.municipal_nurse):
        found = seen(reader, karin)
        assert (found.name, found.stand_in, found.away_until) == ("Lena Berg", "Anna Lund", WEEK)
        assert found.stand_in_profession == "Läkare"
        assert seen(Cast.at(reader, days=8), karin).stand_in == ""
    assert seen(Cast.at(person_login(karin), days=-1), karin).away_until is None


def test_an_absence_without_a_stand_in_is_a_task_until_someone_is_named(
    cast: Cast, karin: PersonDetail, contact: CareContactDetail
) -> None:
    (away,) = ops.note_absence(cast.region_nurse, contact_ids=[contact.id], since=TODAY, until=WEEK)
    assert "away" in keys(karin)
    line = reads.unit_contacts(cast.region_nurse).lines[0]
    assert line.needs == (Need.AWAY,)
    with pytest.raises(NotNow, match="står redan in"):
        ops.note_absence(cast.region_nurse, contact_ids=[contact.id], since=WEEK, until=WEEK)
    ops.end_absence(cast.region_nurse, absence_id=away.id)
    assert "away" not in keys(karin)
    with pytest.raises(NotNow):
        ops.end_absence(cast.region_nurse, absence_id=away.id)


def test_nobody_stands_in_for_themself_and_only_the_own_units(
    cast: Cast, karin: PersonDetail, contact: CareContactDetail
) -> None:
    def away(actor: Actor, who: UUID, ids: list[UUID]) -> object:
        return ops.note_absence(actor, contact_ids=ids, since=TODAY, until=WEEK, assignment_id=who)

    nurse = cast.region_nurse
    with pytest.raises(Invalid, match="sin egen ersättare"):
        away(nurse, assignment(nurse), [contact.id])
    with pytest.raises(Invalid, match="arbetar på enheten"):
        away(nurse, assignment(cast.municipal_nurse), [contact.id])
    with pytest.raises(Invalid, match="minst en person"):
        away(nurse, assignment(cast.physician), [])
    with pytest.raises(NotAllowed):
        away(cast.municipal_nurse, assignment(cast.municipal_nurse), [contact.id])
    with pytest.raises(NotFound):
        away(cast.stranger, assignment(cast.stranger), [contact.id])
    with pytest.raises(NotAllowed):
        away(person_login(karin), assignment(nurse), [contact.id])
    assert not Absence.objects.exists()


# ── hand over ──


@pytest.fixture
def two(cast: Cast, contact: CareContactDetail) -> list[UUID]:
    nils = make_person(cast.region_nurse)
    other = ops.appoint_contact(cast.region_nurse, person_id=nils.id, kind=FVK)
    return [contact.id, other.id]


def test_several_are_handed_over_at_once_and_it_can_be_undone(
    cast: Cast, karin: PersonDetail, two: list[UUID]
) -> None:
    nurse = cast.region_nurse
    made = ops.hand_over_contacts(
        nurse, contact_ids=two, assignment_id=assignment(cast.physician), on=TODAY
    )
    assert (made.done, made.persons, made.to_name) == (True, 2, "Anna Lund")
    assert seen(person_login(karin), karin).name == "Anna Lund"
    with pytest.raises(NotNow):
        ops.undo_hand_over(cast.physician, hand_over_id=made.id)
    ops.undo_hand_over(nurse, hand_over_id=made.id)
    assert seen(person_login(karin), karin).name == "Lena Berg"
    assert {one.contact.name for one in reads.unit_contacts(nurse).lines} == {"Lena Berg"}
    assert len(reads.unit_contacts(nurse).lines) == 2
    with pytest.raises(NotNow):
        ops.undo_hand_over(nurse, hand_over_id=made.id)


def test_after_ten_seconds_it_stands(cast: Cast, two: list[UUID]) -> None:
    made = ops.hand_over_contacts(
        cast.region_nurse, contact_ids=two, assignment_id=assignment(cast.physician), on=TODAY
    )
    with pytest.raises(NotNow, match="tio sekunder"):
        ops.undo_hand_over(Cast.at(cast.region_nurse, seconds=20), hand_over_id=made.id)


def test_a_day_ahead_is_done_by_the_clock_once(
    cast: Cast, karin: PersonDetail, two: list[UUID]
) -> None:
    ops.hand_over_contacts(
        cast.region_nurse, contact_ids=two, assignment_id=assignment(cast.physician), on=WEEK
    )
    assert seen(cast.region_nurse, karin).name == "Lena Berg"
    assert ops.watch_hand_overs(cast.system) == 0
    then = Cast.at(cast.system, days=7)
    assert ops.watch_hand_overs(then) == 1
    assert ops.watch_hand_overs(then) == 0
    assert seen(Cast.at(cast.region_nurse, days=7), karin).name == "Anna Lund"


def test_what_cannot_be_handed_over_is_said(cast: Cast, two: list[UUID]) -> None:
    nurse, doctor = cast.region_nurse, assignment(cast.physician)

    def hand(ids: list[UUID], to: UUID, on: date = TODAY) -> object:
        return ops.hand_over_contacts(nurse, contact_ids=ids, assignment_id=to, on=on)

    with pytest.raises(Invalid, match="minst en"):
        hand([], doctor)
    with pytest.raises(Invalid, match="har redan några"):
        hand(two, assignment(nurse))
    with pytest.raises(Invalid, match="passerat"):
        hand(two, doctor, TODAY - timedelta(days=1))
    ops.end_contact(nurse, contact_id=two[0])
    with pytest.raises(NotNow, match="avslutad"):
        hand(two, doctor)


def test_the_contacts_of_one_who_leaves_come_up(
    cast: Cast, karin: PersonDetail, contact: CareContactDetail
) -> None:
    assert ops.watch_contacts(cast.system) == 0
    ends = Cast.at(cast.system, hours=1)
    organisations.end_assignment(ends, assignment_id=assignment(cast.region_nurse))
    later = Cast.at(cast.system, hours=2)
    assert ops.watch_contacts(later) == 1
    assert ops.watch_contacts(later) == 0
    assert "left" in keys(karin)
    doctor = Cast.at(cast.physician, hours=2)
    assert reads.unit_contacts(doctor).lines[0].needs == (Need.LEFT,)
    ops.hand_over_contacts(
        doctor, contact_ids=[contact.id], assignment_id=assignment(cast.physician), on=TODAY
    )
    assert "left" not in keys(karin)


# ── who appoints (HSF 4:1) ──


@override_settings(SAMVERKA_COUNTY={"contact.head-appoints": 1})
def test_in_a_county_where_the_head_appoints_others_do_not(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(NotAllowed, match="chef"):
        ops.appoint_contact(cast.region_nurse, person_id=karin.id, kind=FVK)


# ── the person's wish ──


def test_whoever_asks_for_a_fast_vardkontakt_gets_one(cast: Cast, karin: PersonDetail) -> None:
    nurse = cast.region_nurse
    asked = ops.ask_for_contact(nurse, person_id=karin.id, kind=FVK, wish="Någon som lyssnar")
    assert "wish" in keys(karin)
    with pytest.raises(NotNow, match="redan ställd"):
        ops.ask_for_contact(nurse, person_id=karin.id, kind=FVK)
    (line,) = reads.unit_contacts(nurse).missing
    assert line.needs == (Need.ASKED,)
    with pytest.raises(NotNow, match="ska få en"):
        ops.answer_wish(nurse, wish_id=asked.id, granted=False, answer="Nej")
    with pytest.raises(NotNow, match="Utse kontakten först"):
        ops.answer_wish(nurse, wish_id=asked.id, granted=True)
    ops.appoint_contact(Cast.at(nurse, minutes=1), person_id=karin.id, kind=FVK)
    done = ops.answer_wish(Cast.at(nurse, minutes=2), wish_id=asked.id, granted=True)
    assert done.granted
    assert "wish" not in keys(karin)
    with pytest.raises(NotNow):
        ops.answer_wish(nurse, wish_id=asked.id, granted=True)


def test_the_person_asks_for_another_and_reads_the_answer(
    cast: Cast, karin: PersonDetail, contact: CareContactDetail
) -> None:
    her = Cast.at(person_login(karin), minutes=1)
    asked = ops.ask_for_contact(her, person_id=karin.id, kind=FVK, wish="En annan, tack")
    assert (asked.by_person, asked.unit_name) == (True, "Krokoms hälsocentral")
    nurse = Cast.at(cast.region_nurse, minutes=2)
    with pytest.raises(Invalid, match="varför"):
        ops.answer_wish(nurse, wish_id=asked.id, granted=False)
    told = ops.answer_wish(
        nurse, wish_id=asked.id, granted=False, answer="Vi är få nu. Fråga igen i maj."
    )
    assert told.answer.startswith("Vi är få")
    with pytest.raises(Invalid):
        ops.ask_for_contact(her, person_id=karin.id, kind=ContactKind.MAIN)


def test_one_whom_nobody_knows_where_to_ask_is_told_so(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(NotNow, match="Ring en hälsocentral"):
        ops.ask_for_contact(person_login(karin), person_id=karin.id, kind=FVK)


def test_a_wish_is_the_units_own(
    cast: Cast, karin: PersonDetail, contact: CareContactDetail
) -> None:
    asked = ops.ask_for_contact(person_login(karin), person_id=karin.id, kind=FVK)
    for actor in (cast.municipal_nurse, cast.stranger, cast.ifo_officer):
        with pytest.raises(NotFound):
            reads.wish(actor, wish_id=asked.id)
        with pytest.raises(NotFound):
            ops.answer_wish(actor, wish_id=asked.id, granted=True)


# ── LUS 2:5 ──


def test_an_admission_asks_for_someone_before_discharge(cast: Cast, karin: PersonDetail) -> None:
    unit = cast.region_nurse.unit_id
    assert unit is not None
    ops.note_need(cast.system, person_id=karin.id, unit_id=unit)
    ops.note_need(cast.system, person_id=karin.id, unit_id=unit)
    assert "need" in keys(karin)
    assert reads.unit_contacts(cast.region_nurse).missing[0].needs == (Need.DISCHARGE,)
    ops.appoint_contact(cast.region_nurse, person_id=karin.id, kind=FVK)
    assert "need" not in keys(karin)
    assert reads.unit_contacts(cast.region_nurse).missing == ()


def test_a_shared_plan_without_a_contact_is_on_the_list(cast: Cast, active: PlanDetail) -> None:
    assert reads.unit_contacts(cast.region_nurse).missing[0].needs == (Need.PLAN,)
    with override_settings(SAMVERKA_COUNTY={"contact.with-shared-plan": 0}):
        assert reads.unit_contacts(cast.region_nurse).missing == ()


# ── pages ──


@pytest.fixture
def friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("friday")
def test_the_pages_work_without_script(cast: Cast, karin: PersonDetail, two: list[UUID]) -> None:
    client = log_in(cast.region_nurse)
    home = reverse("careplans:unit_contacts")
    assert "Karin" in client.get(home).content.decode()
    away = client.post(
        reverse("careplans:absence"),
        {"contacts": [str(two[0])], "since": "2026-11-20", "until": "2026-11-19"},
    )
    assert away.status_code == 422
    assert "Sista dagen är före den första" in away.content.decode()
    assert "2026-11-19" in away.content.decode()  # what was typed stands
    done = client.post(
        reverse("careplans:hand_over"),
        {
            "contacts": [str(one) for one in two],
            "assignment": str(cast.physician.assignment_id),
            "on": "2026-11-20",
        },
        follow=True,
    )
    assert "Överlämnat till Anna Lund" in done.content.decode()
    assert "Anna Lund" in client.get(home).content.decode()
    assert "Karin" not in log_in(cast.stranger).get(home).content.decode()
