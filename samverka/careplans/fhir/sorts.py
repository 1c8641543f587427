"""Which of what a client sends is of the room's sort: a plan that we keep, and what is said, asked and agreed about one.

Everything else by the same types is another system's affair, and is kept as it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from samverka.careplans.fhir.answers import CARE_PLAN
from samverka.careplans.fhir.codes import GOAL_PLAN, PLAN_TYPE
from samverka.careplans.rules import KINDS
from samverka.resources.rules.receiving import object_of, objects

Resource = Mapping[str, Any]


def is_our_plan(sent: Resource) -> bool:
    """A CarePlan of one of the national types of plan, or by the name that the kind has here."""
    names = {str(spec.words) for spec in KINDS.values()}
    return any(
        str(one.get("text", "")) in names
        or any(code.get("system") == PLAN_TYPE for code in objects(one.get("coding")))
        for one in objects(sent.get("category"))
    )


def plan_of_goal(sent: Resource) -> str:
    """The plan that a Goal says that it belongs to, "CarePlan/id"; "" for none of ours."""
    found = (
        one.get("valueReference")
        for one in objects(sent.get("extension"))
        if one.get("url") == GOAL_PLAN
    )
    return _plan(found)


def plan_of_words(sent: Resource) -> str:
    """The plan that a Communication is about."""
    return _plan(objects(sent.get("basedOn")))


def plan_of_consent(sent: Resource) -> str:
    """The plan that a Consent is about."""
    data = objects(object_of(sent.get("provision")).get("data"))
    return _plan(one.get("reference") for one in data)


def plan_of_task(sent: Resource) -> str:
    """The plan that a Task of ours is based on. A Task without an owner asks nobody, and is kept as it came."""
    return _plan(objects(sent.get("basedOn"))) if sent.get("owner") else ""


def asks_for_plan(sent: Resource) -> bool:
    """A ServiceRequest for a care plan, by its code."""
    codes = objects(object_of(sent.get("code")).get("coding"))
    return any(one.get("code") == CARE_PLAN for one in codes)


def _plan(references: Iterable[object]) -> str:
    """The rooms' ids are UUIDs."""
    for one in references:
        literal = str(object_of(one).get("reference", ""))
        kind, _slash, key = literal.partition("/")
        if kind == "CarePlan" and _is_uuid(key):
            return literal
    return ""


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
