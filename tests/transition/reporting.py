"""How tests make rounds and answer reports: by operations, as in life."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from samverka.kernel.actor import Actor
from samverka.transition.operations import reports as operations
from samverka.transition.reads.reports import ReportDetail, RoundDetail, report_detail
from samverka.transition.rules.reports.answers import Answer
from samverka.transition.rules.reports.form import Question
from samverka.transition.rules.reports.kinds import QuestionKind, Responsible
from samverka.transition.rules.reports.steps import StepName
from tests.factories.cast import Cast

OPENS, DUE, CLOSES = date(2026, 11, 1), date(2026, 12, 15), date(2027, 1, 31)


def open_round(cast: Cast, *, year: int = 2026, previous_id: UUID | None = None) -> RoundDetail:
    """A round of the county that is open."""
    made = operations.make_round(
        cast.analyst,
        year=year,
        title="Nära vård",
        agreement="",
        previous_id=previous_id,
        opens=OPENS,
        due=DUE,
        closes=CLOSES,
    )
    return operations.open_round(cast.analyst, round_id=made.round.id)


def report_of(found: RoundDetail, name: str) -> UUID:
    """The id of the report of one whose name begins so."""
    return next(one.id for one in found.reports if one.name.startswith(name))


def answer(question: Question, choice: str = "yes") -> Answer:
    """Something that can be answered."""
    if question.kind is QuestionKind.LEVEL:
        return Answer(choice="some")
    if question.kind is QuestionKind.PARTLY:
        return Answer(choice=choice)
    if question.kind is QuestionKind.NUMBER:
        return Answer(number=Decimal(62))
    if question.kind is QuestionKind.FACTORS:
        return Answer(chosen=((question.options[0][0], Responsible.TOGETHER.value),))
    if question.kind is QuestionKind.MANY:
        return Answer(chosen=((question.options[0][0], ""),))
    return Answer(words="Vi arbetar tillsammans.")


def fill(actor: Actor, report_id: UUID, choice: str = "yes") -> ReportDetail:
    """Every question answered."""
    found = report_detail(actor, report_id=report_id)
    return operations.save_answers(
        actor,
        report_id=report_id,
        answers={one.question.code: answer(one.question, choice) for one in found.questions},
        versions={},
    )


def sign(writer: Actor, chief: Actor, report_id: UUID, choice: str = "yes") -> ReportDetail:
    """Answered, reviewed, signed."""
    fill(writer, report_id, choice)
    operations.take_step(writer, report_id=report_id, step=StepName.SEND)
    return operations.take_step(chief, report_id=report_id, step=StepName.SIGN)


def lock(cast: Cast, report_id: UUID) -> ReportDetail:
    """Received by the one who keeps the round."""
    return operations.take_step(cast.analyst, report_id=report_id, step=StepName.LOCK)
