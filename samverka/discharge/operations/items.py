"""The list "ready to go home": ask, answer, hand over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case, Item, ItemAnswer
from samverka.discharge.operations.homing import going_home_of
from samverka.discharge.operations.keeping import open_case_row, own_part, standing_units, touch
from samverka.discharge.reads.cases import case_detail
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules import items as rules
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.kinds import INSIDE, CaseStatus, Part, Secrecy
from samverka.discharge.rules.sending import text_of
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _

WORDS = 1000
"""What a line, or an answer, says in words (characters)."""


@dataclass(frozen=True, slots=True)
class ItemWanted:
    """A line to put on the list, and which unit answers for it."""

    kind: ItemKind
    unit_id: UUID
    words: str = ""


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """An answer to one line."""

    answer: Answer
    words: str = ""


def ask_items(
    actor: Actor,
    *,
    case_id: UUID,
    wanted: Sequence[ItemWanted],
    ground: Secrecy = Secrecy.CONSENT,
    note: str = "",
) -> CaseDetail:
    """Put lines on the list "ready to go home"; each unit that is asked gets a task.

    Args:
        wanted: none: the ward has looked, and nothing needs to be asked.
        ground: of secrecy: a question to another unit tells something of what the person needs.

    Raises:
        NotAllowed: the own unit takes no part; only the ward says that nothing needs to be asked.
        NotNow: the person is not in the hospital.
        Invalid: the unit takes no part, or the ground does not hold.
    """
    with act(actor, Action.CASE_EDIT) as this:
        case = open_case_row(this, case_id)
        part = own_part(this, case)
        if CaseStatus(case.status) not in INSIDE:
            raise NotNow(_("Personen är inte på sjukhuset. Listan gäller hemgången därifrån."))
        found_note = text_of(note, "note", WORDS)
        rules.check_item_ground(ground, found_note)
        if not wanted and part is not Part.WARD:
            raise NotAllowed(_("Det är avdelningen som gör listan."))
        _listed(this, case, part)
        for one in wanted:
            _add(this, case, one, ground, found_note)
        touch(this, case, items=len(wanted))
        return case_detail(this, case)


def _listed(this: Act, case: Case, part: Part) -> None:
    """The ward has looked through the list."""
    going = going_home_of(case)
    if part is Part.WARD and going.listed_at is None:
        going.listed_at, going.listed_by = this.actor.at, this.actor.name
        going.save()


def _add(this: Act, case: Case, one: ItemWanted, ground: Secrecy, note: str) -> Item:
    if one.kind not in rules.ASKED_BY_HAND:
        raise Invalid(_("Det går inte att lägga på listan."), where="kind")
    words = text_of(one.words, "words", WORDS)
    if one.kind is ItemKind.OTHER and not words:
        raise Invalid(_("Skriv vad det gäller."), where="words")
    _check_takes_part(case, one.unit_id)
    row = Item(
        case=case, person_id=case.person_id, kind=one.kind, words=words, unit_id=one.unit_id,
        secrecy=ground, secrecy_note=note, asked_at=this.actor.at, asked_by=this.actor.name,
        asked_from=this.actor.unit_name,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _check_takes_part(case: Case, unit_id: UUID) -> None:
    if unit_id != case.unit_id and not standing_units(case).filter(unit_id=unit_id).exists():
        raise Invalid(
            _("Den enheten deltar inte i ärendet."),
            where="unit",
            mend=_("Skicka ett inskrivningsmeddelande dit först."),
        )


def answer_items(actor: Actor, *, case_id: UUID, said: Mapping[UUID, ItemSaid]) -> CaseDetail:
    """Answer the own unit's lines: yes, no with what is missing, or not needed. Every answer is kept.

    Raises:
        NotAllowed: a line is another unit's.
        NotNow: the person has gone home.
        Invalid: a no without words; nothing was answered.
    """
    with act(actor, Action.CASE_EDIT) as this:
        case = open_case_row(this, case_id)
        own_part(this, case)
        if not said:
            raise Invalid(_("Svara på minst en sak."))
        rows = {one.id: one for one in Item.objects.filter(case=case, id__in=said)}
        for item_id, one in said.items():
            if item_id not in rows:
                raise Invalid(_("Den frågan finns inte i ärendet."))
            _answer(this, case, rows[item_id], one)
        touch(this, case, answered=len(said))
        return case_detail(this, case)


def _answer(this: Act, case: Case, row: Item, one: ItemSaid) -> None:
    own = row.unit_id == this.actor.unit_id
    rules.check_may_answer(own=own, status=CaseStatus(case.status), at_home=row.at_home)
    words = text_of(one.words, "words", WORDS)
    rules.check_answer(one.answer, words)
    if (row.answer, row.answer_words) != (one.answer.value, words):
        keep_answer(this, row, one.answer, words)


def keep_answer(this: Act, row: Item, answer: Answer, words: str) -> None:
    """Let an answer hold, and keep it for good."""
    actor = this.actor
    row.answer, row.answer_words = answer, words
    row.answered_at, row.answered_by = actor.at, actor.name
    row.save()
    ItemAnswer(
        item=row, person_id=row.person_id, unit_id=row.unit_id, answer=answer, words=words,
        at=actor.at, by=actor.name,
    ).save(force_insert=True)  # fmt: skip


def hand_over_item(actor: Actor, *, item_id: UUID, unit_id: UUID) -> CaseDetail:
    """Let another unit of the case answer for a line; its answer, if it had one, falls.

    Raises:
        NotAllowed: the line is another unit's, and the own unit is not the ward.
        Invalid: the unit takes no part.
    """
    with act(actor, Action.CASE_EDIT) as this:
        row: Item = this.row(Item.objects, id=item_id)
        case = open_case_row(this, row.case_id)
        own = row.unit_id == actor.unit_id or own_part(this, case) is Part.WARD
        rules.check_may_answer(own=own, status=CaseStatus(case.status), at_home=row.at_home)
        _check_takes_part(case, unit_id)
        row.unit_id = unit_id
        row.answer = row.answer_words = row.answered_by = ""
        row.answered_at = None
        row.save()
        touch(this, case, item=str(row.id))
        return case_detail(this, case)
