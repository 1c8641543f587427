"""What the address asks for: area, part of the people, version, kind of chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from samverka.indicators.reads import Wanted
from samverka.indicators.rules.kept import Split

SPLITS: Final = {"kon": Split.SEX, "alder": Split.AGE, "grupp": Split.GROUP}
"""What an address says for each split: `?kon=female`, `?alder=65-79`, `?grupp=elderly`."""

LIMITS: Final = "granser"
NUMBER_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """An address of a figure.

    Attributes:
        limits: natural limits instead of the median.
        beside: draw the county's and the nation's curves too.
    """

    wanted: Wanted
    limits: bool = False
    beside: bool = False

    @property
    def part(self) -> str:
        """The chosen part as one value of a list: "kon:female"; empty for everyone."""
        names = {split: name for name, split in SPLITS.items()}
        name = names.get(self.wanted.split)
        return f"{name}:{self.wanted.part}" if name else ""

    def query(self, **other: str) -> str:
        """The same address with something changed: "?omrade=2309&kon=female"."""
        split, _colon, part = self.part.partition(":")
        given = {
            "omrade": self.wanted.area,
            split: part,
            "version": str(self.wanted.version or ""),
            "diagram": LIMITS if self.limits else "",
            "jamfor": "1" if self.beside else "",
        }
        kept = {key: value for key, value in (given | other).items() if key and value}
        return f"?{urlencode(kept)}" if kept else ""


def asked(code: str, given: Mapping[str, str]) -> Asked:
    """What an address asks for. What cannot be read is as if it were not there."""
    split, part = _part(given)
    wanted = Wanted(code, given.get("omrade", "")[:40], split, part, number_of(given, "version"))
    return Asked(wanted, given.get("diagram") == LIMITS, bool(given.get("jamfor")))


def _part(given: Mapping[str, str]) -> tuple[Split, str]:
    """`vilka=kon:female` is what the form sends; `kon=female` is the lasting address."""
    name, _colon, value = given.get("vilka", "").partition(":")
    pairs = {name: value} if name else {key: given.get(key, "") for key in SPLITS}
    for key, part in pairs.items():
        if key in SPLITS and part:
            return SPLITS[key], part[:24]
    return Split.ALL, ""


def number_of(given: Mapping[str, str], name: str) -> int | None:
    """The number of a version, if it is one."""
    number = given.get(name, "")
    found = int(number) if number.isdecimal() and len(number) <= NUMBER_DIGITS else None
    return found or None


def area_of(given: Mapping[str, str]) -> str:
    """The chosen area; empty for the reader's own."""
    return given.get("omrade", "")[:40]
