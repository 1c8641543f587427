"""What one can subscribe to by name: the topics (R5 SubscriptionTopic, told by canonical in R4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import Content, object_of, objects
from samverka.subscriptions.rules.kinds import Cause

BASE: Final = "https://samverka.example/fhir/SubscriptionTopic/"


class Topic(StrEnum):
    """Names of the topics; stored."""

    PLAN_CHANGED = "plan-changed"
    TASK_ASSIGNED = "task-assigned"
    DISCHARGE_STEP = "discharge-step"
    ALERT_RAISED = "alert-raised"

    @property
    def url(self) -> str:
        """The canonical address."""
        return f"{BASE}{self.value}"


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """One topic.

    Attributes:
        kinds: types of the resources that it can be about.
        causes: what must have happened.
        filters: search parameters that are useful as filters, for the reference.
    """

    title: Text
    words: Text
    kinds: tuple[str, ...]
    causes: frozenset[Cause]
    filters: tuple[str, ...]


TOPICS: dict[Topic, TopicSpec] = {
    Topic.PLAN_CHANGED: TopicSpec(
        _("En plan har ändrats"),
        _(
            "En plan, ett mål i den eller dess grupp är ny, ändrad, borttagen eller lämnad till den egna vårdgivaren."
        ),
        ("CarePlan", "Goal", "CareTeam"),
        frozenset({Cause.CHANGED, Cause.PLACED, Cause.DELETED, Cause.GIVEN}),
        ("patient", "category"),
    ),
    Topic.TASK_ASSIGNED: TopicSpec(
        _("En uppgift har fått en ny ägare"),
        _("En uppgift är ny eller har lämnats till en annan enhet eller person."),
        ("Task",),
        frozenset({Cause.CHANGED, Cause.PLACED, Cause.ASSIGNED}),
        ("patient", "owner", "status", "code"),
    ),
    Topic.DISCHARGE_STEP: TopicSpec(
        _("Ett steg på vägen hem från sjukhus"),
        _("Någon har skrivits in, ska planeras, är utskrivningsklar eller har kommit hem."),
        ("Encounter",),
        frozenset({Cause.STEP}),
        ("patient", "status"),
    ),
    Topic.ALERT_RAISED: TopicSpec(
        _("Ett larm"),
        _(
            "En varning har lagts: Flag, DetectedIssue, eller Communication med kategorin alert, från "
            "andra system. Samverka larmar inte själv än; hemmonitorering är inte byggd."
        ),
        ("Flag", "DetectedIssue", "Communication"),
        frozenset({Cause.CHANGED, Cause.PLACED}),
        ("patient",),
    ),
}


def topic_of(criteria: str) -> Topic | None:
    """The topic that criteria name by its canonical, with or without a version; None for a search."""
    url = criteria.partition("|")[0].partition("?")[0]
    return next((one for one in Topic if one.url == url), None)


def is_about(
    topic: Topic, kind: str, cause: Cause, now: Content | None, before: Content | None
) -> bool:
    """Whether what happened is of the topic.

    Args:
        now, before: the text of this version and of the one before it; None where there is none on the shelf.
    """
    spec = TOPICS[topic]
    if kind not in spec.kinds or cause not in spec.causes:
        return False
    if cause not in (Cause.CHANGED, Cause.PLACED):
        return True
    before = None if cause is Cause.PLACED else before  # nobody could read it until now
    if topic is Topic.TASK_ASSIGNED:
        owner = object_of((now or {}).get("owner"))
        return bool(owner) and owner != object_of((before or {}).get("owner"))
    if topic is Topic.ALERT_RAISED:
        return _is_alert(now) and not _is_alert(before)
    return True


def _is_alert(content: Content | None) -> bool:
    if content is None:
        return False
    status = content.get("status")
    match content.get("resourceType"):
        case "Flag":
            return status == "active"
        case "DetectedIssue":
            return status in ("registered", "preliminary", "final", "amended", "corrected")
        case "Communication":
            return status not in ("entered-in-error", "not-done", "unknown") and "alert" in set(
                _codes(content.get("category"))
            )
        case _:
            return False


def _codes(concepts: Any) -> list[str]:
    return [
        str(coding.get("code", ""))
        for concept in objects(concepts or [])
        for coding in objects(concept.get("coding") or [])
    ]


def as_resource(topic: Topic, words: Mapping[str, str]) -> dict[str, Any]:
    """The topic as it can be read: R5's SubscriptionTopic told as R4 Basic.

    Args:
        words: title and description in the reader's language.
    """
    spec = TOPICS[topic]
    r5 = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic"
    return {
        "resourceType": "Basic",
        "id": topic.value,
        "extension": [
            {"url": f"{r5}.url", "valueUri": topic.url},
            {"url": f"{r5}.title", "valueString": words["title"]},
            {"url": f"{r5}.status", "valueCode": "active"},
            {"url": f"{r5}.description", "valueMarkdown": words["description"]},
            *({"url": f"{r5}.resourceTrigger", "extension": [
                {"url": "resource", "valueUri": f"http://hl7.org/fhir/StructureDefinition/{kind}"}
            ]} for kind in spec.kinds),
            *({"url": f"{r5}.canFilterBy", "extension": [
                {"url": "filterParameter", "valueString": name}
            ]} for name in spec.filters),
        ],
        "code": {
            "coding": [{"system": "http://hl7.org/fhir/fhir-types", "code": "SubscriptionTopic"}]
        },
    }  # fmt: skip
