"""`$validate`: everything that is wrong with a resource, without keeping it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from django.utils.translation import gettext

from samverka.config.invoked.values import Answer, Called, Level, Operation, Parameter
from samverka.kernel.problems import Invalid
from samverka.kernel.text import in_language
from samverka.kernel.text import text as _
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.lines import Fault
from samverka.resources.rules.profiles import breaks, known_profiles
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.validation import validate

MODES = ("create", "update", "delete", "profile")

Judge: TypeAlias = Callable[[str, Content], list[Fault] | None]
"""A profile's canonical address and a resource → its faults by that profile; None: not a profile that is known."""

_BASE = "http://hl7.org/fhir/StructureDefinition/"


def base_profile(url: str, content: Content) -> list[Fault] | None:
    """The standard's own definition of a type is a profile too: the resource is of that type or not."""
    kind = url.partition("|")[0].removeprefix(_BASE)
    if not url.startswith(_BASE) or kind not in RESOURCE_TYPES:
        return None
    if content.get("resourceType") == kind:
        return []
    return [Fault("", _("Profilen gäller typen %(kind)s.", kind=kind))]


def swedish_profile(url: str, content: Content) -> list[Fault] | None:
    """HL7 Sweden's base profiles, and the others that are kept as tables."""
    if url.partition("|")[0] not in known_profiles():
        return None
    return breaks(content, url)


JUDGES: tuple[Judge, ...] = (base_profile, swedish_profile)
"""Who knows which profiles; the first that knows it answers."""


def validate_resource(called: Called) -> Answer:
    """Every fault as an OperationOutcome; that it has faults is no failure of the operation."""
    mode = called.said("mode")
    if mode and mode not in MODES:
        raise Invalid(_("Ange %(modes)s.", modes=", ".join(MODES)), where="mode")
    stands = called.house.read(called.actor, called.kind, called.key) if called.key else None
    sent = called.resource("resource")
    if sent is None and stands is None:
        raise Invalid(_("Skicka resursen som ska prövas."), where="resource")
    if mode == "delete":
        return Answer(outcome([]))
    looked_at = sent or stands or {}
    faults = validate(looked_at, called.kind)
    if called.key and str(looked_at.get("id", "")) != called.key:
        words = _("Resursens id ska vara det som står i adressen.")
        faults.append(Fault(f"{called.kind}.id", words))
    for profile in called.all("profile"):
        faults += by_profile(str(profile), looked_at)
    return Answer(outcome(faults))


def by_profile(url: str, content: Content) -> list[Fault]:
    """Faults by one profile.

    Raises:
        Invalid: nobody here knows it.
    """
    for judge in JUDGES:
        found = judge(url, content)
        if found is not None:
            return found
    raise Invalid(_("Profilen %(url)s finns inte här.", url=url), where="profile")


def outcome(faults: list[Fault]) -> dict[str, Any]:
    """An OperationOutcome with every fault, or one line that there is none."""
    if not faults:
        words = gettext("Inga fel hittades.")
        issue = {"severity": "information", "code": "informational", "diagnostics": words}
        return {"resourceType": "OperationOutcome", "issue": [issue]}
    return {"resourceType": "OperationOutcome", "issue": [_issue(one) for one in faults]}


def _issue(one: Fault) -> dict[str, Any]:
    said = " ".join(in_language(part, gettext) for part in (one.message, one.mend) if part)
    made = {"severity": "error", "code": one.sort.value, "diagnostics": said}
    return {**made, "expression": [one.path]} if one.path else made


VALIDATION = (
    Operation(
        code="validate",
        definition="http://hl7.org/fhir/OperationDefinition/Resource-validate",
        words="everything that is wrong with a resource, without keeping it",
        levels=(Level.TYPE, Level.INSTANCE),
        run=validate_resource,
        get=False,
        takes=(
            Parameter(
                "resource",
                "Resource",
                "what is looked through; on an instance what stands, if left out",
            ),
            Parameter("mode", "code", "create, update, delete or profile"),
            Parameter(
                "profile", "uri", "canonical address of a profile that is known here", most=0
            ),
        ),
        gives=(Parameter("return", "OperationOutcome", "every fault, or that there is none", 1),),
        body="resource",
    ),
)
