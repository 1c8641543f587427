"""Words about a plan, and its parts in easy words: plain values for pages and FHIR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverka.careplans.rules import COMMENT_KIND_WORDS, COMMENT_WAY_WORDS, CommentKind, CommentWay
from samverka.kernel.actor import Side
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class CommentDetail:
    """Words about the plan, a goal or an activity.

    Attributes:
        answer_due_at: when the person can expect an answer at the latest; None where none is asked for.
        answer_to: the words of the person that these answer.
    """

    id: UUID
    words: str
    by: str
    by_id: UUID
    by_person: bool
    side: Side
    unit_name: str
    at: datetime
    goal_id: UUID | None
    activity_id: UUID | None
    handled_at: datetime | None
    handled_by: str
    kind: CommentKind = CommentKind.COMMENT
    way: CommentWay = CommentWay.OWN
    written_by: str = ""
    answer_due_at: datetime | None = None
    answer_to: UUID | None = None

    @property
    def kind_words(self) -> Text:
        """What the words are: a question, a comment, a wish to change."""
        return COMMENT_KIND_WORDS[self.kind]

    @property
    def way_words(self) -> Text:
        """How they came, when staff wrote them down."""
        return COMMENT_WAY_WORDS[self.way]


@dataclass(frozen=True, slots=True)
class Talk:
    """Words about the plan with the answers to them, the first one first."""

    said: CommentDetail
    answers: tuple[CommentDetail, ...]

    @property
    def waits(self) -> bool:
        """The person has asked for an answer and has none."""
        return self.said.answer_due_at is not None and not self.answers


@dataclass(frozen=True, slots=True)
class EasyDetail:
    """A part of the plan in easy words. `holds`: the plan still says what was made easy."""

    place: str
    words: str
    original: str
    written_at: datetime
    written_by: str
    holds: bool
