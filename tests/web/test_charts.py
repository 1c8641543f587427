"""Charts: what is drawn and what is not, without a stylesheet's or a script's help."""

from __future__ import annotations

import itertools
import re
from datetime import date
from xml.etree import ElementTree

from samverka.web import charts
from samverka.web.charts.canvas import Scale, apart, ticks

SVG = "{http://www.w3.org/2000/svg}"


def _chart(*values: float | None, **more: object) -> charts.Run:
    points = tuple(
        charts.Point(date(2025 + n // 12, n % 12 + 1, 1), one, f"punkt {n}",
                     None if one is None else one - 1, None if one is None else one + 1)
        for n, one in enumerate(values)
    )  # fmt: skip
    given: dict[str, object] = {"key": "k", "title": "Hur länge?", "desc": "Tre & en <halv>"}
    return charts.Run(**(given | {"points": points} | more))  # type: ignore[arg-type]


def _drawn(svg: str, kind: str) -> list[ElementTree.Element]:
    return [one for one in ElementTree.fromstring(svg).iter() if one.get("class") == kind]


def test_a_gap_is_a_gap_and_never_nought() -> None:
    svg = charts.run(_chart(3, 4, None, 5, 6))
    assert len(_drawn(svg, "chart-line")) == 2
    assert len(_drawn(svg, "chart-dot")) == 4
    assert len(_drawn(svg, "chart-gap")) == 1
    assert len(_drawn(svg, "chart-band")) == 2


def test_a_break_parts_the_curve() -> None:
    mark = charts.Mark(date(2025, 3, 1), "Ny källa", parts=True)
    svg = charts.run(_chart(3, 4, 5, 6, marks=(mark,)))
    lines = [one.get("points", "").split() for one in _drawn(svg, "chart-line")]
    assert [len(one) for one in lines] == [2, 2]


def test_nothing_that_the_policy_forbids_and_nothing_unescaped() -> None:
    svg = charts.run(_chart(3, 4, marks=(charts.Mark(date(2025, 2, 1), "<script>"),)))
    assert "style=" not in svg
    assert "<script" not in svg
    assert "on" + "load" not in svg
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    named = {one.get("id"): one.text for one in root if one.get("id")}
    assert named[root.get("aria-labelledby")] == "Hur länge?"
    assert named[root.get("aria-describedby")] == "Tre & en <halv>"


def test_everything_lies_within_the_picture() -> None:
    for width in (charts.WIDE, charts.NARROW):
        svg = charts.run(_chart(*range(0, 900, 40), ends="880 dagar", unit="dagar"), width=width)
        for _x, y in (map(float, one.split(",")) for one in re.findall(r"[\d.]+,[\d.]+", svg)):
            assert 0 <= _x <= width
            assert 0 <= y <= 300


def test_ticks_are_round_and_hold_the_values() -> None:
    for low, high in ((0, 1), (0, 7.3), (82, 88), (0.1, 0.13), (0, 410_000), (5, 5)):
        found = ticks(low, high)
        assert found[0] <= low
        assert found[-1] >= high
        assert 2 <= len(found) <= 8


def test_names_at_the_ends_do_not_cover_one_another() -> None:
    found = sorted(apart([50, 51, 52, 298], 14, 20, 300))
    assert all(b - a >= 14 for a, b in itertools.pairwise(found))
    assert found[0] >= 20
    assert found[-1] <= 300


def test_small_charts_share_their_scale() -> None:
    scale = (0.0, 10.0)
    low, high = (
        charts.multiple([0, one], key="a", title="t", desc="d", scale=scale) for one in (5, 10)
    )
    last = [float(_drawn(one, "chart-dot")[0].get("cy", "")) for one in (low, high)]
    at = Scale(0, 10, 71, 6)
    assert last == [at.at(5), at.at(10)]


def test_a_place_has_a_colour_only_where_it_is_given_one() -> None:
    rows = [
        charts.Dot("Åre", 3, "Åre 3", 2, 4),
        charts.Dot("Ragunda", 9, "Ragunda 9", 8, 10, tone="bad"),
    ]
    svg = charts.dots(rows, key="k", title="t", desc="d", target=4, target_name="Riket 4")
    assert len(_drawn(svg, "chart-place")) == 1
    assert len(_drawn(svg, "chart-place chart-bad")) == 1
    limits = [charts.Limits(10, 1, 2, 6, 7), charts.Limits(100, 3, 3.5, 4.5, 5)]
    whole = charts.funnel(
        rows, limits, 4, key="f", title="t", desc="d", target_name="Riket", across="n"
    )
    assert len(_drawn(whole, "chart-limit")) == 2
    assert len(_drawn(whole, "chart-inner")) == 2
