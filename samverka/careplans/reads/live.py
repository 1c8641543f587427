"""Gated fetches of the plan while several write in it, and of what was given out word by word meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans.models import LiveGiven, LiveText, Meeting, Presence
from samverka.careplans.reads.disclosing import gives_at_save, set_back, withheld_of
from samverka.careplans.reads.meeting_values import LiveState, PresenceLine
from samverka.careplans.reads.meetings import view_row, whole_meetings
from samverka.careplans.reads.plans import history_of
from samverka.careplans.reads.rows import full_plans, line_plans
from samverka.careplans.reads.values import PlanDetail, PlanHistory
from samverka.careplans.rules import SECTION_WORDS, Section
from samverka.careplans.rules import meetings as rules
from samverka.careplans.rules.disclosing import PART_WORDS, PartKind, hidden_from
from samverka.careplans.rules.merging import merge_texts
from samverka.kernel.actor import Actor
from samverka.kernel.text import Text
from samverka.organisations.reads import UnitDetail, list_units, provider_names


def live(actor: Actor, *, meeting_id: UUID, known: str = "") -> LiveState | None:
    """The plan as it stands while several write in it; None if nothing is new since `known`.

    An unchanged question leaves no line in the trail, nor one that shows only who writes where. Words
    that have not become a version yet are shown to those to whom the newest version is given.
    """
    with act(actor, Action.MEETING_READ) as this:
        row = this.row(_stamped(), id=meeting_id)
        presences = _presences(this, row.plan_id)
        content = _content_stamp(row)
        stamp = f"{content}-{_presence_stamp(presences)}"
        if stamp == known:
            this.unchanged()
            return None
        if known.partition("-")[0] == content:
            this.unchanged()
        else:
            this.note(row, live=content)
        return _live_state(this, row, stamp, presences)


def live_and_units(actor: Actor, *, meeting_id: UUID) -> tuple[LiveState, list[UnitDetail]]:
    """The plan as it stands, and the units to choose an owner among: what the writing page begins with."""
    with act(actor, Action.MEETING_READ) as this:
        this.unchanged()  # each of the reads inside writes its own line
        found = live(actor, meeting_id=meeting_id)
        assert found is not None  # nothing was known before
        return found, list_units(actor)


def _stamped() -> QuerySet[Any]:
    texts = LiveText.objects.filter(plan_id=OuterRef("plan_id")).values("plan_id")
    written = Subquery(texts.annotate(sum=Sum("revision")).values("sum"))
    found: QuerySet[Any] = whole_meetings().annotate(written=Coalesce(written, 0))
    return found


def _content_stamp(row: Any) -> str:
    return f"{row.plan.version}.{row.written}.{row.changes}.{row.status}"


def _presence_stamp(presences: Iterable[PresenceLine]) -> str:
    """Short and without names: it stands in a header. The reader's own place is no news."""
    words = sorted(f"{one.name}|{one.key}" for one in presences if not one.me)
    return format(sum(ord(char) * (at + 7) for at, char in enumerate("/".join(words))), "x")


def _presences(this: Act, plan_id: UUID) -> tuple[PresenceLine, ...]:
    since = this.actor.at - rules.PRESENT_FOR
    rows = Presence.objects.filter(plan_id=plan_id, at__gte=since).order_by("name")
    return tuple(PresenceLine(one.name, one.key, one.account_id == this.actor.id) for one in rows)


def _live_state(
    this: Act, row: Meeting, stamp: str, presences: tuple[PresenceLine, ...]
) -> LiveState:
    plan_row = full_plans(this.actor).get(id=row.plan_id)
    overlay(this, plan_row)
    found = view_row(this, row, plan_row, bare=True)
    return LiveState(found, stamp, texts_of(found.plan), presences)


def overlay(this: Act, row: Any) -> None:
    """Let an annotated plan show the words that are not in a version yet; nothing is saved.

    Only what is noted as given to the reader's care provider, if it has been given the newest version too,
    and not what is kept back from it.
    """
    copy = set_back(this, row)
    if copy is not None and not (copy.newest and gives_at_save(this)):
        return
    own = this.actor.provider_id if this.actor.is_staff else None
    hidden = hidden_from(withheld_of(row), own) if own else {}
    for one in LiveText.objects.filter(plan_id=row.id, settled=False).select_related("unit"):
        part, key = part_of(one.key)
        if is_given(one, own) and key not in hidden.get(part, frozenset()):
            _show_text(row, part, key, one)


def is_given(one: LiveText, provider_id: UUID | None) -> bool:
    """Whether a care provider may be shown the words that stand in a text now; None: not staff.

    It wrote them itself, or they are noted as given to it.
    """
    writers = one.unit.provider_id if one.unit else None
    return provider_id is None or provider_id in (writers, *one.given_to)


def part_of(key: str) -> tuple[PartKind, str]:
    """Which part of a plan a live text is: a section by its name, a goal or activity by its id."""
    kind, _sep, part_id = key.partition(":")
    return (PartKind(kind), part_id) if part_id else (PartKind.SECTION, kind)


def _show_text(row: Any, part: PartKind, key: str, one: LiveText) -> None:
    if part is PartKind.SECTION:
        setattr(row, key, merge_texts(one.base, one.text, getattr(row, key)))
        return
    goals = part is PartKind.GOAL
    parts, name = (row.goal_parts, "words") if goals else (row.activity_parts, "what")
    for found in parts:
        if found["id"] == key:
            found[name] = merge_texts(one.base, one.text, found[name])


def texts_of(plan: PlanDetail) -> dict[str, str]:
    """Every text that several can write in at once, by its key."""
    return {
        **{name: getattr(plan, name) for name in rules.LIVE_SECTIONS},
        **{f"goal:{one.id}": one.words for one in plan.goals},
        **{f"activity:{one.id}": one.what for one in plan.activities},
    }


# ── what was given out meanwhile ──

WORDS_LIMIT = 100
"""So many texts at most, the newest first (rows)."""


@dataclass(frozen=True, slots=True)
class GivenWords:
    """A text as other parties were given it while it was being written, before it became a version.

    Attributes:
        part_words: what was written in: "Mål".
        version: the plan's version when it was written.
        receivers: the names of those who were given it, as far as the reader may know.
    """

    part_words: Text
    text: str
    version: int
    at: datetime
    by: str
    receivers: tuple[str, ...]


def history_and_words(actor: Actor, *, plan_id: UUID) -> tuple[PlanHistory, tuple[GivenWords, ...]]:
    """The versions of a plan, and what was given out word by word between them.

    Those who keep the plan and the person see what all have been given; others their own.
    """
    with act(actor, Action.PLAN_READ) as this:
        row = this.row(line_plans(actor), id=plan_id)
        words = _given_words(this, row)
        return history_of(this, row), words


def _given_words(this: Act, row: Any) -> tuple[GivenWords, ...]:
    own = this.actor.provider_id if this.actor.is_staff else None
    found = LiveGiven.objects.filter(plan_id=row.id).select_related("unit")
    if own is not None:
        found = found.filter(Q(receivers__contains=[own]) | Q(unit__provider_id=own))
    lines = list(found.order_by("-at", "-id")[:WORDS_LIMIT])
    if not lines:
        return ()
    sees_all = own is None or own == row.provider_id
    names = provider_names({key for one in lines for key in one.receivers})
    nameless = hidden_from(withheld_of(row), own)[PartKind.PARTY] if own else frozenset()
    return tuple(
        GivenWords(
            part_words=_part_words(one.key),
            text=one.text,
            version=one.version,
            at=one.at,
            by="" if str(one.unit_id) in nameless else one.by,
            receivers=tuple(names[key].name for key in one.receivers if sees_all or key == own),
        )
        for one in lines
    )


def _part_words(key: str) -> Text:
    part, name = part_of(key)
    return SECTION_WORDS[Section(name)] if part is PartKind.SECTION else PART_WORDS[part]
