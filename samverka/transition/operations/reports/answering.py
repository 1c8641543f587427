"""Answers: written by several at once, kept from last year, chosen where two texts met; comments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.transition.models import Report, ReportAnswer, ReportComment
from samverka.transition.reads.reports import ReportDetail
from samverka.transition.reads.reports.reports import detail_of, report_row
from samverka.transition.reads.reports.rows import answers_of, home_of, standing_of
from samverka.transition.rules.reports.answers import (
    Answer,
    answer_data,
    answer_of,
    check_answer,
)
from samverka.transition.rules.reports.form import Form, form_of
from samverka.transition.rules.reports.kinds import Recipient
from samverka.transition.rules.reports.steps import (
    WRITABLE,
    ReportStatus,
    Standing,
    may_write,
)

LONGEST_COMMENT = 2000


def writable(actor: Actor, report_id: UUID) -> tuple[Report, Standing]:
    """The report, locked, if the actor may write in it now.

    Raises:
        NotFound: it is another's: its drafts are not there for others.
        NotNow: it has left the hands of those who answer, or the round is not open.
    """
    row = report_row(report_id, lock=True)
    standing = standing_of(actor, home_of(actor), row, row.round.county)
    if not standing.own and not (standing.keeper and standing.outside):
        if standing.keeper:
            raise NotAllowed(_("Bara den organisation som rapporterar kan skriva i rapporten."))
        raise NotFound(_("Rapporten finns inte."))
    if row.round.opened_at is None:
        raise NotNow(_("Omgången är inte öppnad än."))
    if not may_write(ReportStatus(row.status), actor, standing):
        if ReportStatus(row.status) in WRITABLE:
            raise NotAllowed(_("Din roll kan inte skriva i rapporten."))
        raise NotNow(
            _("Rapporten är inte öppen för svar."),
            mend=_("Lämna tillbaka den från granskningen, eller be om att den öppnas igen."),
        )
    return row, standing


def save_answers(
    actor: Actor,
    *,
    report_id: UUID,
    answers: Mapping[str, Answer],
    versions: Mapping[str, int],
    source: str = "",
) -> ReportDetail:
    """Save answers. Where someone else has written meanwhile, both texts are kept beside each other.

    Args:
        versions: question → the version that the writer had before the eyes; 0: none.
        source: name of the file they came from.
    """
    with act(actor, Action.REPORT_EDIT) as this:
        this.require_permission()
        row, standing = writable(actor, report_id)
        form = form_of(row.round.form.definition)
        given = _checked(form, Recipient(row.recipient), answers)
        stored = {one.question: one for one in ReportAnswer.objects.filter(report_id=row.id)}
        made = _made(actor, row, {code: one for code, one in given.items() if code not in stored})
        changed = [one.question for one in made] + [
            code
            for code, held in stored.items()
            if code in given and _keep(actor, held, given[code], versions.get(code, 0), source)
        ]
        _begin(row, changed)
        this.note_general("Report", id=str(row.id), answers=changed)
        return detail_of(row, actor, standing)


def _checked(form: Form, recipient: Recipient, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    asked = {one.code: one for one in form.asked(recipient)}
    for code in answers:
        if code not in asked:
            raise Invalid(_("Frågan %(code)s ställs inte till er.", code=code), where=code)
    return {code: check_answer(asked[code], answer) for code, answer in answers.items()}


def _made(actor: Actor, report: Report, given: Mapping[str, Answer]) -> list[ReportAnswer]:
    """Keep the answers that nobody had given before."""
    rows = [
        ReportAnswer(
            report=report,
            question=code,
            value=answer_data(answer),
            changed_at=actor.at,
            changed_by=actor.name,
        )
        for code, answer in given.items()
        if not answer.empty
    ]
    ReportAnswer.objects.bulk_create(rows)
    return rows


def _keep(actor: Actor, row: ReportAnswer, answer: Answer, version: int, source: str) -> bool:
    """Keep one answer again; whether anything was changed."""
    value = answer_data(answer)
    if row.value == value:
        return False
    if row.version != version and row.value:
        return _beside(actor, row, value, source)
    row.value, row.version = value, row.version + 1
    row.changed_at, row.changed_by = actor.at, actor.name
    row.save()
    return True


def _beside(actor: Actor, row: ReportAnswer, value: dict[str, Any], source: str) -> bool:
    """Keep the text beside the one that was saved meanwhile."""
    if not value or any(one["value"] == value for one in row.others):
        return False
    told = {"value": value, "by": actor.name, "at": actor.at.isoformat(), "source": source}
    row.others = [*row.others, told]
    row.save(update_fields=["others"])
    return True


def _begin(row: Report, changed: list[str]) -> None:
    if not changed:
        return
    row.version += 1
    if row.status == ReportStatus.NOT_BEGUN:
        row.status = ReportStatus.ANSWERING.value
    row.save(update_fields=["version", "status"])


def keep_last(actor: Actor, *, report_id: UUID, question: str, version: int) -> ReportDetail:
    """Say that last round's answer to a question still holds."""
    with act(actor, Action.REPORT_EDIT) as this:
        this.unchanged()  # the save inside writes its own line
        row, _standing = writable(actor, report_id)
        before = Report.objects.filter(round_id=row.round.previous_id, name=row.name).first()
        answer = answers_of({before.id})[before.id].get(question) if before else None
        if answer is None:
            raise NotNow(_("Det finns inget svar från förra omgången."))
        return save_answers(
            actor,
            report_id=report_id,
            answers={question: answer},
            versions={question: version},
        )


def choose_text(
    actor: Actor, *, report_id: UUID, question: str, number: int, take: bool
) -> ReportDetail:
    """Settle two texts that met: take the one beside, or throw it away.

    Args:
        number: which of those beside, from 0.
    """
    with act(actor, Action.REPORT_EDIT) as this:
        this.require_permission()
        row, standing = writable(actor, report_id)
        kept = ReportAnswer.objects.filter(report_id=row.id, question=question).first()
        if kept is None or not 0 <= number < len(kept.others):
            raise NotNow(_("Texten är redan hanterad."))
        chosen = kept.others[number]
        kept.others = [one for place, one in enumerate(kept.others) if place != number]
        if take:
            kept.value, kept.version = chosen["value"], kept.version + 1
            kept.changed_at, kept.changed_by = actor.at, actor.name
            check_answer(
                form_of(row.round.form.definition).question(question), answer_of(kept.value)
            )
        kept.save()
        _begin(row, [question])
        this.note_general("Report", id=str(row.id), settled=question, taken=take)
        return detail_of(row, actor, standing)


def comment_question(actor: Actor, *, report_id: UUID, question: str, words: str) -> ReportDetail:
    """Write a word to colleagues about a question; also while the report is in review."""
    with act(actor, Action.REPORT_EDIT) as this:
        this.require_permission()
        row, standing = _talking(actor, report_id)
        form_of(row.round.form.definition).question(question)
        said = words.strip()
        if not said or len(said) > LONGEST_COMMENT:
            raise Invalid(
                _("Skriv en kommentar på högst %(longest)d tecken.", longest=LONGEST_COMMENT),
                where=question,
            )
        made = ReportComment(report=row, question=question, words=said, at=actor.at, by=actor.name)
        made.save(force_insert=True)
        this.note_general("ReportComment", id=str(made.id))
        return detail_of(row, actor, standing)


def handle_comment(actor: Actor, *, report_id: UUID, comment_id: UUID) -> ReportDetail:
    """Say that a comment has been dealt with."""
    with act(actor, Action.REPORT_EDIT) as this:
        this.require_permission()
        row, standing = _talking(actor, report_id)
        found = ReportComment.objects.filter(report_id=row.id, id=comment_id).first()
        if found is None:
            raise NotFound(_("Kommentaren finns inte."))
        found.handled_at, found.handled_by = actor.at, actor.name
        found.save(update_fields=["handled_at", "handled_by"])
        this.note_general("ReportComment", id=str(comment_id), handled=True)
        return detail_of(row, actor, standing)


def _talking(actor: Actor, report_id: UUID) -> tuple[Report, Standing]:
    row = report_row(report_id)
    standing = standing_of(actor, home_of(actor), row, row.round.county)
    if not standing.own:
        raise NotFound(_("Rapporten finns inte."))
    if row.status == ReportStatus.LOCKED:
        raise NotNow(_("Rapporten är låst."))
    return row, standing
