"""Calls of the room `indicators`."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators import operations, reads
from samverka.indicators.models import Snapshot
from samverka.indicators.reads import Wanted
from samverka.indicators.rules.kept import SnapshotStatus
from samverka.indicators.rules.measures import as_data
from samverka.indicators.warehouse.keys import Keys
from samverka.kernel.actor import Actor
from tests.factories.cast import NOW
from tests.house.calls.shape import NOBODY, SILENT, Call, system
from tests.house.furnished import House
from tests.indicators.pages.curves import DAYS, FALLS, own_measure


def analyst(house: House) -> Actor:
    return house.cast.analyst


def _exported(house: House) -> str:
    with act(system(house), Action.FIGURES_RECKON) as this:
        Snapshot(id="natten", county="23", status=SnapshotStatus.WHOLE, begun_at=NOW).save(
            force_insert=True
        )
        this.note_general("Snapshot", snapshot="natten")
    return "natten"


CALLS: dict[str, Call] = {
    "reckon_figures": Call(
        lambda house, actor, made: operations.reckon_figures(
            actor,
            snapshot=made,
            measures=[],
            count=lambda _measure, _since, _until: [],
            since=date(2026, 1, 1),
        ),
        about=NOBODY,
        by=analyst,
        prepared=_exported,
    ),
    "add_note": Call(
        lambda _house, actor: operations.add_note(
            actor, code=DAYS, area="23", on=NOW.date(), words="Ny rutin"
        ),
        about=NOBODY,
        by=analyst,
    ),
    "withdraw_note": Call(
        lambda house, actor: operations.withdraw_note(actor, note_id=house.ids["note_id"]),
        about=NOBODY,
        by=analyst,
    ),
    "choose_figures": Call(
        lambda _house, actor: operations.choose_figures(
            actor, area="23", codes=[FALLS], published=False, version=1
        ),
        about=NOBODY,
        by=analyst,
    ),
    "reads.published_figure": Call(
        lambda _house, actor: reads.published_figure(actor, area="23", code=DAYS),
        about=SILENT,
        by=system,
    ),
    "take_published": Call(
        lambda _house, actor, made: operations.take_published(
            actor, snapshot=made, curves=(), source="Kolada"
        ),
        about=NOBODY,
        by=analyst,
        prepared=_exported,
    ),
    "reads.persons_behind": Call(
        lambda house, actor: reads.persons_behind(
            actor,
            wanted=Wanted(DAYS, "23"),
            period=date(2026, 10, 1),
            folder=Path(tempfile.gettempdir()) / "no-warehouse",
            keys=Keys("x" * 40),
        ),
        about=NOBODY,
    ),
    "keep_measure": Call(
        lambda _house, actor: operations.keep_measure(actor, data=as_data(own_measure()), why=""),
        about=NOBODY,
        by=analyst,
    ),
    "retire_measure": Call(
        lambda _house, actor, made: operations.retire_measure(actor, code=made),
        about=NOBODY,
        by=analyst,
        prepared=lambda house: (
            operations.keep_measure(house.cast.analyst, data=as_data(own_measure()), why="").code
        ),
    ),
    "reads.measures": Call(lambda _house, actor: reads.measures(actor), about=NOBODY, by=analyst),
    "reads.tried_measure": Call(
        lambda _house, actor: reads.tried_measure(
            actor, measure=own_measure(), folder=Path(tempfile.gettempdir()) / "no-warehouse"
        ),
        about=NOBODY,
        by=analyst,
    ),
    "reads.compared_versions": Call(
        lambda _house, actor: reads.compared_versions(actor, code=DAYS), about=NOBODY, by=analyst
    ),
    "reads.overview": Call(lambda _house, actor: reads.overview(actor), about=NOBODY, by=analyst),
    "reads.figure": Call(
        lambda _house, actor: reads.figure(actor, wanted=Wanted(DAYS)), about=NOBODY, by=analyst
    ),
}
