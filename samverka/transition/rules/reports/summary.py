"""The summary of a round: "x av 21 regioner", factors by who answers for them, who has moved. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samverka.transition.rules.reports.answers import Answer
from samverka.transition.rules.reports.comparing import RANK
from samverka.transition.rules.reports.form import Form, Question
from samverka.transition.rules.reports.kinds import (
    Finding,
    Partly,
    QuestionKind,
    Reach,
    Recipient,
    Responsible,
)


@dataclass(frozen=True, slots=True)
class Handed:
    """A report that has been handed in. `area`: code of its county or municipality."""

    area: str
    name: str
    recipient: Recipient
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many answer yes, partly, no, or not at all to one of the four findings.

    Attributes:
        forward, back: names of those that have moved since the round before.
        answers: area → choice, for the map.
    """

    finding: Finding
    of: int
    yes: int
    partly: int
    no: int
    forward: tuple[str, ...]
    back: tuple[str, ...]
    answers: Mapping[str, str]

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self.of - self.yes - self.partly - self.no


@dataclass(frozen=True, slots=True)
class FactorCount:
    """How many name a factor, and whom they hold responsible."""

    code: str
    name: str
    count: int
    by: Mapping[Responsible, int]


@dataclass(frozen=True, slots=True)
class ReachCount:
    """How far one thing has come: reports by level."""

    question: Question
    by: Mapping[Reach, int]


@dataclass(frozen=True, slots=True)
class SignCount:
    """How many see a sign."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A round in figures. `of`: how many were asked; `handed_in`: how many of them have signed."""

    recipient: Recipient
    of: int
    handed_in: int
    findings: tuple[FindingCount, ...]
    reaches: tuple[ReachCount, ...]
    signs: tuple[SignCount, ...]
    successes: tuple[FactorCount, ...]
    obstacles: tuple[FactorCount, ...]


def summary(
    form: Form,
    recipient: Recipient,
    reports: Sequence[Handed],
    before: Sequence[Handed] = (),
    *,
    of: int,
) -> Summary:
    """The summary of one kind of recipient.

    Args:
        of: how many were asked, also those that have not answered.
        before: what was handed in the round before.
    """
    mine = [one for one in reports if one.recipient is recipient]
    earlier = {one.area: one for one in before if one.recipient is recipient}
    asked = form.asked(recipient)
    return Summary(
        recipient=recipient,
        of=of,
        handed_in=len(mine),
        findings=tuple(
            _finding(one, one.finding, mine, earlier, of) for one in asked if one.finding
        ),
        reaches=tuple(_reach(one, mine) for one in asked if one.kind is QuestionKind.LEVEL),
        signs=_signs(asked, mine),
        successes=_factors((one for one in asked if one.helps), mine),
        obstacles=_factors((one for one in asked if not one.helps), mine),
    )


def _choice(report: Handed | None, code: str) -> str:
    return report.answers.get(code, Answer()).choice if report else ""


def _finding(
    question: Question,
    finding: Finding,
    mine: Sequence[Handed],
    earlier: Mapping[str, Handed],
    of: int,
) -> FindingCount:
    counts = Counter(_choice(one, question.code) for one in mine)
    moves = [
        (one.name, RANK[now] - RANK[was])
        for one in mine
        if (now := _choice(one, question.code))
        and (was := _choice(earlier.get(one.area), question.code))
    ]
    return FindingCount(
        finding=finding,
        of=of,
        yes=counts[Partly.YES],
        partly=counts[Partly.PARTLY],
        no=counts[Partly.NO],
        forward=tuple(name for name, by in moves if by > 0),
        back=tuple(name for name, by in moves if by < 0),
        answers={one.area: _choice(one, question.code) for one in mine},
    )


def _reach(question: Question, mine: Sequence[Handed]) -> ReachCount:
    counts = Counter(_choice(one, question.code) for one in mine)
    return ReachCount(question, {one: counts[one] for one in Reach})


def _signs(asked: Iterable[Question], mine: Sequence[Handed]) -> tuple[SignCount, ...]:
    found = [
        SignCount(code, name, sum(code in dict(_chosen(one, question)) for one in mine))
        for question in asked
        if question.kind is QuestionKind.MANY
        for code, name in question.options
    ]
    return tuple(sorted(found, key=lambda one: -one.count))


def _factors(questions: Iterable[Question], mine: Sequence[Handed]) -> tuple[FactorCount, ...]:
    found = []
    for question in questions:
        if question.kind is not QuestionKind.FACTORS:
            continue
        for code, name in question.options:
            by = Counter(dict(_chosen(one, question)).get(code, "") for one in mine)
            count = sum(by[who] for who in Responsible)
            found.append(FactorCount(code, name, count, {who: by[who] for who in Responsible}))
    return tuple(sorted(found, key=lambda one: -one.count))


def _chosen(report: Handed, question: Question) -> tuple[tuple[str, str], ...]:
    return report.answers.get(question.code, Answer()).chosen
