"""A county's history from files into the warehouse."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators.operations.exporting import Progress, county_of
from samverka.indicators.operations.facts.frame import SOURCE
from samverka.indicators.operations.keeping import begin_snapshot, end_snapshot
from samverka.indicators.reads.snapshots import IMPORT, SnapshotDetail
from samverka.indicators.rules.kept import SnapshotStatus
from samverka.indicators.warehouse.facts import FACTS, Fact
from samverka.indicators.warehouse.keys import Keys
from samverka.indicators.warehouse.persons import known_municipality
from samverka.indicators.warehouse.quality import FaultKind
from samverka.kernel.actor import Actor
from samverka.kernel.areas import counties
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.organisations.reads import exported_units
from samverka.people.reads import persons_by_number
from samverka.people.rules import Gender

if TYPE_CHECKING:
    from samverka.indicators.warehouse.intake.rows import Known, Refusal
    from samverka.indicators.warehouse.intake.taking import Taking
    from samverka.indicators.warehouse.merging import Written
    from samverka.indicators.warehouse.writing import Writer

_SOURCE: Final = re.compile(r"[\w][\w .-]{0,39}")
_SEXES: Final = frozenset({Gender.FEMALE, Gender.MALE})


@dataclass(frozen=True, slots=True)
class ImportDetail:
    """How an import went.

    Attributes:
        read: rows or resources read; refused: of them, those that did not go in.
        refusals: the first of the refused; kept: the files beside, with all of them.
        passed_over: type of resource → how many that say no fact.
    """

    snapshot: SnapshotDetail
    written: dict[str, Written]
    read: int
    refused: int
    refusals: tuple[Refusal, ...]
    kept: tuple[Path, ...]
    passed_over: dict[str, int]


def import_facts(
    actor: Actor,
    *,
    folder: Path,
    keys: Keys,
    paths: Sequence[Path],
    source: str,
    fact: str = "",
    county: str = "",
    spell: tuple[date, date] | None = None,
    now: Callable[[], datetime],
    progress: Progress = lambda _done, _all: None,
) -> ImportDetail:
    """Take a county's history into the warehouse from files; what is refused is kept in a file beside.

    Args:
        source: the system that the files come from: the same row again from it changes nothing.
        fact: which fact CSV and Parquet files have; else by how their names begin.
        county: whose facts they are; else the county of this house.
        spell: first and last month that Patients of FHIR files were the population of.

    Raises:
        Invalid: a source, a county or a file that cannot be read as it stands; then nothing has gone in.
        NotNow: someone else is writing to the warehouse.
    """
    # Arrow and DuckDB are loaded by those who import, not by the processes that serve pages.
    from samverka.indicators.warehouse.intake.rows import Intake
    from samverka.indicators.warehouse.intake.taking import Taking
    from samverka.indicators.warehouse.writing import writing

    code = _check(source, county or county_of(exported_units()))
    tables, resources = _sorted(paths, fact)
    intake = Intake(code, source, local_date(actor.at), keys)
    taking = Taking(intake, lambda numbers: _known(actor, keys, numbers))
    with writing(folder, snapshot="", by=actor.name) as writer:
        begun = begin_snapshot(actor, county=code, kind=IMPORT)
        writer.snapshot, status = begun.id, SnapshotStatus.FAILED
        try:
            passed = _take(taking, writer, tables, resources, spell, progress)
            status = SnapshotStatus.WHOLE
        finally:
            for name, one in writer.written.items():
                taking.faults.add(name, FaultKind.DOUBLE, count=one.doubles)
            ended = end_snapshot(
                actor,
                snapshot=begun.id,
                status=status,
                at=now(),
                counts={name: one.new + one.changed for name, one in writer.written.items()},
                faults=taking.faults.found(),
            )
    return ImportDetail(
        ended,
        writer.written,
        taking.read,
        taking.refused,
        tuple(taking.refusals),
        tuple(taking.kept),
        passed,
    )


def _take(
    taking: Taking,
    writer: Writer,
    tables: dict[str, list[Path]],
    resources: list[Path],
    spell: tuple[date, date] | None,
    progress: Progress,
) -> dict[str, int]:
    """Each fact whole or not at all; returns what was passed over."""
    from samverka.indicators.warehouse.intake.resources import FACTS_OF, Resources

    found = Resources(resources, spell)
    every = len(tables) + (len(FACTS_OF) + 1 if resources else 0)
    work: list[tuple[str, Callable[[], Iterator[dict[str, object]]]]] = [
        (name, lambda name=name, some=some: taking.rows(FACTS[name], some))  # type: ignore[misc]
        for name, some in tables.items()
    ]
    passed: dict[str, int] = {}
    if resources:
        found.know_patients()
        taking.examine(found)
        passed = dict(found.passed_over)
        work += [
            (name, lambda name=name: taking.resources(FACTS[name], found))  # type: ignore[misc]
            for name in FACTS_OF
        ]
    for done, (name, rows) in enumerate(work):
        progress(done, every)
        writer.write(name, rows(), into=_file(taking.intake.source))
    progress(every, every)
    return passed


def _sorted(paths: Sequence[Path], fact: str) -> tuple[dict[str, list[Path]], list[Path]]:
    """Tables by fact, and files of resources; each looked at before anything is written."""
    from samverka.indicators.warehouse.intake import files

    tables: dict[str, list[Path]] = {}
    resources = []
    for path in paths:
        if path.suffix.lower() not in files.KINDS:
            raise Invalid(
                _("%(file)s: den sortens fil går inte att läsa in.", file=path.name),
                mend=_("Filen ska heta något på .csv, .parquet eller .ndjson."),
            )
        if not os.access(path.parent, os.W_OK):
            raise Invalid(
                _("%(file)s: i mappen går det inte att skriva.", file=path.name),
                mend=_(
                    "Nekade rader sparas bredvid filen. Lägg den i en mapp som du får skriva i."
                ),
            )
        if path.suffix.lower() == files.NDJSON:
            resources.append(path)
            continue
        of: Fact = files.fact_of(path, fact)
        files.check_columns(path, of, files.head_of(path))
        tables.setdefault(of.name, []).append(path)
    return tables, resources


def _check(source: str, county: str) -> str:
    if not _SOURCE.fullmatch(source) or source.lower().partition(":")[0] == SOURCE:
        raise Invalid(
            _("Källan kan inte heta så."),
            where="source",
            mend=_("Skriv namnet på systemet som filerna kommer från, till exempel Vardlagret."),
        )
    if county not in counties():
        raise Invalid(
            _("Inget län har koden %(code)s.", code=county or "–"),
            where="county",
            mend=_("Skriv länets kod med två siffror: --county 23."),
        )
    return county


def _file(source: str) -> str:
    return re.sub(r"[^\w-]+", "-", source.lower())


def _known(actor: Actor, keys: Keys, numbers: Iterable[str]) -> dict[str, Known]:
    """What this house knows of the persons: protected identity above all."""
    from samverka.indicators.warehouse.intake.rows import Known

    with act(actor, Action.FACTS_READ) as this:
        found = persons_by_number(this, numbers=numbers)
        this.note_general("Identity", known=len(found))
        return {
            number: Known(
                key=keys.person(one.number, one.id),
                sex=one.sex.value if one.sex in _SEXES else None,
                born=one.birth_date,
                municipality=known_municipality(one.municipality),
                hidden=one.protected,
            )
            for number, one in found.items()
        }
