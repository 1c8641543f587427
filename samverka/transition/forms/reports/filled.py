"""A form that was filled in outside the house: Excel or Word → answers; what is wrong is told where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

import docx
import openpyxl
from docx.opc.exceptions import PackageNotFoundError
from openpyxl.utils.exceptions import InvalidFileException

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.transition.rules.reports.answers import Answer
from samverka.transition.rules.reports.cells import (
    ANSWER,
    CODE,
    LARGEST,
    LINKS,
    SHEET,
    WORDS,
    Cells,
    answer_in,
    plain,
)
from samverka.transition.rules.reports.form import Question

MOST_ROWS = 1000
_UNREADABLE = (
    BadZipFile,
    InvalidFileException,
    PackageNotFoundError,
    KeyError,
    ValueError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one question. `place`: where in the file; `mend`: what may stand there."""

    place: str
    asked: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file held: the good part and the faults. `read`: how many questions were found in it."""

    answers: dict[str, Answer]
    faults: tuple[Fault, ...]
    read: int


def filled(name: str, body: bytes, questions: Iterable[Question]) -> Filled:
    """A file as answers to these questions.

    Raises:
        Invalid: the whole file cannot be used.
    """
    if len(body) > LARGEST:
        raise Invalid(_("Filen är för stor: högst 5 megabyte."), where="file")
    ending = name.rpartition(".")[2].lower()
    readers = {"xlsx": _workbook, "docx": _document}
    if ending not in readers:
        raise Invalid(
            _("Filen ska sluta på .xlsx eller .docx."),
            mend=_("Hämta formuläret under Hämta, fyll i det och läs in samma fil."),
            where="file",
        )
    try:
        cells = readers[ending](body)
    except _UNREADABLE as fault:
        raise Invalid(
            _("Filen går inte att läsa."),
            mend=_("Öppna den, spara den igen som .xlsx eller .docx och försök en gång till."),
            where="file",
        ) from fault
    return _answers(cells, {one.code: one for one in questions})


def _answers(cells: Iterable[Cells], questions: dict[str, Question]) -> Filled:
    answers: dict[str, Answer] = {}
    faults: list[Fault] = []
    read = 0
    for one in cells:
        question = questions.get(one.code)
        if question is None:
            said = _("Frågan %(code)s finns inte i formuläret.", code=one.code)
            faults.append(Fault(one.place, one.code, said, _("Hämta formuläret på nytt.")))
            continue
        read += 1
        if question.code in answers:
            faults.append(Fault(one.place, question.words, _("Frågan finns två gånger."), ""))
            continue
        try:
            answer = answer_in(question, one)
        except Invalid as problem:
            faults.append(Fault(one.place, question.words, problem.message, problem.mend))
            continue
        if not answer.empty:
            answers[question.code] = answer
    if not read:
        raise Invalid(
            _("Filen har inga av formulärets frågor."),
            mend=_("Hämta formuläret under Hämta, fyll i det och läs in samma fil."),
            where="file",
        )
    return Filled(answers, tuple(faults), read)


def _workbook(body: bytes) -> list[Cells]:
    book = openpyxl.load_workbook(BytesIO(body), read_only=True, data_only=True)
    sheet = book[SHEET] if SHEET in book.sheetnames else book[book.sheetnames[0]]
    heads: dict[str, int] = {}
    found = []
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=MOST_ROWS), 1):
        typed = [plain(one).strip() for one in row]
        if not heads:
            if CODE in typed and ANSWER in typed:
                heads = {one: place for place, one in enumerate(typed)}
            continue
        held = {
            one: typed[heads[one]] if one in heads else "" for one in (CODE, ANSWER, WORDS, LINKS)
        }
        if held[CODE]:
            place = str(_("blad %(sheet)s, rad %(row)d", sheet=sheet.title, row=number))
            found.append(Cells(place, held[CODE], held[ANSWER], held[WORDS], held[LINKS]))
    return found


def _document(body: bytes) -> list[Cells]:
    found = []
    for number, table in enumerate(docx.Document(BytesIO(body)).tables, 1):
        held = {row.cells[0].text.strip(): row.cells[-1].text for row in table.rows}
        if code := held.get(CODE, "").strip():
            place = str(_("tabell %(number)d", number=number))
            answer, words, links = (held.get(one, "") for one in (ANSWER, WORDS, LINKS))
            found.append(Cells(place, code, answer, words, links))
    return found
