"""Many places at one time: the funnel, and a sorted row of dots with their intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from samverka.web.charts.canvas import (
    BAD,
    BRAND,
    FAINT,
    GOOD,
    INK,
    SOFT,
    TINT,
    Scale,
    number,
    picture,
    tag,
    ticks,
    width_of,
    words,
)

TONES: Final = {"": SOFT, "good": GOOD, "bad": BAD, "own": BRAND}
ROW: Final = 24.0
TOP, FOOT = 26.0, 30.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A place.

    Attributes:
        size: what the value was reckoned on; only the funnel asks.
        tone: "good" or "bad" only where the interval does not cover the comparator.
        own: the place that the page is about.
    """

    name: str
    value: float
    said: str
    low: float | None = None
    high: float | None = None
    size: float = 0
    tone: str = ""
    own: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The funnel's limits for one size: the outer (99.8 %), the inner (95 %)."""

    size: float
    outer_low: float
    inner_low: float
    inner_high: float
    outer_high: float


def funnel(
    dots: Sequence[Dot], limits: Sequence[Limits], target: float, *, key: str, title: str,
    desc: str, target_name: str, across: str, width: float = 720, height: float = 320,
) -> SafeString:  # fmt: skip
    """How far from the target chance takes a place of each size. Those outside are named."""
    values = [one.value for one in dots]
    edges = [edge for one in limits for edge in (one.outer_low, one.outer_high)]
    tall = max(values) - min(values) if values else 1
    low = max(min([*values, target, *edges]), min([*values, target]) - tall)
    high = min(max([*values, target, *edges]), max([*values, target]) + tall)
    steps = ticks(low, high)
    left = max(width_of(number(one)) for one in steps) + 10
    x = Scale(0, max([one.size for one in dots] or [1]) * 1.04, left, width - 14)
    y = Scale(steps[0], steps[-1], height - FOOT, TOP)
    parts = [
        *_scales(x, y, steps, across, height),
        *_limits(limits, x, y),
        *_target(target, target_name, x, y),
        *_dots(dots, x, y),
    ]
    return picture(width, height, parts, key=f"{key}-{width:g}", title=title, desc=desc)


def _scales(
    x: Scale, y: Scale, steps: Sequence[float], across: str, height: float
) -> Iterator[SafeString]:
    for step in steps:
        place = y.at(step)
        yield tag(
            "line", x1=x.start, x2=x.end, y1=place, y2=place, class_="chart-grid", stroke=FAINT
        )
        yield words(number(step), x.start - 6, place + 4, text_anchor="end")
    for step in ticks(0, x.high)[:-1]:
        yield words(number(step), x.at(step), height - 14, text_anchor="middle")
    yield words(across, x.end, height - 1, text_anchor="end")


def _limits(limits: Sequence[Limits], x: Scale, y: Scale) -> Iterator[SafeString]:
    for name, kind, dash in (
        ("outer_low", "chart-limit", "2 3"), ("outer_high", "chart-limit", "2 3"),
        ("inner_low", "chart-inner", ""), ("inner_high", "chart-inner", ""),
    ):  # fmt: skip
        points = " ".join(
            f"{x.at(one.size):.1f},{y.at(min(max(getattr(one, name), y.low), y.high)):.1f}"
            for one in limits
        )
        yield tag("polyline", points=points, class_=kind, fill="none",
                  stroke=SOFT if dash else TINT, stroke_width=1.25, stroke_dasharray=dash)  # fmt: skip


def _target(target: float, name: str, x: Scale, y: Scale) -> Iterator[SafeString]:
    place = y.at(target)
    yield tag("line", x1=x.start, x2=x.end, y1=place, y2=place, class_="chart-level", stroke=SOFT,
              stroke_dasharray="6 4")  # fmt: skip
    yield words(name, x.end, TOP - 12, text_anchor="end")


def _dots(dots: Sequence[Dot], x: Scale, y: Scale) -> Iterator[SafeString]:
    for one in dots:
        across, down = x.at(one.size), y.at(one.value)
        yield _dot(one, across, down)
        if one.own or one.named:
            right = across + width_of(one.name) + 10 > x.end
            yield words(one.name, across + (-8 if right else 8), down - 6, fill=INK,
                        class_="chart-ends", text_anchor="end" if right else "start")  # fmt: skip


def _dot(one: Dot, x: float, y: float) -> SafeString:
    """Filled where the value differs by more than chance; a ring where it may be chance."""
    tone = one.tone or ("own" if one.own else "")
    colour = TONES[tone]
    fill = colour if one.tone or one.own else "#ffffff"
    kind = f"chart-place chart-{tone}" if tone else "chart-place"
    return tag("circle", tag("title", one.said), cx=x, cy=y, r=5 if one.own else 4, class_=kind,
               fill=fill, stroke=colour, stroke_width=1.5)  # fmt: skip


def dots(
    rows: Sequence[Dot], *, key: str, title: str, desc: str, target: float | None = None,
    target_name: str = "", width: float = 720,
) -> SafeString:  # fmt: skip
    """Places under one another, each with its value and interval; the order is the caller's."""
    edges = [edge for one in rows for edge in (one.value, one.low, one.high) if edge is not None]
    edges += [target] if target is not None else []
    low, high = (min(edges), max(edges)) if edges else (0.0, 1.0)
    steps = ticks(0.0 if 0 <= low < high * 0.6 else low, high, 5 if width > 500 else 3)
    left = min(max([width_of(one.name) for one in rows] or [0]) + 14, width * 0.42)
    height = TOP + len(rows) * ROW + FOOT
    x = Scale(steps[0], steps[-1], left + 8, width - 16)
    foot = height - FOOT
    parts = [
        *_across(steps, x, foot),
        *_aim(target, target_name, x, foot),
        *(part for place, one in enumerate(rows) for part in _row(one, place, x, left, foot)),
    ]
    return picture(width, height, parts, key=f"{key}-{width:g}", title=title, desc=desc)


def _across(steps: Sequence[float], x: Scale, foot: float) -> Iterator[SafeString]:
    for step in steps:
        place = x.at(step)
        yield tag(
            "line", x1=place, x2=place, y1=TOP - 4, y2=foot, class_="chart-grid", stroke=FAINT
        )
        yield words(number(step), place, foot + 16, text_anchor="middle")


def _aim(target: float | None, name: str, x: Scale, foot: float) -> Iterator[SafeString]:
    if target is None:
        return
    place = x.at(target)
    yield tag("line", x1=place, x2=place, y1=TOP - 6, y2=foot, class_="chart-level", stroke=SOFT,
              stroke_dasharray="6 4")  # fmt: skip
    half = width_of(name) / 2
    inside = min(max(place, half), x.end + 14 - half)
    yield words(name, inside, 14, text_anchor="middle")


def _row(one: Dot, place: int, x: Scale, left: float, foot: float) -> Iterator[SafeString]:
    y = TOP + ROW * (place + 0.5)
    weight = "600" if one.own else "400"
    room = int(left / 6.0)
    name = one.name if len(one.name) <= room else f"{one.name[: room - 1]}…"
    yield words(name, left, y + 4, text_anchor="end", fill=INK, class_="chart-name",
                font_weight=weight)  # fmt: skip
    if one.low is not None and one.high is not None:
        ends = {"x1": x.at(one.low), "x2": x.at(one.high), "y1": y, "y2": y}
        yield tag("line", class_="chart-interval", stroke=SOFT, stroke_width=1.5, **ends)
    yield _dot(one, x.at(one.value), y)
