"""The first time at home: five questions, what worries, and who met the person before a readmission. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samverka.discharge.rules.kinds import CaseStatus, Part
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Question(StrEnum):
    """What is asked at home. The codes are stored."""

    FEEL = "feel"
    MEDICINES = "medicines"
    HELP = "help"
    RING = "ring"
    WORSE = "worse"


class Feeling(StrEnum):
    """What the answer comes to."""

    WELL = "well"
    WORRIES = "worries"


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """One question.

    Attributes:
        ask: as it is said to the person.
        well, worries: what the two answers are called on the form.
        words: what a task about it is called.
        owners: parts that take care of what worries, the first of them that takes part; else the one
            who asked.
    """

    ask: Text
    well: Text
    worries: Text
    words: Text
    owners: tuple[Part, ...] = ()


QUESTIONS: Mapping[Question, QuestionSpec] = {
    Question.FEEL: QuestionSpec(
        _("Hur mår du?"), _("Bra, eller som väntat"), _("Inte bra"), _("Mår inte bra hemma"),
        (Part.OPEN_CARE,),
    ),
    Question.MEDICINES: QuestionSpec(
        _("Är det klart hur du ska ta dina mediciner?"), _("Ja"), _("Nej, eller osäkert"),
        _("Osäkert med mediciner"), (Part.MUNICIPAL_HEALTH, Part.OPEN_CARE),
    ),
    Question.HELP: QuestionSpec(
        _("Har hjälpen kommit som ni kom överens om?"), _("Ja, eller ingen hjälp var bestämd"),
        _("Nej, eller inte hel"), _("Hjälpen har inte kommit som det var bestämt"),
        (Part.SOCIAL, Part.MUNICIPAL_HEALTH),
    ),
    Question.RING: QuestionSpec(
        _("Vet du vem du ska ringa om du blir sämre?"), _("Ja"), _("Nej"),
        _("Vet inte vem man ska ringa"), (Part.OPEN_CARE,),
    ),
    Question.WORSE: QuestionSpec(
        _("Är du orolig, eller har något blivit sämre?"), _("Nej"), _("Ja"),
        _("Orolig, eller sämre hemma"), (Part.OPEN_CARE, Part.MUNICIPAL_HEALTH),
    ),
}  # fmt: skip
"""The five questions in one table; practice, not law."""

MOST_TRIES = 2
"""So many tries without reaching the person are noted as "not reached"; practice, not law."""


class Outcome(StrEnum):
    """How the first contact at home went."""

    REACHED = "reached"
    NOT_REACHED = "not-reached"


OUTCOME_WORDS: Mapping[Outcome, Text] = {
    Outcome.REACHED: _("Nådd"),
    Outcome.NOT_REACHED: _("Inte nådd"),
}


def outcome_of(tries: Iterable[bool]) -> Outcome | None:
    """What the tries come to; None while there is one left.

    Args:
        tries: of each, whether the person was reached.
    """
    made = list(tries)
    if any(made):
        return Outcome.REACHED
    return Outcome.NOT_REACHED if len(made) >= MOST_TRIES else None


ASKS = (Part.OPEN_CARE, Part.MUNICIPAL_HEALTH, Part.SOCIAL)
"""Who hears how it goes at home, if no fast vårdkontakt is known: the first that takes part."""


def who_asks(taking: Iterable[tuple[UUID, Part]], having: Set[UUID]) -> UUID | None:
    """The unit that contacts the person at home: the fast vårdkontakt's, whatever its part, before another.

    Args:
        taking: units of the case with their parts, in the order in which they came.
        having: units with a fast vårdkontakt for the person.

    Returns:
        None where nobody but the ward takes part.
    """
    found = [(unit, part) for unit, part in taking if part in ASKS]
    found.sort(key=lambda one: (one[0] not in having, ASKS.index(one[1])))
    return next((unit for unit, _part in found), None)


def contact_due(discharged_at: datetime, limit: timedelta) -> datetime:
    """The last moment of the first contact: elapsed time since the person went home."""
    return discharged_at + limit


def worry_owner(question: Question, parts: Set[Part]) -> Part | None:
    """Which part takes care of what worries; None: the one who asked."""
    return next((one for one in QUESTIONS[question].owners if one in parts), None)


@dataclass(frozen=True, slots=True)
class Told:
    """One answer."""

    question: Question
    feeling: Feeling
    words: str = ""


def check_told(told: Iterable[Told]) -> None:
    """Raises Invalid where a question has no answer, or what worries is not said in words."""
    given = {one.question: one for one in told}
    for question, spec in QUESTIONS.items():
        one = given.get(question)
        if one is None:
            raise Invalid(_("Svar saknas: %(ask)s", ask=spec.ask), where=question.value)
        if one.feeling is Feeling.WORRIES and not one.words:
            raise Invalid(
                _("Skriv vad som oroar."),
                where=f"{question.value}_words",
                mend=_("Den som ska ta hand om det behöver veta."),
            )


def check_may_contact(*, own: bool, status: CaseStatus) -> None:
    """Raise unless it is the own unit that asks, and the person is at home.

    Raises:
        NotAllowed: another unit asks.
        NotNow: the person has not gone home, or the case has ended.
    """
    if not own:
        raise NotAllowed(_("Det är en annan enhet som hör hur det går hemma."))
    if status is not CaseStatus.HOME:
        raise NotNow(_("Personen är inte hemma än, eller så är ärendet avslutat."))


def check_not_reached_yet(outcome: Outcome | None) -> None:
    """Raises NotNow where the person has been reached already."""
    if outcome is Outcome.REACHED:
        raise NotNow(
            _("Personen är redan nådd, och svaren är skrivna."),
            mend=_("Skriv ett meddelande i ärendet om något nytt ska sägas."),
        )


# ── readmission ──


@dataclass(frozen=True, slots=True)
class Span:
    """From one stay's end to the next one's beginning."""

    home_at: datetime
    back_at: datetime


def met_between(span: Span, moments: Iterable[datetime]) -> bool:
    """Whether anyone met, or spoke with, the person between the stays.

    What happens on the day of the new admission is the way in, so it does not count; practice, not law.
    """
    back = local_date(span.back_at)
    return any(span.home_at < one and local_date(one) < back for one in moments)
