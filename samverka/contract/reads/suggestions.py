"""Persons whom the own unit may know and who likely need a plan, gathered over the rooms through the gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.careplans.reads import (
    GivenAnswer,
    given_answers,
    ongoing_activities,
    plan_candidates,
)
from samverka.contacts.reads import RecentContact, recent_contacts
from samverka.contract.rules import RECENT, Reason, Suggested, Touch, suggest
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date, start_of_day
from samverka.people.reads import PersonLine, person_lines

SHOWN = 50
"""Persons on one page; the next come up as the first are answered."""


@dataclass(frozen=True, slots=True)
class SuggestedPerson:
    """One who likely needs a plan, and why."""

    person: PersonLine
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class AnsweredPerson:
    """One whom the own unit has answered about."""

    person: PersonLine
    answer: GivenAnswer


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The unit's list: those to answer, the heaviest first, and those already answered."""

    persons: tuple[SuggestedPerson, ...]
    answered: tuple[AnsweredPerson, ...]
    may_answer: bool


def suggested_persons(actor: Actor) -> Suggestions:
    """Persons of the own unit who likely need a plan and have none, with the reasons in words."""
    with act(actor, Action.SUGGESTION_READ) as this:
        this.require_permission()
        today = local_date(actor.at)
        answers, near = given_answers(this, today), plan_candidates(this, today)
        lines = person_lines(this, {*near, *(one.person_id for one in answers)})
        alive = [key for key in near if key in lines and not lines[key].deceased]
        chosen = _chosen(_scores(this, alive, today))
        _note(this, [*chosen, *(one.person_id for one in answers)])
        return Suggestions(
            persons=tuple(
                SuggestedPerson(lines[key], one.score, one.reasons) for key, one in chosen.items()
            ),
            answered=tuple(
                AnsweredPerson(lines[one.person_id], one)
                for one in answers
                if one.person_id in lines
            ),
            may_answer=permits(actor, Action.SUGGESTION_ANSWER),
        )


def _note(this: Act, shown: Iterable[UUID]) -> None:
    """One line for each person shown with name; one if the list was empty."""
    found = dict.fromkeys(shown)
    for key in found:
        this.note_person(key, "Suggestion")
    if not found:
        this.note_general("Suggestion", shown=0)


def _chosen(scores: dict[UUID, Suggested]) -> dict[UUID, Suggested]:
    """The heaviest first; the same order each time, so that nothing jumps while one works."""
    order = sorted(scores, key=lambda key: (-scores[key].score, str(key)))
    return {key: scores[key] for key in order[:SHOWN]}


def _scores(this: Act, persons: list[UUID], today: date) -> dict[UUID, Suggested]:
    touches: dict[UUID, list[Touch]] = {}
    for key, touch in _touches(this, persons, today):
        touches.setdefault(key, []).append(touch)
    found = {key: suggest(parts, this.actor.side, today) for key, parts in touches.items()}
    return {key: one for key, one in found.items() if one.enough}


def _touches(this: Act, persons: list[UUID], today: date) -> Iterator[tuple[UUID, Touch]]:
    since = start_of_day(today - RECENT)
    for one in recent_contacts(this, persons=persons, since=since):
        yield one.person_id, _touch(one)
    for doing in ongoing_activities(this, persons):
        yield doing.person_id, Touch(doing.unit, doing.side, today, today, meeting=False)


def _touch(one: RecentContact) -> Touch:
    ends = local_date(one.ends) if one.ends else None
    return Touch(one.unit, one.side, local_date(one.begins), ends, stay=one.stay)
