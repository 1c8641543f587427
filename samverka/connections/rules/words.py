"""What an app asks for, in plain words. A person reads them before saying yes, so they are short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samverka.connections.rules.scopes import Other, Scope, Scopes
from samverka.kernel.narrowing import EVERY
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

PLAIN: Mapping[str, Text] = {
    "Patient": _("namn och adress"),
    "CarePlan": _("planer"),
    "Goal": _("mål"),
    "CareTeam": _("vilka som hjälper till"),
    "Observation": _("mätvärden"),
    "MedicationStatement": _("läkemedel"),
    "MedicationRequest": _("recept"),
    "Medication": _("namn på läkemedel"),
    "Appointment": _("tider"),
    "Task": _("uppgifter"),
    "Communication": _("meddelanden"),
    "Condition": _("hälsoproblem"),
    "AllergyIntolerance": _("allergier"),
    "Immunization": _("vaccinationer"),
    "Encounter": _("besök"),
    "Procedure": _("åtgärder"),
    "DiagnosticReport": _("provsvar"),
    "DocumentReference": _("dokument"),
    "Questionnaire": _("frågeformulär"),
    "QuestionnaireResponse": _("svar på frågor"),
    "Consent": _("samtycken"),
    "ServiceRequest": _("remisser"),
    "Organization": _("vårdgivare"),
    "Practitioner": _("personal"),
    "RelatedPerson": _("närstående"),
}
"""What a type is called by one who is no professional. A type that is not here is named as FHIR names it."""

EVERYTHING = _("allt som finns här")


@dataclass(frozen=True, slots=True)
class Said:
    """What an app asks for.

    Attributes:
        reads: what it wants to read, each in a word or two.
        writes: what it wants to write or change.
        identity: it wants to know who one is.
        lasting: it wants to go on when one is not logged in.
    """

    reads: tuple[str, ...]
    writes: tuple[str, ...]
    identity: bool
    lasting: bool


def said(scopes: Scopes) -> Said:
    """The scopes in plain words."""
    return Said(
        reads=_named(one for one in scopes.resources if set(one.letters) & set("rs")),
        writes=_named(one for one in scopes.resources if set(one.letters) & set("cud")),
        identity=bool(scopes.others & {Other.OPENID, Other.FHIR_USER, Other.PROFILE}),
        lasting=Other.OFFLINE in scopes.others,
    )


def _named(scopes: Iterable[Scope]) -> tuple[str, ...]:
    found = list(scopes)
    if any(one.kind == EVERY for one in found):
        return (EVERYTHING,)
    return tuple(dict.fromkeys(_one(one) for one in found))


def _one(scope: Scope) -> str:
    name = PLAIN.get(scope.kind, scope.kind)
    if not scope.where:
        return name
    return _("%(what)s av ett visst slag (%(which)s)", what=name,
             which=", ".join(value for _name, value in scope.where))  # fmt: skip
