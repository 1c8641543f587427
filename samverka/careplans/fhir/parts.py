"""New goals and activities from FHIR clients → plain values for the operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samverka.careplans.fhir.codes import GOAL_PLAN
from samverka.careplans.fhir.writing import day, named_unit, pointed_at
from samverka.careplans.rules import TERM_WORDS, Term
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import object_of, objects

Resource = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoalSent:
    """A new goal of a plan, in the person's words."""

    plan_id: UUID
    words: str
    term: Term
    reach_by: date | None


def read_goal(sent: Resource) -> GoalSent:
    """Goal → a new goal of the plan that its extension names; a short-term one unless it says otherwise.

    Raises:
        Invalid: no plan, or a day that is none; `where` is the FHIRPath.
    """
    plans = [
        one.get("valueReference")
        for one in objects(sent.get("extension"))
        if one.get("url") == GOAL_PLAN
    ]
    if not plans:
        words = _("Säg vilken plan målet hör till.")
        mend = _("Skicka extension %(url)s med valueReference CarePlan/id.", url=GOAL_PLAN)
        raise Invalid(words, where="Goal.extension", mend=mend)
    due = next((one["dueDate"] for one in objects(sent.get("target")) if one.get("dueDate")), None)
    return GoalSent(
        plan_id=pointed_at(plans, "CarePlan", "Goal.extension"),
        words=str(object_of(sent.get("description")).get("text", "")),
        term=_term(sent),
        reach_by=day(due, "Goal.target[0].dueDate") if due else None,
    )


def _term(sent: Resource) -> Term:
    named = {str(words): term for term, words in TERM_WORDS.items()}
    said = (named.get(str(one.get("text", ""))) for one in objects(sent.get("category")))
    return next(filter(None, said), Term.SHORT)


@dataclass(frozen=True, slots=True)
class ActivitySent:
    """Something new to be done.

    Attributes:
        by_person: the person does it.
        unit: how the unit that does it is named: (id, HSA-id); ("", "") for none.
        other: who else does it, in words.
    """

    what: str
    by_person: bool
    unit: tuple[str, str]
    other: str
    goal_id: UUID | None
    due_on: date | None


def read_activity(detail: Resource, person_id: UUID, where: str) -> ActivitySent:
    """CarePlan.activity.detail → something new to be done, by whom and until when.

    Raises:
        Invalid: a goal or a day that is none; `where` is the FHIRPath.
    """
    who = next(objects(detail.get("performer")), {})
    unit = named_unit(who)
    due = object_of(detail.get("scheduledPeriod")).get("end")
    by_person = who.get("reference") == f"Patient/{person_id}"
    return ActivitySent(
        what=str(detail.get("description", "")),
        by_person=by_person,
        unit=unit,
        other="" if by_person or any(unit) else str(who.get("display", "")),
        goal_id=pointed_at(detail["goal"], "Goal", f"{where}.goal") if detail.get("goal") else None,
        due_on=day(due, f"{where}.scheduledPeriod.end") if due else None,
    )
