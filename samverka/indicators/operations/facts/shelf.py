"""What lies on the shelf → rows of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import Final

from samverka.indicators.operations.facts.frame import Frame, Row
from samverka.indicators.warehouse.drugs import Drug, is_told_twice
from samverka.indicators.warehouse.facts import FACTS
from samverka.indicators.warehouse.fhir import taken
from samverka.indicators.warehouse.quality import FaultKind
from samverka.people.reads import ExportedPerson
from samverka.resources.reads import ExportedResource, exported_resources

KINDS: Final = {
    "assessment": ("Observation", "QuestionnaireResponse"),
    "drug": ("MedicationStatement", "MedicationRequest"),
    "measurement": ("Observation",),
}
"""Fact → types of resources that it is made of. Stays and visits have been received by a room."""


def from_shelf(fact: str) -> Callable[[Frame], Iterator[Row | None]]:
    """What makes the rows of one fact out of received resources."""

    def rows(frame: Frame) -> Iterator[Row | None]:
        kinds, when = KINDS[fact], FACTS[fact].day
        found = exported_resources(frame.this, kinds=kinds, since=frame.since)
        for one, person in frame.with_persons(found):
            for said in taken(one.content):
                day = said.row.get(when)
                if said.fact == fact and isinstance(day, date):
                    row = frame.row(
                        person,
                        day,
                        one.unit_id,
                        one.id,
                        number=int(said.part or 0),
                        source=one.source,
                        **said.row,
                    )
                    yield row

    return rows


def drugs(frame: Frame) -> Iterator[Row | None]:
    """The drugs of each person, each once: an order of what the drug list has already is left out.

    All of a person's are read again when one comes: what it makes of the others is known only then.
    """
    found = exported_resources(frame.this, kinds=KINDS["drug"], since=frame.since, by_person=True)
    whole = frame.with_persons(found)
    for _person, part in groupby(whole, key=lambda pair: pair[1].id):
        yield from _drugs(frame, list(part))


def _drugs(
    frame: Frame, part: list[tuple[ExportedResource, ExportedPerson]]
) -> Iterator[Row | None]:
    said = [(*pair, one.row) for pair in part for one in taken(pair[0].content)]
    listed = [
        Drug.of(row) for resource, _person, row in said if resource.kind == "MedicationStatement"
    ]
    for resource, person, row in said:
        drug = Drug.of(row)
        if resource.kind == "MedicationRequest" and is_told_twice(drug, listed):
            frame.faults.add(frame.fact, FaultKind.ORDERED_TOO)
            continue
        unit, source = resource.unit_id, resource.source
        yield frame.row(person, drug.since, unit, resource.id, number=0, source=source, **row)
