"""Maps: what is drawn is true to the ground, hides what must be hidden, and stays small."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

import pytest

from samverka.kernel.areas import counties, municipalities, municipalities_of
from samverka.web import maps
from samverka.web.maps import MapValue, area_map, area_name, few_to_many, less_to_more

SVG = "{http://www.w3.org/2000/svg}"
KROKOM, STROMSUND = "2309", "2313"


def _values(codes: Iterable[str]) -> dict[str, MapValue]:
    return {
        code: MapValue(n * 37 % 90, f"{code}: {n * 37 % 90}", href=f"?omrade={code}")
        for n, code in enumerate(codes)
    }


def _paths(svg: str) -> dict[str, ElementTree.Element]:
    """What is said of an area → its outline."""
    found = {}
    for group in ElementTree.fromstring(svg).iter():
        title, path = group.find(f"{SVG}title"), group.find(f"{SVG}path")
        if group.tag == f"{SVG}a" and title is not None and path is not None:
            found[title.text or ""] = path
        elif group.tag == f"{SVG}path" and title is not None:
            found[title.text or ""] = group
    return found


def _square_km(code: str) -> float:
    total = 0
    for ring in maps._outlines("municipalities" if len(code) > 2 else "counties")[code]:
        pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
        total += abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) // 2
    return total / 100


@pytest.mark.parametrize(
    ("code", "square_km"), [("09", 3_140), ("0980", 3_140), (KROKOM, 6_830), ("2584", 20_700)]
)
def test_an_area_is_as_large_as_on_the_ground(code: str, square_km: int) -> None:
    assert _square_km(code) == pytest.approx(square_km, rel=0.04)


def test_every_area_has_its_outline() -> None:
    assert set(maps._outlines("counties")) == set(counties())
    assert set(maps._outlines("municipalities")) == set(municipalities())


@pytest.mark.parametrize(
    ("areas", "county", "most"),
    [("counties", "", 30_000), ("municipalities", "14", 30_000), ("municipalities", "", 61_440)],
)
def test_a_map_is_small_and_within_the_policy(areas: maps.Areas, county: str, most: int) -> None:
    codes = counties() if areas == "counties" else municipalities()
    kept = [code for code in codes if code.startswith(county)]
    svg = area_map(_values(kept), areas=areas, county=county, key="k", title="T", desc="<D>")
    assert len(svg.encode()) <= most
    assert "style=" not in svg
    assert len(_paths(svg)) == len(kept)
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "group"
    assert [one.text for one in root if one.get("id") == "k-d"] == ["<D>"]


def test_hidden_is_hatched_missing_is_grey_and_neither_has_a_colour_of_a_class() -> None:
    values = _values(one.code for one in municipalities_of("23"))
    values[KROKOM] = MapValue(80, "Krokom: visas inte", "80", hidden=True)
    del values[STROMSUND]
    svg = area_map(values, areas="municipalities", county="23", key="k", title="T", desc="D")
    paths = _paths(svg)
    assert paths["Krokom: visas inte"].get("fill") == "url(#k-h)"
    assert paths["Strömsund: saknas"].get("fill") == maps.MISSING
    assert "för få personer" in svg
    assert ">80<" not in svg


def test_a_value_falls_in_the_class_that_the_legend_says() -> None:
    values = [MapValue(one, "") for one in (12.0, 20.0, 39.9, 40.0, 71.0)]
    classes = few_to_many(values, said=lambda bound: f"{bound:g} %")
    assert classes.legend[0] == "under 20 %"
    assert [classes.of(one.value or 0) for one in values] == [0, 1, 1, 2, 3]
    assert len(classes.legend) == len(classes.bounds) + 1 <= 5


def test_a_hidden_value_moves_no_bound() -> None:
    seen = [MapValue(10, ""), MapValue(20, "")]
    assert few_to_many([*seen, MapValue(900, "", hidden=True)]) == few_to_many(seen)
    assert less_to_more([*seen, MapValue(900, "", hidden=True)]) == less_to_more(seen)


def test_more_and_less_are_told_apart_and_nothing_is_in_the_middle() -> None:
    classes = less_to_more([MapValue(-80, ""), MapValue(33, "")])
    assert [classes.of(one) for one in (-80, -30, 0, 30, 80)] == [0, 1, 2, 3, 4]
    assert less_to_more([MapValue(0, "")]).legend == ("lika mycket",)


def test_a_map_without_figures_is_all_missing() -> None:
    svg = area_map({}, areas="counties", key="k", title="T", desc="D")
    assert svg.count(maps.MISSING) == len(counties()) + 1
    assert ElementTree.fromstring(svg).get("role") == "img"


def test_names_as_people_say_them() -> None:
    said = {area_name(code) for code in ("23", "14", "09", "01", "12", "03", KROKOM)}
    assert said == {
        "Jämtland", "Västra Götaland", "Gotland", "Stockholm", "Skåne", "Uppsala", "Krokom"
    }  # fmt: skip


def test_a_label_lies_within_its_own_area() -> None:
    """The label of Krokom stands where a straight line through it crosses Krokom's edge on both sides."""
    rings = maps._shapes("municipalities", "23")
    frame = maps._frame(rings.values(), coarse=False)
    found = maps._room(rings[KROKOM][0], frame, 40)
    assert found is not None
    (x, y), _tall = found
    left, right = maps._chord([frame.at(*one) for one in rings[KROKOM][0]], y)
    assert left < x - 20 < x + 20 < right
    assert maps._room(rings[KROKOM][0], frame, 400) is None
