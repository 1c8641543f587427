"""What a consumer asks for: GetCarePlans 2.0 and GetCareContacts 3.0 ask in the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from samverka.kernel.calendar import local_date
from samverka.kernel.text import text as _
from samverka.rivta.rules.soap import BadXml, WrongRequest, read_message
from samverka.rivta.rules.values import CORE, Contract, Place


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    Attributes:
        address: the logical address that it was sent to.
        number, kind: the person's number, and the OID of its kind.
        unit_ids, provider_ids: only these care units, only of these care providers; none: all.
        since, until: days, both counted in.
        source: only this source system; "" for any.
        contact_ids: only what belongs to these contacts; none: all.
    """

    address: str
    number: str
    kind: str
    unit_ids: frozenset[str] = frozenset()
    provider_ids: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    source: str = ""
    contact_ids: frozenset[str] = frozenset()

    def within(self, moment: datetime) -> bool:
        """Whether it is of the days that are asked for."""
        day = local_date(moment)
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )

    def of_place(self, place: Place) -> bool:
        """Whether it is of a care unit and a care provider that are asked for."""
        return _among(place.hsa_id, self.unit_ids) and _among(
            place.provider_hsa_id, self.provider_ids
        )


def _among(hsa_id: str, wanted: frozenset[str]) -> bool:
    """HSA-ids are compared without regard to case."""
    return not wanted or hsa_id.upper() in {one.upper() for one in wanted}


_DAY = re.compile(r"^(?:19|20)\d{6}$")


def read_request(contract: Contract, text: bytes) -> Asked:
    """Read a question of a contract.

    Raises:
        BadXml: no SOAP message, or one of another contract.
        WrongRequest: something that the contract asks for is missing or wrong.
    """
    address, body = read_message(text)
    if body.tag != f"{{{contract.space}}}{contract.name}":
        raise BadXml(_("Meddelandet hör inte till det här kontraktet."))
    asked = Asked(
        address=address,
        number=_text(body, contract, f"patientId/{{{CORE}}}id"),
        kind=_text(body, contract, f"patientId/{{{CORE}}}type"),
        unit_ids=_texts(body, contract, "careUnitHSAId"),
        provider_ids=_texts(body, contract, "careGiverHSAId"),
        **_days(body, contract),
        source=_text(body, contract, "sourceSystemHSAId"),
        contact_ids=_texts(body, contract, "careContactId"),
    )
    _check_once(body, contract)
    if not (asked.number and asked.kind):
        raise WrongRequest(_("Ange patientens id och vilken typ det är."))
    if asked.contact_ids and not asked.source:
        raise WrongRequest(_("Ange källsystem när du frågar om vissa vårdkontakter."))
    return asked


def _check_once(body: etree._Element, contract: Contract) -> None:
    """One person, one period, one source: of two, nobody can say which was meant."""
    for name in ("patientId", "datePeriod", "sourceSystemHSAId"):
        if len(body.findall(f"{{{contract.space}}}{name}")) > 1:
            raise WrongRequest(_("Fråga om en person, en tidsperiod och ett källsystem i taget."))


def _days(body: etree._Element, contract: Contract) -> dict[str, date]:
    """The period, both ends or none (DatePeriodType)."""
    if body.find(f"{{{contract.space}}}datePeriod") is None:
        return {}
    since, until = (
        _day(_text(body, contract, f"datePeriod/{{{CORE}}}{name}")) for name in ("start", "end")
    )
    if since is None or until is None:
        raise WrongRequest(_("Ange både start och slut för tidsperioden."))
    if since > until:
        raise WrongRequest(_("Tidsperioden slutar innan den börjar."))
    return {"since": since, "until": until}


def _text(body: etree._Element, contract: Contract, path: str) -> str:
    return (body.findtext(f"{{{contract.space}}}{path}") or "").strip()


def _texts(body: etree._Element, contract: Contract, name: str) -> frozenset[str]:
    found = (one.text or "" for one in body.findall(f"{{{contract.space}}}{name}"))
    return frozenset(one.strip() for one in found if one.strip())


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        if _DAY.match(text):
            return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        pass
    raise WrongRequest(_("Skriv dagar som ÅÅÅÅMMDD."))
