"""Addresses of the code systems and extensions that cases use in R4."""

from __future__ import annotations

PLANNED_END = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedEndDate"
"""HL7's extension for what R5 has and R4 lacks: the estimated day of discharge."""

INFORMS = "https://samverka.example/fhir/StructureDefinition/encounter-informs"
"""Extension of Encounter: a unit that is to be told of the admission (LUS 2:1)."""

CASE_NUMBER = "https://samverka.example/fhir/NamingSystem/discharge-case"
"""Numbers of cases; they name nobody."""

MESSAGE_KIND = "https://samverka.example/fhir/CodeSystem/discharge-message"
"""Code system of kinds of messages; the codes are those of `MessageKind`."""

FACT = "https://samverka.example/fhir/StructureDefinition/discharge-fact"
"""Extension of Communication.payload: which fact it is; the codes are those of `Fact`."""

SECRECY = "https://samverka.example/fhir/StructureDefinition/secrecy-ground"
"""Extension of Communication: the ground on which it was given (`Secrecy`), and what the test came to."""

COPY = "https://samverka.example/fhir/StructureDefinition/message-copy"
"""Extension of Communication: what became of it at one receiver: unit, fate, when, by whom, why."""

CORRECTS = "https://samverka.example/fhir/StructureDefinition/message-corrects"
"""Extension of Communication: the earlier message that this one puts right."""

ANSWER = "https://samverka.example/fhir/StructureDefinition/going-home-answer"
"""Extension of ServiceRequest: the answer to it, as a code."""

HSA = "urn:oid:1.2.752.29.4.19"
"""HSA-id, by HL7 Sweden's base profiles."""

ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
SNOMED = "http://snomed.info/sct"
