"""A case opens when someone is admitted, and moves when the person does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from samverka.access import operations as access
from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.access.rules import RelationKind
from samverka.discharge.models import Case
from samverka.discharge.operations.closing import end_case
from samverka.discharge.operations.keeping import move_copies, touch, unit_part
from samverka.discharge.reads.cases import case_detail
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules import clocks
from samverka.discharge.rules.kinds import INSIDE, CaseStatus, CloseReason, Part, Track
from samverka.discharge.rules.places import check_municipality
from samverka.discharge.rules.routing import Need
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, unit_names
from samverka.people.reads import full_persons


@dataclass(frozen=True, slots=True)
class AdmissionFacts:
    """What is known when someone is admitted.

    Attributes:
        estimated_at: the day when the person is believed to go home.
        deciding_code: municipality that has decided that the person lives in another (LUS 5:2).
        help_kinds: social services help with a door of its own, as far as the ward knows.
    """

    admitted_at: datetime
    estimated_at: date | None = None
    psychiatric: bool = False
    track: Track | None = None
    deciding_code: str = ""
    help_kinds: frozenset[Need] = frozenset()
    source: str = ""
    source_id: str = ""


def open_case(actor: Actor, *, person_id: UUID, facts: AdmissionFacts) -> CaseDetail:
    """Open a case for one who has been admitted to the own ward.

    Raises:
        NotAllowed: the own unit is no ward.
        NotNow: the person is already admitted somewhere, or has died.
        Invalid: the times cannot be true.
    """
    with act(actor, Action.CASE_OPEN) as this:
        this.require_permission()
        unit = _own_ward(actor)
        person = living(person_id)
        clocks.check_admitted(facts.admitted_at, actor.at)
        if facts.estimated_at:
            clocks.check_estimate(facts.estimated_at, facts.admitted_at)
        access.open_relation(actor, person_id=person_id, kind=RelationKind.CARE)
        row = _expected(person_id, unit.id) or new_case(this, uuid4(), person, unit)
        _admit(this, row, facts)
        _end_earlier(this, row)
        _save(this, row)
        return case_detail(this, row)


def _own_ward(actor: Actor) -> UnitDetail:
    unit = unit_names({actor.unit_id}).get(actor.unit_id) if actor.unit_id else None
    if unit is None or unit_part(unit) is not Part.WARD:
        raise NotAllowed(
            _("Bara en vårdavdelning skriver in."),
            mend=_("Välj ett uppdrag på en avdelning, eller be avdelningen öppna ärendet."),
        )
    return unit


def living(person_id: UUID) -> Any:
    """The person, who must be known here and alive.

    Raises:
        Invalid: no such person.
        NotNow: the person has died.
    """
    found = full_persons().filter(id=person_id).first()
    if found is None:
        raise Invalid(_("Personen finns inte här."), where="person")
    if found.deceased_on:
        raise NotNow(_("Personen är avliden. Kontrollera att du har rätt person."))
    return found


def _expected(person_id: UUID, unit_id: UUID) -> Case | None:
    """A case that the municipality or health centre opened by telling what was before."""
    found: Case | None = Case.objects.filter(
        person_id=person_id, unit_id=unit_id, status=CaseStatus.EXPECTED
    ).first()
    return found


def new_case(this: Act, made: UUID, person: Any, unit: UnitDetail) -> Case:
    """A case that stands at a ward; whoever calls says in which status, and saves it."""
    return Case(
        id=made,
        number=f"U{made.hex[:8].upper()}",
        person_id=person.id,
        provider_id=unit.provider_id,
        unit_id=unit.id,
        branch=unit.branch.value,
        municipality_code=person.municipality_code,
        opened_at=this.actor.at,
        opened_by=this.actor.name,
        changed_at=this.actor.at,
    )


def _admit(this: Act, row: Case, facts: AdmissionFacts) -> None:
    row.status = CaseStatus.ADMITTED
    row.admitted_at, row.estimated_at = facts.admitted_at, facts.estimated_at
    row.psychiatric, row.track = facts.psychiatric, facts.track or ""
    row.deciding_code = check_municipality(facts.deciding_code, "deciding_code")
    row.help_kinds = sorted(facts.help_kinds)
    row.source, row.source_id = facts.source, facts.source_id
    row.readmission_of = recent_stay(this, row)


def recent_stay(this: Act, row: Case) -> Case | None:
    """The stay that this may be a readmission after, within the county's days."""
    if row.admitted_at is None:
        return None
    days = county_value(Key.DISCHARGE_READMISSION, local_date(this.actor.at))
    found: Case | None = (
        Case.objects.filter(
            person_id=row.person_id,
            discharged_at__gte=row.admitted_at - timedelta(days=days),
            discharged_at__lte=row.admitted_at,
        )
        .exclude(id=row.id)
        .order_by("-discharged_at")
        .first()
    )
    return found


def _end_earlier(this: Act, row: Case) -> None:
    """The time at home after an earlier stay is over when a new one begins."""
    earlier = Case.objects.select_for_update(of=("self",)).filter(
        person_id=row.person_id, status=CaseStatus.HOME
    )
    for one in earlier.exclude(id=row.id):
        end_case(this, one, CloseReason.READMITTED, this.actor.at)
        one.version += 1
        one.changed_at = this.actor.at
        one.save()
        reason = str(CloseReason.READMITTED)
        this.note_person(row.person_id, "Case", case=str(one.id), closed=reason)


def _save(this: Act, row: Case) -> None:
    """The database lets a person be inside at one ward at a time: two who open at once, one is told."""
    this.require(row)
    try:
        with transaction.atomic():
            touch(this, row)
    except IntegrityError as fault:
        other = Case.objects.filter(person_id=row.person_id, status__in=sorted(INSIDE)).first()
        where = other.unit.name if other else _("en annan avdelning")
        raise NotNow(
            _("Personen är redan inskriven på %(ward)s.", ward=where),
            mend=_("Ta över ärendet därifrån om personen har flyttats till er."),
        ) from fault


def take_over_case(actor: Actor, *, person_id: UUID) -> CaseDetail:
    """The person has been moved to the own ward: the case goes along, with all that has been said."""
    with act(actor, Action.CASE_OPEN) as this:
        this.require_permission()
        unit = _own_ward(actor)
        row: Case | None = (
            Case.objects.select_for_update()
            .filter(person_id=person_id, provider_id=unit.provider_id, status__in=sorted(INSIDE))
            .first()
        )
        if row is None:
            raise NotNow(
                _("Personen är inte inskriven hos er vårdgivare."), mend=_("Öppna ett nytt ärende.")
            )
        if row.unit_id != unit.id:
            access.open_relation(actor, person_id=person_id, kind=RelationKind.CARE)
            left, row.unit_id, row.branch = row.unit.name, unit.id, unit.branch.value
            this.require(row)
            move_copies(this, row)
            touch(this, row, left=left)
        else:
            this.require(row)
            this.note(row)
        return case_detail(this, row)
