"""What FHIR clients write → plain values for the operations that own it.

Only what is otherwise than before becomes something here. What is not taken is told by whoever compares
the result with what was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from samverka.access.rules import ConsentForm
from samverka.careplans.fhir.codes import PLAN_TYPE
from samverka.careplans.rules import (
    COMMENT_KIND_WORDS,
    KINDS,
    SECTION_WORDS,
    CommentKind,
    CommentWay,
    GoalStatus,
    PlanKind,
    PlanStatus,
    Section,
)
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.definitions import FOLLOW_UP_DUE
from samverka.resources.rules.receiving import object_of, objects
from samverka.resources.rules.times import full_moment

Resource = Mapping[str, Any]

NOTES = (Section.STRENGTHS, Section.IF_WORSE)
"""Sections that stand as notes, each after its own name and a colon."""


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What a client wants with a plan.

    Attributes:
        status: the status to go to; None to stay.
        words: new notes: comments, or the reason when the plan ends.
        follow_up: another day to follow it up; None to let it be.
    """

    sections: Mapping[Section, str] = field(default_factory=lambda: MappingProxyType({}))
    status: PlanStatus | None = None
    words: tuple[str, ...] = ()
    follow_up: date | None = None


_STATUS = {"active": PlanStatus.ACTIVE, "completed": PlanStatus.ENDED}


def plan_changes(now: Resource, sent: Resource) -> PlanChanges:
    """CarePlan as it is and as it is sent → what is to be done.

    Raises:
        Invalid: a status that a plan cannot go to; `where` is the FHIRPath.
    """
    plain = {Section.TITLE: "title", Section.WHAT_MATTERS: "description"}
    sections = {
        section: str(sent.get(name, ""))
        for section, name in plain.items()
        if sent.get(name) != now.get(name)
    }
    before, after = _notes(now), _notes(sent)
    sections |= {
        one: after[0].get(one, "") for one in NOTES if before[0].get(one) != after[0].get(one)
    }
    status = _status(sent) if sent.get("status") != now.get("status") else None
    due = _follow_up_due(sent)
    follow_up = due if due != _follow_up_due(now) else None
    return PlanChanges(sections, status, tuple(after[1]), follow_up)


def _follow_up_due(resource: Resource) -> date | None:
    for place, one in enumerate(objects(resource.get("extension"))):
        if one.get("url") == FOLLOW_UP_DUE:
            return day(one.get("valueDate"), f"CarePlan.extension[{place}].valueDate")
    return None


def _status(sent: Resource) -> PlanStatus:
    code = str(sent.get("status", ""))
    if code not in _STATUS:
        words = _("En plan fastställs med active och avslutas med completed.")
        raise Invalid(words, where="CarePlan.status")
    return _STATUS[code]


def _notes(resource: Resource) -> tuple[dict[Section, str], list[str]]:
    """The plan's own texts by section, and all other notes: they are new."""
    sections: dict[Section, str] = {}
    words = []
    for place, one in enumerate(objects(resource.get("note"))):
        text = str(one.get("text", ""))
        section = next((key for key in NOTES if text.startswith(f"{SECTION_WORDS[key]}: ")), None)
        if beside := next((name for name in one if name != "text"), None):
            told = _("Vem och när sätts av systemet. Skicka bara text.")
            raise Invalid(told, where=f"CarePlan.note[{place}].{beside}")
        if section is None or section in sections:
            words.append(text)
        else:
            sections[section] = text.removeprefix(f"{SECTION_WORDS[section]}: ")
    return sections, words


def plan_kind(sent: Resource) -> PlanKind:
    """The kind of a new plan, by the national code or by its own name.

    Raises:
        Invalid: the kind is not said.
    """
    named = {str(spec.words): kind for kind, spec in KINDS.items()}
    coded = {spec.national_code: kind for kind, spec in KINDS.items() if spec.national_code}
    for one in objects(sent.get("category")):
        codes = (c.get("code") for c in objects(one.get("coding")) if c.get("system") == PLAN_TYPE)
        found = next((coded[code] for code in codes if code in coded), None)
        if found or (found := named.get(str(one.get("text", "")))):
            return found
    words = _("Säg vilken sorts plan det är, med typeofcareplan-cs eller planens namn.")
    raise Invalid(words, where="CarePlan.category")


# ── goals ──


@dataclass(frozen=True, slots=True)
class GoalChanges:
    """What a client wants with a goal. `status`: how it went; None where that is not touched."""

    words: str
    reach_by: date | None
    rewritten: bool
    status: GoalStatus | None
    outcome: str


_WENT = {
    ("active", "in-progress"): GoalStatus.OPEN,
    ("completed", "achieved"): GoalStatus.REACHED,
    ("completed", "improving"): GoalStatus.PARTLY,
    ("completed", "not-achieved"): GoalStatus.NOT_REACHED,
}
_HOW_IT_WENT = ("lifecycleStatus", "achievementStatus", "note")


def goal_changes(now: Resource, sent: Resource) -> GoalChanges:
    """Goal as it is and as it is sent → what is to be done.

    Raises:
        Invalid: a day or a status that cannot be; `where` is the FHIRPath.
    """
    followed_up = any(now.get(name) != sent.get(name) for name in _HOW_IT_WENT)
    rewritten = any(now.get(name) != sent.get(name) for name in ("description", "target"))
    notes = [str(one.get("text", "")) for one in objects(sent.get("note"))]
    return GoalChanges(
        words=str(object_of(sent.get("description")).get("text", "")),
        reach_by=_due_date(sent),
        rewritten=rewritten,
        status=_went(sent) if followed_up else None,
        outcome="\n".join(notes),
    )


def _due_date(sent: Resource) -> date | None:
    for one in objects(sent.get("target")):
        if value := one.get("dueDate"):
            return day(value, "Goal.target[0].dueDate")
    return None


def _went(sent: Resource) -> GoalStatus:
    lifecycle = str(sent.get("lifecycleStatus", ""))
    if lifecycle == "cancelled":
        return GoalStatus.DROPPED
    codings = objects(object_of(sent.get("achievementStatus")).get("coding"))
    achieved = next((str(one.get("code", "")) for one in codings), "")
    if (lifecycle, achieved) not in _WENT:
        words = _(
            "Säg hur det gick: active med in-progress, completed med achieved, improving eller not-achieved, "
            "eller cancelled."
        )
        raise Invalid(words, where="Goal.achievementStatus")
    return _WENT[lifecycle, achieved]


# ── words about a plan ──


@dataclass(frozen=True, slots=True)
class WordsSent:
    """Words about a plan. `by`: whose they are when staff write them down; "" for the writer's own."""

    plan_id: UUID
    goal_id: UUID | None
    words: str
    kind: CommentKind
    way: CommentWay
    by: str


_WAYS = {
    "ELECTRONIC": CommentWay.OWN,
    "PHONE": CommentWay.PHONE,
    "FACE": CommentWay.MEETING,
    "MAILWRIT": CommentWay.LETTER,
}


def read_communication(sent: Resource) -> WordsSent:
    """Communication → words about a plan.

    Raises:
        Invalid: it is not about a plan that is named, or says nothing; `where` is the FHIRPath.
    """
    kinds = {str(words): kind for kind, words in COMMENT_KIND_WORDS.items()}
    named = (kinds.get(str(one.get("text", ""))) for one in objects(sent.get("category")))
    codings = (c for one in objects(sent.get("medium")) for c in objects(one.get("coding")))
    ways = (_WAYS.get(str(one.get("code", ""))) for one in codings)
    payload = next(objects(sent.get("payload")), {})
    return WordsSent(
        plan_id=pointed_at(sent.get("basedOn"), "CarePlan", "Communication.basedOn"),
        goal_id=pointed_at(sent["about"], "Goal", "Communication.about")
        if "about" in sent
        else None,
        words=str(payload.get("contentString", "")),
        kind=next(filter(None, named), CommentKind.COMMENT),
        way=next(filter(None, ways), CommentWay.OWN),
        by=str(object_of(sent.get("sender")).get("display", "")),
    )


# ── consent ──


@dataclass(frozen=True, slots=True)
class ConsentSent:
    """A consent to a plan, or the question of it.

    Attributes:
        asked: it is only asked for (`proposed`); else it is given.
        by: who has answered.
        units: how the units that are to have the plan are named: (type/id, HSA-id).
    """

    plan_id: UUID
    asked: bool
    by: str
    units: tuple[tuple[str, str], ...]
    covers: str
    not_covered: str
    until: datetime | None
    form: ConsentForm = ConsentForm.ORAL


def read_consent(sent: Resource) -> ConsentSent:
    """Consent to a plan → what to ask, or what was answered. An answer that staff note is an oral one.

    Raises:
        Invalid: no plan, or a status that a new one cannot have; `where` is the FHIRPath.
    """
    status = sent.get("status")
    if status not in ("proposed", "active"):
        words = _("Ett nytt samtycke är proposed, en fråga, eller active, ett ja.")
        raise Invalid(words, where="Consent.status")
    provision = object_of(sent.get("provision"))
    data = [one.get("reference") for one in objects(provision.get("data"))]
    denied = next(objects(provision.get("provision")), {})
    period = object_of(provision.get("period"))
    return ConsentSent(
        plan_id=pointed_at(data, "CarePlan", "Consent.provision.data"),
        asked=status == "proposed",
        by=answered_by(sent),
        units=tuple(named_unit(one.get("reference")) for one in objects(provision.get("actor"))),
        covers=_concept(provision.get("code")),
        not_covered=_concept(denied.get("code")),
        until=full_moment(period.get("end"), "Consent.provision.period.end"),
    )


def answered_by(sent: Resource) -> str:
    """Who has said yes, no, or no longer."""
    return next((str(one.get("display", "")) for one in objects(sent.get("performer"))), "")


# ── what they share ──


def pointed_at(value: object, kind: str, where: str) -> UUID:
    """The id in the first reference to a resource of that type.

    Raises:
        Invalid: there is none.
    """
    for one in objects(value):
        found, _slash, key = str(one.get("reference", "")).partition("/")
        if found == kind:
            try:
                return UUID(key)
            except ValueError:
                break
    raise Invalid(_("Här ska stå en referens: %(kind)s/id.", kind=kind), where=where)


def named_unit(reference: object) -> tuple[str, str]:
    """How a reference names a unit: (id, HSA-id), either may be empty."""
    one = object_of(reference)
    kind, _slash, key = str(one.get("reference", "")).partition("/")
    number = object_of(one.get("identifier"))
    return key if kind == "Organization" else "", str(number.get("value", ""))


def _concept(value: object) -> str:
    return "\n".join(str(one["text"]) for one in objects(value) if one.get("text"))


def day(value: object, where: str) -> date:
    """A whole day.

    Raises:
        Invalid: it is none.
    """
    try:
        return date.fromisoformat(str(value))
    except ValueError as problem:
        raise Invalid(_("Skriv en hel dag: ÅÅÅÅ-MM-DD."), where=where) from problem
