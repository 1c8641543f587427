"""A report's steps: begin, review, sign with the figures frozen, lock, open again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.transition.models import Report, ReportAnswer, ReportVersion
from samverka.transition.reads.reports import ReportDetail
from samverka.transition.reads.reports.reports import detail_of, report_row, sealed_content
from samverka.transition.reads.reports.rows import figures_for, home_of, standing_of
from samverka.transition.rules.reports.answers import answer_of, missing
from samverka.transition.rules.reports.figures import told_data
from samverka.transition.rules.reports.form import form_of
from samverka.transition.rules.reports.kinds import Recipient
from samverka.transition.rules.reports.sealing import seal
from samverka.transition.rules.reports.steps import (
    By,
    ReportStatus,
    Step,
    StepName,
    check_step,
)

_SIGNING = frozenset({StepName.SIGN, StepName.WITHDRAW})
_CLOSING = frozenset({StepName.SIGN, StepName.RECEIVE})
_OPENING = frozenset({StepName.WITHDRAW, StepName.REOPEN})
_NEEDS_ALL = frozenset({StepName.SEND, StepName.SIGN})


def take_step(actor: Actor, *, report_id: UUID, step: StepName, reason: str = "") -> ReportDetail:
    """Take a report one step on its way. What it says then is kept as a version.

    Args:
        reason: why it goes back; for one who has sent a file, who has signed it.
    """
    action = Action.REPORT_SIGN if step in _SIGNING else Action.REPORT_EDIT
    with act(actor, action) as this:
        row = report_row(report_id, lock=True)
        standing = standing_of(actor, home_of(actor), row, row.round.county)
        if not (standing.own or standing.keeper):
            raise NotFound(_("Rapporten finns inte."))
        if row.round.opened_at is None:
            raise NotNow(_("Omgången är inte öppnad än."))
        taken = check_step(ReportStatus(row.status), step, actor, standing, reason)
        this.require_permission()
        answers = _answers(row)
        _check_whole(row, taken, answers)
        _sign(actor, row, taken, answers, reason)
        row.status, row.version = taken.to.value, row.version + 1
        row.save()
        _keep_version(actor, row, taken, answers, reason)
        this.note_general("Report", id=str(row.id), step=step.value, status=row.status)
        return detail_of(row, actor, standing)


def _answers(row: Report) -> dict[str, Any]:
    rows = ReportAnswer.objects.filter(report_id=row.id).values_list("question", "value")
    return dict(rows)


def _check_whole(row: Report, step: Step, answers: dict[str, Any]) -> None:
    if step.name not in _NEEDS_ALL:
        return
    given = {code: answer_of(value) for code, value in answers.items()}
    lacking = missing(form_of(row.round.form.definition), Recipient(row.recipient), given)
    if lacking:
        raise NotNow(
            _("%(count)d frågor är inte besvarade.", count=len(lacking)),
            mend=_("Svara på dem, eller skriv varför ni inte kan. Den första: %(words)s", words=lacking[0].words),
        )  # fmt: skip
    if ReportAnswer.objects.filter(report_id=row.id).exclude(others=[]).exists():
        raise NotNow(
            _("Det finns två texter på en fråga."), mend=_("Välj vilken som gäller först.")
        )


def _sign(actor: Actor, row: Report, step: Step, answers: dict[str, Any], reason: str) -> None:
    if step.name in _OPENING:
        row.seal, row.signed_at, row.signed_by, row.signed_as = "", None, "", ""
        row.figures = {}
    if step.name not in _CLOSING:
        return
    outside = step.by is By.OUTSIDE
    row.signed_at = actor.at
    row.signed_by = reason.strip()[:200] if outside else actor.name
    row.signed_as = "" if outside else actor.profession
    told = figures_for(form_of(row.round.form.definition), row)
    row.figures = {measure: told_data(one) for measure, one in told.items()}
    row.seal = seal(sealed_content(row, answers, row.round.form.number))


def _keep_version(
    actor: Actor, row: Report, step: Step, answers: dict[str, Any], reason: str
) -> None:
    made = ReportVersion(
        report=row,
        number=ReportVersion.objects.filter(report_id=row.id).count() + 1,
        status=row.status,
        step=step.name.value,
        reason=reason.strip()[:500],
        answers=answers,
        seal=seal(sealed_content(row, answers, row.round.form.number)),
        at=actor.at,
        by=actor.name,
    )
    made.save(force_insert=True)
