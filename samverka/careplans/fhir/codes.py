"""Names that both directions use."""

from __future__ import annotations

PLAN_TYPE = "https://fhir.inera.se/CodeSystem/typeofcareplan-cs"
"""Code system of the national contract's kinds of care plans."""

_INERA = "https://fhir.inera.se/ig/ehds-tk/StructureDefinition"
PLAN_PROFILE = f"{_INERA}/SEEHDSCarePlan"
"""Inera's profile of a plan, by the contract GetCarePlans 2.0 (EHDS-TK 0.3.3)."""

RECORD_PROFILE = f"{_INERA}/SEEHDSProvenance"
"""Inera's profile of whose record something is: care provider (outer block) and unit (inner block)."""

SOURCE = "https://tjanstekatalogen.inera.se/Endpoint/"
"""Before a system's HSA-id in `meta.source` (EHDS-TK 0.3.3, the contracts' sourceSystemHSAId)."""

GOAL_PLAN = "https://samverka.example/fhir/StructureDefinition/goal-careplan"
"""Extension of Goal: the plan that it stands in. R4 only points from the plan to its goals."""

STATUS_REASON = "http://hl7.org/fhir/StructureDefinition/request-statusReason"
"""HL7's extension of a request: why it has the status that it has."""

AGREED = "https://samverka.example/fhir/StructureDefinition/person-agreed"
"""Extension of ServiceRequest: the person says yes to that another care provider is asked (OSL 10:1)."""

REFUSAL = "https://samverka.example/fhir/CodeSystem/plan-refusal"
"""Code system of the grounds for a no to a plan; the codes are those of `RefusalGround`."""

PLAN_TASK = "https://samverka.example/fhir/CodeSystem/plan-task"
"""Code system of what a Task of a plan asks; the codes are those of `TaskSort`."""

NOPATIENT = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "code": "NOPATIENT",
}
"""Security label: the person is not to see it (OSL 25:6–7)."""
