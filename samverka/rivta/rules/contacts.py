"""GetCareContacts 3.0: visits, stays and booked times as the contract has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from samverka.kernel.text import text as _
from samverka.rivta.rules.soap import message
from samverka.rivta.rules.values import (
    KV_CONTACT_TYPE,
    Contract,
    Place,
    Result,
    Writer,
    in_core,
    response,
    stamp,
    write_professional,
    write_result,
    write_unit,
)

CONTACTS = Contract("GetCareContacts", 3)


class ContactType(StrEnum):
    """KV Vårdkontakttyp."""

    VISIT = "1"
    PHONE = "2"
    STAY = "3"
    OTHER = "5"


_WORDS = {
    ContactType.VISIT: _("Besök"),
    ContactType.PHONE: _("Telefon"),
    ContactType.STAY: _("Vårdtillfälle"),
    ContactType.OTHER: _("Annan"),
}


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """One contact.

    Attributes:
        ends_at: None for what lies ahead or goes on.
        status: in words: the codes of the national reference set are not published openly.
    """

    id: str
    sort: ContactType
    place: Place
    starts_at: datetime
    ends_at: datetime | None
    status: str
    by: str = ""


def care_contacts(
    contacts: Iterable[ContactFacts], *, number: str, kind: str, source: str, result: Result
) -> bytes:
    """GetCareContactsResponse in its envelope; the arguments are those of `care_plans`."""
    made = response(CONTACTS)
    for one in contacts:
        contact = in_core(made, "careContact")
        _write_header(contact.part("careContactHeader"), one, number, kind, source)
        _write_body(contact.part("careContactBody"), one)
    write_result(made, result)
    return message(made.element)


def _write_header(header: Writer, one: ContactFacts, number: str, kind: str, source: str) -> None:
    header.says("documentId", one.id)
    header.says("sourceSystemHSAId", source)
    header.part("patientId").texts([("id", number), ("type", kind)])
    write_professional(header, one.starts_at, one.by, one.place)
    header.says("approvedForPatient", "true")


def _write_body(body: Writer, one: ContactFacts) -> None:
    code = [
        ("code", one.sort.value),
        ("codeSystem", KV_CONTACT_TYPE),
        ("displayName", str(_WORDS[one.sort])),
    ]
    body.part("careContactCode").texts(code)
    write_unit(body.part("careContactOrgUnit"), one.place)
    ends = stamp(one.ends_at) if one.ends_at else ""
    body.part("careContactTimePeriod").texts([("start", stamp(one.starts_at)), ("end", ends)])
    body.part("careContactStatus").texts([("originalText", one.status)])
