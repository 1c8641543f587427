"""The worked examples once more, read from the rows: the same facts, days and kronor come out."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.discharge import operations as ops
from samverka.discharge.models import Case, CaseUnit, Copy, Leave, Readiness
from samverka.discharge.reads import CaseDetail
from samverka.discharge.reads.liability_facts import stay_facts
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.liability import (
    KNOWN_RATES,
    Reason,
    StayFacts,
    Terms,
    judge_stay,
    price_stay,
)
from samverka.discharge.rules.liability.grounds import admission_ground
from samverka.people.reads import PersonDetail
from tests.discharge.rows import write_stay
from tests.discharge.stays import HOME, LATER, OTHER, THIRD, at, called, stay, told
from tests.discharge.test_liability_worked import WORKED, Worked
from tests.factories.cast import Cast

KROKOM, ARE = "2309", "2321"
PLACES = {HOME: KROKOM, OTHER: ARE, THIRD: KROKOM}
"""The municipalities of the examples, as those of the cast."""


def _moved(facts: StayFacts) -> StayFacts:
    """The example in the cast's municipalities."""

    def there(sent):
        return replace(sent, municipalities=frozenset(PLACES[one] for one in sent.municipalities))

    return replace(
        facts,
        registered=PLACES.get(facts.registered, facts.registered),
        deciding=PLACES.get(facts.deciding, facts.deciding),
        admission_notices=tuple(there(one) for one in facts.admission_notices),
        ready=tuple(replace(one, sent=tuple(there(it) for it in one.sent)) for one in facts.ready),
    )


def read(cast: Cast, person: PersonDetail, facts: StayFacts) -> StayFacts:
    row = write_stay(cast, person, facts)
    (found,) = stay_facts(Case.objects.filter(id=row.id))
    assert found.case_id == row.id
    return found.facts


@pytest.mark.parametrize("one", WORKED, ids=lambda one: one.name)
def test_worked_from_rows(one: Worked, cast: Cast, karin: PersonDetail) -> None:
    given = _moved(stay(one.sent, one.discharged, **one.changes))
    found = read(cast, karin, given)
    for name in (field.name for field in fields(given) if field.name != "stay_id"):
        assert getattr(found, name) == getattr(given, name), name
    for column in (0, 1):
        verdict = judge_stay(found, Terms(count_discharge_day=bool(column)), as_of=LATER)
        assert verdict.counted == one.days[column]
        assert price_stay(verdict, KNOWN_RATES).kronor == one.kronor[column]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("refused", {"refused": True}),
        ("compulsory", {"open_compulsory": True, "psychiatric": True}),
        ("called, needed", {"sip_required": True, "calls": called("2023-03-07 09:00")}),
        ("called by one who is no fast vårdkontakt",
         {"sip_required": True, "calls": called("2023-03-07 09:00", by_contact=False)}),
        ("open care not told", {"admission_notices": (told(at("2023-03-03 11:00"), KROKOM,
                                                          open_care=False),)}),
        ("municipal health", {"needs_municipal_health": True}),
        ("still there", {"discharged_at": None}),
        ("not registered anywhere", {"registered": None}),
        ("a municipality outside the county", {"registered": "0180", "outside_county": True}),
        ("judged later than admitted", {"need_judged_at": at("2023-03-04 08:00")}),
        ("told in two letters", {"admission_notices": (
            told(at("2023-03-03 11:00"), ARE), told(at("2023-03-03 12:00"), KROKOM))}),
    ],
)  # fmt: skip
def test_facts_come_back(
    name: str, changes: dict[str, Any], cast: Cast, karin: PersonDetail
) -> None:
    given = replace(_moved(stay("2023-03-06 10:00", "2023-03-10")), **changes)
    found = read(cast, karin, given)
    assert replace(found, stay_id="A") == given


def _notice(row: Case, **change: object) -> None:
    copies = Copy.objects.filter(message__case=row, message__kind="ready", part="social")
    copies.update(**change)


@pytest.mark.parametrize(
    ("fate", "onward", "stands"),
    [
        (Fate.WAITING, None, True),
        (Fate.RECEIPTED, None, True),
        (Fate.RETURNED, None, False),
        (Fate.WITHDRAWN, None, False),
        (Fate.FORWARDED, "home_care", True),  # within the municipality: it had been told
        (Fate.FORWARDED, "are_home_health", False),  # another municipality's
    ],
)
def test_a_notice_that_came_wrong_does_not_count(
    fate: Fate, onward: str | None, stands: bool, cast: Cast, karin: PersonDetail
) -> None:
    given = _moved(stay("2023-03-06 10:00", "2023-03-13"))
    row = write_stay(cast, karin, given)
    with act(cast.ward_nurse, Action.CASE_SEND) as this:
        this.note_general("Copy")
        moved = cast.units[onward].id if onward else None
        _notice(row, fate=fate, ended_at=at("2023-03-06 11:00"), forwarded_to=moved)
    (found,) = stay_facts(Case.objects.filter(id=row.id))
    told_krokom = any(KROKOM in one.municipalities for one in found.facts.ready[0].sent)
    assert told_krokom is stands
    verdict = judge_stay(found.facts, Terms(), as_of=LATER)
    assert bool(verdict.counted) is stands


def test_a_sip_that_nobody_judged_is_needed_where_both_sides_take_part(
    cast: Cast, karin: PersonDetail
) -> None:
    given = _moved(stay("2023-03-06 10:00", "2023-03-13", sip_judged=False))
    row = write_stay(cast, karin, given)
    (alone,) = stay_facts(Case.objects.filter(id=row.id))
    assert (alone.facts.sip_judged, alone.facts.sip_required) == (False, False)
    with act(cast.ward_nurse, Action.CASE_SEND) as this:
        this.note_general("CaseUnit")
        unit = cast.units["health_centre"]
        CaseUnit(
            case=row, person_id=row.person_id, unit_id=unit.id, provider_id=unit.provider_id,
            part="open-care", since=row.admitted_at,
        ).save(force_insert=True)  # fmt: skip
    (both,) = stay_facts(Case.objects.filter(id=row.id))
    assert (both.facts.sip_judged, both.facts.sip_required) == (False, True)
    verdict = judge_stay(both.facts, Terms(), as_of=LATER)
    assert any("Ingen har bedömt" in str(note.words) for note in verdict.notes)


def test_one_question_for_all(cast: Cast, karin: PersonDetail, django_assert_num_queries) -> None:
    for day in ("2023-03-06", "2023-04-06", "2023-05-08"):
        write_stay(
            cast, karin, _moved(stay(f"{day} 10:00", None, discharged_at=at(f"{day} 23:00")))
        )
    with django_assert_num_queries(1):
        assert len(stay_facts(Case.objects.all())) == 3


def test_a_stay_that_nobody_has_called_ready_has_no_days(cast: Cast, karin: PersonDetail) -> None:
    given = _moved(stay("2023-03-06 10:00", "2023-03-13", ready=()))
    found = read(cast, karin, given)
    assert found.ready == ()
    assert judge_stay(found, Terms(), as_of=LATER).counted == 0


def test_a_judgement_that_was_put_right_is_one_judgement(cast: Cast, karin: PersonDetail) -> None:
    """The correction begins no new count; whichever row comes first, the one that stands holds."""
    given = _moved(stay("2023-03-06 10:00", "2023-03-13"))
    row = write_stay(cast, karin, given)
    with act(cast.ward_nurse, Action.CASE_SEND) as this:
        this.note_general("Readiness")
        for withdrawn in (at("2023-03-07 09:00"), at("2023-03-08 09:00")):
            Readiness(
                case=row, person_id=row.person_id, judged_at=at("2023-03-06 08:00"),
                judged_by="Per Fel", sent_at=at("2023-03-06 10:00"), withdrawn_at=withdrawn,
                withdrawn_reason="Rättad",
            ).save(force_insert=True)  # fmt: skip
    (found,) = stay_facts(Case.objects.filter(id=row.id))
    assert found.facts.ready == given.ready
    assert judge_stay(found.facts, Terms(), as_of=LATER).counted == 4


def test_a_leave_that_was_taken_back_is_none(cast: Cast, karin: PersonDetail) -> None:
    row = write_stay(cast, karin, _moved(stay("2023-03-06 10:00", "2023-03-13")))
    times = {"starts_at": at("2023-03-10 09:00"), "ends_at": at("2023-03-11 18:00")}
    with act(cast.ward_nurse, Action.CASE_SEND) as this:
        this.note_general("Leave")
        for withdrawn in (None, at("2023-03-09 09:00")):
            Leave(
                case=row, person_id=row.person_id, withdrawn_at=withdrawn, **times
            ).save(force_insert=True)  # fmt: skip
    (found,) = stay_facts(Case.objects.filter(id=row.id))
    assert len(found.facts.leaves) == 1


def test_judging_again_does_not_make_a_late_notice_timely(cast: Cast, case: CaseDetail) -> None:
    """Admitted and judged, told thirty hours later; two days after that more help is needed."""
    late = cast.at(cast.ward_nurse, hours=30)
    letter = ops.Letter(body={"estimated_at": "2026-11-25"}, units=(cast.units["assessment"].id,))
    ops.tell_of_admission(
        late, case_id=case.id, judgement=ops.Judgement("Per Överläkare", case.admitted_at),
        letter=letter,
    )  # fmt: skip
    again = cast.at(cast.ward_nurse, days=3)
    ops.judge_needs(
        again, case_id=case.id, parts=[Part.SOCIAL, Part.OPEN_CARE], judged_by="Per",
        judged_at=again.at,
    )  # fmt: skip
    (found,) = stay_facts(Case.objects.filter(id=case.id))
    assert found.facts.need_judged_at == case.admitted_at
    assert admission_ground(found.facts, KROKOM, Terms()).missing is Reason.ADMISSION_LATE
