"""How long the server takes for each ordinary page, and how many questions it asks the database.

    python bench/pages.py                 the full demo county of 2,000 people
    python bench/pages.py --people 200    only to see that it works

The claim: at most 100 ms median and at most 12 queries for every ordinary page. Times are inside one process,
without network and web server, so compare them on one machine only. Prints a table.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

MOST_QUERIES, MOST_MS, RUNS = 12, 100.0, 15
STAFF = {
    "maria.sjolund": [
        "/",
        "{person}",
        "{plan}",
        "{person}kontrakt/",
        "{plan}versioner/",
        "{plan}mote/",
        "{plan}samtycke/",
        "{plan}infor-motet/",
        "/fasta-kontakter/",
        "/forslag/",
        "/enheter/",
        "/vara-personer/",
    ],
    "asa.nordqvist": ["/", "{person}", "{plan}"],
    "katarina.wall": [
        "/",
        "{person}",
        "{plan}",
        "/utskrivning/",
        "/utskrivning/vagg/",
        "{case}",
        "{case}hemgang/",
        "/utskrivning/statistik/",
    ],
    "ingela.svanberg": ["/betalningsansvar/", "/utskrivning/statistik/"],
    "roger.sjoberg": ["/loggkontroll/"],
    "mats.hellgren": [
        "/laget/",
        "/laget/utskrivningsklar-dygn-65/",
        "/laget/utskrivningsklar-dygn-65/?omrade=2309",
        "/laget/bedomning-3-dagar/",
        "/laget/fallskador-per-manad/?omrade=00",
        "/laget/vem-vantar-pa-vem/",
        "/laget/utskrivningsklar-dygn-65/versioner/",
        "/laget/utskrivningsklar-dygn-65/personer/",
        "/laget/valj/",
        "/laget/matt/",
        "/laget/matt/nytt/?fran=utskrivningsklar-dygn-65",
        "/vardgaranti/statistik/",
        "/nulagesrapporter/",
        "/medel/",
    ],
}
PERSONS = {
    "karin": [
        "/min-sida/",
        "/min-sida/uppgifter/",
        "/min-sida/logg/",
        "/min-sida/samtycken/",
        "/min-sida/sparrar/",
        "/min-sida/ombud/",
        "/min-sida/{id}/tider/",
    ],
    "eva": ["/min-sida/{id}/"],
}


def main() -> None:
    """Build the county on a database of its own, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--people", type=int, default=2000)
    chosen = asked.parse_args()
    os.environ["SAMVERKA_DEMO"] = "1"
    os.environ["SAMVERKA_HOSTS"] = "testserver"
    from samverka.config.command.surroundings import point_at, start_django
    from samverka.config.postgres import Cluster

    with tempfile.TemporaryDirectory(prefix="samverka-bench-") as name:
        Path(name).chmod(0o711)
        os.environ["SAMVERKA_DATA"] = name
        with Cluster(Path(name) / "data") as urls:
            point_at(urls, owner=True)
            start_django()
            _build(chosen.people)
            _reckon(Path(name), chosen.people)
            _measure_all()


def _build(people: int) -> None:
    from samverka.config.command.tables import make_tables
    from samverka.demo.build import build
    from samverka.kernel.calendar import local_date

    make_tables()
    began = time.perf_counter()
    build(people=people, today=local_date(datetime.now(UTC)))
    print(f"Built {people} people and the stories in {time.perf_counter() - began:.1f} s\n")


def _reckon(home: Path, people: int) -> None:
    """Every figure of the demo, over five years of the whole county."""
    from samverka.config.command.figures import furnish_figures, reckon_rest
    from samverka.kernel.calendar import local_date

    today = local_date(datetime.now(UTC))
    began = time.perf_counter()
    furnish_figures(home, people=people, seed=1, today=today)
    print(f"Facts, history and the first figures in {time.perf_counter() - began:.1f} s")
    reckon_rest(home, seed=1, today=today)
    print(f"All figures in {time.perf_counter() - began:.1f} s\n")


def _measure_all() -> None:
    from django.conf import settings
    from django.db import connections

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{'who':<16} {'page':<34} {'status':>6} {'queries':>8} {'median ms':>10}")
    worst = [line for who, pages in (STAFF | PERSONS).items() for line in _measure(who, pages)]
    slow = [ms for _count, ms in worst if ms > MOST_MS]
    many = [count for count, _ms in worst if count > MOST_QUERIES]
    print(
        f"\n{len(worst)} pages; over {MOST_MS:.0f} ms: {len(slow)}; over {MOST_QUERIES} queries: {len(many)}"
    )


def _measure(who: str, pages: list[str]) -> list[tuple[int, float]]:
    from django.test import Client

    from samverka.access.models import Account

    client = Client()
    client.post("/demo/", {"who": who})
    karin = Account.objects.get(username="karin").person_id
    known = {"id": karin, "person": f"/personer/{karin}/", "plan": _plan(client, karin)}
    known["case"] = _first(client, "/utskrivning/", "utskrivning")
    return [_one(client, who, page.format(**known)) for page in pages]


def _plan(client: object, karin: object) -> str:
    return _first(client, f"/personer/{karin}/", "planer")


def _first(client: object, where: str, room: str) -> str:
    """The first address of one record of the room that the page leads to."""
    import re

    page = client.get(where).content.decode()  # type: ignore[attr-defined]
    found = re.search(rf'href="(/{room}/[0-9a-f-]{{36}}/)"', page)
    return found.group(1) if found else f"/{room}/none/"


def _one(client: object, who: str, page: str) -> tuple[int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)  # type: ignore[attr-defined]
    begun = ("BEGIN", "COMMIT")
    count = sum(not one["sql"].startswith(begun) for one in asked.captured_queries)
    times = []
    for _run in range(RUNS):
        began = time.perf_counter()
        client.get(page)  # type: ignore[attr-defined]
        times.append((time.perf_counter() - began) * 1000)
    median = statistics.median(times)
    shown = page if len(page) < 34 else f"{page[:12]}…{page[-18:]}"
    print(f"{who:<16} {shown:<34} {answer.status_code:>6} {count:>8} {median:>10.1f}")
    return count, median


if __name__ == "__main__":
    main()
