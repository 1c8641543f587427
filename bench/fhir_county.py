"""A county for measuring FHIR: persons with full stories, all of them in the care of one unit.

The demo's people and stories, and for each person a plan with goals, activities and a team, measurements,
and the unit's relation of care. What is laid is laid by operations, as everywhere.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

MEASURED = 20
"""Observations of each person."""

RICH = 200
"""Resources of the person that `$everything` is asked of."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions are asked about.

    Attributes:
        account, assignment: who asks.
        persons: id and identity number of each; the first has `RICH` resources.
    """

    account: str
    assignment: str
    persons: list[tuple[str, str, str]]
    plans: list[str]


def build(people: int) -> Known:
    """The county, laid from nothing; tells how long it took."""
    from samverka.config.command.tables import make_tables
    from samverka.demo.build import build as build_demo
    from samverka.demo.build import the_county
    from samverka.kernel.calendar import local_date

    make_tables()
    today = local_date(datetime.now(UTC))
    began = time.perf_counter()
    build_demo(people=people, today=today)
    county, residents = the_county(people=people, seed=1, today=today)
    known = _furnish(county, residents, today)
    print(f"Built {len(known.persons)} persons in {time.perf_counter() - began:.0f} s", flush=True)
    return known


def _furnish(county: Any, residents: Sequence[Any], today: date) -> Known:
    from samverka.demo.small_plans import writers

    unit = max(writers(), key=lambda key: sum(one.listed == key for one in residents))
    login = county.staff[writers()[unit]]
    nurse = login.actor(datetime.now(UTC) - timedelta(hours=2))
    found = _persons(residents)
    plans = [_plan(county, nurse, unit, person, today) for person, _number in found]
    _measure(nurse, found)
    persons = [(str(person), number.system, number.value) for person, number in found]
    return Known(str(login.account_id), str(login.assignment.id), persons, plans)


def _persons(residents: Sequence[Any]) -> list[tuple[UUID, Any]]:
    from django.db import connection, transaction

    from samverka.people.models import Identity

    numbers = {one.number.value: one.number for one in residents}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")
        rows = list(Identity.objects.filter(value__in=numbers).values_list("person_id", "value"))
    return [(person, numbers[value]) for person, value in rows]


def _plan(county: Any, nurse: Any, unit: str, person: UUID, today: date) -> str:
    from random import Random

    from samverka.access import operations as access
    from samverka.access.act import act
    from samverka.access.actions import Action
    from samverka.access.rules import RelationKind
    from samverka.demo.actors import builder
    from samverka.demo.small_plans import write_plan

    place = county.units[unit]
    access.open_relation(
        builder(nurse.at - timedelta(days=90)),
        person_id=person,
        kind=RelationKind.CARE,
        reason="Listad",
        unit_id=place.id,
        provider_id=place.provider_id,
    )
    with act(nurse, Action.PLAN_EDIT) as this:
        this.unchanged()
        return str(write_plan(Random(str(person)), county, person, unit, today))


def _measure(nurse: Any, found: Sequence[tuple[UUID, Any]]) -> None:
    from samverka.config.registry import REGISTRY
    from samverka.kernel.actor import Permission
    from samverka.resources.operations import run_import

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Observation.ndjson"
        with path.open("w") as out:
            for place, (_person, number) in enumerate(found):
                for line in _observations(place, number, RICH if place == 0 else MEASURED):
                    out.write(line + "\n")
        importer = replace(nurse, permissions=nurse.permissions | {Permission.IMPORT})
        run_import(importer, paths=[path], source="bench", registry=REGISTRY)


CODES = (("29463-7", "kg"), ("8867-4", "/min"), ("59408-5", "%"), ("15074-8", "mmol/L"))


def _observations(place: int, number: Any, count: int) -> Iterator[str]:
    first = datetime(2026, 1, 1, 8, tzinfo=UTC)
    for n in range(count):
        code, unit = CODES[n % len(CODES)]
        yield json.dumps({
            "resourceType": "Observation",
            "id": f"o{place}-{n}",
            "status": "final",
            "category": [{"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                "code": "vital-signs"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "subject": {"identifier": {"system": number.system, "value": number.value}},
            "effectiveDateTime": (first + timedelta(days=7 * n)).isoformat(),
            "valueQuantity": {"value": 60 + n, "unit": unit,
                              "system": "http://unitsofmeasure.org", "code": unit},
        })  # fmt: skip
