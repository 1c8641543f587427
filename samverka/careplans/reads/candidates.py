"""Whom a unit could suggest a plan for: its persons without one, and what it has answered before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from samverka.access.act import Act
from samverka.access.models import Relation
from samverka.careplans.models import Activity, Plan, PlanRequest, SuggestionAnswer
from samverka.careplans.rules import (
    OPEN_ACTIVITIES,
    PlanStatus,
    RequestStatus,
    SuggestionAnswerKind,
)
from samverka.kernel.actor import Side
from samverka.organisations.rules import SIDE_OF, OrganisationKind

LOOKED_AT = 500
"""Persons of the own unit that are looked through at a time: those with the latest relation first."""

_ACTIVITIES = 2000


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What the own unit has answered to a suggestion, and until when it is not asked again."""

    person_id: UUID
    answer: SuggestionAnswerKind
    reason: str
    until: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class OngoingActivity:
    """A unit does something for a person, by a plan that the reader may see."""

    person_id: UUID
    unit: str
    side: Side


def plan_candidates(this: Act, on: date) -> list[UUID]:
    """The own unit's persons without an open plan, a waiting request or an answer that still holds.

    Inside the overview's act, which notes those shown. What the reader may not know of does not count.
    """
    person = OuterRef("person_id")
    plans = Plan.objects.filter(person_id=person).exclude(status=PlanStatus.ENDED)
    asked = PlanRequest.objects.filter(person_id=person, status=RequestStatus.ASKED)
    answered = SuggestionAnswer.objects.filter(
        Q(unit_id=this.actor.unit_id), person_id=person, until__gte=on
    )
    found = Relation.objects.current(this.actor.at).filter(
        ~Exists(this.visible(plans)),
        ~Exists(this.visible(asked)),
        ~Exists(answered),
        unit_id=this.actor.unit_id,
    )
    rows = found.order_by("-since").values_list("person_id", flat=True)[:LOOKED_AT]
    return list(dict.fromkeys(rows))


def given_answers(this: Act, on: date) -> list[GivenAnswer]:
    """What the own unit has answered and still holds, the newest first, one for each person."""
    rows = SuggestionAnswer.objects.filter(Q(unit_id=this.actor.unit_id), until__gte=on)
    newest: dict[UUID, GivenAnswer] = {}
    for one in this.rows(rows, order=("-at",), limit=LOOKED_AT):
        answer = GivenAnswer(
            person_id=one.person_id,
            answer=SuggestionAnswerKind(one.answer),
            reason=one.reason,
            until=one.until,
            at=one.at,
            by=one.by,
        )
        newest.setdefault(one.person_id, answer)
    return list(newest.values())


def ongoing_activities(this: Act, persons: list[UUID]) -> list[OngoingActivity]:
    """What units do for the persons, as far as the reader may see; ended plans can leave it behind."""
    rows = Activity.objects.filter(
        person_id__in=persons,
        status__in=sorted(OPEN_ACTIVITIES),
        owner_unit__isnull=False,
    ).annotate(
        unit_name=F("owner_unit__name"),
        unit_side=F("owner_unit__provider__organisation__kind"),
    )
    return [
        OngoingActivity(row.person_id, row.unit_name, SIDE_OF[OrganisationKind(row.unit_side)])
        for row in this.rows(rows, limit=_ACTIVITIES)
    ]
