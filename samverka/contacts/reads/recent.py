"""Lately had contacts of many persons at once, for an overview that looks through a unit's persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from samverka.access.act import Act
from samverka.contacts.models import Booking, Contact, Stay, Visit
from samverka.contacts.rules import BookingStatus, VisitStatus
from samverka.kernel.actor import Side
from samverka.organisations.rules import SIDE_OF, OrganisationKind

MOST = 5000
"""Contacts read at a time, the latest first."""


@dataclass(frozen=True, slots=True)
class RecentContact:
    """One booked time, visit or stay: whose, which unit, when. `stay`: in-patient."""

    person_id: UUID
    unit: str
    side: Side
    begins: datetime
    ends: datetime | None
    stay: bool


_HELD = ("id", "person_id", "provider_id", "unit_id", "branch", "published", "not_for_patient")
_COLUMNS = (*_HELD, "table", "begins", "ends", "unit_name", "unit_side")
_NO_TIME = Cast(Value(None), DateTimeField())
_TIMES: dict[type[Contact], tuple[Any, Any]] = {
    Booking: (F("starts_at"), _NO_TIME),
    Visit: (F("starts_at"), F("ends_at")),
    Stay: (F("admitted_at"), F("discharged_at")),
}
_BY_NAME = {model.__name__: model for model in _TIMES}
_HAPPENED = (VisitStatus.IN_PROGRESS, VisitStatus.ON_LEAVE, VisitStatus.FINISHED)
_HOLDS = (BookingStatus.BOOKED, BookingStatus.ARRIVED, BookingStatus.FULFILLED)


def recent_contacts(this: Act, *, persons: Iterable[UUID], since: datetime) -> list[RecentContact]:
    """Contacts since then that the gate lets through, inside the overview's act, which notes the persons.

    One query for the three tables; each row is decided on.
    """
    wanted = list(persons)
    if not wanted:
        return []
    parts = [
        _part(Stay, wanted).filter(
            Q(discharged_at__isnull=True) | Q(discharged_at__gte=since), status__in=_HAPPENED
        ),
        _part(Visit, wanted).filter(starts_at__gte=since, status__in=_HAPPENED),
        _part(Booking, wanted).filter(starts_at__gte=since, status__in=_HOLDS),
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by("-begins", "id")[:MOST]
    return [_contact(one) for one in rows if this.decide(_row(one)).allowed]


def visit_moments(
    *, persons: Iterable[UUID], since: datetime, until: datetime
) -> dict[UUID, list[datetime]]:
    """When the persons were met, by person: for rooms above that have passed the gate.

    Only moments, so that one can say whether anyone met the person; never where, by whom or about what.
    """
    rows = Visit.objects.filter(
        person_id__in=set(persons), starts_at__gt=since, starts_at__lt=until, status__in=_HAPPENED
    ).values_list("person_id", "starts_at")
    found: dict[UUID, list[datetime]] = {}
    for person, moment in rows:
        found.setdefault(person, []).append(moment)
    return found


def _part(model: type[Contact], persons: list[UUID]) -> QuerySet[Any, dict[str, Any]]:
    begins, ends = _TIMES[model]
    found: QuerySet[Any, dict[str, Any]] = (
        model.objects.filter(person_id__in=persons)
        .annotate(
            table=Value(model.__name__, output_field=CharField()),
            begins=begins,
            ends=ends,
            unit_name=F("unit__name"),
            unit_side=F("unit__provider__organisation__kind"),
        )
        .values(*_COLUMNS)
    )
    return found


def _row(values: dict[str, Any]) -> Contact:
    return _BY_NAME[values["table"]](**{name: values[name] for name in _HELD})


def _contact(values: dict[str, Any]) -> RecentContact:
    return RecentContact(
        person_id=values["person_id"],
        unit=values["unit_name"],
        side=SIDE_OF[OrganisationKind(values["unit_side"])],
        begins=values["begins"],
        ends=values["ends"],
        stay=values["table"] == Stay.__name__,
    )
