"""What reads of status reports give: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samverka.kernel.actor import Side
from samverka.kernel.text import Text
from samverka.transition.rules.reports.answers import Answer
from samverka.transition.rules.reports.coded import Coded
from samverka.transition.rules.reports.codes import Code, Reading
from samverka.transition.rules.reports.comparing import Compared
from samverka.transition.rules.reports.figures import Told
from samverka.transition.rules.reports.form import Form, Question
from samverka.transition.rules.reports.kappa import Agreement
from samverka.transition.rules.reports.kinds import Recipient
from samverka.transition.rules.reports.rounds import RoundState
from samverka.transition.rules.reports.steps import ReportStatus, Step
from samverka.transition.rules.reports.summary import Summary


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list. `kept`: the reader's organisation keeps it."""

    id: UUID
    county: str
    year: int
    title: str
    agreement: str
    opens: date
    due: date
    closes: date
    state: RoundState
    form_number: int
    previous_id: UUID | None
    published_at: datetime | None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in a list.

    Attributes:
        answered, of: questions.
        late: the last day has passed without a signature.
        own: the reader's organisation reports it.
        may_open: the reader may read what it says.
        reminded: the last day when those whose turn it is were reminded.
    """

    id: UUID
    name: str
    recipient: Recipient
    area: str
    status: ReportStatus
    answered: int
    of: int
    late: bool
    own: bool
    may_open: bool
    outside: bool
    signed_by: str
    signed_at: datetime | None
    reminded: date | None = None


@dataclass(frozen=True, slots=True)
class RoundDetail:
    """A round with its reports. `may_edit`: the reader may open, publish and lock."""

    round: RoundLine
    form: Form
    reports: tuple[ReportLine, ...]
    may_edit: bool

    @property
    def handed_in(self) -> int:
        """How many have signed."""
        return sum(one.signed_at is not None for one in self.reports)


@dataclass(frozen=True, slots=True)
class ReportHome:
    """Where one begins: the own reports of open rounds, and every round."""

    own: tuple[tuple[RoundLine, ReportLine], ...]
    rounds: tuple[RoundLine, ...]
    may_make: bool


@dataclass(frozen=True, slots=True)
class MadeLine:
    """A version of the form or of the code book: when it was made, by whom and why."""

    number: int
    why: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class FormDetail:
    """The latest form and the versions that have been; number 0: the one that comes with the house."""

    number: int
    form: Form
    versions: tuple[MadeLine, ...]


@dataclass(frozen=True, slots=True)
class BookDetail:
    """The latest code book and the versions that have been; number 0: the one that comes with the house."""

    number: int
    codes: tuple[Code, ...]
    versions: tuple[MadeLine, ...]


@dataclass(frozen=True, slots=True)
class ReportDuty:
    """What waits for an organisation: a report of its own, or a round that it keeps (no `report_id`)."""

    round_id: UUID
    report_id: UUID | None
    about: str
    verb: Text
    owner: str
    side: Side
    due: date
    late: bool


@dataclass(frozen=True, slots=True)
class ReportLetter:
    """A letter to one of the staff: which reports wait for the own organisation. Nothing about a person."""

    mailing_id: UUID
    receiver: str
    language: str
    waits: tuple[tuple[str, Text, date], ...]


@dataclass(frozen=True, slots=True)
class OtherText:
    """A text that met another's. `source`: the file it came from; empty if typed."""

    answer: Answer
    by: str
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A word to colleagues."""

    id: UUID
    words: str
    by: str
    at: datetime
    handled_by: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of a report with all that stands beside it.

    Attributes:
        version: of the answer; 0: nothing is kept yet.
        before: the answer of the round before; None: it was not asked, or not answered.
        figure, figure_before: of the question's measure, now and when the last report was signed.
        moved: the figure has moved by more than chance since then.
    """

    question: Question
    answer: Answer
    version: int
    changed_by: str
    changed_at: datetime | None
    answered: bool
    before: Answer | None
    figure: Told | None
    figure_before: Told | None
    moved: bool
    comments: tuple[CommentLine, ...]
    others: tuple[OtherText, ...]


@dataclass(frozen=True, slots=True)
class AreaPart:
    """The questions of one area."""

    code: str
    heading: str
    questions: tuple[QuestionLine, ...]

    @property
    def answered(self) -> int:
        """How many are answered."""
        return sum(one.answered for one in self.questions)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A step that was taken."""

    number: int
    step: str
    status: ReportStatus
    reason: str
    at: datetime
    by: str
    seal: str


@dataclass(frozen=True, slots=True)
class ReportDetail:
    """One report, whole.

    Attributes:
        missing: what must be answered before it can be sent to review.
        steps: those that the reader may take now.
        seal: of what was signed; empty until then.
        holds: what is kept still has that seal.
        snapshot: the facts that its figures stand on.
    """

    id: UUID
    round: RoundLine
    name: str
    recipient: Recipient
    status: ReportStatus
    areas: tuple[AreaPart, ...]
    missing: tuple[Question, ...]
    may_write: bool
    own: bool
    outside: bool
    late: bool
    steps: tuple[Step, ...]
    versions: tuple[VersionLine, ...]
    seal: str
    holds: bool
    signed_by: str
    signed_as: str
    signed_at: datetime | None
    snapshot: str

    @property
    def questions(self) -> tuple[QuestionLine, ...]:
        """Every question, in order."""
        return tuple(one for area in self.areas for one in area.questions)

    @property
    def answered(self) -> int:
        """How many are answered."""
        return sum(area.answered for area in self.areas)

    @property
    def of(self) -> int:
        """How many are asked."""
        return sum(len(area.questions) for area in self.areas)


@dataclass(frozen=True, slots=True)
class ComparedDetail:
    """A report beside the one before."""

    report: ReportDetail
    before_year: int | None
    lines: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class SummaryDetail:
    """A round's summary: regions, municipalities; the reports that anyone may read; the free words, coded."""

    round: RoundLine
    before: RoundLine | None
    regions: Summary
    municipalities: Summary
    reports: tuple[ReportLine, ...]
    coded: Mapping[Recipient, Coded]


@dataclass(frozen=True, slots=True)
class TextLine:
    """An answer in free words, to be coded.

    Attributes:
        read: reading → codes; another's reading is told only when both are there.
        mine: the reader's own codes, if any.
        settled: the codes that hold; None while they differ or one is missing.
    """

    answer_id: UUID
    report: str
    question: Question
    words: str
    readers: Mapping[Reading, str]
    read: Mapping[Reading, frozenset[str]]
    mine: frozenset[str] | None
    settled: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class CodingDetail:
    """The texts of a round, the code book and how the two readers agree."""

    round: RoundLine
    book: int
    codes: tuple[Code, ...]
    texts: tuple[TextLine, ...]
    agreement: Mapping[str, Agreement]
    whole: Agreement
    may_edit: bool
