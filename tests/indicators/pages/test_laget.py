"""Läget: the answer is there, nothing that is hidden leaves by any door, and only those who may come in."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from xml.etree import ElementTree

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.audit.models import Event
from samverka.indicators.models import Curve, MeasureVersion, Snapshot
from samverka.indicators.rules.kept import SnapshotStatus, Split
from samverka.indicators.rules.reckoning.points import PointStatus
from samverka.indicators.warehouse.quality import Fault, FaultKind
from tests.contract.pdf import read_pdf
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, system
from tests.indicators.pages.curves import (
    DAYS,
    FALLS,
    SHARE,
    curve_row,
    furnish,
    measure_row,
    month_of,
    shown,
)

HIDDEN = {"status": "hidden", "numerator": 31337, "denominator": 41414, "value": "87.7777",
          "low": "77.7777", "high": "97.7777"}  # fmt: skip
"""A hidden point that someone by mistake has kept with its numbers: none of them may be seen."""

SECRET = ("31337", "41414", "31\u2009337", "41\u2009414", "87.77", "87,8", "77.77", "77,8", "97,8")


def _text(answer: object) -> str:
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", words)


def test_the_overview_answers_and_leads_to_the_source_in_two_clicks(analyst: Client) -> None:
    said = analyst.get("/laget/")
    page = _text(said)
    assert "Läget: Jämtlands län" in page
    assert "Hur länge väntar utskrivningsklara på att komma hem?" in page
    assert re.search(r"Jämtlands län: \d,\d dagar, oktober 2026\.", page)
    assert re.search(r"Ett år tidigare var det \d,\d\.", page)
    address = f"/laget/{DAYS}/?omrade=23"
    assert address in said.content.decode()
    figure = analyst.get(address)
    assert 'href="#sa-raknas"' in figure.content.decode()  # the second click
    for words in ("Vårdtillfällen med minst en sådan dag", "Samverka, utskrivning", "N20403",
                  "2026-11-20T0300", "Kommunkoden finns inte (2399)"):  # fmt: skip
        assert words in _text(figure)


def test_a_length_of_time_tells_which_step_takes_longest_and_whose_it_is(cast: Cast) -> None:
    with act(system(NOW), Action.FIGURES_EDIT) as this:
        settings = {"fact": "discharge_step", "group_by": ["step", "owner_side"]}
        row = measure_row(this.actor, DAYS, settings=settings)
        snapshot = Snapshot(id="2026-11-20T0300", county="23", status=SnapshotStatus.WHOLE,
                            begun_at=NOW, finished_at=NOW)  # fmt: skip
        snapshot.save(force_insert=True)
        last = month_of(45)
        curve_row(row, snapshot, "23", [(last, shown(3, 30, 10, 1))])
        for part, point in (("planning/municipality", shown(9, 90, 10, 1)), ("call/region", HIDDEN),
                            ("contact/region", shown(4, 40, 10, 1))):  # fmt: skip
            curve_row(row, snapshot, "23", [(last, point)], Split.GROUP, part)
        this.note_general("Curve", made="tests")
    said = "oktober 2026. Längst tid: Planering · Kommunen, 9,0 dagar."
    client = log_in(cast.analyst)
    for path in ("/laget/", f"/laget/{DAYS}/?omrade=23"):
        assert said in _text(client.get(path))


def test_the_page_of_a_question_compares_with_the_own_past_first(analyst: Client) -> None:
    page = _text(analyst.get(f"/laget/{DAYS}/?omrade=2380"))
    order = [
        page.index(one) for one in ("Ett år tidigare", "Mitten av egna", "Hela länet", "Riket 2")
    ]
    assert order == sorted(order)
    for name in ("Berg", "Krokom", "Åre", "Östersund"):
        assert name in page


def test_a_county_sees_its_own_first_and_a_municipality_its_own(cast: Cast) -> None:
    furnish()
    assert "Läget: Jämtlands län" in _text(log_in(cast.leader).get("/laget/"))
    assert "Läget: Krokom" in _text(log_in(cast.municipal_leader).get("/laget/"))
    assert "Krokom: " in _text(log_in(cast.municipal_analyst).get(f"/laget/{DAYS}/"))


def test_a_split_has_a_lasting_address(analyst: Client) -> None:
    women = analyst.get(f"/laget/{DAYS}/?omrade=23&kon=female")
    assert "Gäller: Kvinnor." in _text(women)
    chosen = analyst.get(f"/laget/{DAYS}/?omrade=23&vilka=kon:female")
    assert _text(chosen) == _text(women)


def test_who_may_not_and_what_is_not_there(cast: Cast, analyst: Client) -> None:
    for path in ("/laget/", f"/laget/{DAYS}/", f"/laget/{DAYS}/csv/", f"/laget/{DAYS}/pdf/"):
        assert Client().get(path).status_code == 302
        assert log_in(cast.log_reviewer).get(path).status_code == 403
    assert analyst.get("/laget/finns-inte/").status_code == 404
    assert analyst.get(f"/laget/{DAYS}/?omrade=9999").status_code == 404
    assert analyst.get(f"/laget/{DAYS}/?version=7").status_code == 404
    assert analyst.get(f"/laget/{DAYS}/?version=x&vilka=a:b&diagram=!").status_code == 200


def test_an_impossible_share_is_refused_and_said_why(analyst: Client) -> None:
    page = analyst.get(f"/laget/{SHARE}/")
    assert "146,1 procent går inte: det ska vara mellan 0 och 100." in _text(page)
    assert re.search(r"Jämtlands län: \d\d,\d procent, september 2026\.", _text(page))
    dots = re.findall(r'class="chart-dot"', page.content.decode())
    assert len(dots) == 2 * 45
    told = json.loads(analyst.get(f"/laget/{SHARE}/json/").content)
    last = told["series"][0]["points"][-1]
    assert last == {"period": "2026-10-01", "status": PointStatus.REFUSED}
    drawing = _read(analyst, f"/laget/{SHARE}/svg/")
    scale = [one for one in re.findall(r">(\d+)</text>", drawing) if not one.startswith("20")]
    assert max(map(int, scale)) == 100


def test_what_is_hidden_leaves_by_no_door(analyst: Client, cast: Cast) -> None:
    with act(system(NOW), Action.FIGURES_EDIT) as this:
        row = measure_row(this.actor, SHARE, code="gomd")
        points = [
            (month_of(n), HIDDEN if n in (3, 11) else shown(50 + n, 50, 100, 4)) for n in range(12)
        ]
        for area in ("23", "2309", "2321", "2380"):
            curve_row(row, Snapshot.objects.get(), area, points)
        this.note_general("Curve")
    query = "gomd/?omrade=2309"
    for path in (
        query,
        *(f"gomd/{one}/?omrade=2309" for one in ("csv", "excel", "json", "svg", "png", "pdf")),
    ):
        said = _read(analyst, f"/laget/{path}")
        assert "/pdf/" not in path or "Östersund" in said  # the words of the paper were found
        assert not [one for one in SECRET if one in said], path
    assert not [one for one in SECRET if one in _text(analyst.get("/laget/?omrade=2309"))]
    page = analyst.get(f"/laget/{query}").content.decode()
    assert page.count('class="chart-gap"') == 2 * 2
    told = json.loads(analyst.get("/laget/gomd/json/?omrade=2309").content)
    hidden = [p for one in told["series"] for p in one["points"] if p["status"] == "hidden"]
    assert len(hidden) == 8
    assert {tuple(sorted(p)) for p in hidden} == {("period", "status")}


def _read(client: Client, path: str) -> str:
    """Everything that a file says: the sheets of a workbook, the words of a table or a page."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    body = answer.content
    if "excel" in path:
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return " ".join(
                book.read(one).decode() for one in book.namelist() if one.endswith("xml")
            )
    if "/pdf/" in path:
        return read_pdf(body).words()
    said = body.decode("latin-1" if "/png/" in path else "utf-8")
    return re.sub(r'\b(points|d)="[^"]*"', "", said)  # where a line goes is no number


def test_every_file_holds_the_same_numbers(analyst: Client) -> None:
    told = json.loads(_read(analyst, f"/laget/{DAYS}/json/?omrade=2309"))
    last = next(one for one in told["series"] if one["area"] == "2309")["points"][-1]
    rows = list(csv.DictReader(io.StringIO(_read(analyst, f"/laget/{DAYS}/csv/?omrade=2309").lstrip("\ufeff")),
                               delimiter=";"))  # fmt: skip
    mine = [one for one in rows if one["Kod"] == "2309" and one["Från"] == last["period"]]
    assert [one["Tal"] for one in mine] == [last["value"].rstrip("0").replace(".", ",")]
    assert last["value"].rstrip("0") in _read(analyst, f"/laget/{DAYS}/excel/?omrade=2309")
    drawing = ElementTree.fromstring(_read(analyst, f"/laget/{DAYS}/svg/?omrade=2309"))
    assert drawing.get("role") == "img"
    paper = analyst.get(f"/laget/{DAYS}/pdf/?omrade=2309")
    assert paper.content.startswith(b"%PDF-")
    assert analyst.get(f"/laget/{DAYS}/png/?omrade=2309").content.startswith(b"\x89PNG")
    assert analyst.get(f"/laget/{FALLS}/svg/?omrade=23").status_code == 404  # nothing to draw


def test_the_pages_ask_little(analyst: Client) -> None:
    for path in ("/laget/", f"/laget/{DAYS}/?omrade=2309"):
        analyst.get(path)
        with CaptureQueriesContext(connection) as asked:
            analyst.get(path)
        asking = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
        assert len(asking) <= 12, asking


def test_colour_only_where_it_is_more_than_chance(analyst: Client) -> None:
    page = analyst.get(f"/laget/{DAYS}/?omrade=23").content.decode()
    for row in re.findall(r"<tr.*?</tr>", page, re.S):
        if "Skillnaden kan bero på slumpen" in row:
            assert "data-tone" not in row
    assert "chart-bad" in page


def test_the_quality_drawer_tells_of_the_facts_that_the_figure_is_counted_from(
    analyst: Client,
) -> None:
    page = analyst.get(f"/laget/{DAYS}/?omrade=23")
    told = _text(page)
    for words in (
        "Utskrivningar",
        "4 120",
        "2,1 procent",
        "under 0,1 procent",
        "inget nytt på länge",
    ):
        assert words in told, words
    assert "Läkemedlet har ingen kod" not in told
    assert "Läkemedlet har ingen kod" not in _text(analyst.get(f"/laget/{FALLS}/"))
    assert "https://www.kolada.se/verktyg/fri-sokning/?kpis=N20403" in page.content.decode()


def test_two_versions_stand_side_by_side(analyst: Client) -> None:
    with act(system(NOW), Action.FIGURES_EDIT) as this:
        row = measure_row(this.actor, DAYS, number=2, current=False)
        where = [{"column": "psychiatric", "is": True, "not": True}]
        row.definition = row.definition | {
            "settings": row.definition["settings"] | {"where": where}
        }
        row.save()
        curve_row(row, Snapshot.objects.get(), "23", [(month_of(44), shown(2, 40, 20, 1))])
        this.note_general("Curve")
    said = analyst.get(f"/laget/{DAYS}/versioner/?omrade=23&fore=1&efter=2")
    page = _text(said)
    assert "Psykiatrisk vård: inte ja" in page
    assert said.content.decode().count('class="chart-beside"') >= 2  # one for each width
    assert "Det som skiljer" in page
    same = _text(analyst.get(f"/laget/{DAYS}/versioner/?fore=1&efter=1"))
    assert "Måttet har bara en version att visa" in same
    assert analyst.get(f"/laget/{DAYS}/versioner/?fore=9").status_code == 404


def test_that_someone_looked_is_in_the_log(analyst: Client, cast: Cast) -> None:
    analyst.get(f"/laget/{DAYS}/?omrade=2309")
    line = Event.objects.filter(action=Action.FIGURES_SHOW).latest("id")
    assert (line.actor_id, line.person_id) == (str(cast.analyst.id), "")
    assert line.detail["area"] == "2309"


def test_only_current_curves_are_shown(analyst: Client) -> None:
    before = _text(analyst.get(f"/laget/{DAYS}/"))
    with act(system(NOW), Action.FIGURES_EDIT) as this:
        Curve.objects.filter(area="23").update(current=False)
        this.note_general("Curve")
    after = _text(analyst.get(f"/laget/{DAYS}/"))
    assert "oktober 2026" in before
    assert "Det finns inga siffror för det här området." in after


def test_nothing_is_compared_across_a_break_of_the_series(analyst: Client) -> None:
    page = _text(analyst.get(f"/laget/{DAYS}/?omrade=23"))
    assert "Mitten av egna tidigare tal, sedan 2024" in page
    with act(system(NOW), Action.FIGURES_EDIT) as this:
        row = MeasureVersion.objects.get(code=DAYS)
        row.definition["breaks"] = [{"on": "2026-10-01", "words": "Ny källa"}]
        row.save()
        this.note_general("MeasureVersion")
    page = _text(analyst.get(f"/laget/{DAYS}/?omrade=23"))
    assert "Ett år tidigare" not in page
    assert "Mitten av egna tidigare tal" not in page


def test_the_drawer_says_what_was_wrong_with_the_data_in_words(analyst: Client, cast: Cast) -> None:
    kinds = {
        FaultKind.DOUBLE: "Samma rad kom flera gånger och är med en gång",
        FaultKind.FUTURE: "Dagen har inte varit, så raden är inte med",
        FaultKind.UNKNOWN_CODE: "Koden är inte en av dem som kolumnen har",
        FaultKind.CEASED_MUNICIPALITY: "Kommunen har bytt kod, och den nya används (1917)",
        FaultKind.POPULATION: "Befolkningen stämmer inte med månaden före (23 2025-02: 300 → 200)",
        FaultKind.MOVED: "raden har kvar kommunen från när den först hämtades",
        FaultKind.ORDERED_TOO: "Läkemedlet finns både i läkemedelslistan och som ordination",
    }
    examples = {
        FaultKind.CEASED_MUNICIPALITY: "1917",
        FaultKind.POPULATION: "23 2025-02: 300 → 200",
    }
    with act(cast.system, Action.FACTS_KEEP) as this:
        row = Snapshot.objects.get()
        found = [Fault("discharge", kind, 7, examples.get(kind, "")) for kind in kinds]
        row.quality = [one.kept() for one in found]
        row.save()
        this.note_general("Snapshot", snapshot=row.id)
    page = _text(analyst.get(f"/laget/{DAYS}/"))
    assert [words for words in kinds.values() if words not in page] == []
    assert "blev inte klar" not in page
    with act(cast.system, Action.FACTS_KEEP) as this:
        later = Snapshot(id="later", county="23", status=SnapshotStatus.FAILED, begun_at=NOW)
        later.save(force_insert=True)
        this.note_general("Snapshot", snapshot=later.id)
    page = _text(analyst.get(f"/laget/{DAYS}/"))
    assert "nästa hämtning fortsätter där den stannade" in page
