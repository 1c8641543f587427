"""Names that both directions use."""

from __future__ import annotations

PLAN_TYPE = "https://fhir.inera.se/CodeSystem/typeofcareplan-cs"
"""Code system of the national contract's kinds of care plans."""

NOPATIENT = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "code": "NOPATIENT",
}
"""Security label: the person is not to see it (OSL 25:6–7)."""
