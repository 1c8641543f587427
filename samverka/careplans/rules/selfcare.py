"""Self-care (egenvård): what licensed staff have judged that the person can do alone or with help. Pure.

Sources: lag (2022:1250) om egenvård 2, 4 and 5 §§; PL (2014:821) 5:2; PSL (2010:659) 4:1. What a judgement
holds (risks, who helps, whom to call, when it is judged anew) is good practice: the detailed rules,
SOSFS 2009:6, ceased at the end of February 2023.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from samverka.kernel.actor import Branch
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

SELF_CARE_LENGTH = 1000
"""Longest text of one part (characters)."""

SELF_CARE_LINE = 200
"""Longest text that stands on one line: what, who helps, whom to call (characters)."""

LONGEST_WAIT_DAYS = 366
"""Self-care is judged anew at least once a year (days); practice, not law."""

LICENSED = (
    "apotekare", "arbetsterapeut", "audionom", "barnmorska", "biomedicinsk analytiker", "dietist",
    "fysioterapeut", "sjukvårdskurator", "kiropraktor", "logoped", "läkare", "naprapat",
    "optiker", "ortopedingenjör", "psykolog", "psykoterapeut", "receptarie", "sjukgymnast",
    "sjukhusfysiker", "sjuksköterska", "tandhygienist", "distriktssköterska", "skolsköterska",
)  # fmt: skip
"""Ends of the licensed professions' names (PSL 4:1), with two that only a licensed nurse can have."""

_HEALTH = frozenset({Branch.HEALTH, Branch.SCHOOL_HEALTH})


@dataclass(frozen=True, slots=True)
class SelfCareFacts:
    """One judgement of self-care, in words that the person understands.

    Attributes:
        what: what is to be done.
        how: how it is done, step by step.
        helper: who helps; empty: the person does it alone (EGV 2 §).
        call_when: when to call.
        whom: whom to call, with a number; empty: the unit, with its own number and hours.
        wish: what the person wants (PL 5:2).
        risks: what could go wrong, and how it was weighed; for staff.
        judged_on: the day of the judgement.
        reassess_on: the last day when it is judged anew.
    """

    what: str
    how: str
    call_when: str
    risks: str
    judged_on: date
    reassess_on: date
    helper: str = ""
    whom: str = ""
    wish: str = ""


PART_WORDS: dict[str, Text] = {
    "what": _("Vad"),
    "how": _("Så gör man"),
    "helper": _("Vem hjälper till"),
    "call_when": _("När man hör av sig"),
    "whom": _("Till vem man hör av sig"),
    "wish": _("Vad personen vill"),
    "risks": _("Risker som har vägts in"),
    "judged_on": _("Bedömt den"),
    "reassess_on": _("Bedöms på nytt senast"),
}
"""Each part of a judgement, as the history names it."""

LACKING: dict[str, Text] = {
    "what": _("Skriv vad personen ska göra, till exempel ”Lägg om såret”."),
    "how": _("Skriv hur det går till, steg för steg."),
    "call_when": _("Skriv när personen ska höra av sig."),
    "risks": _("Skriv vilka risker ni har vägt in. Skriv ”Inga kända” om det är så."),
}
"""What must be there, and the sentence for the one who left it out."""

_LINES = frozenset({"what", "helper", "whom"})


def tidy_self_care(facts: SelfCareFacts) -> SelfCareFacts:
    """The judgement as it is to be stored: each text without space around it.

    Raises:
        Invalid: a text is missing or too long.
    """
    made = {one.name: _tidy(one.name, getattr(facts, one.name)) for one in fields(facts)}
    return SelfCareFacts(**made)  # type: ignore[arg-type]


def _tidy(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    words = value.replace("\r\n", "\n").strip()
    if not words and name in LACKING:
        raise Invalid(LACKING[name], where=name)
    longest = SELF_CARE_LINE if name in _LINES else SELF_CARE_LENGTH
    if len(words) > longest:
        raise Invalid(_("Texten får ha högst %(longest)d tecken.", longest=longest), where=name)
    return words


def check_self_care_days(facts: SelfCareFacts, today: date) -> None:
    """Raise unless the judgement is made, and is made anew within a year from today."""
    if facts.judged_on > today:
        raise Invalid(
            _("Bedömningen kan inte ha gjorts i framtiden. Välj i dag eller tidigare."),
            where="judged_on",
        )
    if facts.reassess_on < today:
        raise Invalid(_("Dagen har redan passerat. Välj en dag framåt."), where="reassess_on")
    if (facts.reassess_on - today).days > LONGEST_WAIT_DAYS:
        raise Invalid(
            _("Egenvård bedöms på nytt minst en gång om året. Välj en närmare dag."),
            where="reassess_on",
        )


# ── who may judge ──


def is_licensed(profession: str) -> bool:
    """Whether the name of the profession is that of a licensed one (PSL 4:1)."""
    return profession.strip().casefold().endswith(LICENSED)


def may_advise(branch: Branch | None, may_edit: bool) -> bool:
    """Whether one of that branch can write self-care down: the judgement is health care (EGV 5 §)."""
    return may_edit and branch in _HEALTH


def check_may_advise(allowed: bool) -> None:
    """Raise unless the reader can write here: said before anybody has typed anything."""
    if not allowed:
        raise NotAllowed(
            _("Egenvård skrivs av den enhet inom hälso- och sjukvården som har gjort bedömningen.")
        )


def check_judge(branch: Branch | None, profession: str) -> None:
    """Raise unless one of that branch and profession can judge self-care (EGV 2 and 4 §§)."""
    if branch not in _HEALTH:
        raise NotAllowed(
            _("Egenvård bedöms av hälso- och sjukvården. Be en enhet där att göra det.")
        )
    if not is_licensed(profession):
        raise Invalid(
            _("Egenvård bedöms av legitimerad personal. Välj den som har gjort bedömningen."),
            where="assignment",
        )


# ── change and end ──


def check_self_care_open(ended: bool) -> None:
    """Raise if the advice does not hold any more."""
    if ended:
        raise NotNow(_("Rådet är avslutat. Skriv ett nytt råd om det behövs igen."))


def changed_parts(before: SelfCareFacts | None, now: SelfCareFacts) -> tuple[str, ...]:
    """Names of the parts that differ; all that is said, for the first."""
    if before is None:
        return tuple(one.name for one in fields(now) if getattr(now, one.name))
    return tuple(
        one.name for one in fields(now) if getattr(before, one.name) != getattr(now, one.name)
    )


# ── as it is stored in the history ──

_DAYS = frozenset({"judged_on", "reassess_on"})


def stored_self_care(facts: SelfCareFacts) -> dict[str, str]:
    """A judgement as the history keeps it."""
    return {one.name: str(getattr(facts, one.name)) for one in fields(facts)}


def self_care_of(kept: dict[str, str]) -> SelfCareFacts:
    """A judgement out of the history."""
    made: dict[str, object] = {
        name: date.fromisoformat(value) if name in _DAYS else value for name, value in kept.items()
    }
    return SelfCareFacts(**made)  # type: ignore[arg-type]


def is_due_anew(reassess_on: date, today: date, *, ended: bool = False) -> bool:
    """Whether the day when it should have been judged anew has passed."""
    return not ended and reassess_on < today
