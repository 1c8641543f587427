"""Encounter of a record system → what it tells of a stay in hospital."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samverka.discharge.fhir.codes import INFORMS, PLANNED_END
from samverka.discharge.rules.hearing import Phase, StayFacts
from samverka.discharge.rules.kinds import LINE
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import object_of, objects
from samverka.resources.rules.times import moment_of, too_vague

Resource = Mapping[str, Any]

INPATIENT = frozenset({"IMP", "ACUTE", "NONAC"})
"""v3-ActCode classes of encounters in which the person is admitted to a ward."""

PSYCHIATRY = frozenset({"394587001", "394588006"})
"""SNOMED CT codes of Encounter.serviceType: psychiatry; child and adolescent psychiatry."""

DIED = "exp"
"""HL7's discharge-disposition: the person died."""

_PHASES = {
    "planned": Phase.PLANNED,
    "arrived": Phase.INSIDE,
    "triaged": Phase.INSIDE,
    "in-progress": Phase.INSIDE,
    "onleave": Phase.LEAVE,
    "finished": Phase.ENDED,
    "cancelled": Phase.CANCELLED,
    "entered-in-error": Phase.CANCELLED,
}


def is_stay(resource: Resource) -> bool:
    """Whether the encounter is one in which the person is admitted."""
    return str(object_of(resource.get("class")).get("code", "")) in INPATIENT


def receive_stay(
    resource: Resource, *, source: str, source_id: str, units: tuple[UUID, ...] = ()
) -> StayFacts | None:
    """Encounter of one who is admitted → plain values; None where its status says nothing.

    Args:
        units: those of `informed` that are known here.

    Raises:
        Invalid: a time that cannot be read; `where` is the FHIRPath.
    """
    phase = _PHASES.get(str(resource.get("status", "")))
    if phase is None or not is_stay(resource):
        return None
    period = object_of(resource.get("period"))
    leave = _leave(resource)
    planned_end = _extension(resource, PLANNED_END)
    physician, judged_at = _physician(resource)
    return StayFacts(
        phase=phase,
        source=source,
        source_id=source_id,
        admitted_at=_moment(period.get("start"), "Encounter.period.start"),
        discharged_at=_moment(period.get("end"), "Encounter.period.end")
        if phase is Phase.ENDED
        else None,
        estimated_at=_day(planned_end) if planned_end else None,
        leave_from=_moment(leave.get("start"), "Encounter.statusHistory.period.start"),
        leave_to=_moment(leave.get("end"), "Encounter.statusHistory.period.end"),
        goes_to=_goes_to(resource),
        told_at=_moment(object_of(resource.get("meta")).get("lastUpdated"), "Encounter.meta"),
        units=units,
        psychiatric=_is_psychiatric(resource),
        died=phase is Phase.ENDED and _has_died(resource),
        judged_by=physician,
        judged_at=judged_at,
    )


def informed(resource: Resource) -> list[Resource]:
    """References to the units that are to be told of the admission."""
    return [
        object_of(one.get("valueReference"))
        for one in objects(resource.get("extension"))
        if one.get("url") == INFORMS
    ]


def ward_references(resource: Resource) -> Iterator[tuple[str, Resource]]:
    """Where the person is: the place that counts now first, then who answers for the stay.

    Yields:
        path below the resource, and the reference.
    """
    places = list(enumerate(objects(resource.get("location"))))
    standing = [one for one in places if one[1].get("status") == "active"]
    open_ended = [one for one in places if not object_of(one[1].get("period")).get("end")]
    for number, one in [*standing, *reversed(open_ended), *reversed(places)]:
        yield f"location[{number}].location", object_of(one.get("location"))
    yield "serviceProvider", object_of(resource.get("serviceProvider"))


def _leave(resource: Resource) -> Resource:
    """The leave that goes on: the last one told in the history, with its times."""
    told = [one for one in objects(resource.get("statusHistory")) if one.get("status") == "onleave"]
    return object_of(told[-1].get("period")) if told else {}


def _goes_to(resource: Resource) -> str:
    hospital = object_of(resource.get("hospitalization"))
    concept = object_of(hospital.get("dischargeDisposition"))
    place = str(object_of(hospital.get("destination")).get("display", ""))
    return (place or str(concept.get("text", ""))).strip()[:LINE]


def _is_psychiatric(resource: Resource) -> bool:
    return bool(PSYCHIATRY & set(_codes(resource.get("serviceType"))))


def _has_died(resource: Resource) -> bool:
    hospital = object_of(resource.get("hospitalization"))
    return DIED in _codes(hospital.get("dischargeDisposition"))


def _codes(concept: object) -> list[str]:
    return [str(one.get("code", "")) for one in objects(object_of(concept).get("coding"))]


def _physician(resource: Resource) -> tuple[str, datetime | None]:
    """The attending physician, and since when: by that the judgement stands."""
    for one in objects(resource.get("participant")):
        codes = {
            str(coding.get("code", ""))
            for concept in objects(one.get("type"))
            for coding in objects(concept.get("coding"))
        }
        name = str(object_of(one.get("individual")).get("display", "")).strip()
        if "ATND" in codes and name:
            since = object_of(one.get("period")).get("start")
            return name[:LINE], _moment(since, "Encounter.participant.period.start")
    return "", None


def _extension(resource: Resource, url: str) -> str:
    for one in objects(resource.get("extension")):
        if one.get("url") == url:
            return str(one.get("valueDateTime") or one.get("valueDate") or "")
    return ""


def _day(value: str) -> date:
    """A day, or the Swedish day of a moment."""
    try:
        if "T" not in value:
            return date.fromisoformat(value)
        return local_date(datetime.fromisoformat(value))
    except (ValueError, OverflowError) as fault:
        words = _("Beräknad utskrivning går inte att läsa som en dag.")
        mend = _(
            "Skicka plannedEndDate som valueDateTime: ÅÅÅÅ-MM-DD, eller med klockslag och zon."
        )
        raise Invalid(words, where="Encounter.extension", mend=mend) from fault


def _moment(value: object, where: str) -> datetime | None:
    found = moment_of(value)
    if found is None and isinstance(value, str) and value:
        raise too_vague(where)
    return found
