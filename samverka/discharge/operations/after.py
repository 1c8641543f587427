"""The first time at home: who is to hear how it goes, what was answered, what worried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.careplans.reads import units_with_contact
from samverka.discharge.models import AfterAnswer, AfterContact, AfterTry, Case, Item
from samverka.discharge.operations.homing import going_home_of
from samverka.discharge.operations.keeping import open_case_row, standing_units, touch
from samverka.discharge.reads.cases import case_detail
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules import after as rules
from samverka.discharge.rules.after import Feeling, Outcome, Question, Told
from samverka.discharge.rules.items import ItemKind, check_item_ground
from samverka.discharge.rules.kinds import CaseStatus, Part, Secrecy
from samverka.discharge.rules.sending import text_of
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key

WORDS = 1000
"""Words of one answer (characters)."""


def open_after(this: Act, case: Case) -> None:
    """When someone goes home: the unit that is to hear how it goes, within the county's hours.

    The fast vårdkontakt's own unit where it takes part, else the regional open care, else the
    municipality. Where nobody but the ward takes part, nobody is asked.
    """
    unit_id = _asking_unit(case)
    if unit_id is None or case.discharged_at is None:
        return
    hours = county_value(Key.DISCHARGE_AFTER, local_date(case.discharged_at))
    due = rules.contact_due(case.discharged_at, timedelta(hours=hours))
    AfterContact.objects.get_or_create(
        case=case, defaults={"person_id": case.person_id, "unit_id": unit_id, "due_at": due}
    )


def _asking_unit(case: Case) -> UUID | None:
    units = standing_units(case).order_by("since", "unit__name")
    having = units_with_contact({case.person_id}).get(case.person_id, frozenset())
    return rules.who_asks([(one.unit_id, Part(one.part)) for one in units], having)


def note_after(
    actor: Actor,
    *,
    case_id: UUID,
    told: Sequence[Told],
    ground: Secrecy | None = Secrecy.CONSENT,
    note: str = "",
) -> CaseDetail:
    """Note what the person answered at home; what worries becomes a task for the right unit.

    Args:
        ground: of secrecy for what goes to another unit; None: it stays with the own unit.

    Raises:
        NotAllowed: another unit is the one that asks.
        NotNow: the person is not at home, or has been asked already.
        Invalid: a question has no answer, or a worry no words.
    """
    with act(actor, Action.CASE_FOLLOW_UP) as this:
        case, row = _own_after(this, case_id)
        clean = [
            Told(one.question, one.feeling, text_of(one.words, "words", WORDS)) for one in told
        ]
        rules.check_told(clean)
        worries = [one for one in clean if one.feeling is Feeling.WORRIES]
        if worries and ground is not None:
            check_item_ground(ground, note.strip())
        tried = _try(this, row, reached=True, words="")
        for one in clean:
            item = _worry(this, case, one, ground, note) if one in worries else None
            AfterAnswer(
                asked=tried, person_id=case.person_id, question=one.question,
                feeling=one.feeling, words=one.words, item=item,
            ).save(force_insert=True)  # fmt: skip
        _settle(this, row)
        touch(this, case, after="reached", worries=len(worries))
        return case_detail(this, case)


def note_not_reached(actor: Actor, *, case_id: UUID, words: str = "") -> CaseDetail:
    """Note that the person did not answer; after two tries that is how it stands.

    The person can still be reached later: the five answers then stand beside the tries.
    """
    with act(actor, Action.CASE_FOLLOW_UP) as this:
        case, row = _own_after(this, case_id)
        _try(this, row, reached=False, words=text_of(words, "words", WORDS))
        _settle(this, row)
        touch(this, case, after="not-reached")
        return case_detail(this, case)


def _own_after(this: Act, case_id: UUID) -> tuple[Case, AfterContact]:
    case = open_case_row(this, case_id)
    row: AfterContact | None = AfterContact.objects.filter(case=case).first()
    # Before anyone goes home nobody has been chosen: then it is not another unit's, but too early.
    chosen = row is not None or case.status == CaseStatus.HOME
    own = not chosen or (row is not None and row.unit_id == this.actor.unit_id)
    rules.check_may_contact(own=own, status=CaseStatus(case.status))
    assert row is not None
    rules.check_not_reached_yet(Outcome(row.outcome) if row.outcome else None)
    return case, row


def _try(this: Act, row: AfterContact, *, reached: bool, words: str) -> AfterTry:
    made = AfterTry(
        after=row, person_id=row.person_id, at=this.actor.at, by=this.actor.name,
        reached=reached, words=words,
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def _settle(this: Act, row: AfterContact) -> None:
    tries = AfterTry.objects.filter(after=row).order_by("at").values_list("reached", flat=True)
    outcome = rules.outcome_of(tries)
    if outcome is not None:
        row.outcome, row.made_at = outcome, this.actor.at
        row.save()


def _worry(this: Act, case: Case, one: Told, ground: Secrecy | None, note: str) -> Item:
    going_home_of(case)
    row = Item(
        case=case, person_id=case.person_id, kind=ItemKind.WORRY,
        words=f"{rules.QUESTIONS[one.question].words}: {one.words}"[:WORDS],
        unit_id=_worry_unit(this, case, one.question, ground),
        secrecy=ground or "", secrecy_note=note.strip(), asked_at=this.actor.at,
        asked_by=this.actor.name, asked_from=this.actor.unit_name, at_home=True,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _worry_unit(this: Act, case: Case, question: Question, ground: Secrecy | None) -> UUID:
    own = this.actor.unit_id
    assert own is not None
    if ground is None:
        return own
    units = list(standing_units(case).order_by("since", "unit__name"))
    part = rules.worry_owner(question, {Part(one.part) for one in units})
    found = [one.unit_id for one in units if one.part == part]
    return own if own in found else next(iter(found), own)
