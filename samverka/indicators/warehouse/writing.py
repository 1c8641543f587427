"""Writing facts: rows to sorted files, a partition at a time, and only those that change.

Rows are first laid beside the facts (`.staging`), then merged with what is there: a row that comes again
takes the place of the one before it, and one that says the same is left as it was. The merge is done by
DuckDB with a bounded memory that overflows to disk, so a county's decade needs no more than a month.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from samverka.indicators.warehouse.journal import commit, mend, sweep
from samverka.indicators.warehouse.keys import PARTS
from samverka.indicators.warehouse.locking import alone
from samverka.indicators.warehouse.merging import ORDER, Merge, Things, Written
from samverka.indicators.warehouse.places import STAGING
from samverka.indicators.warehouse.schemas import CHUNK, Row, fact, strict, table, tables

Rows: TypeAlias = Iterable[Row] | pa.Table | pa.RecordBatchReader
"""What can be written: mappings (year and snapshot are filled in), or ready Arrow tables."""


@dataclass
class Said:
    """What a source says of one fact besides its rows, in keys of things (of rows: their things').

    Attributes:
        of: the source, with those that came through it.
        all: the rows are everything that it has to say: what it said before and does not say now goes.
        standing: the things that it has, asked for when the rows have come; not needed when `all`.
        told: things that it has told all of. Filled while the rows come.
    """

    of: str
    all: bool = False
    standing: Iterable[int] = ()
    told: array[int] = field(default_factory=lambda: array("q"))


@dataclass
class Writer:
    """Writes facts to a warehouse that is held. Get one from `writing`."""

    folder: Path
    snapshot: str
    memory: str = "400MB"
    threads: int = 1
    written: dict[str, Written] = field(default_factory=dict)

    def write(
        self,
        name: str,
        rows: Rows,
        *,
        all_of: str | None = None,
        into: str = "part-0",
        state: Mapping[str, Any] | None = None,
    ) -> Written:
        """Write rows of one fact; they are all there, or none, when this returns or raises.

        Args:
            all_of: the rows are everything that this source has to say, with those that came through it
                ("samverka:Cosmic" through "samverka"): what it said before and does not say now goes.
                None: rows are added or take the place of the same.
            into: name of the files, without ending: the same for all that one exporter or source writes.
            state: what the next export is to know, kept in the same step (`journal.known`).

        Raises:
            Invalid: rows that are not of this fact.
        """
        staged = self.folder / STAGING / name
        self._stage(name, rows, staged)
        merge = Merge(
            self.folder, fact(name), staged, into=into, memory=self.memory, threads=self.threads
        )
        done = merge.run(all_of=all_of)
        commit(self.folder, moves=merge.moves, removes=merge.removes, state=state)
        self.written[name] = done
        return done

    def write_told(
        self,
        rows: Iterable[tuple[str, Row]],
        said: Mapping[str, Said],
        *,
        into: str,
        state: Mapping[str, Any] | None = None,
    ) -> dict[str, Written]:
        """Write what one reading gave, of one fact or several; all of it is there, or none.

        A row that comes again keeps the municipality that it had: see `Merge.run`.

        Args:
            rows: fact and row.
            said: fact → what is said of it besides its rows. into, state: as `write`.

        Raises:
            Invalid: rows that are not of their fact.
        """
        self._stage_all(rows, said)
        merges = {name: self._merge_told(name, one, into) for name, one in said.items()}
        commit(
            self.folder,
            moves=[one for merge, _done in merges.values() for one in merge.moves],
            removes=[one for merge, _done in merges.values() for one in merge.removes],
            state=state,
        )
        found = {name: done for name, (_merge, done) in merges.items()}
        self.written |= found
        return found

    def _merge_told(self, name: str, said: Said, into: str) -> tuple[Merge, Written]:
        staged = self.folder / STAGING / name
        merge = Merge(
            self.folder, fact(name), staged, into=into, memory=self.memory, threads=self.threads
        )
        if said.all:
            return merge, merge.run(all_of=said.of, keep_places=True)
        things = Things(
            said.of,
            standing=_lay_things(said.standing, staged / "things" / "standing.parquet"),
            told=_lay_things(said.told, staged / "things" / "told.parquet"),
        )
        return merge, merge.run(all_of=None, things=things, keep_places=True)

    def _stage_all(self, rows: Iterable[tuple[str, Row]], names: Iterable[str]) -> None:
        waiting: defaultdict[str, list[Row]] = defaultdict(list)
        orders: defaultdict[str, int] = defaultdict(int)
        for name in names:
            (self.folder / STAGING / name / "things").mkdir(mode=0o700, parents=True)

        def lay(name: str) -> None:
            part = table(name, waiting.pop(name), snapshot=self.snapshot)
            self._lay(part, self.folder / STAGING / name, orders[name])
            orders[name] += part.num_rows

        for name, row in rows:
            waiting[name].append(row)
            if len(waiting[name]) == CHUNK:
                lay(name)
        for name in list(waiting):
            lay(name)

    def _stage(self, name: str, rows: Rows, staged: Path) -> None:
        staged.mkdir(mode=0o700, parents=True)
        order = 0
        for part in self._tables(name, rows):
            self._lay(part, staged, order)
            order += part.num_rows

    def _lay(self, part: pa.Table, staged: Path, order: int) -> None:
        """One table, with the place of each row in the order that they came."""
        places = pa.array(range(order, order + part.num_rows), pa.int64())
        pq.write_table(part.append_column(ORDER, places), staged / f"{order}.parquet")

    def _tables(self, name: str, rows: Rows) -> Iterator[pa.Table]:
        if isinstance(rows, pa.Table):
            yield strict(name, rows)
        elif isinstance(rows, pa.RecordBatchReader):
            for batch in rows:
                yield strict(name, pa.Table.from_batches([batch]))
        else:
            yield from tables(name, rows, snapshot=self.snapshot)


def _lay_things(rows: Iterable[int], path: Path) -> Path:
    """Keys of rows as keys of their things, a chunk in memory at a time."""
    wanted = pa.schema([("thing", pa.int64())])
    waiting = (one // PARTS for one in rows)
    with pq.ParquetWriter(path, wanted) as out:
        while part := array("q", islice(waiting, CHUNK)):
            out.write_table(pa.table({"thing": pa.array(part, pa.int64())}))
    return path


@contextmanager
def writing(folder: Path, *, snapshot: str, by: str = "samverka") -> Iterator[Writer]:
    """Hold the warehouse, finish what someone stopped in the middle of, and write.

    Args:
        snapshot: the name of this export, on each row that it writes.
        by: what is being done, told to whoever comes second.

    Raises:
        NotNow: someone else is writing.
    """
    with alone(folder, by):
        mend(folder)
        sweep(folder)
        try:
            yield Writer(folder, snapshot)
        finally:
            sweep(folder)


def write_facts(
    folder: Path, name: str, rows: Rows, *, snapshot: str, all_of: str | None = None
) -> Written:
    """Write rows of one fact and nothing more. See `Writer.write`."""
    with writing(folder, snapshot=snapshot) as writer:
        return writer.write(name, rows, all_of=all_of)
