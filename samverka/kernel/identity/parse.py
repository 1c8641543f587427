"""Reading numbers as people type them and as registers send them, with refusals in words."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from samverka.kernel.identity import hsa
from samverka.kernel.identity.checkdigit import ends_right, is_sound
from samverka.kernel.identity.kinds import IdentityKind, kind_label, kind_of_system
from samverka.kernel.identity.number import IdentityNumber
from samverka.kernel.identity.reserve import local_domain_of, read_local, read_national, read_nrid
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_DIGITS = re.compile(r"([0-9]{8}|[0-9]{6})([-+]?)([0-9]{4})")
_MIXED = re.compile(r"([0-9]{8})-?([0-9A-Z]{4})")
_CENTURIES = ("18", "19", "20")
_MOST_CHARACTERS = 40
_UNKNOWN_MONTH, _UNKNOWN_DAY = "00", 60  # seen in Skatteverket's published test samordningsnummer

_COMPARE = _("Jämför med legitimationen, siffra för siffra. Två siffror kan ha bytt plats.")
_FORMS = _("Skriv tio eller tolv siffror, till exempel 19121212-1212.")


def parse_identity(
    text: str,
    *,
    today: date,
    allowed: Collection[IdentityKind] = frozenset(IdentityKind),
    from_register: bool = False,
    where: str = "",
) -> IdentityNumber:
    """Read one identity number in any of the forms that people type.

    Takes 10 or 12 digits with or without - or +, with any blanks; reserve numbers; HSA-id;
    organisation numbers. LMA numbers have no form of their own: see `identity_from_system`.

    Args:
        today: decides the century of 10 digits and what lies in the future.
        allowed: kinds that fit the place; another kind is refused by name.
        from_register: take a personnummer with a wrong check digit, as some old ones have (PN-8).
        where: field that the refusal is about.

    Raises:
        Invalid: what is wrong, where in the number, and how to mend it. Never repeats the number.
    """
    typed = _tidy(text, where)
    found = (
        _hsa_id(typed)
        or _digits(typed.upper(), today=today, from_register=from_register, where=where)
        or _letters(typed.upper())
    )
    if not found:
        raise _not_a_number(typed, where)
    if found.kind not in allowed:
        raise Invalid(
            _("Det här är ett %(kind)s. Det passar inte här.", kind=kind_label(found.kind)),
            where=where,
        )
    return found


def identity_from_system(
    system: str, value: str, *, today: date, where: str = ""
) -> IdentityNumber | None:
    """Read a number whose kind the sender names by FHIR system or OID; None for unknown systems.

    Raises:
        Invalid: the value does not fit the kind that the system names.
    """
    named = kind_of_system(system)
    if named is None:
        return None
    kind, domain = named
    tidied = _tidy(value, where)
    if kind is IdentityKind.LMA:
        return IdentityNumber(kind, tidied.upper())
    if kind in (IdentityKind.NATIONAL_RESERVE, IdentityKind.LOCAL_RESERVE):
        return _reserve_from_system(kind, domain, tidied.upper().replace("-", ""), where)
    number = parse_identity(tidied, today=today, from_register=True, where=where)
    if number.kind is not kind:
        raise Invalid(
            _(
                "Avsändaren kallar numret %(said)s, men det är ett %(found)s.",
                said=kind_label(kind),
                found=kind_label(number.kind),
            ),
            where=where,
        )
    return number


def _reserve_from_system(kind: IdentityKind, domain: str, value: str, where: str) -> IdentityNumber:
    national = kind is IdentityKind.NATIONAL_RESERVE
    if not (read_national(value) if national else read_local(domain, value)):
        raise Invalid(
            _("Numret har inte formen för ett %(kind)s.", kind=kind_label(kind)), where=where
        )
    return IdentityNumber(kind, value, domain)


def _tidy(text: str, where: str) -> str:
    """Drop blanks of all sorts and make every dash a hyphen."""
    tidy = _DASHES.sub("-", "".join(text.split()))
    if not tidy:
        raise Invalid(_("Numret saknas."), where=where, mend=_FORMS)
    if len(tidy) > _MOST_CHARACTERS:
        raise Invalid(_("Det är för många tecken för ett nummer."), where=where, mend=_FORMS)
    return tidy


def _hsa_id(typed: str) -> IdentityNumber | None:
    return IdentityNumber(IdentityKind.HSA_ID, typed) if hsa.is_hsa_id(typed) else None


def _letters(typed: str) -> IdentityNumber | None:
    """Read reserve numbers that hold letters."""
    parts = _MIXED.fullmatch(typed)
    if not parts:
        return None
    value = parts[1] + parts[2]
    if read_nrid(value):
        return IdentityNumber(IdentityKind.NATIONAL_RESERVE, value)
    domain = local_domain_of(value)
    return IdentityNumber(IdentityKind.LOCAL_RESERVE, value, domain) if domain else None


def _digits(typed: str, *, today: date, from_register: bool, where: str) -> IdentityNumber | None:
    parts = _DIGITS.fullmatch(typed)
    if not parts:
        return None
    first, sign, last = parts.groups()
    if first[-4] >= "2" and (len(first) == 6 or first.startswith("16")):
        return _organisation(first[-6:] + last, where)
    if len(first) == 6:
        first = _with_century(first, sign, today, where)
    elif domain := local_domain_of(first + last):
        return IdentityNumber(IdentityKind.LOCAL_RESERVE, first + last, domain)
    return _civil(first + last, today=today, from_register=from_register, where=where)


def _organisation(ten: str, where: str) -> IdentityNumber:
    """ORG-1: ten digits, the third at least 2, the check digit as in personnummer."""
    if not ends_right(ten):
        raise _wrong_check_digit(where)
    return IdentityNumber(IdentityKind.ORGANISATION_NUMBER, ten)


def _with_century(six: str, sign: str, today: date, where: str) -> str:
    """Find the year behind two digits.

    "+" stands from 1 January of the year in which the person turns 100 (FOL 18 §), so years alone
    decide.
    The package `personnummer` counts alike but takes the year from the clock.
    """
    newest = today.year - 100 if sign == "+" else today.year
    year = newest - (newest - int(six[:2])) % 100
    day = int(six[4:]) - (60 if int(six[4:]) > _UNKNOWN_DAY else 0)
    if year == today.year and (int(six[2:4]), day) > (today.month, today.day):
        if sign == "-":
            raise Invalid(
                _("Datumet har inte varit än, om personen är född %(year)s.", year=year),
                where=where,
                mend=_(
                    "Skriv året med fyra siffror. Den som fyller 100 år i år eller är äldre har "
                    "plustecken i stället för bindestreck."
                ),
            )
        year -= 100  # without a sign, the only reading left
    return f"{year}{six[2:]}"


def _civil(twelve: str, *, today: date, from_register: bool, where: str) -> IdentityNumber:
    """Read a personnummer or a samordningsnummer of 12 digits."""
    day = int(twelve[6:8])
    kind = IdentityKind.SAMORDNINGSNUMMER if day >= _UNKNOWN_DAY else IdentityKind.PERSONNUMMER
    number = IdentityNumber(kind, twelve)
    if twelve[:2] not in _CENTURIES:
        raise Invalid(
            _("Året börjar med %(century)s. Det ska vara 18, 19 eller 20.", century=twelve[:2]),
            where=where,
            mend=_FORMS,
        )
    if number.birth_date is None and not _birth_is_unknown(twelve, kind):
        raise _no_such_date(twelve, where)
    if int(twelve[:4]) > today.year or (number.birth_date or date.min) > today:
        raise Invalid(
            _("Födelsedatumet ligger i framtiden."), where=where, mend=_("Kontrollera årtalet.")
        )
    if twelve[8:11] == "000":
        raise Invalid(_("Födelsenumret 000 finns inte."), where=where, mend=_COMPARE)
    # The package knows no unknown birth dates and tolerates no wrong check digit, so those are
    # ours.
    sound = is_sound(twelve) if number.birth_date else ends_right(twelve[2:])
    if not sound and not (from_register and kind is IdentityKind.PERSONNUMMER):
        raise _wrong_check_digit(where)
    return number


def _birth_is_unknown(twelve: str, kind: IdentityKind) -> bool:
    """Whether a samordningsnummer says by month 00 or day 60 that the birth date is not known."""
    month, day = twelve[4:6], int(twelve[6:8])
    return (
        kind is IdentityKind.SAMORDNINGSNUMMER
        and month <= "12"
        and day <= 91
        and (month == _UNKNOWN_MONTH or day == _UNKNOWN_DAY)
    )


def _no_such_date(twelve: str, where: str) -> Invalid:
    month, day = int(twelve[4:6]), int(twelve[6:8])
    mend = _("Siffrorna ska komma i ordningen år, månad, dag.")
    if not 1 <= month <= 12:
        return Invalid(
            _("Månaden är %(month)s. Den ska vara 1 till 12.", month=twelve[4:6]),
            where=where,
            mend=mend,
        )
    message = _("Dagen %(day)s finns inte i den månaden.", day=twelve[6:8])
    if 32 <= day < _UNKNOWN_DAY:
        mend = _(
            "I ett personnummer är dagen 1 till 31 och i ett samordningsnummer 61 till 91. "
            "Är det ett reservnummer? Då stämmer inte kontrollsiffran."
        )
    return Invalid(message, where=where, mend=mend)


def _wrong_check_digit(where: str) -> Invalid:
    return Invalid(
        _("Den sista siffran, kontrollsiffran, stämmer inte med resten av numret."),
        where=where,
        mend=_COMPARE,
    )


def _not_a_number(typed: str, where: str) -> Invalid:
    """Say in words why no form fits."""
    digits = sum(character in "0123456789" for character in typed)
    if digits == len(typed.replace("-", "").replace("+", "")):
        if digits in (10, 12):
            message: Text = _("Bindestrecket eller plustecknet står på fel ställe.")
        else:
            message = _("Numret har %(count)s siffror.", count=digits)
        return Invalid(message, where=where, mend=_FORMS)
    if typed.upper().startswith("SE"):
        return Invalid(_("HSA-id är inte rätt skrivet."), where=where, mend=hsa.HOW_TO_WRITE)
    return Invalid(
        _("Det här känner vi inte igen som ett nummer."),
        where=where,
        mend=_(
            "Skriv tio eller tolv siffror, till exempel 19121212-1212. "
            "Ett reservnummer har tolv tecken."
        ),
    )
