"""What comes next: one step, one owner, one clock. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samverka.careplans.rules.approving import ApprovalFacts, ApprovalStatus
from samverka.careplans.rules.contents import KINDS, Content
from samverka.careplans.rules.kinds import OPEN_ACTIVITIES, OwnerKind, PlanStatus
from samverka.careplans.rules.missing import (
    OWNER_SIDE,
    ActivityFacts,
    PlanFacts,
    blocking,
    list_missing,
    standing_activities,
    unwritten,
    waiting_units,
)
from samverka.kernel.actor import Side
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that someone must do.

    Attributes:
        key: the same for the same step of the plan, whatever its words and day.
        verb: "fastställa planen"; fits after "Väntar på: NAME ·".
        side: whose colour; `owner` is the name to show.
        unit_id: the unit that it waits on; None if the person or another party.
        due_on: the last day; None where no day has been set.
    """

    verb: str
    owner: str
    side: Side
    unit_id: UUID | None = None
    due_on: date | None = None
    overdue: bool = False
    key: str = ""


_HOLDERS = frozenset(
    {
        Content.NEEDS,
        Content.ATTITUDE,
        Content.OTHERS,
        Content.RESPONSIBLE,
        Content.CONSENT,
        Content.FOLLOW_UP,
    }
)
"""What the keeper of the plan sees to; the rest is for all who take part."""

_WRITING: dict[Content, Text] = {
    Content.NEEDS: _("skriva vilka behov som har bedömts"),
    Content.ATTITUDE: _("skriva vad personen tycker"),
    Content.SOCIAL_SERVICE: _("komma överens om insatser"),
    Content.ACTIVITIES: _("skriva vem som gör vad"),
    Content.OWNERS: _("skriva vem som gör vad"),
    Content.OTHERS: _("skriva vad andra gör"),
    Content.RESPONSIBLE: _("välja övergripande ansvarig"),
    Content.BOTH_SIDES: _("komma överens om insatser"),
    Content.CONSENT: _("fråga om samtycke"),
    Content.FOLLOW_UP: _("bestämma uppföljning"),
}


def is_overdue(due_on: date | None, today: date) -> bool:
    """A day is passed when the next one has begun: the last day itself is in time."""
    return due_on is not None and due_on < today


def list_steps(plan: PlanFacts, today: date) -> list[NextStep]:
    """Everything that someone must do, the most pressing first. What has no day is to be done now."""
    if plan.status is PlanStatus.ENDED:
        return []
    found = (_draft_steps if plan.status is PlanStatus.DRAFT else _active_steps)(plan, today)
    return sorted(found, key=lambda step: step.due_on or today)


def next_step(plan: PlanFacts, today: date) -> NextStep | None:
    """The one next step of the plan; None when nobody has anything to do."""
    return next(iter(list_steps(plan, today)), None)


AHEAD = timedelta(days=14)
"""A step shows on its unit's list this long before its last day (days); practice, not law."""


def step_for_unit(plan: PlanFacts, unit_id: UUID, today: date) -> NextStep | None:
    """The unit's own first step, if it is time for it: undated, overdue, or due within two weeks."""
    own = (step for step in list_steps(plan, today) if step.unit_id == unit_id)
    near = (step for step in own if step.due_on is None or step.due_on <= today + AHEAD)
    return next(near, None)


def _holder_step(
    plan: PlanFacts, key: str, verb: Text, due_on: date | None, today: date
) -> NextStep:
    return NextStep(
        verb,
        plan.holder_name,
        plan.holder_side,
        plan.holder_id,
        due_on,
        is_overdue(due_on, today),
        key,
    )


_APPROVE = _("justera planen")


def _draft_steps(plan: PlanFacts, today: date) -> list[NextStep]:
    steps = _words_steps(plan, today)
    asked = _asked_now(plan)
    if asked:
        return [*steps, *(_approval_step(one) for one in asked)]
    return [*steps, _holder_step(plan, "draft", _holders_verb(plan), None, today)]


def _asked_now(plan: PlanFacts) -> tuple[ApprovalFacts, ...]:
    """The units on which the plan waits; none while the keeper has something to write."""
    missing = list_missing(plan)
    if not plan.approvals or not blocking(missing) or unwritten(missing):
        return ()
    waiting = waiting_units(plan)
    changes = any(one.status is ApprovalStatus.CHANGE for one in waiting)
    return () if changes else waiting


def may_ask(plan: PlanFacts) -> bool:
    """Whether the keeper's next step is to ask the units: all is written, and nobody has been asked or asks for change."""
    missing = list_missing(plan)
    return bool(blocking(missing)) and not unwritten(missing) and not _asked_now(plan)


def _holders_verb(plan: PlanFacts) -> Text:
    missing = list_missing(plan)
    lacking = unwritten(missing)
    if lacking:
        return _WRITING[lacking[0].what]
    if not blocking(missing):
        return _("fastställa planen")
    changes = [one for one in waiting_units(plan) if one.status is ApprovalStatus.CHANGE]
    if changes:
        return _("läsa vad %(unit)s vill ändra i planen", unit=changes[0].name)
    return _("be enheterna justera planen")


def _approval_step(one: ApprovalFacts) -> NextStep:
    return NextStep(_APPROVE, one.name, one.side, one.unit_id, key=f"approve:{one.unit_id}")


def _words_steps(plan: PlanFacts, today: date) -> list[NextStep]:
    """What the person writes waits in a draft too."""
    if not plan.unread_words:
        return []
    return [_holder_step(plan, "words", _("läsa vad personen har skrivit"), None, today)]


def _active_steps(plan: PlanFacts, today: date) -> list[NextStep]:
    """An activity without a day simply goes on: it waits on nobody."""
    steps = _words_steps(plan, today)
    if KINDS[plan.kind].tells_other and not plan.told_other:
        verb = _("underrätta den andra huvudmannen")
        steps.append(_holder_step(plan, "tell-other", verb, None, today))
    if plan.follow_up_on is None:
        steps.append(_holder_step(plan, "follow-up", _("bestämma uppföljning"), None, today))
    else:
        verb = _("följa upp planen")
        steps.append(_holder_step(plan, "follow-up", verb, plan.follow_up_on, today))
    dated = (one for one in plan.activities if one.status in OPEN_ACTIVITIES and one.due_on)
    return [*steps, *(_activity_step(one, today) for one in dated)]


def _activity_step(one: ActivityFacts, today: date) -> NextStep:
    owner = one.owner or OwnerKind.OTHER
    return NextStep(
        one.what,
        one.owner_name,
        OWNER_SIDE[owner],
        one.unit_id,
        one.due_on,
        is_overdue(one.due_on, today),
        f"activity:{one.id}",
    )


# ── by party ──


@dataclass(frozen=True, slots=True)
class Duty:
    """What one party must still do before the plan is whole. `sentence`: fits after its name."""

    unit_id: UUID
    name: str
    sentence: Text


def list_duties(plan: PlanFacts) -> tuple[Duty, ...]:
    """What each unit that takes part must still do: the keeper first, then those without a measure."""
    if plan.status is PlanStatus.ENDED:
        return ()
    busy = {one.unit_id for one in standing_activities(plan)}
    found = [
        Duty(plan.holder_id, plan.holder_name, _WRITING[one.what])
        for one in blocking(list_missing(plan))
        if plan.holder_id is not None and one.what in _HOLDERS
    ]
    for party in plan.parties:
        if not party.shared and party.unit_id != plan.holder_id:
            found.append(Duty(party.unit_id, party.name, _("få planen av den som håller i den")))
        elif party.unit_id not in busy and party.unit_id != plan.holder_id:
            found.append(Duty(party.unit_id, party.name, _("skriva vad ni gör")))
    found += [Duty(one.unit_id, one.name, _APPROVE) for one in _asked_now(plan)]
    return tuple(dict.fromkeys(found))
