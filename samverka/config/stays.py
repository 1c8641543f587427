"""A stay that a record system tells of → the case of the room `discharge`: which ward, and who is to be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from samverka.discharge import fhir, operations
from samverka.discharge.rules.hearing import INSIDE_PHASES, Phase, StayFacts, is_history
from samverka.kernel.actor import Actor
from samverka.kernel.identity import IdentityKind, identity_from_system
from samverka.kernel.problems import Invalid, Problem
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, unit_names, unit_with_hsa_id
from samverka.organisations.rules import UnitKind
from samverka.resources.rules.receiving import Content, Received, Taken, object_of, objects

_ANY_DAY = date(2000, 1, 1)  # the day decides the century of short personal numbers, not an HSA-id


def hsa_id_of(content: Content) -> str:
    """The HSA-id among the identifiers, under either of its two names; "" without one."""
    for one in objects(content.get("identifier", [])):
        try:
            number = identity_from_system(
                str(one.get("system", "")), str(one.get("value", "")), today=_ANY_DAY
            )
        except Invalid:
            continue
        if number is not None and number.kind is IdentityKind.HSA_ID:
            return number.value
    return ""


def hear_stay(
    actor: Actor, received: Received, room_id: UUID | None, unheard: Text | None = None
) -> Taken:
    """Let the case hear what the stay says. What it cannot take in is told, and the stay stands all the same.

    Args:
        room_id: the row that stands for the stay among visits and stays.
        unheard: why it is only kept, where no case has heard it either.
    """
    try:
        with transaction.atomic():
            heard, said = _hear(actor, received)
    except Problem as problem:
        words = " ".join(one for one in (problem.message, problem.mend) if one)
        where = problem.where if problem.where.startswith("Encounter.") else ""
        return Taken(room_id=room_id, kept=_("%(words)s", words=words), path=where)
    return Taken(room_id=room_id, kept=None if heard else unheard, note=said)


def _hear(actor: Actor, received: Received) -> tuple[bool, Text | None]:
    """Whether a case has heard it, and what somebody should know."""
    stay = fhir.receive_stay(received.content, source=received.source, source_id=received.key)
    if stay is None or received.person_id is None or is_history(stay, actor.at):
        return False, None
    if object_of(received.content.get("partOf")):
        return False, _A_PART
    ward = _ward(received)
    if ward is None:
        begun = stay.phase in (*INSIDE_PHASES, Phase.PLANNED)
        return False, _NO_WARD if begun else None
    heard = operations.hear_stay(
        actor, person_id=received.person_id, unit_id=ward.id, stay=_with_units(received, stay)
    )
    said = _("%(words)s", words=heard.said) if heard.said else None
    return heard.case_id is not None, said


_A_PART = _(
    "Vårdtiden är en del av en annan (partOf). Ärendet följer den hela vårdtiden: skicka avdelningen "
    "som location där."
)
_NO_WARD = _("Ingen avdelning anges, så inget ärende om utskrivning öppnas.")


def _ward(received: Received) -> UnitDetail | None:
    """The ward that the stay names; the importing unit, where it is a ward and nothing else is named.

    Raises:
        Invalid: what is named is no ward here, or another care provider's.
    """
    named = False
    for path, reference in fhir.ward_references(received.content):
        for unit, hsa_id in units_named(received, path, reference):
            named = named or bool(hsa_id) or unit is not None
            if unit is None or unit.kind is not UnitKind.WARD:
                continue
            if unit.provider_id != received.provider_id:
                raise Invalid(
                    _("Avdelningen hör till en annan vårdgivare än den som skickar."),
                    where=f"Encounter.{path}",
                )
            return unit
    if named:
        raise Invalid(
            _("Ingen avdelning här har det HSA-id som vårdtiden anger."),
            where="Encounter.serviceProvider",
            mend=_("Skicka avdelningens HSA-id som serviceProvider eller location, eller lägg upp "
                   "avdelningen här först."),
        )  # fmt: skip
    own = unit_names({received.unit_id}).get(received.unit_id) if received.unit_id else None
    return own if own is not None and own.kind is UnitKind.WARD else None


def units_named(
    received: Received, path: str, reference: Content
) -> Iterator[tuple[UnitDetail | None, str]]:
    """By HSA-id in the reference, by the Organization that it leads to, or by a Location's own."""
    if hsa_id := hsa_id_of({"identifier": [object_of(reference.get("identifier"))]}):
        yield unit_with_hsa_id(hsa_id), hsa_id
    link = received.link(path)
    if link is not None and link.kind == "Organization" and link.room_id:
        yield unit_names({link.room_id}).get(link.room_id), ""
    elif content := received.read(str(reference.get("reference", ""))):
        managing = object_of(object_of(content.get("managingOrganization")).get("identifier"))
        for one in (content, {"identifier": [managing]}):
            if hsa_id := hsa_id_of(one):
                yield unit_with_hsa_id(hsa_id), hsa_id


def _with_units(received: Received, stay: StayFacts) -> StayFacts:
    """Those who are to be told, and the names of those that are not known here."""
    units, missing = [], []
    for reference in fhir.informed(received.content):
        found = units_named(received, "", reference)
        unit = next((unit for unit, _hsa_id in found if unit is not None), None)
        if unit is not None:
            units.append(unit.id)
        else:
            missing.append(str(reference.get("display", "")) or _named(reference))
    return replace(stay, units=tuple(units), missing=tuple(missing))


def _named(reference: Content) -> str:
    number = object_of(reference.get("identifier"))
    return str(number.get("value", "") or reference.get("reference", ""))
