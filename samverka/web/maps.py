"""Maps as SVG made on the server, without tiles: the counties, or the municipalities. No domain.

Data: `data/SOURCES.md`. As with charts, every element has a class for the stylesheet and attributes
that look right without one. A table with the same figures stands beside: the map is never alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Final, Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samverka.kernel.areas import counties, municipalities
from samverka.web.charts.canvas import (
    INK,
    SOFT,
    Attribute,
    joined,
    number,
    tag,
    ticks,
    width_of,
    words,
)

Areas = Literal["counties", "municipalities"]
Point = tuple[float, float]
Ring = tuple[tuple[int, int], ...]

FEW_TO_MANY: Final = ("#e1eaeb", "#b7ced0", "#84abaf", "#3b7a7f", "#0f5c63")
LESS_TO_MORE: Final = ("#b16539", "#e2c4b3", "#eff0f0", "#a4c1c4", "#1f676d")
MISSING, PAPER = "#d8dadb", "#ffffff"
"""Colours where there is no stylesheet. At most five classes: more cannot be told apart."""

WIDTH: Final = 328.0
"""Of a county's map: it fits a phone. The nation is as tall as `TALL` lets it be."""

DARK: Final = 3
"""From this colour on letters are light."""

TALL: Final = 640.0
FINE: Final = 2
"""Steps for each unit of the picture: outlines are drawn in halves."""

COARSE: Final = 1.0
"""Steps with all 290 municipalities: the file stays small."""

LINE: Final = 20.0
LETTERS: Final = 0.9
"""A label's letters are a little smaller than a chart's."""


@dataclass(frozen=True, slots=True)
class MapValue:
    """What is known of one area.

    Attributes:
        value: decides the class; None: missing, or hidden.
        said: the whole truth in words: what a pointer or a screen reader gets ("Krokom: 45 %").
        short: the figure alone, drawn where there is room.
        hidden: few persons: hatched, and never a value.
        href: where the area leads; it can then be reached by the keyboard.
        own: drawn with a strong edge.
    """

    value: float | None
    said: str
    short: str = ""
    hidden: bool = False
    href: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Classes:
    """The steps of a map.

    Attributes:
        bounds: where one class ends and the next begins, upwards; a value on a bound is in the upper.
        diverging: two ways from the middle class, which says "about the same".
        legend: words for each class, from low to high.
    """

    bounds: tuple[float, ...]
    legend: tuple[str, ...]
    diverging: bool = False

    @property
    def colours(self) -> tuple[str, ...]:
        """One for each class, as far apart as there is room for."""
        return tuple(_PALETTES[self.diverging][step] for step in self.steps)

    @property
    def steps(self) -> tuple[int, ...]:
        """The place of each class among the five colours."""
        count = len(self.bounds) + 1
        if count == 1:
            return (2,)
        return tuple(round(one * 4 / (count - 1)) for one in range(count))

    def of(self, value: float) -> int:
        """The class of a value."""
        return sum(value >= bound for bound in self.bounds)


_PALETTES: Final = {False: FEW_TO_MANY, True: LESS_TO_MORE}


def few_to_many(
    values: Iterable[MapValue], *, said: Callable[[float], str] = number, most: int = 5
) -> Classes:
    """Classes of equal width between round numbers. `said`: a bound in words with its unit."""
    known = sorted(one.value for one in values if one.value is not None and not one.hidden)
    if not known or known[0] == known[-1]:
        return Classes((), (said(known[0]),) if known else ())
    for about in range(most, 0, -1):
        inner = tuple(b for b in ticks(known[0], known[-1], about) if known[0] < b <= known[-1])
        if len(inner) < most:
            break
    between = [
        _("%(low)s–%(high)s") % {"low": number(low), "high": said(high)}
        for low, high in pairwise(inner)
    ]
    under = _("under %(bound)s") % {"bound": said(inner[0])}
    over = _("%(bound)s och mer") % {"bound": said(inner[-1])}
    return Classes(inner, (under, *between, over))


def less_to_more(values: Iterable[MapValue], *, said: Callable[[float], str] = number) -> Classes:
    """Five classes around nothing: much less, less, about the same, more, much more."""
    known = [abs(one.value) for one in values if one.value is not None and not one.hidden]
    if not any(known):
        return Classes((), (_("lika mycket"),), diverging=True)
    step = ticks(0, max(known), 2)[1]
    step = step if step < max(known) else step / 2
    near = step / 10
    small = _("%(low)s–%(high)s") % {"low": number(near), "high": said(step)}
    legend = (
        _("mer än %(bound)s mindre") % {"bound": said(step)},
        _("%(span)s mindre") % {"span": small},
        _("ungefär lika (inom %(bound)s)") % {"bound": said(near)},
        _("%(span)s mer") % {"span": small},
        _("mer än %(bound)s mer") % {"bound": said(step)},
    )
    return Classes((-step, -near, near, step), legend, diverging=True)


def area_map(
    values: Mapping[str, MapValue], *, areas: Areas, county: str = "", key: str, title: str,
    desc: str, classes: Classes | None = None, named: bool = True,
) -> SafeString:  # fmt: skip
    """The map as SVG with its legend.

    Args:
        values: code → what is known; an area without one is drawn as missing.
        areas: the counties, or the municipalities.
        county: only the municipalities of this county.
        key: the map's own name on the page, for its ids.
        title, desc: the question, and what the map shows in one sentence.
        classes: the same for maps beside one another; else made of the values.
        named: names where there is room.
    """
    shapes = _shapes(areas, county)
    steps = classes or few_to_many(values.values())
    frame = _frame(shapes.values(), coarse=areas == "municipalities" and not county)
    known = {code: values.get(code) or MapValue(None, _missing(code)) for code in shapes}
    order = sorted(known, key=lambda code: known[code].own)
    parts = [_area(key, known[code], shapes[code], steps, frame) for code in order]
    labels = _labels(known, shapes, frame, steps) if named else []
    legend = list(_legend(key, steps, known.values(), frame.height))
    drawn = [
        _hatching(key),
        tag("g", joined(parts), stroke=PAPER, stroke_width=_edge(frame), stroke_linejoin="round",
            class_="map-areas", transform=f"scale({1 / frame.fine:.5g})"),
        tag("g", joined(labels), class_="map-labels", pointer_events="none"),
        *legend,
    ]  # fmt: skip
    links = any(one.href for one in known.values())
    height = frame.height + LINE * (len(legend)) + 6
    return _picture(frame.width, height, drawn, key, title, desc, links=links)


def area_name(code: str) -> str:
    """What an area is called on a map: Krokom; Jämtland for Jämtlands län."""
    if len(code) > 2:
        return municipalities()[code].name
    name = counties()[code].name.removesuffix(" län")
    return name.removesuffix("s")


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where on the flat map the picture lies: `zoom` steps for each unit of 100 metres."""

    left: int
    top: int
    zoom: float
    fine: float
    width: float
    height: float

    def at(self, x: float, y: float) -> Point:
        """A point in the picture's own units."""
        return (x - self.left) * self.zoom / self.fine, (y - self.top) * self.zoom / self.fine

    def path(self, rings: Iterable[Ring]) -> str:
        """Outlines in whole steps; points that fall together are one, small islands vanish."""
        made = []
        for ring in rings:
            points = [
                (round((x - self.left) * self.zoom), round((y - self.top) * self.zoom))
                for x, y in ring
            ]
            kept = [points[0], *(b for a, b in pairwise(points) if a != b)]
            if len(set(kept)) > 2:
                made.append(_outline(kept))
        return "".join(made)


def _outline(points: Sequence[tuple[int, int]]) -> str:
    """The shortest way to write it: straight steps along an axis by their own letters."""
    said, last = f"M{points[0][0]} {points[0][1]}", "M"
    for (ax, ay), (bx, by) in pairwise(points):
        letter = "h" if ay == by else "v" if ax == bx else "l"
        move = {"h": f"{bx - ax}", "v": f"{by - ay}", "l": f"{bx - ax} {by - ay}"}[letter]
        said += f"{letter if letter != last else ' '}{move}"
        last = letter
    return said.replace(" -", "-") + "z"


@cache
def _outlines(areas: Areas) -> Mapping[str, tuple[Ring, ...]]:
    text = (resources.files("samverka.web") / "data" / f"{areas}.json").read_text(encoding="utf-8")
    return {code: tuple(_ring(one) for one in rings) for code, rings in json.loads(text).items()}


def _ring(steps: Sequence[int]) -> Ring:
    x = y = 0
    made = []
    for right, down in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + right, y + down
        made.append((x, y))
    return tuple(made)


def _shapes(areas: Areas, county: str) -> dict[str, tuple[Ring, ...]]:
    return {code: one for code, one in _outlines(areas).items() if code.startswith(county)}


def _frame(shapes: Iterable[tuple[Ring, ...]], *, coarse: bool) -> _Frame:
    points = [point for rings in shapes for ring in rings for point in ring]
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    wide, tall = max(x for x, _y in points) - left, max(y for _x, y in points) - top
    fine = COARSE if coarse else FINE
    each = min((WIDTH - 4) / wide, TALL / tall)
    margin = round(2 / each)
    return _Frame(left - margin, top - margin, each * fine, fine, WIDTH, tall * each + 4)


def _edge(frame: _Frame) -> float:
    return round(0.8 * frame.fine, 2)


def _area(
    key: str, one: MapValue, rings: tuple[Ring, ...], classes: Classes, frame: _Frame
) -> SafeString:
    look, fill = _look(key, one, classes)
    more: dict[str, Attribute] = {"stroke": INK, "stroke_width": 3} if one.own else {}
    kind = f"{look} map-own" if one.own else look
    said = tag("title", one.said)
    path = tag(
        "path", "" if one.href else said, d=frame.path(rings), class_=kind, fill=fill, **more
    )
    short = SafeString(path.replace("></path>", "/>"))
    return tag("a", joined([said, short]), href=one.href) if one.href else path


def _look(key: str, one: MapValue, classes: Classes) -> tuple[str, str]:
    if one.hidden:
        return "map-hidden", f"url(#{key}-h)"
    if one.value is None:
        return "map-none", MISSING
    step = classes.of(one.value)
    return f"map-{'d' if classes.diverging else 's'}{classes.steps[step]}", classes.colours[step]


def _missing(code: str) -> str:
    return _("%(area)s: saknas") % {"area": area_name(code)}


def _hatching(key: str) -> SafeString:
    line = tag("path", d="M0 6L6 0", class_="map-hatch", stroke=SOFT, stroke_width=1.2)
    ground = tag("rect", width=6, height=6, class_="map-ground", fill=PAPER)
    return tag("defs", tag("pattern", joined([ground, line]), id=f"{key}-h", width=6, height=6,
                           patternUnits="userSpaceOnUse"))  # fmt: skip


def _labels(
    known: Mapping[str, MapValue], shapes: Mapping[str, tuple[Ring, ...]], frame: _Frame,
    classes: Classes,
) -> list[SafeString]:  # fmt: skip
    """Names where they fit within their own area, with the figure under when there is room for it."""
    made = []
    for code, one in known.items():
        lines = [area_name(code), *([one.short] if one.short and not one.hidden else [])]
        room = _room(shapes[code][0], frame, max(width_of(line) for line in lines) * LETTERS + 4)
        if room is None:
            continue
        (x, y), tall = room
        kept = lines if tall > 14 * len(lines) + 6 else lines[:1]
        first = y + 4 - 7 * (len(kept) - 1)
        dark = _is_dark(one, classes)
        made += [_label(line, x, first + 14 * n, dark=dark) for n, line in enumerate(kept)]
    return made


def _is_dark(one: MapValue, classes: Classes) -> bool:
    if one.value is None or one.hidden or classes.diverging:
        return False
    return classes.steps[classes.of(one.value)] >= DARK


def _label(line: str, x: float, y: float, *, dark: bool) -> SafeString:
    """Light letters on a dark area; else dark letters with a light edge."""
    look: dict[str, Attribute] = {"class_": "map-light", "fill": PAPER}
    if not dark:
        look = {"class_": "map-label", "fill": INK, "stroke": PAPER, "stroke_width": 2.5,
                "stroke_linejoin": "round", "paint_order": "stroke"}  # fmt: skip
    return words(line, round(x), round(y), text_anchor="middle", font_size=11, **look)


def _room(ring: Ring, frame: _Frame, wide: float) -> tuple[Point, float] | None:
    """Where in the outline a text of this width fits best: its middle, and how tall the place is there."""
    points = [frame.at(x, y) for x, y in ring]
    low, high = min(y for _x, y in points), max(y for _x, y in points)
    middle, best = (low + high) / 2, None
    for step in range(1, 16):
        y = low + (high - low) * step / 16
        left, right = _chord(points, y)
        above, below = _chord(points, y - 6), _chord(points, y + 6)
        x = (left + right) / 2
        fits = all(
            a <= x - wide / 2 and x + wide / 2 <= b for a, b in (above, (left, right), below)
        )
        if fits and (best is None or abs(y - middle) < abs(best[1] - middle)):
            best = (x, y)
    return None if best is None else (best, 2 * min(best[1] - low, high - best[1]))


def _chord(points: Sequence[Point], y: float) -> tuple[float, float]:
    """The widest stretch within the outline on this height."""
    cuts = sorted(
        ax + (y - ay) / (by - ay) * (bx - ax)
        for (ax, ay), (bx, by) in pairwise([*points, points[0]])
        if (ay > y) != (by > y)
    )
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    return max(spans, key=lambda span: span[1] - span[0], default=(0.0, 0.0))


def _legend(
    key: str, classes: Classes, known: Iterable[MapValue], top: float
) -> Iterable[SafeString]:
    kept = list(known)
    kind = "d" if classes.diverging else "s"
    rows = [
        (f"map-{kind}{step}", colour, said)
        for step, colour, said in zip(classes.steps, classes.colours, classes.legend, strict=False)
    ]
    if any(one.hidden for one in kept):
        rows.append(("map-hidden", f"url(#{key}-h)", _("visas inte: för få personer")))
    if any(one.value is None and not one.hidden for one in kept):
        rows.append(("map-none", MISSING, _("saknas")))
    for place, (look, fill, said) in enumerate(rows):
        y = top + 6 + place * LINE
        box = tag("rect", x=1, y=y, width=16, height=12, class_=f"{look} map-box", fill=fill,
                  stroke=SOFT, stroke_width=0.5)  # fmt: skip
        yield tag("g", joined([box, words(said, 24, y + 10)]))


def _picture(
    width: float, height: float, parts: Sequence[SafeString], key: str, title: str, desc: str,
    *, links: bool,
) -> SafeString:  # fmt: skip
    """The whole map. With links it is a group of them; else one picture."""
    head = [tag("title", title, id=f"{key}-t"), tag("desc", desc, id=f"{key}-d")]
    return tag(
        "svg", joined([*head, *parts]), xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:.0f}", width=width, height=round(height),
        role="group" if links else "img", aria_labelledby=f"{key}-t", aria_describedby=f"{key}-d",
        class_="chart map", font_family="Inter, 'DejaVu Sans', sans-serif",
    )  # fmt: skip
