"""Small charts: a spark beside a sentence, and many alike on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from samverka.web.charts.canvas import BRAND, FAINT, SOFT, Scale, joined, picture, tag

Values = Sequence[float | None]


def spark(values: Values, *, width: float = 132, height: float = 34) -> SafeString:
    """A line without axes. The sentence beside it says the same, so a screen reader passes it by."""
    known = [one for one in values if one is not None]
    if len(known) < 2:
        return SafeString("")
    x = Scale(0, len(values) - 1, 3, width - 5)
    y = Scale(min(known), max(known), height - 5, 5)
    parts = [*_lines(values, x, y, "chart-line", BRAND), _last(values, x, y)]
    return tag(
        "svg", joined(parts), xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}", width=width, height=height, aria_hidden="true",
        focusable="false", class_="chart chart-spark",
    )  # fmt: skip


def multiple(
    values: Values, *, key: str, title: str, desc: str, scale: tuple[float, float],
    beside: Values = (), width: float = 168, height: float = 76,
) -> SafeString:  # fmt: skip
    """One of many: `scale` is the same for all, `beside` a thin line that all of them share."""
    x = Scale(0, max(len(values) - 1, 1), 4, width - 6)
    y = Scale(scale[0], scale[1], height - 5, 6)
    base = tag(
        "line", x1=0, x2=width, y1=height - 5, y2=height - 5, class_="chart-grid", stroke=FAINT
    )
    parts = [
        base,
        *_lines(beside, x, y, "chart-beside", SOFT),
        *_lines(values, x, y, "chart-line", BRAND),
        _last(values, x, y),
    ]
    return picture(width, height, parts, key=key, title=title, desc=desc, kind="chart-multiple")


def _lines(values: Values, x: Scale, y: Scale, kind: str, colour: str) -> list[SafeString]:
    rows: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            rows.append([])
        else:
            rows[-1].append(f"{x.at(place):.1f},{y.at(value):.1f}")
    thick = 1.75 if kind == "chart-line" else 1.0
    return [
        tag("polyline", points=" ".join(row * 2 if len(row) == 1 else row), class_=kind, fill="none", stroke=colour,
            stroke_width=thick, stroke_linejoin="round")
        for row in rows if row
    ]  # fmt: skip


def _last(values: Values, x: Scale, y: Scale) -> SafeString:
    for place in range(len(values) - 1, -1, -1):
        value = values[place]
        if value is not None:
            return tag(
                "circle", cx=x.at(place), cy=y.at(value), r=3, class_="chart-dot", fill=BRAND
            )
    return SafeString("")
