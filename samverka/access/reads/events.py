"""Gated fetches of the trail's lines, for those who read them by FHIR: the same lines as the pages of the log show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samverka.access import models
from samverka.access.act import Act, act
from samverka.access.actions import ACTIONS, Action
from samverka.audit.models import Event
from samverka.audit.rules import Line
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _

_UNKNOWN = _("Sidan finns inte, eller så får du inte se den.")


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A line of the trail with its number; `words`: what was done, as the log says it."""

    number: int
    line: Line
    words: str


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What is looked for; None does not narrow, an empty set finds nothing.

    Attributes:
        before: not counted in.
        letters: FHIR's codes of the action; a read of other than one thing is E.
        after: lines with a lower number: the page that follows.
    """

    numbers: frozenset[int] | None = None
    person_id: UUID | None = None
    since: datetime | None = None
    before: datetime | None = None
    actor_ids: frozenset[str] | None = None
    object_ids: frozenset[str] | None = None
    letters: frozenset[str] | None = None
    outcomes: frozenset[int] | None = None
    after: int | None = None
    limit: int = 50


def find_lines(actor: Actor, *, wanted: TrailFilter) -> list[TrailLine]:
    """The latest lines first: the person's own log (PDL 8:5), or the care provider's for its log reviewers (4:3)."""
    with act(actor, Action.LOG_OWN if actor.is_person else Action.LOG_REVIEW) as this:
        found = _narrowed(_own(this, wanted.person_id), wanted)
        rows = list(found.order_by("-id")[: wanted.limit])
        lines = [_shown(row) for row in rows]
        _note(this, lines)
        return lines


def trail_line(actor: Actor, *, number: int) -> TrailLine:
    """One line of the same."""
    with act(actor, Action.LOG_OWN if actor.is_person else Action.LOG_REVIEW) as this:
        row = _own(this, None).filter(id=number).first()
        if row is None:
            raise NotFound(_UNKNOWN)
        line = _shown(row)
        _note(this, [line])
        return line


def _own(this: Act, person_id: UUID | None) -> QuerySet[Any]:
    """The lines that the reader may have at all."""
    actor = this.actor
    if actor.is_person:
        subject = this.row(models.Subject.objects, person_id=person_id or actor.person_id)
        return Event.objects.filter(person_id=str(subject.person_id))
    this.require_permission()
    found = Event.objects.filter(provider_id=str(actor.provider_id)).exclude(person_id="")
    return found.filter(person_id=str(person_id)) if person_id else found


def _note(this: Act, lines: list[TrailLine]) -> None:
    """Reading the log is itself in the log, for each person whose lines were shown."""
    for person in dict.fromkeys(one.line.person_id for one in lines):
        this.note_person(UUID(person), "Event")
    if not lines:
        this.note_general("Event")


def _narrowed(found: QuerySet[Any], wanted: TrailFilter) -> QuerySet[Any]:
    sets = {
        "id__in": wanted.numbers,
        "actor_id__in": wanted.actor_ids,
        "object_ids__overlap": wanted.object_ids,
        "outcome__in": wanted.outcomes,
    }
    for name, values in sets.items():
        if values is not None:
            found = found.filter(**{name: list(values)}) if values else found.none()
    ends = {"at__gte": wanted.since, "at__lt": wanted.before, "id__lt": wanted.after}
    found = found.filter(**{name: value for name, value in ends.items() if value is not None})
    if wanted.letters is not None:
        found = found.filter(_lettered(wanted.letters))
    return found


def _lettered(letters: frozenset[str]) -> Q:
    """As `audit.fhir` says it: a read that shows a list is a search, E."""
    listed = Q(mode="R", outcome=0) & ~Q(object_ids__len=1)
    found = Q(mode__in=[one for one in letters if one not in "RE"])
    if "R" in letters:
        found |= Q(mode="R") & ~listed
    if "E" in letters:
        found |= Q(mode="E") | listed
    return found


_WORDS: dict[str, str] = {action.value: found.words for action, found in ACTIONS.items()}


def _shown(row: Event) -> TrailLine:
    return TrailLine(row.id, row.line(), _WORDS.get(row.action, row.action))
