"""What every chart is drawn with: elements, scales, the words of a scale. Knows no domain.

A chart is SVG made on the server: no script, no style attribute. Each element has a class, that the
page's own stylesheet colours in light and dark, and presentation attributes, so that the same file
looks right where there is no stylesheet (saved, on paper, in another program).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, isclose, log10
from typing import Final

from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

Attribute = str | float | int

INK: Final = "#222d31"
SOFT: Final = "#565f62"
FAINT: Final = "#d5d9da"
BRAND: Final = "#0f5c63"
TINT: Final = "#cfe0e2"
NOTE: Final = "#894e2c"
GOOD: Final = "#056d13"
BAD: Final = "#b81a1a"
"""Colours where there is no stylesheet: paper, and a file that has been saved."""

LETTER: Final = 6.4
"""About how wide a letter of 12 units is; labels are placed by it."""

SIZE: Final = 12


def tag(name: str, content: str = "", /, **attributes: Attribute) -> SafeString:
    """One element. `class_` is the class; an underscore in other names is a hyphen: `stroke_width`."""
    named = {
        "class" if key == "class_" else key.replace("_", "-"): _written(value)
        for key, value in attributes.items()
        if value != ""
    }
    return format_html("<{}{}>{}</{}>", name, flatatt(named), content, name)


def joined(parts: Sequence[SafeString]) -> SafeString:
    """Elements one after the other."""
    return SafeString("".join(parts))


def words(text: str, x: float, y: float, **attributes: Attribute) -> SafeString:
    """A text. It stands as the chart's own unless told otherwise."""
    given: dict[str, Attribute] = {"class_": "chart-words", "fill": SOFT, "font_size": SIZE}
    return tag("text", text, x=x, y=y, **(given | attributes))


def width_of(text: str) -> float:
    """About how much room a text takes."""
    return len(text) * LETTER


def _written(value: Attribute) -> str:
    """Coordinates with one decimal: finer than anybody sees, and the file stays small."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` placed from `start` to `end`. Down the page for a y-axis: start > end."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value lies."""
        if isclose(self.low, self.high):
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def holds(self, value: float) -> bool:
        """Whether the value is within the scale."""
        return self.low <= value <= self.high


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers that span the values: 0, 20, 40 …; the first is at most `low`, the last at least `high`."""
    if high <= low:
        high = low + (abs(low) or 1)
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(one * power for one in (1, 2, 2.5, 5, 10) if one * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(step * n, 10) for n in range(first, last + 1)]


def number(value: float) -> str:
    """A number on an axis: decimal comma, thin space between thousands."""
    said = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return said.replace(",", "\u2009").replace(".", ",")


def picture(
    width: float, height: float, parts: Sequence[SafeString], *, key: str, title: str, desc: str,
    kind: str = "",
) -> SafeString:  # fmt: skip
    """The whole chart, with what a screen reader says of it. `key`: its own name on the page."""
    head = [tag("title", title, id=f"{key}-t"), tag("desc", desc, id=f"{key}-d")]
    return tag(
        "svg",
        joined([*head, *parts]),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{key}-t",
        aria_describedby=f"{key}-d",
        class_=f"chart {kind}".strip(),
        font_family="Inter, 'DejaVu Sans', sans-serif",
    )


def apart(places: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """The same places moved so far that labels of `room` do not cover one another, within the limits."""
    order = sorted(range(len(places)), key=lambda one: places[one])
    found = list(places)
    for before, after in pairwise(order):
        found[after] = max(found[after], found[before] + room)
    over = max((found[one] for one in order), default=low) - high
    if over > 0:
        found[order[-1]] -= over
        for after, before in pairwise(order[::-1]):
            found[before] = min(found[before], found[after] - room)
    return [max(low, one) for one in found]
