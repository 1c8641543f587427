"""Every way out that a figure has besides its files: a number that is hidden is nowhere in what leaves."""

from __future__ import annotations

import re

from django.test import Client

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.config.figures import report_figures
from samverka.indicators.models import Snapshot
from samverka.indicators.operations import choose_figures
from samverka.kernel.areas import municipalities_of
from tests.factories.cast import NOW, Cast, system
from tests.indicators.pages.curves import SHARE, curve_row, measure_row, month_of, shown

CODE = "gomd"
LAST = 11
FEW = ("2309", "2321")
"""Two places whose last number is hidden; the others' is shown, so that there is something to draw."""

HIDDEN = {"status": "hidden", "numerator": 31337, "denominator": 41414, "value": "87.7777",
          "low": "77.7777", "high": "97.7777"}  # fmt: skip
"""As if it had been kept with its numbers by mistake."""

SECRET = re.compile(r"31\s?337|41\s?414|(87|77|97)[.,][78]|\b(88|98)\b")
PLACE = re.compile(r'\b(points|d|cx|cy|x|y|x1|x2|y1|y2|viewBox|transform)="[^"]*"')
"""Where a line goes is no number: how many are drawn is counted instead."""


def _hide() -> None:
    """A county that hides a month of its own, and places of which two hide the last month."""
    with act(system(NOW), Action.FIGURES_EDIT) as this:
        row, snapshot = measure_row(this.actor, SHARE, code=CODE), Snapshot.objects.get()
        for place, one in enumerate(municipalities_of("23")):
            points = [(month_of(n), shown(40 + place, 40 + place, 100, 4)) for n in range(LAST)]
            last = HIDDEN if one.code in FEW else shown(50 + place, 50 + place, 100 + place, 4)
            curve_row(row, snapshot, one.code, [*points, (month_of(LAST), last)])
        whole = [HIDDEN if n == 5 else shown(50, 400, 800, 2) for n in range(LAST + 1)]
        curve_row(row, snapshot, "23", [(month_of(n), one) for n, one in enumerate(whole)])
        this.note_general("Curve")


def _drawings(page: str) -> dict[str, str]:
    """What is drawn on a page, by its name there; without the rest of the page."""
    found: dict[str, str] = {}
    for one in re.findall(r"<svg.*?</svg>", page, re.S):
        if named := re.search(r'aria-labelledby="([a-z]+)', one):
            found[named[1]] = found.get(named[1], "") + one
    return found


def test_neither_map_funnel_dots_nor_the_published_chart_tells_it(
    analyst: Client, cast: Cast
) -> None:
    _hide()
    choose_figures(cast.analyst, area="23", codes=[CODE], published=True, version=0)
    page = analyst.get(f"/laget/{CODE}/?omrade=23").content.decode()
    open_page = Client().get(f"/visa/23/{CODE}/").content.decode()
    drawn, framed = _drawings(page), _drawings(open_page)
    told = report_figures(frozenset({CODE}), county="23", municipality="2309")[CODE]
    ways = {
        "map": drawn["karta"],
        "funnel": drawn["tratt"],
        "dots": drawn["platser"],
        "page": re.sub(r"<svg.*?</svg>", "", page, flags=re.S),
        "published chart": framed["kurva"],
        "published page": re.sub(r"<svg.*?</svg>", "", open_page, flags=re.S),
        "beside a report": str(told),
    }
    leaks = {way: SECRET.search(PLACE.sub("", said)) for way, said in ways.items()}
    assert {way: one[0] for way, one in leaks.items() if one} == {}
    shown_places = len(municipalities_of("23")) - len(FEW)
    assert drawn["platser"].count("<circle") == 2 * shown_places  # one drawing for each width
    assert drawn["tratt"].count("<circle") == 2 * shown_places
    assert drawn["karta"].count('class="map-hidden"') == len(FEW)
    assert framed["kurva"].count('class="chart-gap"') == 2
    assert told.period == month_of(LAST - 1).isoformat()
