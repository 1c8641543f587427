"""Calls of the room `resources`."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from samverka.config.registry import REGISTRY, persons_by_number
from samverka.kernel.actor import Actor
from samverka.resources import operations as resources
from samverka.resources import reads as resources_reads
from samverka.resources.rules.report import ImportReport
from tests.house.calls.shape import (
    NOBODY,
    PERSON,
    RECORD,
    SILENT,
    Call,
    administrator,
    system,
)
from tests.house.furnished import House, patient_file


def _imported(house: House, actor: Actor) -> ImportReport:
    with tempfile.TemporaryDirectory() as folder:
        path = patient_file(Path(folder))
        return resources.run_import(actor, paths=[path], source="journal", registry=REGISTRY)


def _run(house: House) -> UUID:
    who = administrator(house)
    _imported(house, who)
    return resources_reads.list_imports(who)[0].id


def flag(house: House) -> UUID:
    """Something that only the shelf keeps, received by Karin's own unit."""
    nurse = house.nurse
    reader = replace(
        house.cast.system,
        unit_id=nurse.unit_id,
        provider_id=nurse.provider_id,
        branch=nurse.branch,
    )
    _imported(house, reader)
    return resources_reads.person_resources(nurse, person_id=house.karin.id, kind="Flag")[0].id


def _taken_in(house: House, actor: Actor) -> object:
    with tempfile.TemporaryDirectory() as folder:
        lines = patient_file(Path(folder)).read_text().splitlines()
    entries = ",".join(f'{{"resource": {line}}}' for line in lines if line.strip())
    text = f'{{"resourceType": "Bundle", "type": "batch", "entry": [{entries}]}}'.encode()
    return resources.take_in(actor, text=text, source="journal", registry=REGISTRY)


def _note_text(house: House, local_id: str = "") -> bytes:
    """A Flag as a client writes it."""
    own = f'"id": "{local_id}", ' if local_id else ""
    return (
        f'{{"resourceType": "Flag", {own}"status": "active", "code": {{"text": "Fallrisk"}}, '
        f'"subject": {{"reference": "Patient/{house.karin.id}"}}}}'
    ).encode()


def _keep(house: House, actor: Actor, key: str = "") -> resources.KeptDetail:
    text = _note_text(house, key)
    return resources.keep_resource(actor, text=text, numbers=persons_by_number, key=key)


CALLS: dict[str, Call] = {
    "keep_resource": Call(_keep),
    "remove_resource": Call(
        lambda _house, actor, kept: resources.remove_resource(actor, kind="Flag", local_id=kept.id),
        prepared=lambda house: _keep(house, house.nurse),
    ),
    "reads.place_of": Call(
        lambda house, actor: resources_reads.place_of(
            actor, kind="Patient", local_id=str(house.karin.id)
        ),
        SILENT,
    ),
    "reads.stored": Call(
        lambda _house, actor, one: resources_reads.stored(actor, resource_id=one), prepared=flag
    ),
    "reads.past": Call(
        lambda _house, actor, one: resources_reads.past(
            actor, wanted=resources_reads.PastWanted(resource_id=one)
        ),
        prepared=flag,
    ),
    "index_again": Call(lambda _house, actor: resources.index_again(actor), NOBODY, system),
    "to_index": Call(lambda _house, actor: resources.to_index(actor), NOBODY, system),
    "take_in": Call(_taken_in, RECORD, administrator),
    "run_import": Call(_imported, RECORD, administrator),
    # Only counts by type are shown; which resources they are leaves lines when they are.
    "reads.person_kinds": Call(
        lambda house, actor, _flag: resources_reads.person_kinds(actor, person_id=house.karin.id),
        PERSON,
        prepared=flag,
    ),
    "reads.person_resources": Call(
        lambda house, actor, _flag: resources_reads.person_resources(
            actor, person_id=house.karin.id, kind="Flag"
        ),
        prepared=flag,
    ),
    "reads.person_shelf": Call(
        lambda house, actor, _flag: resources_reads.person_shelf(actor, person_id=house.karin.id),
        prepared=flag,
    ),
    "reads.resource": Call(
        lambda house, actor, flag: resources_reads.resource(actor, resource_id=flag),
        prepared=flag,
    ),
    "reads.list_imports": Call(
        lambda house, actor: resources_reads.list_imports(actor), NOBODY, administrator
    ),
    "reads.import_report": Call(
        lambda house, actor, run: resources_reads.import_report(actor, run_id=run),
        NOBODY,
        administrator,
        prepared=_run,
    ),
}
