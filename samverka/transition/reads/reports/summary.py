"""The summary of a round, and what anyone may read of a published one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.organisations.reads import OrganisationDetail
from samverka.transition.models import Report, ReportAnswer, ReportRound
from samverka.transition.reads.reports.coding import coded_texts, every_code
from samverka.transition.reads.reports.reports import frozen_figures
from samverka.transition.reads.reports.rounds import may_see, round_row
from samverka.transition.reads.reports.rows import answers_of, home_of, round_line, standing_of
from samverka.transition.reads.reports.values import (
    AreaPart,
    QuestionLine,
    ReportDetail,
    ReportLine,
    RoundLine,
    SummaryDetail,
)
from samverka.transition.rules.reports.answers import Answer, answer_of, is_answered
from samverka.transition.rules.reports.coded import coded
from samverka.transition.rules.reports.form import form_of
from samverka.transition.rules.reports.kinds import QuestionKind, Recipient
from samverka.transition.rules.reports.steps import HANDED_IN, ReportStatus, may_read
from samverka.transition.rules.reports.summary import Handed, summary


def round_summary(actor: Actor, *, round_id: UUID) -> SummaryDetail:
    """A round's summary of all that has been handed in so far."""
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        row, home = round_row(round_id), home_of(actor)
        kept = may_see(actor, row, home)
        if row.published_at is None and not (kept and permits(actor, Action.ROUND_EDIT)):
            raise NotFound(_("Sammanfattningen är inte publicerad än."))
        this.note_general("ReportRound", id=str(round_id))
        reports = Report.objects.filter(round_id=round_id).order_by("name")
        lines = [_line_for(actor, home, one, row) for one in reports]
        return _summed(row, round_line(row, actor, kept=kept), lines, HANDED_IN)


def _line_for(
    actor: Actor, home: OrganisationDetail | None, row: Report, of: ReportRound
) -> ReportLine:
    """A report among those of the round: whether the reader may open it."""
    standing = standing_of(actor, home, row, of.county)
    opens = may_read(ReportStatus(row.status), standing, published=of.published_at is not None)
    return replace(_line(row), may_open=opens)


def published_rounds() -> list[RoundLine]:
    """The rounds that anyone may read, the latest first. Nothing is about a person, so no line is left."""
    rows = ReportRound.objects.select_related("form").filter(published_at__isnull=False)
    return [round_line(row, None) for row in rows.order_by("-year", "title")]


def published_summary(round_id: UUID) -> SummaryDetail:
    """The summary of a published round, and its locked reports; for anyone.

    Raises:
        NotFound: there is none, or it is not published.
    """
    row = _published(round_id)
    reports = Report.objects.filter(round_id=round_id).order_by("name")
    lines = [_line(one) for one in reports]
    return _summed(row, round_line(row, None), lines, frozenset({ReportStatus.LOCKED}))


def published_report(report_id: UUID) -> ReportDetail:
    """A locked report of a published round; for anyone. Comments and drafts are not in it."""
    row = Report.objects.select_related("round__form").filter(id=report_id).first()
    if row is None or row.status != ReportStatus.LOCKED or row.round.published_at is None:
        raise NotFound(_("Rapporten finns inte."))
    return _bare(row)


def _published(round_id: UUID) -> ReportRound:
    row = round_row(round_id)
    if row.published_at is None:
        raise NotFound(_("Omgången finns inte."))
    return row


def _line(row: Report) -> ReportLine:
    locked = row.status == ReportStatus.LOCKED
    return ReportLine(
        id=row.id,
        name=row.name,
        recipient=Recipient(row.recipient),
        area=row.municipality or row.county,
        status=ReportStatus(row.status),
        answered=0,
        of=0,
        late=False,
        own=False,
        may_open=locked,
        outside=row.organisation_id is None,
        signed_by=row.signed_by if locked else "",
        signed_at=row.signed_at if locked else None,
    )


def _summed(
    row: ReportRound,
    line: RoundLine,
    reports: Iterable[ReportLine],
    counted: frozenset[ReportStatus],
) -> SummaryDetail:
    reports = tuple(reports)
    form = form_of(row.form.definition)
    earlier = Report.objects.filter(round_id=row.previous_id, status=ReportStatus.LOCKED)
    now, before = _handed(
        [one for one in reports if one.status in counted],
        [_line(one) for one in earlier] if row.previous_id else [],
    )
    was = row.previous
    texts = [one for one in form.questions if one.kind is QuestionKind.TEXT]
    written = coded_texts(row.id, counted, [one.code for one in texts])
    codes = every_code()

    def of(recipient: Recipient) -> int:
        return sum(one.recipient is recipient for one in reports)

    region, municipality = Recipient.REGION, Recipient.MUNICIPALITY
    return SummaryDetail(
        round=line,
        before=round_line(was, None) if was else None,
        regions=summary(form, region, now, before, of=of(region)),
        municipalities=summary(form, municipality, now, before, of=of(municipality)),
        reports=tuple(one for one in reports if one.may_open),
        coded={one: coded(written, one, codes) for one in Recipient},
    )


def _handed(*rounds: Sequence[ReportLine]) -> list[list[Handed]]:
    """What those who report have answered, round by round. One query for all."""
    answers = answers_of({one.id for lines in rounds for one in lines})
    return [
        [Handed(one.area, one.name, one.recipient, answers[one.id]) for one in lines]
        for lines in rounds
    ]


def _bare(row: Report) -> ReportDetail:
    """A locked report as anyone may read it."""
    form, recipient = form_of(row.round.form.definition), Recipient(row.recipient)
    stored: Mapping[str, Answer] = {
        question: answer_of(value)
        for question, value in ReportAnswer.objects.filter(report_id=row.id).values_list(
            "question", "value"
        )
    }
    figures = frozen_figures(row)
    lines = [
        QuestionLine(
            question=one,
            answer=(answer := stored.get(one.code, Answer())),
            version=0,
            changed_by="",
            changed_at=None,
            answered=is_answered(one, answer),
            before=None,
            figure=figures.get(one.measure),
            figure_before=None,
            moved=False,
            comments=(),
            others=(),
        )
        for one in form.asked(recipient)
    ]
    areas = tuple(
        AreaPart(code, heading, tuple(one for one in lines if one.question.area == code))
        for code, heading in form.areas
    )
    return ReportDetail(
        id=row.id,
        round=round_line(row.round, None),
        name=row.name,
        recipient=recipient,
        status=ReportStatus(row.status),
        areas=tuple(one for one in areas if one.questions),
        missing=(),
        may_write=False,
        own=False,
        outside=row.organisation_id is None,
        late=False,
        steps=(),
        versions=(),
        seal=row.seal,
        holds=True,
        signed_by=row.signed_by,
        signed_as=row.signed_as,
        signed_at=row.signed_at,
        snapshot=next((one.snapshot for one in figures.values()), ""),
    )
