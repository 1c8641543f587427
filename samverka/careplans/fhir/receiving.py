"""CarePlan, Goal and CareTeam of another system → plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from samverka.careplans.fhir.codes import NOPATIENT, PLAN_TYPE
from samverka.careplans.rules import (
    KINDS,
    SECTION_LENGTH,
    ActivityStatus,
    GoalStatus,
    OwnerKind,
    PlanKind,
    PlanStatus,
    ReceivedActivity,
    ReceivedGoal,
    ReceivedPlan,
    Section,
    Term,
)
from samverka.kernel.calendar import local_date
from samverka.resources.rules.receiving import object_of, objects
from samverka.resources.rules.times import moment_of

Resource = Mapping[str, Any]


class Links(Protocol):
    """What the shelf knows of the references in a resource."""

    def resource(self, reference: str) -> Resource | None:
        """The resource that a reference points at; None if it is not known (yet)."""
        ...


_KIND_OF_CODE = {spec.national_code: kind for kind, spec in KINDS.items() if spec.national_code}
_NO_NAME = "–"


def receive_careplan(resource: Resource, links: Links) -> ReceivedPlan | None:
    """CarePlan kept elsewhere → plain values; None for a plan that never came to be.

    Goals and teams that it points at are read with it, contained ones too.
    """
    status = _received_status(str(resource.get("status", "")))
    if status is None:
        return None
    found = _Contained(resource, links)
    goals = [found.resource(_reference(one)) for one in objects(resource.get("goal"))]
    places = {_reference(one): place for place, one in enumerate(objects(resource.get("goal")))}
    period = object_of(resource.get("period"))
    return ReceivedPlan(
        source_id=str(resource.get("id", "")),
        kind=_received_kind(resource),
        status=status,
        title=_title(resource),
        summary=_summary(resource),
        started_at=moment_of(period.get("start")) or moment_of(resource.get("created")),
        ended_at=moment_of(period.get("end")),
        goals=tuple(receive_goal(one or {}) for one in goals),
        activities=tuple(_received_activities(resource, found, places)),
        team=tuple(_team(resource, found)),
        not_for_patient=_withheld(resource),
    )


class _Contained:
    """References into the resource itself, then the shelf's."""

    def __init__(self, resource: Resource, links: Links) -> None:
        self._own = {f"#{one.get('id')}": one for one in objects(resource.get("contained"))}
        self._links = links

    def resource(self, reference: str) -> Resource | None:
        return self._own.get(reference) or self._links.resource(reference)


def _received_status(code: str) -> PlanStatus | None:
    if code in ("entered-in-error", ""):
        return None
    if code in ("completed", "revoked"):
        return PlanStatus.ENDED
    return PlanStatus.DRAFT if code in ("draft", "unknown") else PlanStatus.ACTIVE


def _received_kind(resource: Resource) -> PlanKind:
    codes = (
        _KIND_OF_CODE.get(str(coding.get("code")))
        for category in objects(resource.get("category"))
        for coding in objects(category.get("coding"))
        if coding.get("system") == PLAN_TYPE
    )
    return next((kind for kind in codes if kind), PlanKind.CARE)


def _title(resource: Resource) -> str:
    named = str(resource.get("title") or "") or next(
        filter(None, map(_concept, objects(resource.get("category")))), ""
    )
    return (named or str(KINDS[_received_kind(resource)].words))[: SECTION_LENGTH[Section.TITLE]]


def _summary(resource: Resource) -> str:
    notes = (str(one.get("text", "")) for one in objects(resource.get("note")))
    return "\n\n".join(filter(None, [str(resource.get("description") or ""), *notes]))


def _withheld(resource: Resource) -> bool:
    labels = objects(object_of(resource.get("meta")).get("security"))
    return any(one.get("code") == NOPATIENT["code"] for one in labels)


def receive_goal(resource: Resource) -> ReceivedGoal:
    """Goal kept elsewhere → plain values; one that is not to be found says so by its dash."""
    terms = {str(one.get("text")) for one in objects(resource.get("category"))}
    targets = (_day(one.get("dueDate")) for one in objects(resource.get("target")))
    notes = [str(one.get("text", "")) for one in objects(resource.get("note"))]
    return ReceivedGoal(
        words=_concept(object_of(resource.get("description"))) or _NO_NAME,
        term=Term.LONG if "På lång sikt" in terms else Term.SHORT,
        status=_goal_status(resource),
        outcome="\n".join(filter(None, notes)),
        reach_by=next(filter(None, targets), None),
    )


_ENDED_GOALS = {
    "achieved": GoalStatus.REACHED,
    "sustaining": GoalStatus.REACHED,
    "improving": GoalStatus.PARTLY,
    "not-achieved": GoalStatus.NOT_REACHED,
    "no-progress": GoalStatus.NOT_REACHED,
    "not-attainable": GoalStatus.NOT_REACHED,
}


def _goal_status(resource: Resource) -> GoalStatus:
    lifecycle = resource.get("lifecycleStatus")
    if lifecycle in ("cancelled", "rejected", "entered-in-error"):
        return GoalStatus.DROPPED
    if lifecycle != "completed":
        return GoalStatus.OPEN
    codings = objects(object_of(resource.get("achievementStatus")).get("coding"))
    codes = (_ENDED_GOALS.get(str(one.get("code"))) for one in codings)
    return next(filter(None, codes), GoalStatus.REACHED)


_RECEIVED_ACTIVITY = {
    "in-progress": ActivityStatus.ONGOING,
    "on-hold": ActivityStatus.ONGOING,
    "completed": ActivityStatus.DONE,
    "cancelled": ActivityStatus.CANCELLED,
    "stopped": ActivityStatus.CANCELLED,
    "entered-in-error": ActivityStatus.CANCELLED,
}


def _received_activities(
    resource: Resource, found: _Contained, places: Mapping[str, int]
) -> Iterator[ReceivedActivity]:
    for one in objects(resource.get("activity")):
        detail = (
            object_of(one.get("detail")) or found.resource(_reference(one.get("reference"))) or {}
        )
        goals = (places.get(_reference(goal)) for goal in objects(detail.get("goal")))
        performer = next(iter(objects(detail.get("performer"))), {})
        period = object_of(detail.get("scheduledPeriod"))
        yield ReceivedActivity(
            what=_activity_words(one, detail),
            owner=_named(performer, found),
            owner_kind=_owner_kind(performer),
            status=_RECEIVED_ACTIVITY.get(str(detail.get("status")), ActivityStatus.PLANNED),
            goal=next((place for place in goals if place is not None), None),
            due_on=_day(period.get("end")),
        )


def _owner_kind(performer: Resource) -> OwnerKind:
    """The person, someone close to the person, or another."""
    kind = str(performer.get("type") or "") or _reference(performer).split("/")[0]
    kinds = {"Patient": OwnerKind.PERSON, "RelatedPerson": OwnerKind.CLOSE}
    return kinds.get(kind, OwnerKind.OTHER)


def _activity_words(one: Resource, detail: Resource) -> str:
    named = str(detail.get("description") or "") or _concept(object_of(detail.get("code")))
    outcome = (_concept(part) for part in objects(one.get("outcomeCodeableConcept")))
    shown = str(object_of(one.get("reference")).get("display") or "")
    return named or shown or next(filter(None, outcome), "") or _NO_NAME


def _team(resource: Resource, found: _Contained) -> Iterator[str]:
    for one in objects(resource.get("careTeam")):
        yield from receive_careteam(found.resource(_reference(one)) or {}, found)


def receive_careteam(resource: Resource, links: Links) -> list[str]:
    """CareTeam kept elsewhere → names of those who take part; the person is not one of the team."""
    members = [object_of(one.get("member")) for one in objects(resource.get("participant"))]
    others = [one for one in members if _reference(one).split("/")[0] != "Patient"]
    return [name for one in others if (name := _named(one, links)) != _NO_NAME]


def _named(reference: Resource, links: Links) -> str:
    """Who a reference points at, in words."""
    if shown := str(reference.get("display") or ""):
        return shown
    names = (links.resource(_reference(reference)) or {}).get("name")
    if isinstance(names, str):
        return names or _NO_NAME
    human = next(iter(objects(names)), {})
    given = " ".join(str(part) for part in human.get("given", []))
    whole = f"{given} {human.get('family', '')}".strip()
    return str(human.get("text") or "") or whole or _NO_NAME


def _reference(value: object) -> str:
    return str(object_of(value).get("reference") or "")


def _concept(value: Resource) -> str:
    codings = (str(one.get("display") or "") for one in objects(value.get("coding")))
    return str(value.get("text") or "") or next(filter(None, codings), "")


def _day(value: object) -> date | None:
    """A FHIR date or dateTime as a day; a year or a month alone is too vague."""
    moment = moment_of(value)
    return local_date(moment) if moment else None
