"""A wait with all its parts in one question, and what the rules make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import JSONObject

from samverka.access.county import county_value
from samverka.access.rules import Decision
from samverka.contacts.rules import OWN_SOURCE, Way
from samverka.guarantee.models import (
    Wait,
    WaitChange,
    WaitContact,
    WaitLetter,
    WaitOffer,
    WaitPause,
)
from samverka.guarantee.reads.values import (
    ChangeDetail,
    ContactDetail,
    LetterDetail,
    OfferDetail,
    PauseDetail,
    WaitDetail,
)
from samverka.guarantee.rules import (
    ClockStatus,
    Contact,
    Elsewhere,
    Ended,
    Ending,
    LetterKind,
    Level,
    Matter,
    Offer,
    Part,
    Pause,
    Profession,
    Purpose,
    Reason,
    Residence,
    judge_clock,
    judge_duty,
)
from samverka.guarantee.rules import Wait as WaitRule
from samverka.guarantee.rules.hearing import Answer
from samverka.guarantee.rules.letters import Way as LetterWay
from samverka.guarantee.rules.turns import Given, near_days, next_step
from samverka.kernel.actor import Actor, Branch, Permission
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.organisations.reads import UnitDetail, unit_detail
from samverka.organisations.rules import SIDE_OF, OrganisationKind, UnitKind
from samverka.people.reads import PersonLine, person_line

_NOTED = (
    "id", "noted_at", "noted_by", "withdrawn_at", "withdrawn_by", "withdrawn_reason", "source",
)  # fmt: skip
_OFFER = ("made_on", "care_on", "where", "elsewhere", "travel", "answer", "answered_on",
          "answered_to", "informed_on")  # fmt: skip
_PAUSE = ("reason", "first", "last", "informed_on", "declined_on", "offer_id", "words")
_CONTACT = ("at", "purpose", "way", "profession", "unit_id", "level", "instead_of_visit",
            "answered", "held")  # fmt: skip
_LETTER = ("kind", "way", "heading", "words")
_CHANGE = ("at", "by", "before", "reason")


def _parts(model: Any, order: str, names: Iterable[str], **more: str) -> ArraySubquery:
    found = model.objects.filter(wait_id=OuterRef("pk")).order_by(order, "id")
    return ArraySubquery(found.values(made=JSONObject(**{one: one for one in names} | more)))


def full_waits() -> QuerySet[Any]:
    """Waits with their person, unit, offers, pauses, contacts, letters: one question for any number."""
    found: QuerySet[Any] = Wait.objects.select_related("person", "unit__provider__organisation")
    return _with_parts(found)


def _with_parts(found: QuerySet[Any]) -> QuerySet[Any]:
    whole: QuerySet[Any] = found.annotate(
        offer_parts=_parts(WaitOffer, "-made_on", (*_NOTED, *_OFFER)),
        pause_parts=_parts(WaitPause, "-first", (*_NOTED, *_PAUSE)),
        contact_parts=_parts(WaitContact, "-at", (*_NOTED, *_CONTACT), unit_name="unit__name"),
        letter_parts=_parts(WaitLetter, "-noted_at", (*_NOTED, *_LETTER)),
        change_parts=_parts(WaitChange, "-at", _CHANGE),
    )
    return whole


# ── parts ──


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _noted(part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": UUID(part["id"]),
        "noted_at": _moment(part["noted_at"]),
        "noted_by": part["noted_by"],
        "withdrawn_at": _moment(part["withdrawn_at"]),
        "withdrawn_by": part["withdrawn_by"],
        "withdrawn_reason": part["withdrawn_reason"],
    }


def _offer(part: Mapping[str, Any]) -> OfferDetail:
    days = {name: _day(part[name]) for name in ("made_on", "care_on", "answered_on", "informed_on")}
    return OfferDetail(
        **_noted(part),
        **days,  # type: ignore[arg-type]
        where=part["where"],
        elsewhere=part["elsewhere"],
        travel=part["travel"],
        accepted=part["answer"] == Answer.YES if part["answer"] else None,
        answered_to=part["answered_to"],
        received=part["source"] != OWN_SOURCE,
    )


def _pause(part: Mapping[str, Any]) -> PauseDetail:
    first = _day(part["first"])
    assert first is not None
    return PauseDetail(
        **_noted(part),
        reason=Reason(part["reason"]),
        first=first,
        last=_day(part["last"]),
        informed_on=_day(part["informed_on"]),
        declined_on=_day(part["declined_on"]),
        offer_id=UUID(part["offer_id"]) if part["offer_id"] else None,
        words=part["words"],
    )


def _contact(part: Mapping[str, Any]) -> ContactDetail:
    at, purpose = _moment(part["at"]), part["purpose"]
    assert at is not None
    return ContactDetail(
        **_noted(part),
        at=at,
        purpose=Purpose(purpose) if purpose else None,
        where=part["unit_name"] or "",
        received=part["source"] != OWN_SOURCE,
        contact=_judged_contact(part, at) if purpose else None,
    )


def _judged_contact(part: Mapping[str, Any], at: datetime) -> Contact:
    return Contact(
        at=at,
        level=Level(part["level"]),
        purpose=Purpose(part["purpose"]),
        way=Way(part["way"]) if part["way"] else None,
        profession=Profession(part["profession"]) if part["profession"] else None,
        unit=str(part["unit_id"] or ""),
        instead_of_visit=part["instead_of_visit"],
        answered=part["answered"],
        held=part["held"],
    )


def _letter(part: Mapping[str, Any]) -> LetterDetail:
    return LetterDetail(
        **_noted(part),
        kind=LetterKind(part["kind"]),
        way=LetterWay(part["way"]),
        heading=part["heading"],
        words=tuple(part["words"]),
    )


def _change(part: Mapping[str, Any]) -> ChangeDetail:
    at = _moment(part["at"])
    assert at is not None
    return ChangeDetail(at=at, by=part["by"], before=part["before"], reason=part["reason"])


# ── the clock ──


def rule_pause(one: PauseDetail, offers: Iterable[OfferDetail]) -> Pause:
    """A pause as the rules judge it, with the time that the person said no to."""
    no = next((offer for offer in offers if offer.id == one.offer_id), None)
    return Pause(
        reason=one.reason,
        first=one.first,
        last=one.last,
        informed_on=one.informed_on,
        declined_on=one.declined_on,
        offer=Offer(made_on=no.made_on, care_on=no.care_on) if no else None,
    )


def _rule(
    row: Any,
    offers: Iterable[OfferDetail],
    pauses: Iterable[PauseDetail],
    contacts: Iterable[ContactDetail],
) -> WaitRule:
    held = tuple(one.contact for one in contacts if one.stands and one.contact)
    return replace(
        start_rule(row),
        contacts=held,
        pauses=tuple(rule_pause(one, offers) for one in pauses if one.stands),
        ended=Ended(on=row.ended_on, why=Ending(row.ended_why)) if row.ended_on else None,
    )


def start_rule(row: Wait) -> WaitRule:
    """What the row itself says, without contacts, pauses and an end."""
    return WaitRule(
        part=Part(row.kind),
        matter=Matter(row.matter),
        sought_at=row.sought_at,
        referral_issued_at=row.referral_issued_at,
        referral_received_at=row.referral_received_at,
        decided_at=row.decided_at,
        sought_unit=str(row.unit_id),
        listed_unit=str(row.listed_unit_id or ""),
        in_choice_system=row.in_choice_system,
        assessment_needed=row.assessment_needed,
        judged_at=row.need_judged_at,
        possible_at_once=row.possible_at_once,
        of_region=row.of_region,
        target_on=row.target_on,
    )


def wait_detail(row: Any, actor: Actor, decision: Decision) -> WaitDetail:
    """One row of `full_waits` → plain value, judged at the actor's moment."""
    return _detail(row, actor, person_line(row.person, actor, decision), unit_detail(row.unit))


def rule_of(row: Any) -> WaitRule:
    """One row of `full_waits` as the rules know it: without the person, so the gate is asked nothing."""
    return _rule(row, *_happened(row))


def _happened(
    row: Any,
) -> tuple[tuple[OfferDetail, ...], tuple[PauseDetail, ...], tuple[ContactDetail, ...]]:
    """Offers, pauses and contacts of a row with its parts."""
    return (
        tuple(_offer(one) for one in row.offer_parts),
        tuple(_pause(one) for one in row.pause_parts),
        tuple(_contact(one) for one in row.contact_parts),
    )


def _detail(row: Any, actor: Actor, person: PersonLine | None, unit: UnitDetail) -> WaitDetail:
    offers, pauses, contacts = _happened(row)
    facts = _rule(row, offers, pauses, contacts)
    clock = judge_clock(facts, actor.at)
    duty = judge_duty(clock, _elsewhere(offers))
    near = near_days(clock.part, county_value(Key.GUARANTEE_NEAR, local_date(actor.at)))
    unjudged = next((one for one in contacts if one.stands and one.purpose is None), None)
    return WaitDetail(
        id=row.id,
        person=person or _NOBODY,
        unit=unit,
        listed_unit=row.listed_unit_id,
        part=clock.part,
        matter=facts.matter,
        what=row.what,
        area=row.area,
        referrer=row.referrer,
        chosen=row.chosen,
        residence=Residence(row.residence),
        facts=facts,
        clock=clock,
        duty=duty,
        step=next_step(
            clock,
            duty,
            _given(offers),
            unjudged=local_date(unjudged.at) if unjudged else None,
            near=near,
        ),
        near=near,
        ended_by=row.ended_by,
        need_judged_by=row.need_judged_by,
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        source=row.source,
        version=row.version,
        may_edit=actor.unit_id == row.unit_id and actor.may(Permission.GUARANTEE_EDIT),
        offers=offers,
        pauses=pauses,
        contacts=contacts,
        letters=tuple(_letter(one) for one in row.letter_parts),
        changes=tuple(_change(one) for one in row.change_parts),
    )


def _elsewhere(offers: Iterable[OfferDetail]) -> list[Elsewhere]:
    return [
        Elsewhere(
            offered_on=one.made_on, care_on=one.care_on, where=one.where, accepted=one.accepted
        )
        for one in offers
        if one.stands and one.elsewhere
    ]


def _given(offers: Iterable[OfferDetail]) -> list[Given]:
    return [
        Given(care_on=one.care_on, elsewhere=one.elsewhere, accepted=one.accepted)
        for one in offers
        if one.stands
    ]


# ── one part of another page's question ──

_COLUMNS = tuple(one.attname for one in Wait._meta.concrete_fields)
_UNIT = {
    "id": "unit_id",
    "name": "unit__name",
    "kind": "unit__kind",
    "town": "unit__town",
    "municipality_code": "unit__municipality_code",
    "phone": "unit__phone",
    "phone_hours": "unit__phone_hours",
    "email": "unit__email",
    "hsa_id": "unit__hsa_id",
    "provider_id": "unit__provider_id",
    "provider_name": "unit__provider__name",
    "branch": "unit__provider__branch",
    "side": "unit__provider__organisation__kind",
    "organisation_id": "unit__provider__organisation_id",
    "organisation_name": "unit__provider__organisation__name",
    "closed": "unit__closed",
    "successor_id": "unit__successor_id",
}
_PARTS = ("offer_parts", "pause_parts", "contact_parts", "letter_parts", "change_parts")
WAIT = "wait"
"""The name that tells a wait's part from others in the same answer."""


def wait_parts() -> QuerySet[Any]:
    """Waits that go on, each as one part: for a page that asks for much in one query."""
    found = _with_parts(Wait.objects.exclude(status__in=OVER))
    whole: QuerySet[Any] = found.annotate(
        table=Value("also", output_field=CharField()),
        part=JSONObject(
            **{WAIT: JSONObject(**{one: one for one in _COLUMNS})},
            unit=JSONObject(**_UNIT),
            **{one: one for one in _PARTS},
        ),
    )
    return whole


def part_row(part: Mapping[str, Any]) -> Wait:
    """One of `wait_parts` → its row with its parts, as the gate asks it."""
    values = part[WAIT]
    fields = {one.attname: one for one in Wait._meta.concrete_fields}
    row = Wait(**{name: fields[name].to_python(values[name]) for name in _COLUMNS})
    for name in _PARTS:
        setattr(row, name, part[name])
    return row


def part_detail(part: Mapping[str, Any], actor: Actor) -> WaitDetail:
    """One of `wait_parts` → plain value; who the person is, the page knows."""
    return _detail(part_row(part), actor, None, _unit(part["unit"]))


def _unit(part: Mapping[str, Any]) -> UnitDetail:
    ids = ("id", "provider_id", "organisation_id", "successor_id")
    given = dict(part) | {name: UUID(part[name]) if part[name] else None for name in ids}
    given |= {"kind": UnitKind(part["kind"]), "branch": Branch(part["branch"])}
    given |= {"side": SIDE_OF[OrganisationKind(part["side"])], "hsa_id": part["hsa_id"] or ""}
    return UnitDetail(**given)


OVER = (ClockStatus.MET, ClockStatus.LATE, ClockStatus.ENDED)
"""Waits that nobody waits in any more."""

_NOBODY = PersonLine(
    id=UUID(int=0), name="", birth_date=None, birth_year=None, age=None, protected=False, town="",
    deceased=False,
)  # fmt: skip
