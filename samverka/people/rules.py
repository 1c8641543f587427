"""Words about persons. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from samverka.access.rules import Protection, ProxyKind
from samverka.kernel.calendar import a_year_before
from samverka.kernel.identity import IdentityKind
from samverka.kernel.parameters import Key, at
from samverka.kernel.problems import NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Gender(StrEnum):
    """FHIR AdministrativeGender."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class AddressKind(StrEnum):
    """What sort of address it is, by the register (HL7 Sweden, SEBaseAddressPersonVS)."""

    REGISTERED = "registered"  # folkbokföringsadress
    SEPARATE = "separate"  # särskild postadress
    FOREIGN = "foreign"  # utlandsadress
    STATED = "stated"  # uppgiven adress


class RelativeKind(StrEnum):
    """Who someone is to the person."""

    SPOUSE = "spouse"
    PARTNER = "partner"
    DAUGHTER = "daughter"
    SON = "son"
    MOTHER = "mother"
    FATHER = "father"
    SIBLING = "sibling"
    GRANDCHILD = "grandchild"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    TRUSTEE = "trustee"
    OTHER = "other"


RELATIVE_WORDS: dict[RelativeKind, Text] = {
    RelativeKind.SPOUSE: _("Make eller maka"),
    RelativeKind.PARTNER: _("Sambo"),
    RelativeKind.DAUGHTER: _("Dotter"),
    RelativeKind.SON: _("Son"),
    RelativeKind.MOTHER: _("Mamma"),
    RelativeKind.FATHER: _("Pappa"),
    RelativeKind.SIBLING: _("Syskon"),
    RelativeKind.GRANDCHILD: _("Barnbarn"),
    RelativeKind.FRIEND: _("Vän"),
    RelativeKind.NEIGHBOUR: _("Granne"),
    RelativeKind.TRUSTEE: _("God man eller förvaltare"),
    RelativeKind.OTHER: _("Närstående"),
}

PROXY_WORDS: dict[ProxyKind, Text] = {
    ProxyKind.GUARDIAN: _("Vårdnadshavare"),
    ProxyKind.REPRESENTATIVE: _("Ombud"),
    ProxyKind.TRUSTEE: _("God man eller förvaltare"),
}

SCOPE_WORDS: dict[str, Text] = {
    "read": _("Läsa planen, tider och kontakter"),
    "write": _("Skriva kommentarer och önskemål"),
    "guardian": _("Vårdnad"),
}

PROTECTION_WORDS: dict[Protection, Text] = {
    Protection.NONE: _("Ingen"),
    Protection.SECRECY_MARK: _("Sekretessmarkering"),
    Protection.PROTECTED: _("Skyddad folkbokföring"),
}

LANGUAGES: dict[str, Text] = {
    "sv": _("Svenska"),
    "sma": _("Sydsamiska"),
    "se": _("Nordsamiska"),
    "smj": _("Lulesamiska"),
    "fi": _("Finska"),
    "fit": _("Meänkieli"),
    "en": _("Engelska"),
    "ar": _("Arabiska"),
    "so": _("Somaliska"),
    "ti": _("Tigrinja"),
    "fa": _("Persiska"),
    "prs": _("Dari"),
    "uk": _("Ukrainska"),
    "ru": _("Ryska"),
    "pl": _("Polska"),
    "th": _("Thailändska"),
    "es": _("Spanska"),
    "swl": _("Svenskt teckenspråk"),
}

MASKED_NAME = "Skyddad uppgift"
"""What stands for the name of a person with protected identity, as HL7 Sweden's examples write it."""

MINORITY_LANGUAGES = frozenset({"sma", "se", "smj", "fi", "fit"})
"""Right to use the language with authorities and in elder care in the administrative areas
(lag 2009:724 om nationella minoriteter och minoritetsspråk, 8–18 §§)."""

_FOLD = str.maketrans("éèüáàóòôñç", "eeuaaooonc")


def search_form(*parts: str) -> str:
    """Names as they are looked for: lower case, accents that Swedes leave out folded away."""
    return " ".join(" ".join(parts).casefold().translate(_FOLD).split())


_SORT = str.maketrans("åäöæøéèü", "{|}|}eeu")


def sort_form(family: str, given: str) -> str:
    """A key in Swedish order under plain byte order: å, ä, ö come right after z."""
    return f"{family} {given}".casefold().translate(_SORT)


def check_listing(changes: Iterable[date], on: date, special_reason: str) -> None:
    """Raise unless the person may change where to be listed that day (HSL 7:3 b).

    Args:
        changes: days of earlier changes; the first choice is none.
        special_reason: why the region lets the person change more often than the law's number.
    """
    most = at(Key.LISTING_CHANGES, on).value
    recent = [day for day in changes if a_year_before(on) < day <= on]
    if len(recent) >= most and not special_reason.strip():
        raise NotNow(
            _(
                "Personen har redan bytt hälsocentral %(most)d gånger på ett år. Ett till byte kräver särskilda skäl: skriv dem.",
                most=most,
            )
        )


REAL = frozenset({IdentityKind.PERSONNUMMER, IdentityKind.SAMORDNINGSNUMMER})
"""Numbers that say who someone is; the others stand in for them (PN-6)."""
