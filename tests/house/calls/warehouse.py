"""Calls of the room `indicators`: the warehouse."""

from __future__ import annotations

import tempfile
from pathlib import Path

from samverka.indicators import operations as indicators
from samverka.indicators.warehouse.keys import Keys
from samverka.kernel.actor import Actor
from tests.factories.cast import NOW
from tests.house.calls.shape import NOBODY, Call, system
from tests.house.furnished import House

KEYS = Keys("a salt that is only for the tests of the house")


def _export(_house: House, actor: Actor) -> object:
    with tempfile.TemporaryDirectory() as folder:
        return indicators.export_facts(actor, folder=Path(folder), keys=KEYS, now=lambda: NOW)


def _import(_house: House, actor: Actor) -> object:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "call.csv"
        path.write_text("id,person,called_on\n1,,2024-03-01\n")
        return indicators.import_facts(
            actor,
            folder=Path(place) / "w",
            keys=KEYS,
            paths=[path],
            source="Lagret",
            now=lambda: NOW,
        )


CALLS: dict[str, Call] = {
    "export_facts": Call(_export, NOBODY, by=system),
    "import_facts": Call(_import, NOBODY, by=system),
}
