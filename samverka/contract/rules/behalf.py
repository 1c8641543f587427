"""What staff write down for a person who rings or comes: the same rights without a screen. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

NAME_LENGTH = 200


class BehalfWay(StrEnum):
    """How the person told staff."""

    PHONE = "phone"
    MEETING = "meeting"
    LETTER = "letter"


BEHALF_WAY_WORDS: dict[BehalfWay, Text] = {
    BehalfWay.PHONE: _("per telefon"),
    BehalfWay.MEETING: _("vid ett möte"),
    BehalfWay.LETTER: _("i brev"),
}


class BehalfKind(StrEnum):
    """What was written down."""

    WORDS = "words"
    CONSENT = "consent"
    BLOCK = "block"
    PROXY = "proxy"
    CONTACT = "contact"
    WITHDRAW = "withdraw"


BEHALF_WORDS: dict[BehalfKind, Text] = {
    BehalfKind.WORDS: _("Ord om planen"),
    BehalfKind.CONSENT: _("Ja till att andra läser"),
    BehalfKind.BLOCK: _("Spärr"),
    BehalfKind.PROXY: _("Ombud"),
    BehalfKind.CONTACT: _("Önskan om fast kontakt"),
    BehalfKind.WITHDRAW: _("Tog tillbaka ett ja"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """Who said it, and how."""

    who: str
    way: BehalfWay = BehalfWay.PHONE


def check_told(told: Told) -> Told:
    """The same with a trimmed name.

    Raises:
        Invalid: nobody is named, or the name is too long.
    """
    name = " ".join(told.who.split())
    if not name or len(name) > NAME_LENGTH:
        raise Invalid(_("Skriv vem som sa det."), where="who")
    return Told(name, told.way)
