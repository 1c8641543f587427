"""Writing facts: rows to sorted files, a partition at a time, and only those that change.

Rows are first laid beside the facts (`.staging`), then merged with what is there: a row that comes again
takes the place of the one before it, and one that says the same is left as it was. The merge is done by
DuckDB with a bounded memory that overflows to disk, so a county's decade needs no more than a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from samverka.indicators.warehouse.journal import commit, mend, sweep
from samverka.indicators.warehouse.locking import alone
from samverka.indicators.warehouse.merging import ORDER, Merge, Written
from samverka.indicators.warehouse.places import STAGING
from samverka.indicators.warehouse.schemas import Row, fact, strict, tables

Rows: TypeAlias = Iterable[Row] | pa.Table | pa.RecordBatchReader
"""What can be written: mappings (year and snapshot are filled in), or ready Arrow tables."""


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

    def _stage(self, name: str, rows: Rows, staged: Path) -> None:
        staged.mkdir(mode=0o700, parents=True)
        order = 0
        for number, part in enumerate(self._tables(name, rows)):
            places = pa.array(range(order, order + part.num_rows), pa.int64())
            pq.write_table(part.append_column(ORDER, places), staged / f"{number}.parquet")
            order += part.num_rows

    def _tables(self, name: str, rows: Rows) -> Iterator[pa.Table]:
        if isinstance(rows, pa.Table):
            yield strict(name, rows)
        elif isinstance(rows, pa.RecordBatchReader):
            for batch in rows:
                yield strict(name, pa.Table.from_batches([batch]))
        else:
            yield from tables(name, rows, snapshot=self.snapshot)


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
