"""What every contract of the domain shares: places, results, times, and how elements are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from samverka.kernel.calendar import local
from samverka.rivta.rules.soap import clean

CORE = "urn:riv:clinicalprocess:logistics:logistics:3"
"""Types of the domain clinicalprocess:logistics:logistics 3.0."""

HSA_ROOT = "1.2.752.129.2.1.4.1"
"""OID of HSA-id in the contracts."""

KV_CONTACT_TYPE = "1.2.752.129.2.2.2.25"
"""KV Vårdkontakttyp."""


@dataclass(frozen=True, slots=True)
class Contract:
    """One service contract: the message that asks and the one that answers are in its own name space."""

    name: str
    version: int

    @property
    def space(self) -> str:
        """The name space of its messages."""
        return f"urn:riv:clinicalprocess:logistics:logistics:{self.name}Responder:{self.version}"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and its care provider by HSA-id: without both, a consumer shows nothing (rule 1: blocks and log)."""

    hsa_id: str
    name: str
    provider_hsa_id: str
    phone: str = ""
    email: str = ""
    town: str = ""

    @property
    def known(self) -> bool:
        """Whether both are known by HSA-id."""
        return bool(self.hsa_id and self.provider_hsa_id)


@dataclass(frozen=True, slots=True)
class Result:
    """How it went. `log_id`: a UUID that a fault can be looked for by."""

    log_id: str
    words: str = ""
    wrong: bool = False


def stamp(moment: datetime) -> str:
    """YYYYMMDDhhmmss in Swedish time."""
    return local(moment).strftime("%Y%m%d%H%M%S")


def waits(tries: int) -> timedelta:
    """How long a message that was not taken waits: a minute, then twice as long each time, at most six hours."""
    return min(timedelta(minutes=2 ** min(tries, 10)), timedelta(hours=6))


class Writer:
    """Writes elements of one name space, in the order in which they are asked for; an empty value is left out."""

    def __init__(self, element: etree._Element, space: str = CORE) -> None:
        self.element, self.space = element, space

    def part(self, name: str) -> Writer:
        """An element with elements."""
        return Writer(etree.SubElement(self.element, f"{{{self.space}}}{name}"), self.space)

    def says(self, name: str, value: str) -> None:
        """An element with text."""
        if value:
            etree.SubElement(self.element, f"{{{self.space}}}{name}").text = clean(value)

    def texts(self, values: Iterable[tuple[str, str]]) -> None:
        """Several."""
        for name, value in values:
            self.says(name, value)


def response(contract: Contract) -> Writer:
    """The answer's element."""
    space = contract.space
    made = etree.Element(f"{{{space}}}{contract.name}Response", nsmap={"r": space, "c": CORE})
    return Writer(made, space)


def in_core(writer: Writer, name: str) -> Writer:
    """An element of the answer whose parts are of the domain."""
    return Writer(writer.part(name).element, CORE)


def write_result(writer: Writer, result: Result) -> None:
    """Result last, as the contract has it."""
    found = in_core(writer, "result")
    found.says("resultCode", "ERROR" if result.wrong else "OK")
    found.says("errorCode", "INVALID_REQUEST" if result.wrong else "")
    found.says("logId", result.log_id)
    found.says("message", result.words)


def write_professional(header: Writer, at: datetime, by: str, place: Place) -> None:
    """HealthcareProfessionalType: who wrote it and when, at which unit and care provider."""
    who = header.part("accountableHealthcareProfessional")
    who.says("authorTime", stamp(at))
    who.says("healthcareProfessionalName", by)
    write_unit(who.part("healthcareProfessionalOrgUnit"), place)
    who.says("healthcareProfessionalCareUnitHSAId", place.hsa_id)
    who.says("healthcareProfessionalCareGiverHSAId", place.provider_hsa_id)


def write_unit(writer: Writer, place: Place) -> None:
    """OrgUnitType."""
    writer.texts(
        [
            ("orgUnitHSAId", place.hsa_id),
            ("orgUnitName", place.name),
            ("orgUnitTelecom", place.phone),
            ("orgUnitEmail", place.email),
            ("orgUnitLocation", place.town),
        ]
    )
