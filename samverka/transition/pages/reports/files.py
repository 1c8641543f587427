"""Reports and summaries as files; and a filled form read in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from uuid import UUID

import docx
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound, NotNow
from samverka.kernel.text import text
from samverka.transition.forms.reports.filled import Filled, filled
from samverka.transition.forms.reports.rounds import UploadForm
from samverka.transition.operations import reports as operations
from samverka.transition.pages.reports.answering import lines_of
from samverka.transition.pages.reports.showing import coded_rows, coded_words, moves, sentence
from samverka.transition.reads import reports as reads
from samverka.transition.reads.reports import ReportDetail, SummaryDetail
from samverka.transition.rules.reports.cells import (
    ANSWER,
    ASKED,
    CODE,
    HEAD,
    HOW,
    LINKS,
    SHEET,
    WORDS,
    cells_of,
    how_to,
)
from samverka.transition.rules.reports.kinds import (
    FINDING_WORDS,
    REACH_WORDS,
    RECIPIENT_WORDS,
    RESPONSIBLE_WORDS,
    Responsible,
)
from samverka.transition.rules.reports.summary import Summary
from samverka.web.door import actor_of, public, translated
from samverka.web.page import page
from samverka.web.paper import Card, Entry, Group, Section, Table, as_pdf, is_large
from samverka.web.paper import Sheet as Paper
from samverka.web.sheets import WORKBOOK, Rows, Sheet, sent, sent_table, workbook_of
from samverka.web.trying import GET_POST, status_of, tried

DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


# ── one report ──


@require_safe
def report_file(request: HttpRequest, report_id: UUID, file_kind: str) -> HttpResponse:
    """A report as a file. What is not answered is empty: the same file can be filled in and read back."""
    actor = actor_of(request)
    found = reads.report_detail(actor, report_id=report_id)
    name = f"nulagesrapport-{found.round.year}-{_plain(found.name)}"
    if file_kind == "xlsx":
        widths = (22, 28, 60, 40, 40, 30, 60)
        body = workbook_of([Sheet(SHEET, _rows(found), True, widths)])
        return sent(body, WORKBOOK, f"{name}.xlsx")
    if file_kind == "docx":
        return sent(_document(found), DOCUMENT, f"{name}.docx")
    if file_kind == "pdf":
        return as_pdf(_paper(found), on=local_date(actor.at), large=is_large(request), name=name)
    raise NotFound(text("Det finns ingen sådan fil."))


def _plain(name: str) -> str:
    swap = str.maketrans("åäö ", "aao-")
    return "".join(one for one in name.lower().translate(swap) if one.isalnum() or one == "-")


def _rows(found: ReportDetail) -> Rows:
    rows: Rows = [list(HEAD)]
    for part in found.areas:
        for line in part.questions:
            answer, words, links = cells_of(line.question, line.answer)
            rows.append(
                [line.question.code, part.heading, line.question.words, answer, words, links,
                 how_to(line.question)]
            )  # fmt: skip
    return rows


def _document(found: ReportDetail) -> bytes:
    made = docx.Document()
    made.core_properties.title = f"{found.name} {found.round.year}"
    made.add_heading(found.name, level=0)
    made.add_paragraph(f"{found.round.title} {found.round.year}")
    for part in found.areas:
        made.add_heading(part.heading, level=1)
        for line in part.questions:
            answer, words, links = cells_of(line.question, line.answer)
            pairs = (
                (CODE, line.question.code),
                (ASKED, line.question.words),
                (HOW, how_to(line.question)),
                (ANSWER, answer),
                (WORDS, words),
                (LINKS, links),
            )
            table = made.add_table(rows=0, cols=2, style="Table Grid")
            for head, held in pairs:
                row = table.add_row()
                row.cells[0].text, row.cells[1].text = head, held
            made.add_paragraph()
    body = BytesIO()
    made.save(body)
    return body.getvalue()


def _paper(found: ReportDetail) -> Paper:
    sections = []
    for part in found.areas:
        entries = []
        for line in part.questions:
            lines = list(lines_of(line.question, line.answer)) or [_("Inte besvarad")]
            if line.figure and line.figure.value:
                lines.insert(0, f"{line.figure.words} ({line.figure.period})")
            entries.append(Entry(line.question.words, [*lines, *line.answer.links]))
        sections.append(Section(part.heading, groups=[Group(entries)]))
    signed = [_("Sigill: %(seal)s") % {"seal": found.seal}] if found.seal else []
    card = Card(
        _("Underskrift"),
        _("Undertecknad av %(who)s.") % {"who": found.signed_by}
        if found.signed_by
        else _("Inte undertecknad."),
        signed,
    )
    title = f"{found.name} {found.round.year}"
    return Paper(title, found.name, f"{found.round.title} {found.round.year}", card, sections)


@require_http_methods(GET_POST)
def read_in(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Read in a filled form. The good part goes in; what met another text is shown beside it."""
    actor = actor_of(request)
    found = reads.report_detail(actor, report_id=report_id)
    if not found.may_write:
        raise NotNow(text("Rapporten är inte öppen för svar."))
    form = UploadForm(request.POST or None, request.FILES or None)
    result: Filled | None = None
    clashes = taken = 0
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        asked = [one.question for one in found.questions]
        result = tried(form, lambda: filled(file.name, file.read(), asked))
        if result is not None:
            before = {one.question.code: one for one in found.questions}
            found = operations.save_answers(
                actor, report_id=report_id, answers=result.answers, versions={}, source=file.name
            )
            after = {one.question.code: one for one in found.questions}
            taken = sum(after[code].version > before[code].version for code in result.answers)
            clashes = sum(
                len(after[code].others) > len(before[code].others) for code in result.answers
            )
    context = {
        "found": found,
        "form": form,
        "result": result,
        "taken": taken,
        "clashes": clashes,
        "same": len(result.answers) - taken - clashes if result else 0,
    }
    return page(request, "transition/report_import.html", context, status=status_of(form))


# ── the summary ──


@require_safe
def summary_file(request: HttpRequest, round_id: UUID, file_kind: str) -> HttpResponse:
    """A round's summary as a file, for staff."""
    actor = actor_of(request)
    found = reads.round_summary(actor, round_id=round_id)
    return _summary_file(request, found, file_kind, local_date(actor.at))


@public
@require_safe
def public_file(request: HttpRequest, round_id: UUID, file_kind: str) -> HttpResponse:
    """A published round's summary as a file; for anyone."""
    found = reads.published_summary(round_id)
    on = found.round.published_at
    return _summary_file(request, found, file_kind, local_date(on) if on else found.round.closes)


def _summary_file(request: HttpRequest, found: SummaryDetail, kind: str, on: date) -> HttpResponse:
    name = f"nulage-{found.round.year}"
    rows = _summary_rows(found)
    if kind == "csv":
        return sent_table(rows, f"{name}.csv")
    if kind == "xlsx":
        body = workbook_of([Sheet(_("Sammanfattning"), rows, True, (18, 26, 50, 22, 10))])
        return sent(body, WORKBOOK, f"{name}.xlsx")
    if kind == "docx":
        return sent(_summary_document(found), DOCUMENT, f"{name}.docx")
    if kind == "pdf":
        return as_pdf(_summary_paper(found), on=on, large=is_large(request), name=name)
    raise NotFound(text("Det finns ingen sådan fil."))


def _parts(found: SummaryDetail) -> Sequence[Summary]:
    return [one for one in (found.regions, found.municipalities) if one.of]


def _summary_rows(found: SummaryDetail) -> Rows:
    rows: Rows = [[_("Vem"), _("Del"), _("Vad"), _("Svar"), _("Antal")]]
    for one in _parts(found):
        who = translated(RECIPIENT_WORDS[one.recipient])
        lines = [*_finding_rows(one), *_reach_rows(one), *_sign_rows(one), *_factors_rows(one),
                 *_coded_rows(found, one)]  # fmt: skip
        rows += [[who, *line] for line in lines]
    return rows


def _finding_rows(one: Summary) -> Rows:
    words = (_("Ja"), _("Delvis"), _("Nej"), _("Inget svar"))
    return [
        [_("Iakttagelse"), translated(FINDING_WORDS[each.finding]), word, count]
        for each in one.findings
        for word, count in zip(words, (each.yes, each.partly, each.no, each.silent), strict=True)
    ]


def _reach_rows(one: Summary) -> Rows:
    return [
        [_("Hur långt"), reach.question.words, translated(REACH_WORDS[level]), count]
        for reach in one.reaches
        for level, count in reach.by.items()
    ]


def _sign_rows(one: Summary) -> Rows:
    return [[_("Tecken"), sign.name, "", sign.count] for sign in one.signs]


def _factors_rows(one: Summary) -> Rows:
    return [
        [head, factor.name, translated(RESPONSIBLE_WORDS[who]), count]
        for head, factors in ((_("Har hjälpt"), one.successes), (_("Hindrar"), one.obstacles))
        for factor in factors
        for who, count in factor.by.items()
    ]


def _coded_rows(found: SummaryDetail, one: Summary) -> Rows:
    return [
        [_("Med egna ord"), name, topic, count]
        for topic, name, count in coded_rows(found.coded[one.recipient])
    ]


def _told(found: SummaryDetail, one: Summary) -> list[tuple[str, list[str]]]:
    """The findings as heading and sentences."""
    year = found.before.year if found.before else None
    regions = one.recipient == "region"
    findings = [
        (
            translated(FINDING_WORDS[each.finding]),
            [line for line in (sentence(each, regions=regions), moves(each, year)) if line],
        )
        for each in one.findings
    ]
    return [*findings, *_told_freely(found, one)]


def _told_freely(found: SummaryDetail, one: Summary) -> list[tuple[str, list[str]]]:
    """What is named in free words, once two have read it."""
    words = coded_words(found.coded[one.recipient])
    named = [
        _("%(what)s: %(n)d av %(of)d") % {"what": name, "n": count, "of": one.of}
        for _topic, name, count in coded_rows(found.coded[one.recipient])
    ]
    return [(_("Med egna ord"), [*words, *named])] if words else []


def _factor_rows(one: Summary) -> list[list[str]]:
    return [
        [factor.name, str(factor.count), *(str(factor.by[who]) for who in Responsible)]
        for factor in (*one.successes, *one.obstacles)
        if factor.count
    ]


def _factor_head() -> list[str]:
    return [_("Vad"), _("Nämns av"), *(translated(RESPONSIBLE_WORDS[one]) for one in Responsible)]


def _heading(one: Summary) -> str:
    return _("Regionerna") if one.recipient == "region" else _("Kommunerna")


def _summary_document(found: SummaryDetail) -> bytes:
    made = docx.Document()
    made.add_heading(f"{found.round.title} {found.round.year}", level=0)
    for one in _parts(found):
        made.add_heading(_heading(one), level=1)
        for title, lines in _told(found, one):
            made.add_heading(title, level=2)
            for line in lines:
                made.add_paragraph(line)
        rows = [_factor_head(), *_factor_rows(one)]
        table = made.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for held in rows:
            for cell, said in zip(table.add_row().cells, held, strict=True):
                cell.text = said
    body = BytesIO()
    made.save(body)
    return body.getvalue()


def _summary_paper(found: SummaryDetail) -> Paper:
    sections = []
    for one in _parts(found):
        entries = [Entry(title, lines) for title, lines in _told(found, one)]
        table = Table(_factor_head(), rows, [4, 2, 2, 2, 2, 2]) if (rows := _factor_rows(one)) else None  # fmt: skip
        sections.append(Section(_heading(one), groups=[Group(entries)], table=table))
    title = f"{found.round.title} {found.round.year}"
    told = [
        _("%(done)d av %(of)d har lämnat sin rapport.") % {"done": one.handed_in, "of": one.of}
        for one in _parts(found)
    ]
    card = Card(_("Underlag"), told[0] if told else "", told[1:])
    return Paper(title, title, found.round.agreement, card, sections)
