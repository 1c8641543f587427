"""A set of figures that an area follows, and notes on its curves. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from samverka.indicators.rules.kept import NATION, AreaKind
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

MOST: Final = 10
"""Figures in a set: what a meeting has time for. Our own choice."""

USUAL: Final = (
    "utskrivningsklar-dagar",
    "vem-vantar-pa-vem",
    "hem-inom-tre-dagar",
    "sip-vid-insatser-fran-bada",
    "mal-nadda",
    "fast-vardkontakt",
    "aterinskrivning-30-dagar",
    "fallskador-per-manad",
    "vardgaranti-bruten",
    "bedomning-3-dagar",
)
"""Shipped measures that are shown until someone has chosen: does the change work?"""

COUNTY_DIGITS, MUNICIPALITY_DIGITS = 2, 4


def kind_of(area: str) -> AreaKind:
    """What an area is, by its code: "00", "23", "2309", else the HSA-id of a unit."""
    if area == NATION:
        return AreaKind.NATION
    if area.isdigit() and len(area) == COUNTY_DIGITS:
        return AreaKind.COUNTY
    if area.isdigit() and len(area) == MUNICIPALITY_DIGITS:
        return AreaKind.MUNICIPALITY
    return AreaKind.UNIT


def check_set(codes: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """The chosen measures in their order.

    Raises:
        Invalid: none, too many, or one that does not exist.
    """
    chosen = tuple(dict.fromkeys(codes))
    if not chosen:
        raise Invalid(_("Välj minst en fråga."), where="codes")
    if len(chosen) > MOST:
        raise Invalid(
            _("Ni har valt %(count)d frågor.", count=len(chosen)),
            where="codes",
            mend=_("Välj högst %(most)d.", most=MOST),
        )
    if missing := [one for one in chosen if one not in known]:
        raise Invalid(
            _("Måttet %(code)s finns inte.", code=missing[0]),
            where="codes",
            mend=_("Ladda om sidan och välj igen."),
        )
    return chosen


def check_note(words: str, on: date, *, today: date) -> None:
    """Raise unless the note can stand on a curve.

    Raises:
        Invalid: no words, or a day that has not come.
    """
    if not words.strip():
        raise Invalid(_("Anteckningen är tom."), where="words", mend=_("Skriv vad som ändrades."))
    if on > today:
        raise Invalid(
            _("Dagen har inte kommit än."), where="on", mend=_("Ange dagen då det ändrades.")
        )
