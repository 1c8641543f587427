"""A wait from the referral to the visit: what is offered, answered, paused, ended, put right; what is refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest

from samverka.access.models import Account
from samverka.guarantee import operations as ops
from samverka.guarantee import reads
from samverka.guarantee.models import WaitChange
from samverka.guarantee.operations import PartKind
from samverka.guarantee.reads import Choice, WaitDetail
from samverka.guarantee.rules import (
    ClockStatus,
    DutyStatus,
    Ending,
    LetterKind,
    Part,
    Profession,
    Purpose,
    Reason,
    Residence,
)
from samverka.guarantee.rules.keeping import WaitFacts
from samverka.guarantee.rules.letters import Way
from samverka.guarantee.rules.turns import Doing
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.models import News
from samverka.notices.reads import unit_tasks
from samverka.people.operations import PersonFacts, list_person
from samverka.people.reads import PersonDetail
from tests.factories.cast import NOW, Cast, make_person, person_login, relate
from tests.guarantee.conftest import KNEE

TODAY = NOW.date()
LAST = TODAY + timedelta(days=30)


def _task(actor: Actor) -> list[str]:
    return [str(one.verb) for one in unit_tasks(actor) if one.kind.value == "wait"]


# ── from the referral to the visit ──


def test_counts_from_the_day_the_referral_was_written(wait: WaitDetail) -> None:
    assert wait.clock.status is ClockStatus.RUNNING
    assert wait.clock.last_day == LAST
    assert wait.step
    assert wait.step.doing is Doing.OFFER
    assert not wait.step.soon
    assert wait.residence is Residence.OURS
    assert any("remissen skrevs" in one for one in wait.explained)


def test_a_visit_in_time_ends_it(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse
    found = ops.note_contact(
        nurse,
        wait_id=wait.id,
        at=NOW - timedelta(hours=2),
        purpose=Purpose.FIRST_VISIT,
        profession=Profession.DOCTOR,
    )
    assert found.clock.status is ClockStatus.MET
    assert found.step is None
    assert [one.id for one in reads.wait_list(nurse, choice=Choice.DONE).lines] == [wait.id]
    taken = ops.withdraw_part(
        nurse, kind=PartKind.CONTACT, part_id=found.contacts[0].id, reason="Fel person."
    )
    assert taken.clock.status is ClockStatus.RUNNING
    assert taken.contacts[0].withdrawn_reason == "Fel person."


def test_a_return_visit_ends_nothing_and_says_why(cast: Cast, wait: WaitDetail) -> None:
    found = ops.note_contact(
        cast.surgery_nurse, wait_id=wait.id, at=NOW, purpose=Purpose.RETURN_VISIT
    )
    assert found.clock.status is ClockStatus.RUNNING
    assert any("räknas inte" in one for one in found.explained)


def test_the_offer_waits_for_the_person_and_then_for_the_unit(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse
    found = ops.offer_time(nurse, wait_id=wait.id, care_on=LAST, where="Östersund")
    assert found.step
    assert found.step.doing is Doing.ANSWER
    assert found.step.of_person
    said = ops.answer_offer(nurse, offer_id=found.offers[0].id, accepted=True)
    assert said.step
    assert said.step.doing is Doing.MEET
    assert said.clock.status is ClockStatus.RUNNING, "a booked time stops no clock"


# ── days that are not counted ──


def test_saying_no_to_a_time_within_it_subtracts_days(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse
    made = ops.offer_time(nurse, wait_id=wait.id, care_on=TODAY + timedelta(days=5), where="Här")
    offer = made.offers[0].id
    ops.answer_offer(nurse, offer_id=offer, accepted=False, informed_on=TODAY)
    found = ops.pause_wait(
        nurse,
        wait_id=wait.id,
        reason=Reason.ABSTAINS,
        first=TODAY,
        last=TODAY + timedelta(days=9),
        offer_id=offer,
    )
    assert found.clock.last_day == LAST + timedelta(days=10)
    assert found.pauses[0].declined_on == TODAY
    with pytest.raises(NotNow, match="bygger på"):
        ops.withdraw_part(nurse, kind=PartKind.OFFER, part_id=offer, reason="Fel.")


@pytest.mark.parametrize(
    ("care", "informed", "declined", "said"),
    [
        (None, TODAY, TODAY, "inte fått en tid inom garantin"),
        (LAST + timedelta(days=1), TODAY, TODAY, "låg efter sista dagen"),
        (LAST, None, TODAY, "hade inte fått veta"),
        (LAST, TODAY, None, "inte själv sagt nej"),
    ],
)
def test_each_condition_is_asked_for(
    cast: Cast,
    wait: WaitDetail,
    care: date | None,
    informed: date | None,
    declined: date | None,
    said: str,
) -> None:
    nurse, offer = cast.surgery_nurse, None
    if care is not None:
        made = ops.offer_time(nurse, wait_id=wait.id, care_on=care, where="Här")
        offer = made.offers[0].id
    with pytest.raises(Invalid, match=said) as refused:
        ops.pause_wait(
            nurse,
            wait_id=wait.id,
            reason=Reason.ABSTAINS,
            first=TODAY,
            offer_id=offer,
            informed_on=informed,
            declined_on=declined,
        )
    assert "fick veta om garantin" in refused.value.mend
    assert not reads.wait(nurse, wait_id=wait.id).pauses


def test_medical_reasons_rest_until_someone_says_when(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse
    found = ops.pause_wait(nurse, wait_id=wait.id, reason=Reason.MEDICAL, first=TODAY)
    assert found.clock.status is ClockStatus.RESTING
    assert found.clock.last_day is None
    assert found.step
    assert found.step.doing is Doing.REST
    ended = ops.end_pause(nurse, pause_id=found.pauses[0].id, last=TODAY + timedelta(days=4))
    assert ended.clock.last_day == LAST + timedelta(days=5)
    moved = ops.end_pause(nurse, pause_id=found.pauses[0].id, last=TODAY + timedelta(days=1))
    assert moved.clock.last_day == LAST + timedelta(days=2)
    assert moved.changes[0].before == {"last": str(TODAY + timedelta(days=4))}
    with pytest.raises(Invalid, match="slutar innan"):
        ops.end_pause(nurse, pause_id=found.pauses[0].id, last=TODAY - timedelta(days=1))


# ── the limit passes ──


def test_after_the_limit_care_elsewhere_is_owed_once(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.at(cast.surgery_nurse, days=20)
    near = reads.wait(nurse, wait_id=wait.id)
    assert near.step
    assert near.step.soon
    assert not near.step.late
    assert _task(nurse) == []
    clock = cast.at(cast.system, days=20)
    assert (ops.watch_waits(clock), ops.watch_waits(clock)) == (1, 0)
    assert _task(nurse) == ["erbjud en tid"]
    late = cast.at(cast.surgery_nurse, days=31)
    assert ops.watch_waits(cast.at(cast.system, days=31)) == 1
    assert _task(late) == ["erbjud vård hos en annan vårdgivare"]
    found = reads.wait(late, wait_id=wait.id)
    assert found.duty.status is DutyStatus.OWED
    assert found.step
    assert found.step.late
    there = ops.offer_time(
        late,
        wait_id=wait.id,
        care_on=late.at.date() + timedelta(days=6),
        where="Sundsvalls sjukhus",
        elsewhere=True,
        travel="Vi betalar resan",
    )
    assert there.duty.status is DutyStatus.OFFERED
    assert _task(late) == []
    yes = ops.answer_offer(late, offer_id=there.offers[0].id, accepted=True)
    assert yes.duty.status is DutyStatus.ACCEPTED
    again = ops.answer_offer(late, offer_id=there.offers[0].id, accepted=False)
    assert again.duty.status is DutyStatus.DECLINED
    assert again.changes[0].before["answer"] == "yes", "what was said before stands"


# ── primary care ──


def test_same_day_holds_where_the_person_is_listed(cast: Cast, karin: PersonDetail) -> None:
    facts = WaitFacts(part=Part.CONTACT, what="Ont i halsen", sought_at=NOW - timedelta(hours=1))
    found = ops.start_wait(cast.region_nurse, person_id=karin.id, facts=facts)
    assert found.clock.status is ClockStatus.OUTSIDE
    assert "inte listad" in found.explained[0]


def test_no_care_elsewhere_in_primary_care(cast: Cast, karin: PersonDetail) -> None:
    nurse = cast.region_nurse
    list_person(nurse, person_id=karin.id)
    facts = WaitFacts(part=Part.ASSESSMENT, what="Ont i magen", sought_at=NOW)
    found = ops.start_wait(nurse, person_id=karin.id, facts=facts)
    assert found.step
    assert found.step.doing is Doing.NEED
    found = ops.judge_need(nurse, wait_id=found.id, needed=True)
    assert found.clock.last_day == TODAY + timedelta(days=3)
    with pytest.raises(NotNow, match="primärvården"):
        ops.offer_time(nurse, wait_id=found.id, care_on=TODAY, where="X", elsewhere=True)
    with pytest.raises(NotNow, match="primärvården"):
        ops.write_letter(nurse, wait_id=found.id, kind=LetterKind.ELSEWHERE)
    no = ops.note_contact(
        nurse,
        wait_id=found.id,
        at=NOW,
        purpose=Purpose.ASSESSMENT,
        profession=Profession.ASSISTANT_NURSE,
    )
    assert no.clock.status is ClockStatus.RUNNING
    part = no.contacts[0].id
    yes = ops.judge_contact(
        nurse, contact_id=part, purpose=Purpose.ASSESSMENT, profession=Profession.NURSE
    )
    assert yes.clock.status is ClockStatus.MET
    assert yes.changes


# ── whom it holds for ──


@pytest.mark.parametrize(
    ("county", "status", "residence"),
    [
        ("22", ClockStatus.OUTSIDE, Residence.OTHER),
        ("", ClockStatus.RUNNING, Residence.UNKNOWN),
    ],
)
def test_the_home_region_answers(
    cast: Cast, county: str, status: ClockStatus, residence: Residence
) -> None:
    person = make_person(
        cast.surgery_nurse,
        PersonFacts(given_name="Nils", family_name="Ek", county_code=county),
    )
    found = ops.start_wait(cast.surgery_nurse, person_id=person.id, facts=KNEE)
    assert (found.clock.status, found.residence) == (status, residence)


# ── ends, mistakes, history ──


def test_an_end_needs_a_day_and_can_be_undone_with_a_reason(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse
    with pytest.raises(Invalid, match="framtiden"):
        ops.end_wait(nurse, wait_id=wait.id, on=LAST, why=Ending.WITHDRAWN)
    with pytest.raises(Invalid, match="innan den börjar"):
        ops.end_wait(nurse, wait_id=wait.id, on=TODAY - timedelta(days=90), why=Ending.WITHDRAWN)
    with pytest.raises(NotNow, match="inte avslutad"):
        ops.reopen_wait(nurse, wait_id=wait.id, reason="Fel.")
    done = ops.end_wait(nurse, wait_id=wait.id, on=TODAY, why=Ending.WITHDRAWN)
    assert done.clock.status is ClockStatus.ENDED
    assert not done.waiting
    with pytest.raises(NotNow, match="Väntan är över"):
        ops.offer_time(nurse, wait_id=wait.id, care_on=LAST, where="Här")
    with pytest.raises(Invalid, match="Skriv varför"):
        ops.reopen_wait(nurse, wait_id=wait.id, reason=" ")
    again = ops.reopen_wait(nurse, wait_id=wait.id, reason="Ångrade sig.")
    assert again.clock.status is ClockStatus.RUNNING
    assert again.changes[0].before["ended_why"] == "withdrawn"


def test_what_stood_before_is_kept(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse
    right = replace(KNEE, referral_issued_at=NOW - timedelta(days=80))
    with pytest.raises(Invalid, match="Skriv varför"):
        ops.correct_wait(nurse, wait_id=wait.id, facts=right, reason="", version=wait.version)
    with pytest.raises(Conflict):
        ops.correct_wait(
            nurse, wait_id=wait.id, facts=right, reason="Fel dag.", version=wait.version - 1
        )
    found = ops.correct_wait(
        nurse, wait_id=wait.id, facts=right, reason="Fel dag.", version=wait.version
    )
    assert found.clock.last_day == TODAY + timedelta(days=10)
    assert set(found.changes[0].before) == {"referral_issued_at"}
    with pytest.raises(Invalid, match="Inget är ändrat"):
        ops.correct_wait(nurse, wait_id=wait.id, facts=right, reason="Igen.", version=found.version)
    assert WaitChange.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (replace(KNEE, what=" "), "vad personen väntar på"),
        (replace(KNEE, referral_issued_at=None), "när remissen skrevs"),
        (replace(KNEE, referral_issued_at=NOW + timedelta(days=1)), "framtiden"),
        (replace(KNEE, referral_received_at=NOW - timedelta(days=70)), "innan den skrevs"),
        (replace(KNEE, referral_issued_at=NOW - timedelta(days=3000),
                 referral_received_at=None), "fem år"),
        (replace(KNEE, part=Part.TREATMENT), "beslutade om vården"),
        (replace(KNEE, part=Part.CONTACT), "sökte kontakt"),
    ],
)  # fmt: skip
def test_facts_that_cannot_be(cast: Cast, karin: PersonDetail, facts: WaitFacts, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        ops.start_wait(cast.surgery_nurse, person_id=karin.id, facts=facts)


def test_offers_that_cannot_be(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse

    def offer(**given: object) -> None:
        wanted = {"wait_id": wait.id, "care_on": LAST, "where": "Här"} | given
        ops.offer_time(nurse, **wanted)  # type: ignore[arg-type]

    day = timedelta(days=1)
    for given, said in (
        ({"where": ""}, "var personen får"),
        ({"made_on": TODAY + day}, "framtiden"),
        ({"made_on": TODAY - 61 * day}, "innan väntan började"),
        ({"care_on": TODAY - day}, "före dagen då den erbjöds"),
        ({"care_on": TODAY + 1200 * day}, "tre år"),
    ):
        with pytest.raises(Invalid, match=said):
            offer(**given)
    made = ops.offer_time(nurse, wait_id=wait.id, care_on=LAST, where="Här")
    one = made.offers[0].id
    with pytest.raises(Invalid, match="innan tiden erbjöds"):
        ops.answer_offer(nurse, offer_id=one, accepted=True, answered_on=TODAY - day)
    with pytest.raises(Invalid, match="framtiden"):
        ops.answer_offer(nurse, offer_id=one, accepted=True, answered_on=TODAY + day)
    ops.withdraw_part(nurse, kind=PartKind.OFFER, part_id=one, reason="Fel tid.")
    with pytest.raises(NotNow, match="taget tillbaka"):
        ops.answer_offer(nurse, offer_id=one, accepted=True)


# ── letters ──


def test_a_letter_is_kept_word_for_word(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse
    with pytest.raises(NotNow, match="Ingen tid är erbjuden"):
        ops.write_letter(nurse, wait_id=wait.id, kind=LetterKind.OFFER)
    ops.offer_time(nurse, wait_id=wait.id, care_on=LAST, where="Östersund")
    found = ops.write_letter(nurse, wait_id=wait.id, kind=LetterKind.OFFER)
    [letter] = found.letters
    assert "Undersökning av knät" in letter.words[0]
    assert letter.heading
    assert letter.way is Way.PAPER
    with pytest.raises(NotNow, match="redan skrivet"):
        ops.write_letter(nurse, wait_id=wait.id, kind=LetterKind.OFFER)
    offer = found.offers[0].id
    ops.withdraw_part(nurse, kind=PartKind.OFFER, part_id=offer, reason="Läkaren sjuk.")
    assert reads.wait(nurse, wait_id=wait.id).letters == (letter,)


def test_a_letter_is_sent_once_to_who_has_a_page(
    cast: Cast, wait: WaitDetail, karin: PersonDetail
) -> None:
    Account.objects.create_user("karin", person_id=karin.id, name="Karin")
    for _again in range(2):
        with suppress(NotNow):
            ops.write_letter(cast.surgery_nurse, wait_id=wait.id, kind=LetterKind.GUARANTEE)
    [letter] = reads.wait(cast.surgery_nurse, wait_id=wait.id).letters
    assert (letter.way, letter.noted_by) == (Way.PAGE, cast.surgery_nurse.name)
    told = News.objects.filter(person_id=karin.id, sentence__icontains="brev")
    assert told.count() == 1


# ── who may ──


def test_the_cast(cast: Cast, wait: WaitDetail, karin: PersonDetail) -> None:
    for actor in (cast.stranger, cast.municipal_nurse, cast.economist):
        with pytest.raises((NotFound, NotAllowed)):
            reads.wait(actor, wait_id=wait.id)
    with pytest.raises(NotFound):
        reads.wait(cast.stranger, wait_id=wait.id)
    with pytest.raises(NotAllowed):
        reads.wait_list(cast.analyst)
    assert reads.wait_list(cast.stranger, choice=Choice.WAITING).lines == ()
    relate(cast.municipal_nurse, karin)
    with pytest.raises(NotFound):
        ops.offer_time(cast.municipal_nurse, wait_id=wait.id, care_on=LAST, where="Här")
    with pytest.raises(NotFound):
        ops.end_wait(cast.region_nurse, wait_id=wait.id, on=TODAY, why=Ending.WITHDRAWN)
    patient = person_login(karin)
    assert reads.wait(patient, wait_id=wait.id).clock.last_day == LAST
    with pytest.raises(NotAllowed):
        ops.end_wait(patient, wait_id=wait.id, on=TODAY, why=Ending.WITHDRAWN)
    neighbour = make_person(cast.region_nurse, PersonFacts(given_name="Nils", family_name="Ek"))
    with pytest.raises(NotFound):
        reads.wait(person_login(neighbour), wait_id=wait.id)
    for job in (cast.surgery_nurse, cast.administrator):
        with pytest.raises(NotAllowed):
            ops.watch_waits(job)


def test_the_list_is_sieved(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse
    found = reads.wait_list(nurse, choice=Choice.WAITING)
    assert [one.id for one in found.lines] == [wait.id]
    assert found.parts == (Part.VISIT,)
    assert found.counts == {
        Choice.PRESSING: 0, Choice.PASSED: 0, Choice.WAITING: 1, Choice.DONE: 0,
    }  # fmt: skip
    assert not reads.wait_list(nurse, choice=Choice.WAITING, part=Part.TREATMENT).lines
    assert not reads.wait_list(nurse, choice=Choice.WAITING, unit="Ingen").lines
