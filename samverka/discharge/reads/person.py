"""What a stay means for the person: when do I go home, who meets me, what has been decided. One query's part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from samverka.contacts.reads import HolderLine, timeline
from samverka.discharge.models import Case, CaseUnit, Item, Message
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.kinds import INSIDE, OPEN, STATUS_WORDS, CaseStatus
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.discharge.rules.preparing import Answered, Decided, what_is_decided, who_meets
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.organisations.rules import SIDE_OF, OrganisationKind

FIRST_WEEKS = timedelta(days=21)
"""So long after the discharge the page still tells of it; practice."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the ward has written to the person (LUS 3:3)."""

    words: str
    at: datetime
    unit: str


@dataclass(frozen=True, slots=True)
class WayHome:
    """A stay in hospital and the way home from it.

    Attributes:
        inside: the person is on the ward (or on leave from it).
        units: those who help at home; empty for staff, who have them in the case if they take part.
        meets, decided: who meets the person, and what is in place at home; nothing of it for staff.
        rings, rings_by: the unit that is to hear how it goes at home, and the last moment of it;
            empty before the person is at home, and when it has been done.
        told: what the ward has written to the person, newest first.
    """

    case_id: UUID
    status: CaseStatus
    status_words: Text
    inside: bool
    ward: HolderLine
    admitted_at: datetime
    estimated_at: date | None
    ready_at: datetime | None
    discharged_at: datetime | None
    goes_to: str
    units: tuple[HolderLine, ...]
    told: tuple[Told, ...]
    takes_part: bool
    meets: str = ""
    decided: tuple[Decided, ...] = ()
    rings: str = ""
    rings_by: datetime | None = None


def way_home_parts(at: datetime) -> QuerySet[Any]:
    """Stays that go on, or ended lately, each as one part: for a page that asks for much in one query."""
    lately = Q(discharged_at__gte=at - FIRST_WEEKS) & ~Q(status=CaseStatus.CANCELLED)
    goes_on = Q(status__in=sorted(OPEN), discharged_at__isnull=True, admitted_at__isnull=False)
    units = CaseUnit.objects.filter(case_id=OuterRef("pk"), until__isnull=True).order_by("since")
    said = Message.objects.filter(
        case_id=OuterRef("pk"),
        kind=MessageKind.PATIENT,
        withdrawn_at__isnull=True,
        corrections__isnull=True,
    ).order_by("-sent_at")
    found: QuerySet[Any] = Case.objects.filter(lately | goes_on).annotate(
        table=Value("also", output_field=CharField()),
        part=JSONObject(
            id="id",
            status="status",
            admitted_at="admitted_at",
            estimated_at="estimated_at",
            ready_at="ready_at",
            discharged_at="discharged_at",
            goes_to="goes_to",
            ward=JSONObject(**_UNIT),
            units=ArraySubquery(units.values(made=JSONObject(**_UNIT))),
            items=ArraySubquery(
                Item.objects.filter(case_id=OuterRef("pk")).order_by("asked_at").values(made=_ITEM)
            ),
            after=JSONObject(
                unit="after__unit__name", due_at="after__due_at", outcome="after__outcome"
            ),
            told=ArraySubquery(
                said.values(made=JSONObject(body="body", at="sent_at", unit="unit__name"))
            ),
        ),
    )
    return found


_ITEM = JSONObject(
    kind="kind",
    answer="answer",
    words="answer_words",
    unit="unit__name",
    from_person="from_person",
    at_home="at_home",
)
_UNIT = {
    "id": "unit_id",
    "name": "unit__name",
    "phone": "unit__phone",
    "phone_hours": "unit__phone_hours",
    "provider_id": "unit__provider_id",
    "provider_name": "unit__provider__name",
    "kind": "unit__provider__organisation__kind",
}


def way_home_of(actor: Actor, *, parts: Iterable[Mapping[str, Any]]) -> WayHome | None:
    """Parts → the latest stay as the reader sees it."""
    found = sorted(parts, key=lambda one: str(one["admitted_at"]))
    return _shown(actor, found[-1]) if found else None


def _shown(actor: Actor, part: Mapping[str, Any]) -> WayHome:
    status, ward = CaseStatus(part["status"]), _unit(part["ward"])
    units = tuple(_unit(one) for one in part["units"])
    home = _stay(part, status, ward)
    if actor.is_staff:
        return replace(home, takes_part=actor.unit_id in {one.id for one in (ward, *units)})
    lines = [_answered(one) for one in part["items"]]
    after = part["after"]
    waits = status is CaseStatus.HOME and bool(after["due_at"]) and not after["outcome"]
    return replace(
        home,
        units=units,
        meets=who_meets(lines),
        decided=tuple(what_is_decided(lines)),
        rings=after["unit"] if waits else "",
        rings_by=_moment(after["due_at"]) if waits else None,
    )


def _stay(part: Mapping[str, Any], status: CaseStatus, ward: HolderLine) -> WayHome:
    """What everyone sees who may read the contract."""
    return WayHome(
        case_id=UUID(part["id"]),
        status=status,
        status_words=STATUS_WORDS[status],
        inside=status in INSIDE,
        ward=ward,
        admitted_at=datetime.fromisoformat(part["admitted_at"]),
        estimated_at=date.fromisoformat(part["estimated_at"]) if part["estimated_at"] else None,
        ready_at=_moment(part["ready_at"]),
        discharged_at=_moment(part["discharged_at"]),
        goes_to=part["goes_to"],
        units=(),
        told=tuple(_told(one) for one in part["told"]),
        takes_part=False,
    )


def _answered(part: Mapping[str, Any]) -> Answered:
    return Answered(
        kind=ItemKind(part["kind"]),
        answer=Answer(part["answer"]) if part["answer"] else None,
        words=part["words"],
        unit=part["unit"],
        from_person=part["from_person"],
        at_home=part["at_home"],
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _unit(part: Mapping[str, Any]) -> HolderLine:
    return HolderLine(
        id=UUID(part["id"]),
        name=part["name"],
        phone=part["phone"],
        phone_hours=part["phone_hours"],
        provider_id=UUID(part["provider_id"]),
        provider_name=part["provider_name"],
        side=SIDE_OF[OrganisationKind(part["kind"])],
    )


def _told(part: Mapping[str, Any]) -> Told:
    words = str(part["body"].get(Fact.SUMMARY.value, ""))
    return Told(words, datetime.fromisoformat(part["at"]), part["unit"])


@dataclass(frozen=True, slots=True)
class KnownStay:
    """What a record system has told of a stay on the own ward: nobody types it again."""

    admitted_at: datetime
    estimated_at: date | None


def known_stay(actor: Actor, *, person_id: UUID) -> KnownStay | None:
    """The stay on the own ward that a record system has told of; None if it has told of none."""
    stay = timeline(actor, person_id=person_id).ongoing
    if stay is None or stay.unit is None or stay.unit.id != actor.unit_id:
        return None
    ends = stay.expected_end_at
    return KnownStay(stay.admitted_at, local_date(ends) if ends else None)
