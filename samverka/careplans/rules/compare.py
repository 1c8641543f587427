"""What a plan holds, as kept in each version, and what differs between two. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, TypeAlias

from samverka.careplans.rules.kinds import (
    ACTIVITY_WORDS,
    GOAL_WORDS,
    OWNER_WORDS,
    PARTY_WORDS,
    SECTION_WORDS,
    STATUS_WORDS,
    TERM_WORDS,
    ActivityStatus,
    GoalStatus,
    OwnerKind,
    PartyRole,
    PlanStatus,
    Section,
    Term,
)
from samverka.kernel.calendar import said_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

Snapshot: TypeAlias = Mapping[str, Any]
"""What a version holds: plain JSON. Only added to over time, so that old versions stay readable."""


class ChangeKind(StrEnum):
    """What made a version. The codes are stored."""

    START = "start"
    SECTION = "section"
    FOLLOW_UP = "follow-up"
    RESPONSIBLE = "responsible"
    OTHERS = "others"
    GOAL = "goal"
    OUTCOME = "outcome"
    RESULT = "result"
    REVIEW = "review"
    MERGE = "merge"
    TOLD = "told"
    ACTIVITY = "activity"
    DONE = "done"
    PARTY = "party"
    SHARE = "share"
    WITHDRAW = "withdraw"
    WITHHOLD = "withhold"
    ACTIVATE = "activate"
    END = "end"
    UNDO = "undo"
    RECEIVE = "receive"


CHANGE_WORDS: dict[ChangeKind, Text] = {
    ChangeKind.START: _("Började planen"),
    ChangeKind.SECTION: _("Skrev i planen"),
    ChangeKind.FOLLOW_UP: _("Bestämde uppföljning"),
    ChangeKind.RESPONSIBLE: _("Valde övergripande ansvarig"),
    ChangeKind.OTHERS: _("Skrev om andras insatser"),
    ChangeKind.GOAL: _("Skrev ett mål"),
    ChangeKind.OUTCOME: _("Följde upp ett mål"),
    ChangeKind.RESULT: _("Följde upp en insats"),
    ChangeKind.REVIEW: _("Följde upp planen"),
    ChangeKind.MERGE: _("Slog ihop två planer"),
    ChangeKind.TOLD: _("Underrättade den andra huvudmannen"),
    ChangeKind.ACTIVITY: _("Skrev en insats"),
    ChangeKind.DONE: _("Markerade en insats som klar"),
    ChangeKind.PARTY: _("Ändrade vilka som deltar"),
    ChangeKind.SHARE: _("Lämnade ut planen"),
    ChangeKind.WITHDRAW: _("Noterade att samtycket är återkallat"),
    ChangeKind.WITHHOLD: _("Ändrade vad som lämnas ut"),
    ChangeKind.ACTIVATE: _("Fastställde planen"),
    ChangeKind.END: _("Avslutade planen"),
    ChangeKind.UNDO: _("Ångrade sin senaste ändring"),
    ChangeKind.RECEIVE: _("Tog emot planen"),
}

UNDOABLE = frozenset(
    {
        ChangeKind.SECTION,
        ChangeKind.FOLLOW_UP,
        ChangeKind.RESPONSIBLE,
        ChangeKind.OTHERS,
        ChangeKind.GOAL,
        ChangeKind.OUTCOME,
        ChangeKind.RESULT,
        ChangeKind.ACTIVITY,
        ChangeKind.DONE,
    }
)
"""What can be taken back. Establishing, ending and sharing are legal acts: they stand."""

UNDO_TIME = timedelta(seconds=10)
"""How long the button is shown."""

UNDO_GRACE = timedelta(seconds=5)
"""The way over the net, there and back."""


class Part(StrEnum):
    """Which part of the plan differs."""

    FACT = "fact"
    GOAL = "goal"
    ACTIVITY = "activity"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. Empty `before`: it came; empty `after`: it went."""

    part: Part
    label: Text
    before: str
    after: str


FOLLOW_UP_WORDS = _("Uppföljning")
RESPONSIBLE_WORDS = _("Övergripande ansvar")
_STATUS_LABEL = _("Läge")
_OTHERS_LABEL = _("Andras insatser")
_OTHERS_NONE = _("Ingen annan gör något")

_PART_WORDS: dict[Part, Text] = {
    Part.GOAL: _("Mål"),
    Part.ACTIVITY: _("Insats"),
    Part.PARTY: _("Deltar"),
}


def compare(old: Snapshot, new: Snapshot) -> tuple[Difference, ...]:
    """All that differs between two versions, in the order of the agenda."""
    return (
        *_facts(old, new),
        *_listed(Part.GOAL, old.get("goals", []), new.get("goals", [])),
        *_listed(Part.ACTIVITY, old.get("activities", []), new.get("activities", [])),
        *_listed(Part.PARTY, old.get("parties", []), new.get("parties", [])),
    )


def _facts(old: Snapshot, new: Snapshot) -> Iterator[Difference]:
    before, after = dict(_fact_words(old)), dict(_fact_words(new))
    for label in before:
        if before[label] != after[label]:
            yield Difference(Part.FACT, label, before[label], after[label])


def _fact_words(one: Snapshot) -> Iterator[tuple[Text, str]]:
    status = one.get("status")
    yield _STATUS_LABEL, STATUS_WORDS[PlanStatus(status)] if status else ""
    for section in Section:
        yield SECTION_WORDS[section], one.get(section.value, "")
    yield RESPONSIBLE_WORDS, one.get("responsible", "")
    yield _OTHERS_LABEL, _OTHERS_NONE if one.get("no_others") else ""
    day = one.get("follow_up_on")
    yield FOLLOW_UP_WORDS, said_date(date.fromisoformat(day)) if day else ""


def _listed(part: Part, old: Sequence[Snapshot], new: Sequence[Snapshot]) -> Iterator[Difference]:
    before = {one["id"]: describe(part, one) for one in old}
    after = {one["id"]: describe(part, one) for one in new}
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield Difference(part, _PART_WORDS[part], before.get(key, ""), after.get(key, ""))


def describe(part: Part, one: Snapshot) -> Text:
    """A goal, an activity or a party of a version in one line."""
    if part is Part.GOAL:
        return _goal_words(one)
    if part is Part.ACTIVITY:
        return _activity_words(one)
    return _("%(name)s · %(role)s", name=one["name"], role=PARTY_WORDS[PartyRole(one["role"])])


def _goal_words(one: Snapshot) -> Text:
    words = _(
        "”%(words)s” · %(term)s · %(status)s",
        words=one["words"],
        term=TERM_WORDS[Term(one["term"])],
        status=GOAL_WORDS[GoalStatus(one["status"])],
    )
    outcome = one.get("outcome")
    return _("%(goal)s · %(outcome)s", goal=words, outcome=outcome) if outcome else words


def owner_words(one: Snapshot) -> Text:
    """Who answers for an activity of a version."""
    kind, text = OwnerKind(one["owner_kind"]), one.get("owner_text") or ""
    if kind is OwnerKind.PERSON and text:
        return _("%(who)s, %(text)s", who=OWNER_WORDS[kind], text=text)
    named = one.get("owner_unit") or text
    return _("%(name)s", name=named) if named else OWNER_WORDS[kind]


def _activity_words(one: Snapshot) -> Text:
    words = _(
        "%(what)s · %(owner)s · %(status)s",
        what=one["what"],
        owner=owner_words(one),
        status=ACTIVITY_WORDS[ActivityStatus(one["status"])],
    )
    due = one.get("due_on")
    if not due:
        return words
    day = said_date(date.fromisoformat(due))
    return _("%(activity)s · senast %(day)s", activity=words, day=day)


# ── inside a text ──


class Mark(StrEnum):
    """What happened to a piece of a text."""

    SAME = "same"
    ADDED = "added"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row with the same fate."""

    mark: Mark
    text: str


def mark_words(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one, word by word, with what was taken and what was added."""
    old, new = before.split(" "), after.split(" ")
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Mark.SAME, " ".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece(Mark.TAKEN, " ".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(Mark.ADDED, " ".join(new[j1:j2])))
    return tuple(pieces)
