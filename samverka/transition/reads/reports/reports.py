"""One report, whole; and beside the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.transition.models import Report, ReportAnswer, ReportComment, ReportVersion
from samverka.transition.reads.reports.rows import (
    figures_for,
    home_of,
    round_line,
    standing_of,
)
from samverka.transition.reads.reports.values import (
    AreaPart,
    CommentLine,
    ComparedDetail,
    OtherText,
    QuestionLine,
    ReportDetail,
    VersionLine,
)
from samverka.transition.rules.reports.answers import (
    Answer,
    answer_of,
    is_answered,
    missing,
)
from samverka.transition.rules.reports.comparing import compared
from samverka.transition.rules.reports.figures import Told, moved, told_of
from samverka.transition.rules.reports.form import Form, Question, form_of
from samverka.transition.rules.reports.kinds import Recipient
from samverka.transition.rules.reports.rounds import is_late
from samverka.transition.rules.reports.sealing import content, seal
from samverka.transition.rules.reports.steps import (
    HANDED_IN,
    ReportStatus,
    Standing,
    may_read,
    may_write,
    steps_of,
)


def report_row(report_id: UUID, *, lock: bool = False) -> Report:
    """The row with its round and form, for the room itself.

    Raises:
        NotFound: there is none.
    """
    found = Report.objects.select_related("round__form").filter(id=report_id)
    row: Report | None = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise NotFound(_("Rapporten finns inte."))
    return row


def report_detail(actor: Actor, *, report_id: UUID) -> ReportDetail:
    """One report with its questions, answers, figures, comments and steps."""
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        row = report_row(report_id)
        standing = standing_of(actor, home_of(actor), row, row.round.county)
        published = row.round.published_at is not None
        opened = row.round.opened_at is not None or standing.keeper
        if not opened or not may_read(ReportStatus(row.status), standing, published=published):
            raise NotFound(_("Rapporten finns inte."))
        this.note_general("Report", id=str(report_id))
        return detail_of(row, actor, standing)


def compared_detail(actor: Actor, *, report_id: UUID) -> ComparedDetail:
    """One report beside the same organisation's in the round before."""
    with act(actor, Action.REPORT_READ) as this:
        this.unchanged()  # the read inside writes its own line
        found = report_detail(actor, report_id=report_id)
        row = report_row(report_id)
        before = _before(row)
        form = form_of(row.round.form.definition)
        now = {one.question.code: one.answer for one in found.questions}
        lines = compared(form, found.recipient, before.answers if before else {}, now)
        return ComparedDetail(found, before.year if before else None, lines)


@dataclass(frozen=True, slots=True)
class _Before:
    """What was handed in the round before."""

    year: int
    answers: Mapping[str, Answer]
    figures: Mapping[str, Told]


def _before(row: Report) -> _Before | None:
    was = (
        Report.objects.select_related("round")
        .filter(round_id=row.round.previous_id, name=row.name)
        .first()
        if row.round.previous_id
        else None
    )
    if was is None or ReportStatus(was.status) not in HANDED_IN:
        return None
    rows = ReportAnswer.objects.filter(report_id=was.id).values_list("question", "value")
    return _Before(
        year=was.round.year,
        answers={question: answer_of(value) for question, value in rows},
        figures=frozen_figures(was),
    )


def frozen_figures(row: Report) -> dict[str, Told]:
    """The figures that a report was signed with."""
    return {measure: told_of(kept) for measure, kept in row.figures.items()}


def sealed_content(row: Report, answers: Mapping[str, Any], form: int) -> dict[str, Any]:
    """All that is signed: who, which questions, the answers, the figures, by whom and when."""
    return content(
        round=str(row.round_id),
        form=form,
        recipient=row.recipient,
        area=row.municipality or row.county,
        name=row.name,
        answers=dict(answers),
        figures=row.figures,
        signed_by=row.signed_by,
        signed_as=row.signed_as,
        signed_at=row.signed_at.astimezone(UTC).isoformat() if row.signed_at else "",
    )


def detail_of(row: Report, actor: Actor, standing: Standing) -> ReportDetail:
    """Row → plain value; `round__form` must be selected."""
    form = form_of(row.round.form.definition)
    status, recipient = ReportStatus(row.status), Recipient(row.recipient)
    stored = list(ReportAnswer.objects.filter(report_id=row.id))
    answers = {one.question: answer_of(one.value) for one in stored}
    kept = {one.question: one.value for one in stored}
    figures = frozen_figures(row) if status in HANDED_IN else dict(figures_for(form, row))
    lines = _questions(row, form, recipient, stored, figures)
    return ReportDetail(
        id=row.id,
        round=round_line(row.round, actor, kept=standing.keeper),
        name=row.name,
        recipient=recipient,
        status=status,
        areas=_areas(form, lines),
        missing=missing(form, recipient, answers),
        may_write=may_write(status, actor, standing) and row.round.opened_at is not None,
        own=standing.own,
        outside=standing.outside,
        late=is_late(row.round.due, status, local_date(actor.at)),
        steps=steps_of(status, actor, standing) if row.round.opened_at else (),
        versions=_versions(row.id),
        seal=row.seal,
        holds=not row.seal or seal(sealed_content(row, kept, row.round.form.number)) == row.seal,
        signed_by=row.signed_by,
        signed_as=row.signed_as,
        signed_at=row.signed_at,
        snapshot=next((one.snapshot for one in figures.values()), ""),
    )


def _areas(form: Form, lines: Sequence[QuestionLine]) -> tuple[AreaPart, ...]:
    parts = (
        AreaPart(code, heading, tuple(one for one in lines if one.question.area == code))
        for code, heading in form.areas
    )
    return tuple(one for one in parts if one.questions)


def _questions(
    row: Report,
    form: Form,
    recipient: Recipient,
    stored: Sequence[ReportAnswer],
    figures: Mapping[str, Told],
) -> list[QuestionLine]:
    by_code = {one.question: one for one in stored}
    comments: dict[str, list[CommentLine]] = {}
    for said in ReportComment.objects.filter(report_id=row.id).order_by("at"):
        comments.setdefault(said.question, []).append(
            CommentLine(said.id, said.words, said.by, said.at, said.handled_by)
        )
    before = _before(row)
    return [
        _question(one, by_code.get(one.code), before, figures, tuple(comments.get(one.code, ())))
        for one in form.asked(recipient)
    ]


def _question(
    question: Question,
    row: ReportAnswer | None,
    before: _Before | None,
    figures: Mapping[str, Told],
    comments: tuple[CommentLine, ...],
) -> QuestionLine:
    answer = answer_of(row.value) if row else Answer()
    was = before.answers.get(question.code) if before else None
    figure = figures.get(question.measure)
    figure_before = before.figures.get(question.measure) if before else None
    return QuestionLine(
        question=question,
        answer=answer,
        version=row.version if row else 0,
        changed_by=row.changed_by if row else "",
        changed_at=row.changed_at if row else None,
        answered=is_answered(question, answer),
        before=was if was and not was.empty else None,
        figure=figure,
        figure_before=figure_before,
        moved=moved(figure_before, figure),
        comments=comments,
        others=tuple(_other(one) for one in row.others) if row else (),
    )


def _other(kept: Mapping[str, Any]) -> OtherText:
    return OtherText(
        answer=answer_of(kept["value"]),
        by=kept["by"],
        at=datetime.fromisoformat(kept["at"]),
        source=kept["source"],
    )


def _versions(report_id: UUID) -> tuple[VersionLine, ...]:
    rows = ReportVersion.objects.filter(report_id=report_id).order_by("-number").defer("answers")
    return tuple(
        VersionLine(
            one.number, one.step, ReportStatus(one.status), one.reason, one.at, one.by, one.seal
        )
        for one in rows
    )
