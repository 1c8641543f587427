"""What the person waits for an answer to, besides words about a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from samverka.careplans.reads.asked import words_answer_time
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class WaitKind(StrEnum):
    """What was asked for."""

    PLAN = "plan"
    CONTACT = "contact"


WAIT_WORDS: dict[WaitKind, Text] = {
    WaitKind.PLAN: _("Du har bett om en plan."),
    WaitKind.CONTACT: _("Du har bett om en fast kontakt."),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that the person has asked for and has no answer to: who answers, and by when."""

    id: UUID
    kind: WaitKind
    unit: str
    asked_at: datetime
    due_at: datetime

    @property
    def words(self) -> Text:
        """What the person has asked for."""
        return WAIT_WORDS[self.kind]


def waiting(part: dict[str, Any]) -> Waiting:
    """JSON → plain value. A wish has its answer by the same time as a question."""
    asked = datetime.fromisoformat(part["asked_at"])
    due = datetime.fromisoformat(part["due_at"]) if part["due_at"] else words_answer_time(asked)
    return Waiting(UUID(part["id"]), WaitKind(part["kind"]), part["unit"], asked, due)
