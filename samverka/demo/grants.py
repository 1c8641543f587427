"""Grants of the demo: the agreements' public totals and tables, and invented movements marked so."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from importlib import resources
from typing import Any
from uuid import UUID, uuid5

from samverka.access.roles import system_actor
from samverka.demo.actors import County
from samverka.kernel.actor import Actor
from samverka.kernel.areas import municipalities_of, population_2019
from samverka.transition import operations as grants
from samverka.transition.reads import (
    grant_agreement,
    grant_distribution,
    grant_period,
    grant_recipient,
)
from samverka.transition.rules.grants import FIXED_NAME, KeyKind, from_millions
from samverka.transition.rules.grants.choosing import Receiver

ECONOMIST, CLOSER = "ingela.svanberg", "hakan.lindell"
"""Who lays down the region's grants, and who answers for Krokom's."""

KROKOM, HOME = "2309", "23"
_SPACE = UUID("6f2f0a65-6a2f-4e32-93f0-6f1a1f2f3c55")

UNDIVIDED = "Inte uppdelat på område i källan"
WOMEN, RURAL = "Kvinnors hälsa, efter befolkning", "Kvinnors hälsa, landsbygd"
WOMEN_NAME = "Kvinnors hälsa"
TOLD = {2023: 1_437_000_000, 2024: 1_357_000_000}
"""The population part as SKR's text says it; the table of 2024 adds up to ten million more."""

SKR_TABLE = "SKR, Fördelning av medel {year} (skr.se, webbutik.skr.se)"
OWN_SHARE = "Påhittat: räknat efter befolkning. Ingen tabell per mottagare är publicerad."
EXAMPLE = "Påhittat exempel"

SHARED_OUT = {
    2023: ("Utvecklingen av den nära vården (varav 300 landsbygd)",),
    2024: ("Fortsatt stöd till centrala utvecklingsområden",),
}
"""Areas of God och nära vård whose money is shared out in the demo."""

PERIOD = "Samlad överenskommelse 2025–2027 (påhittat exempel)"
PERIOD_AREAS: dict[str, dict[int, tuple[int, int]]] = {
    "Fast läkarkontakt": {2025: (400, 100), 2026: (450, 150), 2027: (450, 200)},
    "Förebyggande och egenvård": {2025: (200, 200), 2026: (200, 300), 2027: (150, 350)},
    "Samordnad planering": {2025: (100, 150), 2026: (100, 200), 2027: (100, 200)},
}
"""Area → year → million kronor to regions and to municipalities."""


def lay(county: County, at: datetime) -> None:
    """Everything on grants, as the region's economist would have laid it down."""
    actor = county.staff[ECONOMIST].actor(at)
    regions, places = _populations(actor)
    for row in _rows("agreements.csv"):
        _agreement(actor, row, regions, places)
    _womens_health(actor)
    _period(actor, regions, places)
    _moved(county, at)


def _rows(name: str) -> list[dict[str, str]]:
    path = resources.files("samverka.demo") / "data" / "grants" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _populations(actor: Actor) -> tuple[UUID, UUID]:
    """Regions on the last day of 2023, municipalities on the last day of 2019."""
    rows = _rows("regions_2019_2023.csv")
    regions = grants.keep_population(
        actor,
        name="Folkmängd per region",
        version="31 december 2023",
        counted_on=date(2023, 12, 31),
        rows=[{"kod": one["lanskod"], "antal": one["bef_2023_12_31"]} for one in rows],
        source="SCB, folkmängd efter län",
    )
    people: dict[str, int] = {}
    for (code, _sex), ages in population_2019().items():
        people[code] = people.get(code, 0) + sum(ages)
    places = grants.keep_population(
        actor,
        name="Folkmängd per kommun",
        version="31 december 2019",
        counted_on=date(2019, 12, 31),
        rows=[{"kod": code, "antal": str(count)} for code, count in people.items()],
        source="SCB, folkmängd efter kommun",
    )
    return regions.id, places.id


# ── God och nära vård ──


def _agreement(actor: Actor, row: Mapping[str, str], regions: UUID, places: UUID) -> None:
    year = int(row["ar"])
    name = (
        row["overenskommelse"]
        if str(year) in row["overenskommelse"]
        else (f"{row['overenskommelse']} {year}")
    )
    made = grants.register_agreement(
        actor, name=name, first_year=year, last_year=year, told=from_millions(row["totalt_mnkr"]),
        source=row["kalla"][:300],
    )  # fmt: skip
    grants.add_document(
        actor, agreement_id=made.id, title=f"Överenskommelsen {year} på SKR:s sida",
        said=f"Totalt {row['totalt_mnkr'].replace('.', ',')} miljoner kronor. Läst på {row['kalla']}",
    )  # fmt: skip
    for area, receiver, kronor in _pots(row, year):
        pot = grants.set_pot(
            actor, agreement_id=made.id, year=year, area=area, receiver=receiver, kronor=kronor,
            source=row["kalla"][:300],
        )  # fmt: skip
        if area in SHARED_OUT.get(year, ()):
            people = regions if receiver is Receiver.REGION else places
            _share(actor, pot.id, kind=KeyKind.POPULATION, population_id=people, why=OWN_SHARE)
    if year in SHARED_OUT:
        _award(actor, made.id, year, SHARED_OUT[year])


def _pots(row: Mapping[str, str], year: int) -> Iterator[tuple[str, Receiver, int]]:
    """The areas of the source, and what it does not divide."""
    areas = [one for one in _rows("agreement_areas.csv") if int(one["ar"]) == year]
    sides = ((Receiver.REGION, "regioner_mnkr"), (Receiver.MUNICIPALITY, "kommuner_mnkr"))
    for receiver, column in sides:
        left = _millions(row[column])
        for one in areas:
            if kronor := _millions(one[column]):
                left -= kronor
                yield one["omrade"], receiver, kronor
        if left:
            yield UNDIVIDED, receiver, left
    shared = {"SKR:s eget arbete": "skr_mnkr", "Gemensamt arbete": "gemensamt_mnkr",
              UNDIVIDED: "rest_mnkr"}  # fmt: skip
    for area, column in shared.items():
        if kronor := _millions(row[column]):
            yield area, Receiver.SHARED, kronor


def _millions(written: str) -> int:
    return from_millions(written) if written and Decimal(written) else 0


def _share(actor: Actor, pot_id: UUID, **how: Any) -> UUID:
    made = grants.draft_distribution(actor, pot_id=pot_id, **how)
    return grants.decide_distribution(actor, distribution_id=made.id).id


# ── women's health: real tables ──


def _womens_health(actor: Actor) -> None:
    for year, told in TOLD.items():
        rows = [one for one in _rows("womens_health_2023_2024.csv") if int(one["ar"]) == year]
        made = grants.register_agreement(
            actor, name=f"{WOMEN_NAME} {year}", first_year=year, last_year=year,
            source=SKR_TABLE.format(year=year),
        )  # fmt: skip
        table = {one["lanskod"]: int(one["belopp_befolkning_kr"]) for one in rows}
        people = grants.keep_population(
            actor, name="Folkmängd bakom SKR:s tabell", version=f"{year}",
            counted_on=date(year - 1, 11, 1), source="Härledd ur SKR:s publicerade belopp",
            rows=[{"kod": one["lanskod"], "antal": one["harledd_befolkning"]} for one in rows],
        )  # fmt: skip
        pot = _pot(actor, made.id, year, WOMEN, sum(table.values()))
        one = _share(actor, pot, kind=KeyKind.POPULATION, population_id=people.id)
        source = SKR_TABLE.format(year=year)
        grants.set_published(actor, distribution_id=one, amounts=table, source=source, told=told)
        rural = {one["lanskod"]: int(one["belopp_landsbygd_kr"]) for one in rows}
        pot = _pot(actor, made.id, year, RURAL, sum(rural.values()))
        _share(actor, pot, kind=KeyKind.WEIGHTS, weights=rural, key_source=source,
               why="Nyckeln är inte publicerad: andelarna är tabellens egna.")  # fmt: skip
        grants.import_awards(
            actor, agreement_id=made.id, source=source, **_days(year),
            rows=[_row(HOME, area, year, kronor[HOME])
                  for area, kronor in ((WOMEN, table), (RURAL, rural))],
        )  # fmt: skip


def _pot(actor: Actor, agreement: UUID, year: int, area: str, kronor: int) -> UUID:
    return grants.set_pot(
        actor, agreement_id=agreement, year=year, area=area, receiver=Receiver.REGION,
        kronor=kronor, source=SKR_TABLE.format(year=year),
    ).id  # fmt: skip


# ── a fixed part and areas, as the commission proposed ──


def _period(actor: Actor, regions: UUID, places: UUID) -> None:
    made = grants.register_agreement(
        actor, name=PERIOD, first_year=2025, last_year=2027, fixed=3_000_000_000,
        region_percent=70, invented=True, source="Modellen: SOU 2020:19. Beloppen är påhittade.",
    )  # fmt: skip
    grants.add_document(
        actor, agreement_id=made.id, title="God och nära vård (SOU 2020:19)",
        said="Ett fast omställningsbidrag för hela perioden och områden som varierar år från år.",
    )  # fmt: skip
    for area, years in PERIOD_AREAS.items():
        for year, sides in years.items():
            for receiver, millions in zip(
                (Receiver.REGION, Receiver.MUNICIPALITY), sides, strict=True
            ):
                pot = grants.set_pot(
                    actor, agreement_id=made.id, year=year, area=area, receiver=receiver,
                    kronor=millions * 1_000_000, source=EXAMPLE,
                )  # fmt: skip
                if (area, year) == ("Samordnad planering", 2025):
                    people = regions if receiver is Receiver.REGION else places
                    _share(actor, pot.id, kind=KeyKind.POPULATION, population_id=people)
    for year in (2025, 2026):
        found = grant_period(actor, agreement_id=made.id, year=year)
        names = [str(FIXED_NAME), *found.areas]
        rows = [
            _row(code, area, year, kronor)
            for code, _name, amounts, _total in found.rows
            for area, kronor in zip(names, amounts, strict=True)
            if code.startswith(HOME) and kronor
        ]
        grants.import_awards(actor, agreement_id=made.id, rows=rows, source=EXAMPLE, **_days(year))


# ── what the county got and did ──


def _award(actor: Actor, agreement: UUID, year: int, areas: tuple[str, ...]) -> None:
    """The county's own part of the distributions that hold."""
    rows = [
        _row(code, area, year, kronor) for area, code, kronor in _of_county(actor, agreement, areas)
    ]
    grants.import_awards(actor, agreement_id=agreement, rows=rows, source=OWN_SHARE, **_days(year))


def _of_county(
    actor: Actor, agreement: UUID, areas: tuple[str, ...]
) -> Iterator[tuple[str, str, int]]:
    """(area, recipient, kronor) of the county's region and municipalities."""
    for pot in grant_agreement(actor, agreement_id=agreement).pots:
        if pot.area in areas and pot.distribution_id is not None:
            shared = grant_distribution(actor, distribution_id=pot.distribution_id)
            for line in shared.lines:
                if line.code.startswith(HOME):
                    yield pot.area, line.code, line.kronor


def _row(code: str, area: str, year: int, kronor: int) -> dict[str, str]:
    return {"kod": code, "område": area, "år": str(year), "kronor": str(kronor)}


def _days(year: int) -> dict[str, date]:
    return {
        "draw_from": date(year, 1, 1),
        "draw_until": date(year, 12, 1),
        "use_until": date(year, 12, 31),
        "pay_back_by": date(year + 1, 3, 31),
    }


USED = {
    2023: {"2303": 100, "2305": 88, "2309": 100, "2321": 100, "2326": 93, "2361": 96, "2380": 100},
    2024: {"2303": 91, "2305": 100, "2309": 84, "2321": 97, "2326": 78, "2361": 100, "2380": 99},
}
"""Per cent of what was drawn that each municipality used: invented. Who is not named used 95."""

LATE = {(2024, "2326")}
"""Who has not paid back what was left."""


def _moved(county: County, at: datetime) -> None:
    """Drawn, used and paid back: invented, each voucher says so."""
    example = system_actor(actor_id=uuid5(_SPACE, "example"), name=EXAMPLE, at=at)
    codes = [HOME, *(one.code for one in municipalities_of(HOME))]
    rows = [row for year in SHARED_OUT for code in codes for row in _moves(example, code, year)]
    rows += [row for code in codes for row in _running(example, code, at.date())]
    closer = county.staff[CLOSER].actor(at)
    grants.import_movements(closer, rows=[row for row in rows if row["kod"] == KROKOM])
    grants.import_movements(example, rows=[row for row in rows if row["kod"] != KROKOM])


def _granted(actor: Actor, code: str, year: int) -> list[tuple[str, int]]:
    found = grant_recipient(actor, code=code, year=year)
    return [(one.area, one.grant.kronor) for one in found.lines]


def _moves(actor: Actor, code: str, year: int) -> Iterator[dict[str, str]]:
    for area, kronor in _granted(actor, code, year):
        if area not in SHARED_OUT[year]:
            continue
        used = kronor * USED[year].get(code, 95) // 100
        yield _moved_row(code, area, year, "R1", "rekvirerat", date(year, 4, 12), kronor)
        yield _moved_row(code, area, year, "A1", "använt", date(year, 6, 30), used // 2)
        yield _moved_row(code, area, year, "A2", "använt", date(year, 12, 31), used - used // 2)
        if kronor - used and (year, code) not in LATE:
            yield _moved_row(
                code, area, year, "B1", "återbetalt", date(year + 1, 3, 20), kronor - used
            )


def _running(actor: Actor, code: str, today: date) -> Iterator[dict[str, str]]:
    """The fixed part: last year's settled, most of this year's drawn and about half of that used."""
    for area, kronor in _granted(actor, code, 2025):
        if area == FIXED_NAME and today > date(2026, 3, 31):
            used = kronor * 92 // 100
            yield _moved_row(code, area, 2025, "R1", "rekvirerat", date(2025, 5, 6), kronor)
            yield _moved_row(code, area, 2025, "A1", "använt", date(2025, 12, 31), used)
            yield _moved_row(code, area, 2025, "B1", "återbetalt", date(2026, 3, 20), kronor - used)
    for area, kronor in _granted(actor, code, 2026):
        if area == FIXED_NAME and today > date(2026, 9, 30):
            yield _moved_row(
                code, area, 2026, "R1", "rekvirerat", date(2026, 3, 3), kronor * 3 // 4
            )
            yield _moved_row(code, area, 2026, "A1", "använt", date(2026, 9, 30), kronor * 2 // 5)


def _moved_row(
    code: str, area: str, year: int, number: str, kind: str, on: date, kronor: int
) -> dict[str, str]:
    return _row(code, area, year, kronor) | {
        "verifikation": f"{year}-{number}", "händelse": kind, "datum": on.isoformat(),
        "anmärkning": EXAMPLE
    }  # fmt: skip
