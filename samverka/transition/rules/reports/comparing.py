"""What has changed since last time, question by question. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.transition.rules.reports.answers import Answer
from samverka.transition.rules.reports.form import Form, Question
from samverka.transition.rules.reports.kinds import Partly, Reach, Recipient


class Change(StrEnum):
    """How an answer differs from the one before."""

    NEW = "new"
    GONE = "gone"
    FORWARD = "forward"
    BACK = "back"
    OTHER = "other"
    SAME = "same"


CHANGE_WORDS: dict[Change, Text] = {
    Change.NEW: _("Nytt svar"),
    Change.GONE: _("Inte besvarad nu"),
    Change.FORWARD: _("Längre fram"),
    Change.BACK: _("Tillbaka"),
    Change.OTHER: _("Ändrad"),
    Change.SAME: _("Samma"),
}

RANK: dict[str, int] = {str(one): number for number, one in enumerate(Reach)} | {
    Partly.NO.value: 0,
    Partly.PARTLY.value: 1,
    Partly.YES.value: 2,
}
"""How far each choice has come; only choices of one kind are compared."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One question now and before."""

    question: Question
    before: Answer
    now: Answer
    change: Change


def change_of(before: Answer, now: Answer) -> Change:
    """How one answer differs from the one before."""
    if before == now:
        return Change.SAME
    if before.empty:
        return Change.NEW
    if now.empty:
        return Change.GONE
    if before.choice != now.choice and before.choice and now.choice:
        return Change.FORWARD if RANK[now.choice] > RANK[before.choice] else Change.BACK
    return Change.OTHER


def compared(
    form: Form, recipient: Recipient, before: Mapping[str, Answer], now: Mapping[str, Answer]
) -> tuple[Compared, ...]:
    """Every question that the recipient is asked, in order. Codes live through versions of a form."""
    return tuple(
        Compared(
            one,
            was := before.get(one.code, Answer()),
            is_now := now.get(one.code, Answer()),
            change_of(was, is_now),
        )
        for one in form.asked(recipient)
    )
