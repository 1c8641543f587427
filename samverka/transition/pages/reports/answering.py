"""One report on one page: answered area by area, saved while one writes, stepped along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.kernel.problems import NotFound
from samverka.kernel.text import text
from samverka.transition.forms.reports.answers import AreaForm
from samverka.transition.forms.reports.rounds import ReasonForm
from samverka.transition.operations import reports as operations
from samverka.transition.pages.reports.rounds import TONES, WORDS
from samverka.transition.reads import reports as reads
from samverka.transition.reads.reports import AreaPart, QuestionLine, ReportDetail
from samverka.transition.rules.reports.answers import Answer, said
from samverka.transition.rules.reports.comparing import CHANGE_WORDS, Change
from samverka.transition.rules.reports.form import Question
from samverka.transition.rules.reports.steps import StepName
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

STEP_ICONS = {
    StepName.BEGIN: "pencil",
    StepName.SEND: "send",
    StepName.BACK: "undo-2",
    StepName.SIGN: "file-check",
    StepName.WITHDRAW: "undo-2",
    StepName.LOCK: "lock",
    StepName.REOPEN: "lock-open",
    StepName.RECEIVE: "lock",
}


def lines_of(question: Question, answer: Answer | None) -> tuple[str, ...]:
    """An answer in words, in the reader's language."""
    return said(question, answer, translated) if answer else ()


def told(line: QuestionLine) -> dict[str, Any]:
    """A question as the page shows it."""
    return {
        "line": line,
        "said": lines_of(line.question, line.answer),
        "before": lines_of(line.question, line.before),
        "others": [
            (f"{line.question.code}:{number}", one, lines_of(line.question, one.answer))
            for number, one in enumerate(line.others)
        ],
    }


@require_http_methods(GET_POST)
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report, whole: to answer, or to read."""
    return _shown(request, reads.report_detail(actor_of(request), report_id=report_id))


def _shown(
    request: HttpRequest,
    found: ReportDetail,
    bound: Mapping[str, AreaForm] | None = None,
    reason: ReasonForm | None = None,
) -> HttpResponse:
    forms = dict(bound or {})
    areas = [
        {
            "part": part,
            "rows": [
                {"row": row, **told(row.line)}
                for row in (forms.get(part.code) or AreaForm(part=part)).rows()
            ],
        }
        for part in found.areas
    ]
    steps = [
        {"step": one, "icon": STEP_ICONS[one.name], "outside": one.name is StepName.RECEIVE}
        for one in found.steps
        if one.name is not StepName.BEGIN
    ]
    context = {
        "found": found,
        "areas": areas,
        "steps": steps,
        "reason": reason or ReasonForm(),
        "waiting": any(one.others for one in found.questions),
        "tones": TONES,
        **WORDS,
    }
    status = max(
        status_of(reason) if reason else 200,
        422 if any(form.errors for form in forms.values()) else 200,
    )
    return page(request, "transition/report.html", context, status=status)


@require_POST
def area(request: HttpRequest, report_id: UUID, area_code: str) -> HttpResponse:
    """Save an area. With the page's script it is done while one writes; without, by its button."""
    actor = actor_of(request)
    found = reads.report_detail(actor, report_id=report_id)
    form = AreaForm(request.POST, part=_part(found, area_code))
    parsed = form.parsed()
    found = operations.save_answers(
        actor, report_id=report_id, answers=parsed.answers, versions=parsed.versions
    )
    place = _pressed(request, found) or f"omrade-{area_code}"
    if request.headers.get("HX-Request") == "true":
        return _saved(request, found, form)
    if form.errors:
        return _shown(request, found, {area_code: form})
    return redirect(f"{reverse('transition:report', args=[report_id])}#{place}")


def _part(found: ReportDetail, code: str) -> AreaPart:
    part = next((one for one in found.areas if one.code == code), None)
    if part is None:
        raise NotFound(text("Området finns inte i rapporten."))
    return part


def _saved(request: HttpRequest, found: ReportDetail, form: AreaForm) -> HttpResponse:
    """What the page needs to know after it has saved by itself; what one is writing is left alone."""
    part = _part(found, form.part.code)
    fresh = {row.line.question.code: row for row in AreaForm(part=part).rows()}
    faults = {row.line.question.code: row.faults for row in form.rows()}
    rows = [{"row": row, "faults": faults[code], **told(row.line)} for code, row in fresh.items()]
    context = {"found": found, "part": part, "rows": rows, "wrong": any(faults.values())}
    return page(request, "transition/report_saved.html", context)


def _pressed(request: HttpRequest, found: ReportDetail) -> str:
    """Do what a button beside a question asks for; the place on the page to come back to."""
    actor, given = actor_of(request), request.POST
    if code := given.get("galler", ""):
        version = next((one.version for one in found.questions if one.question.code == code), 0)
        operations.keep_last(actor, report_id=found.id, question=code, version=version)
        return f"fraga-{code}"
    for name, take in (("ta", True), ("kasta", False)):
        code, _colon, number = given.get(name, "").partition(":")
        if code and number.isdecimal():
            operations.choose_text(
                actor, report_id=found.id, question=code, number=int(number), take=take
            )
            return f"fraga-{code}"
    return ""


@require_POST
def comment(request: HttpRequest, report_id: UUID, question: str) -> HttpResponse:
    """A word to colleagues about a question."""
    words = request.POST.get("words", "")
    operations.comment_question(
        actor_of(request), report_id=report_id, question=question, words=words
    )
    return redirect(f"{reverse('transition:report', args=[report_id])}#fraga-{question}")


@require_POST
def comment_handled(request: HttpRequest, report_id: UUID, comment_id: UUID) -> HttpResponse:
    """A comment has been dealt with."""
    operations.handle_comment(actor_of(request), report_id=report_id, comment_id=comment_id)
    return redirect("transition:report", report_id=report_id)


@require_POST
def step(request: HttpRequest, report_id: UUID, step_name: str) -> HttpResponse:
    """Take the report one step."""
    actor = actor_of(request)
    if step_name not in set(StepName):
        raise NotFound(text("Steget finns inte."))
    wanted = StepName(step_name)
    form = ReasonForm(request.POST)
    form.is_valid()
    done = tried(
        form,
        lambda: operations.take_step(
            actor, report_id=report_id, step=wanted, reason=form.cleaned_data.get("reason", "")
        ),
    )
    if done is None:
        return _shown(request, reads.report_detail(actor, report_id=report_id), reason=form)
    toast(request, _DONE[wanted]())
    return redirect("transition:report", report_id=report_id)


_DONE = {
    StepName.BEGIN: lambda: _("Ni kan börja svara."),
    StepName.SEND: lambda: _("Rapporten granskas nu. Er chef kan underteckna den."),
    StepName.BACK: lambda: _("Rapporten kan ändras igen."),
    StepName.SIGN: lambda: _("Rapporten är undertecknad och talen är frysta."),
    StepName.WITHDRAW: lambda: _("Underskriften är tillbakadragen."),
    StepName.LOCK: lambda: _("Rapporten är mottagen och låst."),
    StepName.REOPEN: lambda: _("Rapporten är öppen igen."),
    StepName.RECEIVE: lambda: _("Rapporten är mottagen och låst."),
}


@require_safe
def compare(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What has changed since the round before."""
    found = reads.compared_detail(actor_of(request), report_id=report_id)
    lines = [
        {
            "question": one.question,
            "before": lines_of(one.question, one.before),
            "now": lines_of(one.question, one.now),
            "change": one.change,
        }
        for one in found.lines
        if one.change is not Change.SAME
    ]
    context = {
        "found": found,
        "lines": lines,
        "same": len(found.lines) - len(lines),
        "change_words": CHANGE_WORDS,
    }
    return page(request, "transition/report_compare.html", context)
