"""Municipalities and counties by their codes (SCB): whose table, and what a place is called. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

COUNTIES: dict[str, Text] = {
    "01": _("Stockholms län"),
    "03": _("Uppsala län"),
    "04": _("Södermanlands län"),
    "05": _("Östergötlands län"),
    "06": _("Jönköpings län"),
    "07": _("Kronobergs län"),
    "08": _("Kalmar län"),
    "09": _("Gotlands län"),
    "10": _("Blekinge län"),
    "12": _("Skåne län"),
    "13": _("Hallands län"),
    "14": _("Västra Götalands län"),
    "17": _("Värmlands län"),
    "18": _("Örebro län"),
    "19": _("Västmanlands län"),
    "20": _("Dalarnas län"),
    "21": _("Gävleborgs län"),
    "22": _("Västernorrlands län"),
    "23": _("Jämtlands län"),
    "24": _("Västerbottens län"),
    "25": _("Norrbottens län"),
}
"""The counties by the first two digits of a municipality's code (SCB)."""

CODE_LENGTH = 4
"""Digits of a municipality's code: two for the county, two for the municipality."""


def county_of(municipality_code: str) -> str:
    """The county's code; empty where the municipality is not known."""
    return municipality_code[:2]


def in_county(municipality_code: str, county_code: str) -> bool:
    """Whether a municipality lies in the county."""
    return bool(municipality_code) and county_of(municipality_code) == county_code


def check_municipality(code: str, where: str) -> str:
    """A municipality's code as it is kept.

    Raises:
        Invalid: it has not four digits, or no county has it.
    """
    found = code.strip()
    if not found:
        return ""
    if len(found) != CODE_LENGTH or not (found.isascii() and found.isdigit()):
        raise Invalid(_("En kommunkod har fyra siffror, till exempel 2321 för Åre."), where=where)
    if county_of(found) not in COUNTIES:
        raise Invalid(_("Inget län har kommunkoder som börjar så: %(code)s.", code=found),
                      where=where)  # fmt: skip
    return found


def municipality_of(words: str, names: Mapping[str, str], where: str) -> str:
    """A municipality's code, from what someone has typed: its name, with or without "kommun", or its code.

    Args:
        names: the municipalities that are known here, by code.

    Raises:
        Invalid: no municipality is called so.
    """
    found = _plain(words)
    by_name = {_plain(name): code for code, name in names.items()}
    if found in by_name:
        return by_name[found]
    if found and not found.isdigit():
        raise Invalid(
            _("Ingen kommun här heter så: %(words)s.", words=words.strip()),
            where=where,
            mend=_("Skriv kommunens kod med fyra siffror om den ligger i ett annat län."),
        )
    return check_municipality(found, where)


def _plain(name: str) -> str:
    return name.strip().casefold().removesuffix(" kommun").removesuffix("s")


def place_name(code: str, names: Mapping[str, str]) -> str:
    """What a municipality is called; one that is not known here by its code and county.

    Args:
        names: the municipalities that are known here, by code.
    """
    if code in names:
        return names[code]
    county = COUNTIES.get(county_of(code))
    if county is None:
        return _("kommunen med kod %(code)s", code=code)
    return _("kommunen med kod %(code)s i %(county)s", code=code, county=county)
