"""A summary of the person's care after HL7's International Patient Summary, with the plans that are shared.

The sections and their codes are those of the guide (IPS, HL7, 2.0): medicines, allergies and problems always stand
there; where the reader sees nothing of them it says that there is no information here, never that there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samverka.contract.fhir.documents import LOINC, Document, Frame, Part, bundle
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules import showing
from samverka.resources.rules.receiving import Content, objects

Fits = Callable[[Content], bool]
Say = Callable[[Text], str]

MOST = 100
"""Entries in a section, the newest: a summary of everything is no summary."""


@dataclass(frozen=True, slots=True)
class _Sort:
    """A section of the guide. `always`: it stands there even when it is empty."""

    title: Text
    code: str
    display: str
    kinds: tuple[str, ...]
    fits: Fits
    always: bool = False


def _all(_content: Content) -> bool:
    return True


_OVER = frozenset({"resolved", "inactive", "remission"})


def _codes(value: object) -> set[str]:
    concepts = objects(value)
    return {str(one.get("code")) for c in concepts for one in objects(c.get("coding") or [])}


def _goes_on(content: Content) -> bool:
    return not _codes(content.get("clinicalStatus")) & _OVER


def _is_over(content: Content) -> bool:
    return not _goes_on(content)


def _category(*wanted: str) -> Fits:
    return lambda content: bool(_codes(content.get("category")) & set(wanted))


def _used(content: Content) -> bool:
    return showing.is_taken(content) or content.get("status") == "on-hold"


_RESULTS = ("laboratory", "imaging", "procedure", "exam")

_SORTS = (
    _Sort(_("Läkemedel"), "10160-0", "History of Medication use Narrative",
          showing.MEDICINES, _used, always=True),
    _Sort(_("Allergier och överkänslighet"), "48765-2", "Allergies and adverse reactions Document",
          ("AllergyIntolerance",), _goes_on, always=True),
    _Sort(_("Sjukdomar och problem"), "11450-4", "Problem list - Reported",
          ("Condition",), _goes_on, always=True),
    _Sort(_("Vaccinationer"), "11369-6", "History of Immunization note", ("Immunization",), _all),
    _Sort(_("Åtgärder och operationer"), "47519-4", "History of Procedures Document",
          ("Procedure",), _all),
    _Sort(_("Hjälpmedel och utrustning"), "46264-8", "History of medical device use",
          ("DeviceUseStatement",), _all),
    _Sort(_("Svar på undersökningar"), "30954-2",
          "Relevant diagnostic tests/laboratory data note", ("Observation",), _category(*_RESULTS)),
    _Sort(_("Svar i sin helhet"), "30954-2", "Relevant diagnostic tests/laboratory data note",
          ("DiagnosticReport",), _all),
    _Sort(_("Mätvärden"), "8716-3", "Vital signs note", ("Observation",), _category("vital-signs")),
    _Sort(_("Levnadsvanor"), "29762-2", "Social history note", ("Observation",),
          _category("social-history")),
    _Sort(_("Varningar"), "104605-1", "Alert", ("Flag",), _all),
    _Sort(_("Tidigare sjukdomar"), "11348-0", "History of Past illness note", ("Condition",), _is_over),
    _Sort(_("Planer"), "18776-5", "Plan of care note", ("CarePlan", "Goal"), _all),
)  # fmt: skip

SUMMARY_KINDS = tuple(dict.fromkeys(kind for sort in _SORTS for kind in sort.kinds))
"""Types that a summary is made of."""

_NONE = _("Det finns inga uppgifter här. Uppgifter kan finnas på andra ställen.")
_TITLE = _("Sammanfattning av vård och omsorg")
_MISTAKES = frozenset({"entered-in-error", "not-done", "revoked", "draft", "rejected", "cancelled"})


def summary(patient: Content, found: Iterable[Content], frame: Frame, say: Say) -> dict[str, Any]:
    """The document.

    Args:
        found: what the reader sees of `SUMMARY_KINDS` about the person.
        say: a sentence in the reader's language.
    """
    subject = {"reference": f"Patient/{patient['id']}"}
    right = [_about(one, subject) for one in found if not _is_mistake(one)]
    parts = [part for sort in _SORTS if (part := _part(sort, right, say))]
    coding = {"system": LOINC, "code": "60591-5", "display": "Patient summary Document"}
    document = Document("ips", say(_TITLE), (coding,), patient, parts)
    return bundle(document, frame)


def _is_mistake(one: Content) -> bool:
    wrong = _codes(one.get("verificationStatus")) & {"entered-in-error", "refuted"}
    return str(one.get("status") or one.get("lifecycleStatus")) in _MISTAKES or bool(wrong)


def _about(one: Content, subject: Content) -> Content:
    """In a document the subject is the document's Patient, whatever its source called the person."""
    name = next((name for name in ("subject", "patient") if name in one), "")
    return {**one, name: subject} if name else one


def _part(sort: _Sort, found: Sequence[Content], say: Say) -> Part | None:
    wanted = [one for one in found if one["resourceType"] in sort.kinds and sort.fits(one)]
    wanted.sort(key=showing.when_of, reverse=True)
    if not wanted and not sort.always:
        return None
    kept = wanted[:MOST]
    lines = [_line(one) for one in kept]
    return Part(
        title=say(sort.title),
        coding={"system": LOINC, "code": sort.code, "display": sort.display},
        lines=[(say(sort.title), lines)] if lines else [],
        entries=kept,
        empty="" if kept else say(_NONE),
    )


def _line(one: Content) -> str:
    named = showing.medicine_of(one) if one["resourceType"] in showing.MEDICINES else ""
    named = named or showing.title_of(one) or showing.kind_words(str(one["resourceType"]))
    more = (showing.value_of(one), showing.dosage_of(one), showing.when_of(one)[:10])
    return " · ".join(filter(None, [named, *more]))
