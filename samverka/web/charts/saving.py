"""A chart with its words as a file: PDF that a screen reader can read (PDF/UA-1), or a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from django.utils.translation import get_language

from samverka.web.paper import typeset

TEMPLATE: Final = "templates/web/chart.typ"
SHARP: Final = 200
"""Points per inch of a picture."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table under the chart; `widths`: the columns' shares."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the paper. `alt`: what the chart says, in words; `foot`: where it comes from."""

    title: str
    answer: str
    paras: Sequence[str]
    svg: str
    alt: str
    foot: str
    sections: Sequence[Numbers] = ()


def as_pdf(shown: Shown, *, on: date) -> bytes:
    """The whole, on A4."""
    return _made(shown, on, picture=False)


def as_png(shown: Shown, *, on: date) -> bytes:
    """Question, answer, chart and source as one picture, without the tables."""
    return _made(shown, on, picture=True)


def _made(shown: Shown, on: date, *, picture: bool) -> bytes:
    told = asdict(shown) | {
        "picture": picture,
        "lang": (get_language() or "sv")[:2],
        "date": [on.year, on.month, on.day],
    }
    if picture:
        told["sections"] = []
    return typeset("samverka.web", TEMPLATE, told, ppi=SHARP if picture else 0)
