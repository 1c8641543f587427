"""Answers in free words to be coded by two, and how the two agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.transition.models import Codebook, Coding, ReportAnswer, ReportRound
from samverka.transition.reads.reports.rounds import round_row
from samverka.transition.reads.reports.rows import (
    check_keeper,
    home_of,
    keeps,
    made_lines,
    round_line,
)
from samverka.transition.reads.reports.values import BookDetail, CodingDetail, TextLine
from samverka.transition.rules.reports.coded import CodedText, pair_of
from samverka.transition.rules.reports.codes import (
    Code,
    Reading,
    codes_of,
    settled,
    shipped_codes,
)
from samverka.transition.rules.reports.form import Form, form_of
from samverka.transition.rules.reports.kappa import agreement_by_code, agreement_in_all
from samverka.transition.rules.reports.kinds import QuestionKind, Recipient
from samverka.transition.rules.reports.steps import HANDED_IN, ReportStatus


def latest_book() -> tuple[int, tuple[Code, ...]]:
    """The latest code book and its number; 0: the one that comes with the house."""
    row = Codebook.objects.order_by("-number").first()
    return (row.number, codes_of(row.codes)) if row else (0, shipped_codes())


def codebook_detail(actor: Actor) -> BookDetail:
    """The code book that is read by, for those who keep rounds.

    Raises:
        NotAllowed: the actor's organisation keeps none.
    """
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        check_keeper(actor)
        this.note_general("Codebook")
        number, codes = latest_book()
        return BookDetail(number, codes, made_lines(Codebook.objects.defer("codes")))


def round_coding(actor: Actor, *, round_id: UUID) -> CodingDetail:
    """The answers in free words of what has been handed in, with the codes of those who have read them."""
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        row = round_row(round_id)
        if not keeps(actor, home_of(actor), row.county):
            raise NotFound(_("Omgången finns inte."))
        this.note_general("Coding", round=str(round_id))
        texts = _texts(row.id, form_of(row.form.definition), actor.id)
        number, codes = latest_book()
        pairs = [
            pair for one in coded_texts(row.id, HANDED_IN, _asked(row)) if (pair := pair_of(one))
        ]
        return CodingDetail(
            round=round_line(row, actor, kept=True),
            book=number,
            codes=codes,
            texts=tuple(texts),
            agreement=agreement_by_code(pairs, [one.code for one in codes]),
            whole=agreement_in_all(pairs),
            may_edit=permits(actor, Action.CODING_EDIT),
        )


def every_code() -> tuple[Code, ...]:
    """Every code of every version, in the words of the latest that has it. One query."""
    found = {one.code: one for one in shipped_codes()}
    for row in Codebook.objects.order_by("number"):
        found |= {one.code: one for one in codes_of(row.codes)}
    return tuple(found.values())


def _asked(row: ReportRound) -> list[str]:
    form = form_of(row.form.definition)
    return [one.code for one in form.questions if one.kind is QuestionKind.TEXT]


def coded_texts(
    round_id: UUID, counted: Iterable[ReportStatus], asked: Iterable[str]
) -> list[CodedText]:
    """The answers in free words of the reports that count, with what each reader saw. Two queries."""
    rows = ReportAnswer.objects.select_related("report").filter(
        report__round_id=round_id,
        report__status__in=sorted(counted),
        question__in=list(asked),
        value__has_key="words",
    )
    read: dict[UUID, dict[Reading, Coding]] = {row.id: {} for row in rows}
    for one in Coding.objects.select_related("codebook").filter(answer__in=list(read)):
        read[one.answer_id][Reading(one.reading)] = one
    return [
        CodedText(
            area=row.report.municipality or row.report.county,
            recipient=Recipient(row.report.recipient),
            read={reading: frozenset(one.codes) for reading, one in read[row.id].items()},
            offered=_offered(read[row.id]),
        )
        for row in rows
    ]


def _offered(read: Mapping[Reading, Coding]) -> frozenset[str]:
    """The codes that both readers had before their eyes."""
    books = [
        frozenset(code["code"] for code in read[one].codebook.codes)
        for one in (Reading.FIRST, Reading.SECOND)
        if one in read
    ]
    return books[0].intersection(*books) if books else frozenset()


def _texts(round_id: UUID, form: Form, reader: UUID) -> list[TextLine]:
    asked = {one.code: one for one in form.questions if one.kind is QuestionKind.TEXT}
    found = (
        ReportAnswer.objects.select_related("report")
        .filter(
            report__round_id=round_id,
            report__status__in=sorted(HANDED_IN),
            question__in=asked,
            value__has_key="words",
        )
        .order_by("question", "report__name")
    )
    rows = list(found)
    codings: dict[UUID, list[Coding]] = {}
    for one in Coding.objects.filter(answer__in=[row.id for row in rows]):
        codings.setdefault(one.answer_id, []).append(one)
    lines = []
    for row in rows:
        read = _read(codings.get(row.id, ()))
        shown = read if _open(read) else {}
        mine = next(
            (
                frozenset(one.codes)
                for one in codings.get(row.id, ())
                if one.coder_id == reader and one.reading != Reading.RESOLVED
            ),
            None,
        )
        lines.append(
            TextLine(
                answer_id=row.id,
                report=row.report.name,
                question=asked[row.question],
                words=row.value["words"],
                readers={Reading(one.reading): one.coder for one in codings.get(row.id, ())},
                read=shown,
                mine=mine,
                settled=settled(read),
            )
        )
    return lines


def _read(codings: Iterable[Coding]) -> Mapping[Reading, frozenset[str]]:
    return {Reading(one.reading): frozenset(one.codes) for one in codings}


def _open(read: Mapping[Reading, frozenset[str]]) -> bool:
    """Each reads alone: what the first saw is told only when the second has read too."""
    return {Reading.FIRST, Reading.SECOND} <= read.keys()
