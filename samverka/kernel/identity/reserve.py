"""Reserve numbers: what a region gives a person whose personnummer is unknown or missing.

A reserve number is never judged by the rules of personnummer, and only some forms carry a birth
date or a sex. Sources: Inera, "Nationellt reservidformat" and "Lokala reservnummer" (public wiki
pages).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from samverka.kernel.identity.checkdigit import ends_right, luhn
from samverka.kernel.identity.kinds import ReserveDomain, Sex

NRID_SHAPE = re.compile(r"[0-9]{8}[A-HJ-NPR-UX-Z]{2}[0-9A-Z][0-9]")
"""XXYYMMDDNNGC. NN is two capitals without I, O, Q, V and W."""


@dataclass(frozen=True, slots=True)
class ReserveFacts:
    """What a reserve number tells of its bearer; None is "the number does not say" (AGE-3)."""

    birth_date: date | None = None
    sex: Sex | None = None


def read_nrid(value: str) -> ReserveFacts | None:
    """Read a national reserve identity; None if the value is not one.

    The last digit is a check digit, but how its letters count is not published in what we could
    read, so it is not tested. The code for unknown sex is not published either: any letter means
    "does not say".
    """
    if not NRID_SHAPE.fullmatch(value):
        return None
    sex = _sex_of(int(value[10])) if value[10].isdigit() else None
    if value[:2] == "00":
        unknown_birth = int(value[4:6]) >= 20 and 40 <= int(value[6:8]) <= 59
        return ReserveFacts(None, sex) if unknown_birth else None
    # The century is raised by 3, 6 … 78: 19 is written 22, 25 … 97 and 20 is written 23, 26 … 98.
    written = int(value[:2])
    century = {1: 19, 2: 20}.get(written % 3)
    if written < 22 or century is None:
        return None
    birth_date = _date(f"{century}{value[2:8]}")
    return ReserveFacts(birth_date, sex) if birth_date else None


def read_national(value: str) -> ReserveFacts | None:
    """Read what senders put under the national system: an NRID, or the older form with K, M or X.

    The examples of the HL7 Sweden base profiles hold both.
    """
    return read_nrid(value) or _vastra_gotaland(value)


def _stockholm(value: str) -> ReserveFacts | None:
    # 99yyyyNNNNNC: the year is when the number was made, so it tells no age.
    if not re.fullmatch(r"99[0-9]{10}", value) or not ends_right(value[4:]):
        return None
    return ReserveFacts()


def _vastra_gotaland(value: str) -> ReserveFacts | None:
    # yyyymmddGggC with G one of K, M, X that count as 5, 7, 8.
    if not re.fullmatch(r"[0-9]{8}[KMX][0-9]{3}", value):
        return None
    digits = value.replace("K", "5").replace("M", "7").replace("X", "8")
    serial = int(value[9:11])
    birth_date = _date(value[:8])
    if not birth_date or not 6 <= serial <= 89 or not ends_right(digits[2:]):
        return None
    return ReserveFacts(birth_date, _sex_of(serial) if serial < 80 else None)


def _varmland(value: str) -> ReserveFacts | None:
    # yyyymmddABNC without a check digit; a last figure 1–9 marks test numbers.
    if not re.fullmatch(r"[0-9]{8}S[FUXPL][0-9][A-UW-Z1-9]", value):
        return None
    birth_date = _date(value[:8])
    serial = int(value[10])
    return ReserveFacts(birth_date, _sex_of(serial) if serial > 1 else None) if birth_date else None


def _inera(value: str) -> ReserveFacts | None:
    # yyyymmxxNNNC with xx 32–59, which no day and no day plus 60 can be.
    if not re.fullmatch(r"[0-9]{12}", value) or not ends_right(value[2:]):
        return None
    month, day = int(value[4:6]), int(value[6:8])
    return ReserveFacts() if 1 <= month <= 12 and 32 <= day <= 59 else None


_READERS: Mapping[ReserveDomain, Callable[[str], ReserveFacts | None]] = MappingProxyType(
    {
        ReserveDomain.STOCKHOLM: _stockholm,
        ReserveDomain.VASTRA_GOTALAND: _vastra_gotaland,
        ReserveDomain.VARMLAND: _varmland,
        ReserveDomain.INERA: _inera,
    }
)


def read_local(domain: str, value: str) -> ReserveFacts | None:
    """Read a local reserve number of one domain; None if the value is not one or the domain is
    unknown."""
    return _READERS[ReserveDomain(domain)](value) if domain in set(ReserveDomain) else None


def local_domain_of(value: str) -> ReserveDomain | None:
    """Tell whose local reserve number this is from its form. No two forms overlap."""
    return next((domain for domain, read in _READERS.items() if read(value)), None)


def inera_number(year: int, month: int, slot: int) -> str:
    """Write a reserve number in Inera's form: `slot` 0–27999 within the month.

    Raises:
        ValueError: the month or the slot is outside the form.
    """
    if not 1 <= month <= 12 or not 0 <= slot < 28_000:
        raise ValueError("month or slot outside the form")
    body = f"{year:04}{month:02}{32 + slot // 1000}{slot % 1000:03}"
    return f"{body}{luhn([int(digit) for digit in body[2:]])}"


def _sex_of(serial: int) -> Sex:
    return Sex.MALE if serial % 2 else Sex.FEMALE


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
