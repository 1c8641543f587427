"""The person's one page, and a summary of the person's care, as documents of FHIR R4. One direction: read only."""

from samverka.contract.fhir.agreement import SECTION_CODES, SECTION_WORDS, agreement
from samverka.contract.fhir.documents import Frame
from samverka.contract.fhir.summary import SUMMARY_KINDS, summary

__all__ = ["SECTION_CODES", "SECTION_WORDS", "SUMMARY_KINDS", "Frame", "agreement", "summary"]
