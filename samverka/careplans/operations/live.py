"""Write in a plan at the same time as others: every word is kept, and versions are cut at pauses.

A text that is being written stands in a working row, merged with what others write. It becomes a
version of the plan, by the one who wrote it, when another writes in the same text, when a minute has
gone, when the writing rests, and before the meeting ends: PlanVersion is never changed afterwards, so
a version per autosave would bury what was said under hundreds of half sentences. What another party is
shown meanwhile is noted as given to it, text by text, in the same moment as it is saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.roles import system_actor
from samverka.careplans.models import Activity, Goal, LiveGiven, LiveText, Plan, Presence
from samverka.careplans.operations.disclosing import check_given_part, check_sent, word_receivers
from samverka.careplans.operations.writing import finish, open_plan
from samverka.careplans.reads.live import is_given, part_of
from samverka.careplans.reads.meeting_values import LiveSaved
from samverka.careplans.rules import LINE_LENGTH, NO_SUCH_PART, SECTION_LENGTH, ChangeKind, Section
from samverka.careplans.rules.meetings import CUT_AFTER, LIVE_SECTIONS
from samverka.careplans.rules.merging import merge_texts
from samverka.kernel.actor import Actor, Purpose
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _
from samverka.organisations.reads import placed, unit_names

KEPT = timedelta(hours=12)
"""How long one who has gone leaves a row behind: over a meeting, so that who was there can be noted (hours)."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text stands: the row, its field, the longest text (characters), and what a change is called."""

    row: Any
    name: str
    longest: int
    change: ChangeKind

    @property
    def text(self) -> str:
        """What it says in the newest version."""
        return str(getattr(self.row, self.name))


def _place(plan: Plan, key: str) -> _Place:
    kind, _sep, part_id = key.partition(":")
    if not part_id and key in LIVE_SECTIONS:
        return _Place(plan, key, SECTION_LENGTH[Section(key)], ChangeKind.SECTION)
    try:
        wanted = UUID(part_id)
    except ValueError:
        raise NotFound(NO_SUCH_PART) from None
    if kind == "goal" and (goal := Goal.objects.filter(plan=plan, id=wanted).first()):
        return _Place(goal, "words", LINE_LENGTH, ChangeKind.GOAL)
    if kind == "activity" and (one := Activity.objects.filter(plan=plan, id=wanted).first()):
        return _Place(one, "what", LINE_LENGTH, ChangeKind.ACTIVITY)
    raise NotFound(NO_SUCH_PART)


def write_live(actor: Actor, *, plan_id: UUID, key: str, base: str, text: str) -> LiveSaved:
    """Save a text while others write in it too: both keep their words.

    Args:
        key: a section, `goal:<id>` or `activity:<id>`.
        base: what the text said when the writer last was given it.
        text: what the writer made of it.

    Raises:
        Invalid: the text is too long with what others have written.
    """
    with act(actor, Action.MEETING_WRITE) as this:
        plan = open_plan(this, plan_id)
        _place(plan, key)
        check_given_part(this, plan, *part_of(key))
        row = LiveText.objects.select_related("unit").filter(plan=plan, key=key).first()
        others = row is not None and not row.settled and row.unit_id != actor.unit_id
        check_sent(this, plan, others_words=others)
        if row is not None and not row.settled and not is_given(row, actor.provider_id):
            _cut(
                actor, plan_id, row
            )  # what stands there is given, and noted, before it is answered
            row, plan = _again(row)
        place = _place(plan, key)
        now = _now(row, place)
        merged = merge_texts(_plain(base), now, _plain(text))
        if len(merged.strip()) > place.longest:
            raise Invalid(
                _("Texten får ha högst %(longest)d tecken.", longest=place.longest), where=key
            )
        if merged != now:
            this.note(plan, live=key, change="text")
            _keep(this, plan, place, row, key, merged)
        elif now == _plain(base):
            this.unchanged()  # nothing was written, and nothing shown that the writer had not seen
        else:
            this.note(plan, live=key, change="none")
        return LiveSaved(key=key, text=merged, at=actor.at)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _now(row: LiveText | None, place: _Place) -> str:
    """What the text says now: the working words, with what has been changed in the plan beside them."""
    if row is None or row.settled:
        return place.text
    return merge_texts(row.base, row.text, place.text)


def _keep(this: Act, plan: Plan, place: _Place, row: LiveText | None, key: str, text: str) -> None:
    actor = this.actor
    if row is not None and not row.settled and _is_due(row, actor):
        _cut(actor, plan.id, row)
        row, plan = _again(row)
        place = _place(plan, key)
    if row is None:
        row = LiveText(plan=plan, person_id=plan.person_id, key=key, settled=True, revision=0)
    if row.settled:
        row.since, row.settled = actor.at, False
    row.base, row.text, row.revision = place.text, text, row.revision + 1
    row.at, row.by, row.by_id, row.unit_id = actor.at, actor.name, actor.id, actor.unit_id
    _give(this, plan, place, row)
    row.save()


def _again(row: LiveText) -> tuple[LiveText, Plan]:
    """The text and its plan as they are after a cut."""
    row = LiveText.objects.select_related("unit").get(id=row.id)
    return row, Plan.objects.get(id=row.plan_id)


def _give(this: Act, plan: Plan, place: _Place, row: LiveText) -> None:
    """Note to whom the words are given as they are saved, so before any of them can be shown them."""
    owner = getattr(place.row, "owner_unit_id", None)
    given = word_receivers(this, plan, *part_of(row.key), owner_unit_id=owner)
    row.given_to = sorted(given)
    if not given:
        return
    LiveGiven(
        plan=plan,
        person_id=plan.person_id,
        key=row.key,
        text=row.text,
        version=plan.version,
        revision=row.revision,
        receivers=row.given_to,
        consents=[given[one] for one in row.given_to],
        at=row.at,
        by=row.by,
        by_id=row.by_id,
        unit_id=row.unit_id,
    ).save(force_insert=True)


def _is_due(row: LiveText, actor: Actor) -> bool:
    """Another goes on where one stopped, or one has written for long enough."""
    return row.by_id != actor.id or actor.at - row.since >= CUT_AFTER


# ── versions ──


def settle_plan(actor: Actor, *, plan_id: UUID) -> int:
    """Let what is being written in a plan become versions of it now; gives how many."""
    with act(actor, Action.MEETING_WRITE) as this:
        plan = open_plan(this, plan_id)
        made = settle_texts(actor, plan_id)
        this.note(plan, settled=made)
        return made


def settle_texts(actor: Actor, plan_id: UUID) -> int:
    """The same inside another act: each text becomes a version by the one who wrote it."""
    rows = LiveText.objects.filter(plan_id=plan_id, settled=False).order_by("since")
    return sum(_cut(actor, plan_id, row) for row in rows)


def open_settled(this: Act, plan_id: UUID) -> Plan:
    """The plan with what is being written in it at a meeting: a legal act is about all of it."""
    row = open_plan(this, plan_id)
    return open_plan(this, plan_id) if settle_texts(this.actor, plan_id) else row


def _cut(actor: Actor, plan_id: UUID, row: LiveText) -> bool:
    """One text becomes a version, by its writer; False if there was nothing that could."""
    with act(_writer(actor, row), Action.MEETING_WRITE) as this:
        plan: Plan = this.row(Plan.objects, lock=True, id=plan_id)
        row = LiveText.objects.get(
            id=row.id
        )  # read again: another may have written before the lock
        if row.settled:
            this.unchanged()
            return False
        row.settled, row.revision = True, row.revision + 1
        row.save()
        this.note(plan, live=row.key, change="version")
        try:
            place = _place(plan, row.key)
        except NotFound:  # the goal was taken away meanwhile
            return False
        words = merge_texts(row.base, row.text, place.text).strip()
        if words == place.text or (not words and place.row is not plan):
            return False
        setattr(place.row, place.name, words)
        if place.row is not plan:
            place.row.version += 1
            place.row.save()
        finish(this, plan, place.change)
        return True


def _writer(actor: Actor, row: LiveText) -> Actor:
    """The one who wrote, as far as the version and its line say who: the words are theirs."""
    unit = unit_names({row.unit_id}).get(row.unit_id) if row.unit_id else None
    return system_actor(
        actor_id=row.by_id,
        name=row.by,
        at=actor.at,
        purpose=Purpose.COORDINATION,
        request_id=actor.request_id,
        **(placed(unit) | {"side": unit.side} if unit else {}),
    )


def settle_rested(actor: Actor) -> int:
    """Let every text that has rested for a minute become a version of its plan."""
    with act(actor, Action.MEETING_WRITE) as this:
        this.require_permission()
        this.unchanged()  # each version leaves its own line
        rested = LiveText.objects.filter(settled=False, at__lte=actor.at - CUT_AFTER)
        plans = list(rested.values_list("plan_id", flat=True).distinct()[:100])
        return sum(settle_texts(actor, one) for one in plans)


# ── who writes where ──


def show_presence(actor: Actor, *, plan_id: UUID, key: str = "") -> None:
    """Let the others see that one is there, and in which text one writes. Forgotten within seconds."""
    with act(actor, Action.MEETING_WRITE) as this:
        plan: Plan = this.row(Plan.objects, id=plan_id)
        this.unchanged()  # nothing about the person is shown or changed
        Presence.objects.filter(plan=plan, at__lt=actor.at - KEPT).delete()
        Presence.objects.update_or_create(
            plan=plan,
            account_id=actor.id,
            defaults={
                "person_id": plan.person_id,
                "name": actor.name,
                "unit_id": actor.unit_id,
                "key": key[:64],
                "at": actor.at,
            },
        )
