"""What record systems tell by FHIR: taken in as an import is, at once, one resource or a Bundle at a time."""

from __future__ import annotations

from samverka.config.registry import REGISTRY
from samverka.discharge.reads import case_of_stay
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.organisations.reads import unit_names
from samverka.resources.operations import Taking, take_in
from samverka.resources.rules.lines import Fault
from samverka.resources.rules.status import Status
from samverka.web.exchange import Fed, FedEntry, Issue

FEEDS = frozenset({"Encounter", "Patient"})
"""Types that are told by PUT and POST of their own; in a Bundle comes whatever an import takes."""


def feed(actor: Actor, text: bytes, key: str = "") -> Fed:
    """Take in what a record system sent, under the name of the unit whose system it is.

    Args:
        key: the id in the address of a PUT, which the resource must have.

    Raises:
        NotAllowed: the assignment does not let one import.
        NotNow: something from the same unit is being taken in just now.
    """
    source = source_of(actor)
    found = take_in(actor, text=text, source=source, registry=REGISTRY, strict=FEEDS, key=key)
    return Fed(tuple(_entry(actor, source, one) for one in found.entries), found.whole)


def source_of(actor: Actor) -> str:
    """What an import from the unit's record system is called: by it a stay is the same one for ever.

    Raises:
        Invalid: no unit has been chosen.
    """
    unit = unit_names({actor.unit_id}).get(actor.unit_id) if actor.unit_id else None
    if unit is None:
        raise Invalid(_("Välj först vilken enhet du arbetar på."))
    return unit.hsa_id or str(unit.id)


def _entry(actor: Actor, source: str, one: Taking) -> FedEntry:
    if one.faults:
        return FedEntry(one.number, one.kind, 400, _issue(one.faults[0]))
    if one.status is None:
        return FedEntry(one.number, one.kind, 202)
    led_to = _led_to(actor, source, one)
    if one.status is Status.WAITING:
        waits = Issue(f"{one.kind}.subject", one.reason or _WAITS, _SEND)
        return FedEntry(one.number, one.kind, 422, waits)
    issue = Issue(one.path, one.reason) if one.reason else None
    if one.is_refused(FEEDS):
        return FedEntry(one.number, one.kind, 422, issue, led_to)
    taken = one.status is Status.RECEIVED
    return FedEntry(one.number, one.kind, 200 if taken else 202, issue, led_to)


def _led_to(actor: Actor, source: str, one: Taking) -> str:
    if one.kind == "Patient" and one.room_id:
        return f"Patient/{one.room_id}"
    if one.kind != "Encounter":
        return ""
    case_id = case_of_stay(actor, source=source, source_id=one.key)
    return f"Encounter/{case_id}" if case_id else ""


def _issue(fault: Fault) -> Issue:
    return Issue(fault.path, fault.message, fault.mend or "")


_WAITS = _(
    "Personen är inte känd här än. Det som skickades är sparat och tas emot när personen finns."
)
_SEND = _("Skicka Patient med personnummer från samma system, helst i samma Bundle.")
