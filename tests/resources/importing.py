"""What the tests of imports stand on: files, a source, and rooms that answer as real ones would."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid5

from samverka.access.guarded import demand_act
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.models import Resource
from samverka.resources.operations import run_import
from samverka.resources.rules.receiving import Number, Received, Registry, Taken
from samverka.resources.rules.report import ImportReport
from tests.factories.cast import SPACE, system

UNIT, PROVIDER = uuid5(SPACE, "unit"), uuid5(SPACE, "provider")
IMPORTER = replace(system(), unit_id=UNIT, provider_id=PROVIDER, unit_name="Krokoms hälsocentral")
PNR = "http://electronichealth.se/identifier/personnummer"
CODE = {"text": "x"}


def person_of(number: str) -> UUID:
    return uuid5(SPACE, number)


def receive_patient(_actor: Actor, received: Received) -> Taken:
    """A stand-in for the room `people`: one person per number, as there."""
    demand_act("a room")
    [number, *_more] = [one["value"] for one in received.content.get("identifier", ())] or [
        received.key
    ]
    return Taken(room_id=person_of(number), person_id=person_of(number))


def receive_encounter(_actor: Actor, received: Received) -> Taken:
    """A stand-in for `contacts`: wants to know the unit."""
    link = received.link("serviceProvider")
    if link is None:
        raise Invalid(_("Besöket saknar enhet."))
    return Taken(room_id=uuid5(SPACE, received.key))


def known(_actor: Actor, numbers: Sequence[Number]) -> dict[Number, UUID]:
    return {one: person_of(one[1]) for one in numbers if one == (PNR, "194203119801")}


REGISTRY = Registry({"Patient": receive_patient, "Encounter": receive_encounter}, known)


def patient(number: str = "194203119801", id_: str = "1", **more: object) -> dict[str, object]:
    found: dict[str, object] = {"resourceType": "Patient", "id": id_}
    if number:
        found["identifier"] = [{"system": PNR, "value": number}]
    return found | more


def observation(id_: str = "1", subject: str = "Patient/1", **more: object) -> dict[str, object]:
    return {
        "resourceType": "Observation",
        "id": id_,
        "status": "final",
        "code": CODE,
        "subject": {"reference": subject},
        **more,
    }


class Importer:
    """Writes files and imports them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = itertools.count()

    def file(self, text: str | bytes, suffix: str = ".json") -> Path:
        path = self.folder / f"file{next(self.names)}{suffix}"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def lines(self, *resources: object) -> Path:
        return self.file("\n".join(json.dumps(one) for one in resources) + "\n", ".ndjson")

    def run(self, *paths: Path, actor: Actor = IMPORTER, source: str = "journal", base: str = "",
            registry: Registry = REGISTRY) -> ImportReport:  # fmt: skip
        return run_import(actor, paths=paths, source=source, registry=registry, base=base)

    def take(self, *resources: object, **more: str) -> ImportReport:
        return self.run(self.lines(*resources), **more)  # type: ignore[arg-type]


def stands(key: str) -> Resource:
    """The row of a resource."""
    found: Resource = Resource.objects.get(key=key)
    return found
