"""A wait begins, is put right, ends, and goes on again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.guarantee.models import Wait
from samverka.guarantee.operations.keeping import (
    full_wait,
    keep_change,
    new_wait,
    own_wait,
    put,
    saved,
    the_unit,
    told,
)
from samverka.guarantee.reads import WaitDetail
from samverka.guarantee.rules import Ending
from samverka.guarantee.rules.clock import ClockStatus
from samverka.guarantee.rules.keeping import WaitFacts, check_waits
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _


def start_wait(
    actor: Actor, *, person_id: UUID, facts: WaitFacts, unit_id: UUID | None = None
) -> WaitDetail:
    """Begin to count a person's wait at the own unit."""
    with act(actor, Action.GUARANTEE_START) as this:
        if actor.is_staff and unit_id not in (None, actor.unit_id):
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        unit = the_unit(unit_id or actor.unit_id)
        row: Wait = this.add(new_wait(this, person_id, unit, facts))
        return saved(this, row, started=facts.part.value)


def correct_wait(
    actor: Actor, *, wait_id: UUID, facts: WaitFacts, reason: str, version: int
) -> WaitDetail:
    """Put right what was written down wrong, with the reason; what stood before is kept."""
    with act(actor, Action.GUARANTEE_EDIT) as this:
        row = own_wait(this, wait_id)
        if row.version != version:
            raise Conflict(
                _("Någon annan har ändrat väntan medan du skrev."),
                mend=_("Läs den som den står nu, och gör din ändring igen."),
            )
        new = told(facts)
        before = {name: getattr(row, name) for name in new if getattr(row, name) != new[name]}
        if not before:
            raise Invalid(_("Inget är ändrat."), where="reason")
        keep_change(this, row, before, reason)
        put(row, facts, this)
        return saved(this, row, corrected=sorted(before))


def judge_need(
    actor: Actor, *, wait_id: UUID, needed: bool, possible_at_once: bool = False
) -> WaitDetail:
    """Say whether the person needs a medical assessment, and if it could be made at once (HSF 6:1 p. 2)."""
    with act(actor, Action.GUARANTEE_EDIT) as this:
        row = own_wait(this, wait_id)
        check_waits(ClockStatus(row.status))
        if row.assessment_needed is not None:
            before = {"assessment_needed": row.assessment_needed}
            keep_change(this, row, before, str(_JUDGED_AGAIN))
        row.assessment_needed, row.possible_at_once = needed, possible_at_once
        row.need_judged_at, row.need_judged_by = actor.at, actor.name
        return saved(this, row, needed=needed)


_JUDGED_AGAIN = _("Bedömt på nytt")


def end_wait(actor: Actor, *, wait_id: UUID, on: date, why: Ending, words: str = "") -> WaitDetail:
    """End a wait without care, with the day and the reason."""
    with act(actor, Action.GUARANTEE_EDIT) as this:
        row = own_wait(this, wait_id)
        found = full_wait(this, wait_id)
        check_waits(found.clock.status)
        if on > local_date(actor.at):
            raise Invalid(_("Dagen ligger i framtiden."), where="on")
        if found.clock.start and on < found.clock.start.on:
            raise Invalid(_("Väntan slutar innan den börjar."), where="on")
        if words.strip():
            keep_change(this, row, {"status": row.status}, words)
        row.ended_on, row.ended_why, row.ended_by = on, why.value, actor.name
        return saved(this, row, ended=why.value)


def reopen_wait(actor: Actor, *, wait_id: UUID, reason: str) -> WaitDetail:
    """Let a wait go on that was ended by mistake, with the reason."""
    with act(actor, Action.GUARANTEE_EDIT) as this:
        row = own_wait(this, wait_id)
        if row.ended_on is None:
            raise NotNow(_("Väntan är inte avslutad."))
        before = {"ended_on": row.ended_on, "ended_why": row.ended_why, "ended_by": row.ended_by}
        keep_change(this, row, before, reason)
        row.ended_on, row.ended_why, row.ended_by = None, "", ""
        return saved(this, row, reopened=True)
