"""Invariants of what care is made of: plans, teams, goals, tasks, observations, conditions, consents, people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules.times import starts_after_end
from samverka.resources.rules.validation.invariants.datatypes import UCUM, number
from samverka.resources.rules.validation.invariants.kit import (
    Broken,
    Rule,
    Value,
    apart,
    code,
    coded,
    has,
    needs,
    objects,
    part,
    said,
    some,
)

_ALLERGY = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_VERIFIED = "http://terminology.hl7.org/CodeSystem/condition-ver-status"

_HOME = said("org-2", _("En organisation har ingen adress eller telefon av slaget home."))
_HALF = said("app-2", _("start och end finns båda eller ingen."))
_UNTIMED = said("app-3", _("Bara en föreslagen, avbokad eller väntande bokning saknar tid."))
_REASON = said("app-4", _("Skäl till avbokning finns bara på en bokning som inte blev av."))
_BEFORE = said("inv-1", _("lastModified ligger före authoredOn."))
_SAME_CODE = said("obs-7", _("En del har samma kod som observationen, och båda har ett värde."))
_PERCENT = said("ras-1", _("Gränserna ska vara procent ur UCUM."))
_OVER_ALL = said("ras-2", _("Sannolikheten är mer än 100 procent."))
_ABATED = said("con-4", _("Ett tillstånd som har upphört är inaktivt, i remission eller löst."))
_IN_ERROR = said("con-5", _("clinicalStatus får inte finnas på det som är felregistrerat."))
_ALLERGIC = said("ait-1", _("clinicalStatus måste finnas, utom på det som är felregistrerat."))
_ON_BEHALF = said("ctm-1", _("onBehalfOf får bara finnas när member är en Practitioner."))
_CHANGES = said("lst-2", _("deleted får bara finnas i en lista av slaget changes."))
_WORKING = said("lst-3", _("date på en rad får bara finnas i en lista av slaget working."))
_EARLY = said("mdd-1", _("whenHandedOver ligger före whenPrepared."))
_MEMBERS = said("grp-1", _("member får bara finnas på en verklig grupp (actual)."))


def _no_home(name: str) -> Rule:
    def rule(value: Value) -> Broken | None:
        at_home = any(one.get("use") == "home" for one in objects(value, name))
        return (name, _HOME) if at_home else None

    return rule


def _appointment(value: Value) -> Broken | None:
    start, end, status = has(value, "start"), has(value, "end"), value.get("status")
    if start != end:
        return "end" if start else "start", _HALF
    if not start and status not in ("proposed", "cancelled", "waitlist"):
        return "start", _UNTIMED
    if has(value, "cancelationReason") and status not in ("noshow", "cancelled"):
        return "cancelationReason", _REASON
    return None


def _in_order(first: str, last: str, words: Any) -> Rule:
    def rule(value: Value) -> Broken | None:
        begin, end = value.get(first), value.get(last)
        if isinstance(begin, str) and isinstance(end, str) and starts_after_end(begin, end):
            return last, words
        return None

    return rule


def _codings(value: Value) -> Iterable[tuple[str, str]]:
    return (
        (code(one, "system"), code(one, "code")) for one in objects(part(value, "code"), "coding")
    )


def _components(value: Value) -> Broken | None:
    if "component" not in value or not has(value, "value[x]"):
        return None
    own = set(_codings(value))
    for one in objects(value, "component"):
        if own & set(_codings(one)):
            return "component", _SAME_CODE
    return None


def _probability(value: Value) -> Broken | None:
    found = number(value.get("probabilityDecimal"))
    if found is not None and found > 100:
        return "probability", _OVER_ALL
    if "probabilityRange" not in value:
        return None
    limits = part(value, "probabilityRange")
    for name in ("low", "high"):
        if name in limits and not _percent(part(limits, name)):
            return "probability", _PERCENT
    return None


def _percent(limit: Mapping[str, Any]) -> bool:
    return limit.get("code") == "%" and limit.get("system") == UCUM


def _condition(value: Value) -> Broken | None:
    over = coded(value, "clinicalStatus", "resolved remission inactive", _CLINICAL)
    if has(value, "abatement[x]") and not over:
        return "clinicalStatus", _ABATED
    if coded(value, "verificationStatus", "entered-in-error", _VERIFIED) and has(
        value, "clinicalStatus"
    ):
        return "clinicalStatus", _IN_ERROR
    return None


def _allergy(value: Value) -> Broken | None:
    wrong = coded(value, "verificationStatus", "entered-in-error", _ALLERGY)
    there = has(value, "clinicalStatus")
    if wrong and there:
        return "clinicalStatus", _IN_ERROR
    return None if wrong or there else ("clinicalStatus", _ALLERGIC)


def _on_behalf(value: Value) -> Broken | None:
    member = part(value, "member").get("reference")
    if "onBehalfOf" not in value or not isinstance(member, str) or "/" not in member:
        return None
    return None if "Practitioner/" in member else ("onBehalfOf", _ON_BEHALF)


def _list(value: Value) -> Broken | None:
    for one in objects(value, "entry"):
        if "deleted" in one and value.get("mode") != "changes":
            return "entry", _CHANGES
        if "date" in one and value.get("mode") != "working":
            return "entry", _WORKING
    return None


def _group(value: Value) -> Broken | None:
    return ("member", _MEMBERS) if "member" in value and value.get("actual") is not True else None


RULES: dict[str, tuple[Rule, ...]] = {
    "AllergyIntolerance": (_allergy,),
    "Appointment": (_appointment,),
    "Appointment.participant": (some("app-1", "type", "actor"),),
    "AppointmentResponse": (some("apr-1", "participantType", "actor"),),
    "AuditEvent.entity": (apart("sev-1", "name", "query"),),
    "CarePlan.activity": (apart("cpl-3", "detail", "reference"),),
    "CareTeam.participant": (_on_behalf,),
    "Condition": (_condition,),
    "Condition.evidence": (some("con-2", "code", "detail"),),
    "Condition.stage": (some("con-1", "summary", "assessment"),),
    "Consent": (some("ppc-1", "policy", "policyRule"),),
    "FamilyMemberHistory": (
        apart("fhs-1", "age[x]", "born[x]"),
        needs("fhs-2", "estimatedAge", "age[x]"),
    ),
    "Goal.target": (needs("gol-1", "detail[x]", "measure"),),
    "Group": (_group,),
    "Immunization.education": (some("imm-1", "documentType", "reference"),),
    "List": (apart("lst-1", "emptyReason", "entry"), _list),
    "MedicationAdministration.dosage": (some("mad-1", "dose", "rate[x]"),),
    "MedicationDispense": (_in_order("whenPrepared", "whenHandedOver", _EARLY),),
    "Observation": (apart("obs-6", "dataAbsentReason", "value[x]"), _components),
    "Observation.referenceRange": (some("obs-3", "low", "high", "text"),),
    "Organization": (
        some("org-1", "identifier", "name"),
        _no_home("address"),
        _no_home("telecom"),
    ),
    "Patient.contact": (some("pat-1", "name", "telecom", "address", "organization"),),
    "RequestGroup.action": (
        apart("rqg-1", "resource", "action"),
        some("rqg-1", "resource", "action"),
    ),
    "RiskAssessment.prediction": (_probability,),
    "ServiceRequest": (needs("prr-1", "orderDetail", "code"),),
    "Task": (_in_order("authoredOn", "lastModified", _BEFORE),),
}
"""Type or part -> its invariants."""
