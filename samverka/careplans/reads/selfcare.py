"""Gated fetches of advice on self-care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Prefetch, QuerySet, Value
from django.db.models.functions import JSONObject

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans import rules
from samverka.careplans.models import SelfCare, SelfCareVersion
from samverka.careplans.rules import SelfCareFacts
from samverka.kernel.actor import Actor, Side
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound
from samverka.kernel.text import Text
from samverka.organisations.reads import AssignmentDetail, list_unit_staff
from samverka.organisations.rules import SIDE_OF, OrganisationKind
from samverka.people.reads import PersonLine, person_line, person_lines


@dataclass(frozen=True, slots=True)
class SelfCareDetail:
    """One advice as it is now.

    Attributes:
        unit: the unit of the one who judged, with how to reach it.
        overdue: the day when it should have been judged anew has passed.
        may_change: the reader's unit can change or end it.
    """

    id: UUID
    person_id: UUID
    facts: SelfCareFacts
    judged_by: str
    profession: str
    unit_id: UUID
    unit: str
    side: Side
    phone: str
    phone_hours: str
    version: int
    overdue: bool
    ended_at: datetime | None
    ended_by: str
    end_reason: str
    may_change: bool

    @property
    def call_unit(self) -> bool:
        """The unit itself is whom to call."""
        return not self.facts.whom


@dataclass(frozen=True, slots=True)
class SelfCareWording:
    """One wording in the history. `parts`: what was new, in words with its text."""

    number: int
    at: datetime
    by: str
    judged_by: str
    profession: str
    why: str
    parts: tuple[tuple[Text, str | date], ...]


@dataclass(frozen=True, slots=True)
class SelfCarePage:
    """One advice with its person and all its wordings, the newest first."""

    advice: SelfCareDetail
    person: PersonLine
    wordings: tuple[SelfCareWording, ...]


@dataclass(frozen=True, slots=True)
class PersonSelfCare:
    """All advice on self-care to one person that the reader may see, and who can judge at the own unit."""

    person: PersonLine
    current: tuple[SelfCareDetail, ...]
    ended: tuple[SelfCareDetail, ...]
    may_advise: bool


def person_self_care(actor: Actor, *, person_id: UUID) -> PersonSelfCare:
    """The person's advice on self-care: what holds now, the soonest to judge anew first, and what did."""
    with act(actor, Action.SELF_CARE_READ) as this:
        person = person_lines(this, {person_id}).get(person_id)
        if person is None:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        rows = this.rows(_with_unit().filter(person_id=person_id), order=("reassess_on", "id"))
        this.note_person(person_id, "SelfCare", shown=len(rows))
        found = [self_care_detail(row, actor) for row in rows]
        return PersonSelfCare(
            person=person,
            current=tuple(one for one in found if one.ended_at is None),
            ended=tuple(one for one in found if one.ended_at is not None),
            may_advise=may_advise(actor),
        )


def may_advise(actor: Actor) -> bool:
    """Whether the reader can write down advice on self-care."""
    return rules.may_advise(actor.branch, actor.is_staff and permits(actor, Action.SELF_CARE_EDIT))


def self_care(actor: Actor, *, advice_id: UUID) -> SelfCarePage:
    """One advice on self-care with its history."""
    with act(actor, Action.SELF_CARE_READ) as this:
        wordings = Prefetch("versions", SelfCareVersion.objects.order_by("number"))
        found = _with_unit().select_related("person").prefetch_related(wordings)
        row: SelfCare = this.row(found, id=advice_id)
        this.note(row)
        return SelfCarePage(
            advice=self_care_detail(row, actor),
            person=person_line(row.person, actor, this.decide(row)),
            wordings=_wordings(row),
        )


def judges(actor: Actor) -> list[AssignmentDetail]:
    """Those at the own unit who can judge self-care."""
    staff = list_unit_staff(actor, unit_id=actor.unit_id) if actor.unit_id else []
    return [one for one in staff if rules.is_licensed(one.profession)]


def _with_unit() -> QuerySet[Any]:
    found: QuerySet[Any] = SelfCare.objects.select_related("unit__provider__organisation")
    return found


def _wordings(row: Any) -> tuple[SelfCareWording, ...]:
    made = []
    before: SelfCareFacts | None = None
    for one in row.versions.all():
        now = rules.self_care_of(one.content)
        parts = tuple(
            (rules.PART_WORDS[name], getattr(now, name))
            for name in rules.changed_parts(before, now)
        )
        made.append(
            SelfCareWording(
                one.number, one.at, one.by, one.judged_by, one.profession, one.why, parts
            )
        )
        before = now
    return tuple(reversed(made))


def facts_of(row: SelfCare) -> SelfCareFacts:
    """Row → the judgement."""
    return SelfCareFacts(**{name: getattr(row, name) for name in rules.PART_WORDS})


def self_care_detail(row: Any, actor: Actor) -> SelfCareDetail:
    """Row → plain value."""
    ended = row.ended_at is not None
    return SelfCareDetail(
        id=row.id,
        person_id=row.person_id,
        facts=facts_of(row),
        judged_by=row.judged_by,
        profession=row.profession,
        unit_id=row.unit_id,
        unit=row.unit.name,
        side=SIDE_OF[OrganisationKind(row.unit.provider.organisation.kind)],
        phone=row.unit.phone,
        phone_hours=row.unit.phone_hours,
        version=row.version,
        overdue=rules.is_due_anew(row.reassess_on, local_date(actor.at), ended=ended),
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        end_reason=row.end_reason,
        may_change=not ended and row.unit_id == actor.unit_id and may_advise(actor),
    )


# ── for the person's page, which asks once for all that lies ahead ──


def self_care_parts() -> QuerySet[Any]:
    """Advice that holds, as one part of the page's question: `self_care_part` reads it."""
    found: QuerySet[Any] = SelfCare.objects.filter(ended_at__isnull=True).annotate(
        table=Value("self-care", output_field=CharField()),
        part=JSONObject(
            id="id",
            person_id="person_id",
            judged_by="judged_by",
            profession="profession",
            unit_id="unit_id",
            unit="unit__name",
            side="unit__provider__organisation__kind",
            phone="unit__phone",
            phone_hours="unit__phone_hours",
            version="version",
            facts=JSONObject(**{name: name for name in rules.PART_WORDS}),
        ),
    )
    return found


def self_care_part(part: dict[str, Any], actor: Actor) -> SelfCareDetail:
    """JSON → plain value."""
    facts = rules.self_care_of(part["facts"])
    unit_id = UUID(part["unit_id"])
    return SelfCareDetail(
        id=UUID(part["id"]),
        person_id=UUID(part["person_id"]),
        facts=facts,
        judged_by=part["judged_by"],
        profession=part["profession"],
        unit_id=unit_id,
        unit=part["unit"],
        side=SIDE_OF[OrganisationKind(part["side"])],
        phone=part["phone"],
        phone_hours=part["phone_hours"],
        version=part["version"],
        overdue=rules.is_due_anew(facts.reassess_on, local_date(actor.at)),
        ended_at=None,
        ended_by="",
        end_reason="",
        may_change=unit_id == actor.unit_id and may_advise(actor),
    )
