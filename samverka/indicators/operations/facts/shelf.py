"""What lies on the shelf → rows of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from samverka.indicators.operations.facts.frame import Frame, Row
from samverka.indicators.warehouse.facts import FACTS
from samverka.indicators.warehouse.fhir import taken
from samverka.resources.reads import exported_resources

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
