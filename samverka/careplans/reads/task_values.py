"""Invitations, undertakings and questions: plain values for pages and FHIR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samverka.careplans.rules.tasks import (
    OPEN_TASKS,
    SORT_WORDS,
    TASK_WORDS,
    TaskSort,
    TaskStatus,
)
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class TaskUnit:
    """Who asks, or is asked."""

    id: UUID
    name: str
    hsa_id: str
    provider_id: UUID


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move that the reader has a button for. `asks_why`: it must say why."""

    to: TaskStatus
    words: Text
    asks_why: bool


@dataclass(frozen=True, slots=True)
class PlanTaskDetail:
    """An invitation, an undertaking or a question, as the reader may see and move it."""

    id: UUID
    plan_id: UUID
    person_id: UUID
    sort: TaskSort
    status: TaskStatus
    requester: TaskUnit
    owner: TaskUnit
    part_of_id: UUID | None
    what: str
    due_on: date | None
    reason: str
    answer: str
    asked_at: datetime
    asked_by: str
    moved_at: datetime
    moved_by: str
    version: int
    not_for_patient: bool
    moves: tuple[MoveLine, ...]

    @property
    def sort_words(self) -> Text:
        """What is asked, in words."""
        return SORT_WORDS[self.sort]

    @property
    def status_words(self) -> Text:
        """How far it has come, in words."""
        return TASK_WORDS[self.status]

    @property
    def goes_on(self) -> bool:
        """Something more is to come of it."""
        return self.status in OPEN_TASKS
