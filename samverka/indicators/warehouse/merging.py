"""New rows and those that are there, merged partition by partition by DuckDB."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from samverka.indicators.warehouse.facts import Fact
from samverka.indicators.warehouse.keys import PARTS
from samverka.indicators.warehouse.places import FILE, STAGING, Part, files
from samverka.indicators.warehouse.schemas import schema
from samverka.kernel.areas import CEASED

ORDER: Final = "_order"
"""In which order rows came: of two that are the same row, the later holds."""

_BATCH: Final = 100_000
"""Rows to a group in a file."""

_CAME, _NEW, _OLD, _PART = "staged", "newest", "existing", "incoming"
_WAS, _KEPT, _GONE, _STANDING, _TOLD = "was", "kept", "leaving", "standing", "told"


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did, in rows.

    Attributes:
        given: rows that came; doubles: of them, the same row again.
        new, changed, same: of those once counted. gone: rows that the source no longer has.
        rewritten: partitions that changed; the rest were not touched.
        moved: rows that keep the municipality they were first written with: the person has moved since.
    """

    given: int = 0
    doubles: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    rewritten: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Things:
    """What a source says of its things besides their rows.

    Attributes:
        of: the source, with what came through it.
        standing: file of the things (`key // PARTS`) that it still has; rows of others go.
        told: file of those that it has now told all of; what they said before and do not say now goes.
    """

    of: str
    standing: Path
    told: Path


class Merge:
    """One merge of one fact. Afterwards `moves` and `removes` say what to do; nothing has been done."""

    def __init__(
        self, folder: Path, fact: Fact, staged: Path, *, into: str, memory: str, threads: int
    ) -> None:
        self.folder, self.fact, self.staged = folder, fact, staged
        # Rows of two sources are never the same row, so each source has files of its own; where a row
        # is the same whoever says it, all lie in one.
        self._alone = "source" in fact.identity
        self._file = f"{into}.parquet" if self._alone else FILE
        self.moves: list[tuple[Path, Path]] = []
        self.removes: list[Path] = []
        self._db = duckdb.connect()
        spill = folder / STAGING / "spill"
        self._db.execute(f"SET memory_limit='{memory}'")
        self._db.execute(f"SET threads={threads}")
        self._db.execute(f"SET temp_directory='{_quoted(spill)}'")
        self._ids = ", ".join(fact.identity)
        self._moved = 0

    def run(
        self, *, all_of: str | None, things: Things | None = None, keep_places: bool = False
    ) -> Written:
        """Merge; returns what changed. Args: as `Writer.write`."""
        given = self._see(keep_places)
        self._name_gone(things)
        sums = [0, 0, 0, 0, 0]
        for part in self._affected(all_of):
            counted = self._part(part, all_of)
            sums = [one + other for one, other in zip(sums, counted, strict=True)]
        fresh, changed, same, left, gone = sums
        newest = self._one(f"SELECT count(*) FROM {_NEW}")
        self._db.close()
        return Written(
            given=given,
            doubles=given - newest,
            new=fresh - left,
            changed=changed + left,
            same=same,
            gone=gone,
            rewritten=len(self.moves) + len(self.removes),
            moved=self._moved,
        )

    def _see(self, keep_places: bool) -> int:
        """Name what came, what is there, and which of what came holds; returns how many came."""
        came = sorted(self.staged.glob("*.parquet"))
        self._view(_CAME, came, extra=f", NULL::BIGINT AS {ORDER}")
        self._view(_OLD, self._files())
        if keep_places and came:
            self._keep_places()
        self._db.execute(
            f"CREATE TEMP TABLE {_NEW} AS SELECT {self._ids}, arg_max(county, {ORDER}) AS county,"
            f" arg_max(year, {ORDER}) AS year, max({ORDER}) AS {ORDER} FROM {_CAME}"
            f" GROUP BY {self._ids}"
        )
        return self._one(f"SELECT count(*) FROM {_CAME}")

    def _keep_places(self) -> None:
        """What has been written before keeps where the person lived then; nobody else remembers it.

        A row that now hides where (protected identity) hides it. Where no unit says whose the fact is,
        the county follows the municipality.
        """
        then = _today("b.municipality")
        still = f"s.municipality IS NOT NULL AND {then} IS NOT NULL"
        self._db.execute(
            f"CREATE TEMP TABLE before AS SELECT {self._ids}, county, municipality FROM {_OLD}"
            f" SEMI JOIN {_CAME} USING ({self._ids})"
        )
        on = " AND ".join(f"s.{one} = b.{one}" for one in self.fact.identity)
        joined = f"FROM {_CAME} s LEFT JOIN before b ON {on}"
        self._moved = self._one(
            f"SELECT count(*) {joined} WHERE {still} AND s.municipality <> {then}"
        )
        self._db.execute(
            f"CREATE TEMP TABLE placed AS SELECT s.* REPLACE"
            f" (CASE WHEN {still} THEN {then} ELSE s.municipality END AS municipality,"
            f" CASE WHEN s.side IS NULL THEN coalesce(b.county, s.county) ELSE s.county END AS county)"
            f" {joined}"
        )
        self._db.execute(f"CREATE OR REPLACE TEMP VIEW {_CAME} AS SELECT * FROM placed")

    def _name_gone(self, things: Things | None) -> None:
        """Rows that are there, of things that are not, or that have been told again without them."""
        rows = f"SELECT {self._ids}, county, year FROM {_OLD}"
        if things is None:
            self._db.execute(f"CREATE TEMP TABLE {_GONE} AS {rows} WHERE false")
            return
        for name, file in ((_STANDING, things.standing), (_TOLD, things.told)):
            self._db.execute(
                f"CREATE TEMP TABLE {name} AS"
                f" SELECT DISTINCT thing FROM read_parquet('{_quoted(file)}')"
            )
        thing = f"(source_key // {PARTS})"
        self._db.execute(
            f"CREATE TEMP TABLE {_GONE} AS SELECT o.* FROM ({rows} WHERE {_of(things.of)}"
            f" AND ({thing} NOT IN (SELECT thing FROM {_STANDING})"
            f" OR {thing} IN (SELECT thing FROM {_TOLD}))) o ANTI JOIN {_NEW} USING ({self._ids})"
        )

    def _affected(self, all_of: str | None) -> list[Part]:
        """Partitions that rows come to, or leave."""
        sql = (
            f"SELECT DISTINCT county, year FROM {_NEW} UNION "
            f"SELECT DISTINCT county, year FROM {_OLD} SEMI JOIN {_NEW} USING ({self._ids}) UNION "
            f"SELECT DISTINCT county, year FROM {_GONE}"
        )
        if all_of is not None:
            sql += f" UNION SELECT DISTINCT county, year FROM {_OLD} WHERE {_of(all_of)}"
        rows = self._db.execute(sql).fetchall()
        return sorted(Part(self.fact.name, county, year) for county, year in rows)

    def _part(self, part: Part, all_of: str | None) -> tuple[int, int, int, int, int]:
        """One partition: the new file beside, if anything in it changes; returns counts as `run` adds them."""
        self._name_part(part, all_of)
        fresh = self._one(f"SELECT count(*) FROM {_PART} ANTI JOIN {_WAS} USING ({self._ids})")
        came = self._one(f"SELECT count(*) FROM {_PART}")
        same = self._one(
            f"SELECT count(*) FROM (SELECT {self._but_snapshot()} FROM {_PART} INTERSECT ALL "
            f"SELECT {self._but_snapshot()} FROM {_WAS})"
        )
        was = self._one(f"SELECT count(*) FROM {_WAS}")
        kept = self._one(f"SELECT count(*) FROM {_KEPT}")
        again = self._one(f"SELECT count(*) FROM {_WAS} SEMI JOIN {_NEW} USING ({self._ids})")
        left, gone = again - (came - fresh), was - kept - again
        if fresh or left or gone or came - fresh - same:
            self._write(part, empty=not (kept or came))
        return fresh, came - fresh - same, same, left, gone

    def _name_part(self, part: Part, all_of: str | None) -> None:
        here = f"county = '{part.county}' AND year = {part.year}"
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE {_PART} AS SELECT * EXCLUDE ({ORDER})"
            f" FROM {_CAME} WHERE {here} AND {ORDER} IN (SELECT {ORDER} FROM {_NEW} WHERE {here})"
        )
        self._view(_WAS, self._files(part))
        others = f" WHERE NOT ({_of(all_of)})" if all_of is not None else ""
        self._db.execute(
            f"CREATE OR REPLACE TEMP VIEW {_KEPT} AS SELECT * FROM {_WAS}"
            f" ANTI JOIN {_NEW} USING ({self._ids}) ANTI JOIN {_GONE} USING ({self._ids}){others}"
        )

    def _write(self, part: Part, *, empty: bool) -> None:
        place = part.folder / self._file
        old = [one.relative_to(self.folder) for one in self._files(part)]
        self.removes += [one for one in old if empty or one != place]
        if empty:
            return
        new = Path(STAGING) / "new" / place
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        self._sorted_file(self.folder / new)
        self.moves.append((new, place))

    def _sorted_file(self, path: Path) -> None:
        """Kept rows and new ones, sorted; a row that says the same keeps the export it came with."""
        wanted = schema(self.fact.name)
        on = " AND ".join(f"n.{one} = o.{one}" for one in self.fact.identity)
        alike = " AND ".join(
            f"n.{one} IS NOT DISTINCT FROM o.{one}" for one in wanted.names if one != "snapshot"
        )
        reader = self._db.sql(
            f"SELECT * FROM {_KEPT} UNION ALL BY NAME SELECT n.* REPLACE"
            f" (CASE WHEN {alike} THEN o.snapshot ELSE n.snapshot END AS snapshot)"
            f" FROM {_PART} n LEFT JOIN {_WAS} o ON {on}"
            f" ORDER BY person_key NULLS LAST, {self.fact.day}, source, source_key"
        ).to_arrow_reader(_BATCH)
        with path.open("wb") as out:
            with pq.ParquetWriter(out, wanted, compression="zstd") as writer:
                for batch in reader:
                    made = pa.Table.from_batches([batch]).select(wanted.names).cast(wanted)
                    writer.write_table(made, row_group_size=_BATCH)
            out.flush()
            os.fsync(out.fileno())

    def _view(self, name: str, found: list[Path], extra: str = "") -> None:
        if found:
            listed = ", ".join(f"'{_quoted(one)}'" for one in found)
            source = f"SELECT * FROM read_parquet([{listed}], hive_partitioning=false)"
        else:
            self._db.register("nothing", schema(self.fact.name).empty_table())
            source = f"SELECT *{extra} FROM nothing"
        self._db.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {source}")

    def _files(self, part: Part | None = None) -> list[Path]:
        """Those that the rows can be in already: of a partition, or all."""
        found = (
            files(self.folder, part.fact, counties=[part.county], years=[part.year])
            if part
            else files(self.folder, self.fact.name)
        )
        return [one for one in found if one.name == self._file] if self._alone else found

    def _but_snapshot(self) -> str:
        return ", ".join(one for one in schema(self.fact.name).names if one != "snapshot")

    def _one(self, sql: str) -> int:
        return int(self._db.execute(sql).fetchall()[0][0])


def _quoted(word: object) -> str:
    """As text inside quotes in SQL."""
    return str(word).replace("'", "''")


def _today(column: str) -> str:
    """A municipality's code as it is today, out of one from any year."""
    ceased = " ".join(f"WHEN '{old}' THEN '{new}'" for old, (new, _day) in CEASED.items())
    return f"(CASE {column} {ceased} ELSE {column} END)"


def _of(source: str) -> str:
    """The source itself, and what has come through it ("samverka:Cosmic")."""
    word = _quoted(source)
    return f"(source = '{word}' OR starts_with(source, '{word}:'))"
