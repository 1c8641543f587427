"""A whole import: files in, the rooms served, and a report that anyone may read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid4

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.roles import SYSTEM_PERMISSIONS
from samverka.kernel.actor import Actor, ActorKind, Branch, Purpose
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.resources.models import Run, RunLine
from samverka.resources.operations import files, store
from samverka.resources.operations.files import Source
from samverka.resources.operations.handing import hand_out
from samverka.resources.operations.publishing import OWN
from samverka.resources.operations.shelving import Item, Owner, Persons, shelve
from samverka.resources.rules.facts import examine
from samverka.resources.rules.keys import Scope
from samverka.resources.rules.lines import Fault, Faulty, Line, Weight, line_of, storable
from samverka.resources.rules.order import place_of
from samverka.resources.rules.persons import named_by_number
from samverka.resources.rules.reading import Found, Unread
from samverka.resources.rules.receiving import Registry
from samverka.resources.rules.report import Count, ImportReport, rows_of
from samverka.resources.rules.status import RunState, Status
from samverka.resources.rules.versions import Verdict

BATCH = 1_000
BATCH_BYTES = 8 * 1024 * 1024
"""A batch ends at so many resources or bytes: memory stays flat whatever the file's size."""

LINES_KEPT = 2_000
"""Lines of one report that are kept; the rest is only counted."""

WAITING_TOLD = 500
"""Resources without a person that are named in the report."""

Progress = Callable[[int, int], None]
"""(bytes read, bytes in all)."""


def run_import(
    actor: Actor,
    *,
    paths: Sequence[Path],
    source: str,
    registry: Registry,
    base: str = "",
    progress: Progress | None = None,
) -> ImportReport:
    """Take in FHIR R4 files from one source. The same again changes nothing.

    Args:
        source: short name of the system that the files come from; a resource is the same one only
            within its source.
        base: address of that system's FHIR server, if the files name resources by full address.

    Raises:
        NotAllowed: the assignment does not let one import.
        Invalid: the source's name cannot be used, or a file cannot be opened.
        NotNow: another import from the same source is going on.
    """
    run = Import(actor, checked_source(source), base.rstrip("/"), registry, progress)
    looked = [_look(path) for path in paths]
    with alone(run.source):
        run.begin(size=sum(one.size for one in looked), files=len(looked))
        try:
            run.read(files.in_order(looked))
        except BaseException:
            run.end(RunState.STOPPED)
            raise
        return run.end(RunState.DONE)


def checked_source(source: str) -> str:
    """The name of a source as it is kept.

    Raises:
        Invalid: it is empty, too long, or our own.
    """
    name = source.strip()
    if not name or len(name) > 80 or name == OWN:
        raise Invalid(
            _("Ange ett namn på källan, högst 80 tecken och inte ”%(own)s”.", own=OWN),
            where="source",
        )
    return name


def _look(path: Path) -> Source:
    try:
        return files.look_at(path)
    except OSError as error:
        message = _("Filen %(name)s går inte att läsa.", name=path.name)
        raise Invalid(message, where="files") from error


@contextmanager
def alone(source: str) -> Iterator[None]:
    """One import per source at a time: two would call each other's texts rivals."""
    [(free,)] = store.ask("SELECT pg_try_advisory_lock(hashtextextended(%s, 7))", [source])
    if not free:
        raise NotNow(_("En import från samma källa pågår redan. Vänta tills den är klar."))
    try:
        yield
    finally:
        store.ask("SELECT pg_advisory_unlock(hashtextextended(%s, 7))", [source])


@dataclass(slots=True)
class Import:
    """One import while it goes on."""

    human: Actor
    source: str
    base: str
    registry: Registry
    progress: Progress | None
    id: UUID = field(default_factory=uuid4)
    persons: Persons = field(default_factory=Persons)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    skipped: int = 0
    by_number: int = 0
    line_count: int = 0
    lines: list[Line] = field(default_factory=list)
    unwritten: list[Line] = field(default_factory=list)
    batch: list[Item] = field(default_factory=list)
    batch_bytes: int = 0
    done: int = 0
    size: int = 0
    files: int = 0

    @property
    def actor(self) -> Actor:
        """A job with the rights of a job, in the name of the one who started it."""
        return replace(
            self.human,
            kind=ActorKind.SYSTEM,
            permissions=SYSTEM_PERMISSIONS,
            purpose=Purpose.SYSTEM,
        )

    @property
    def owner(self) -> Owner:
        """Whose records these become."""
        return Owner(
            source=self.source,
            at=self.human.at,
            provider_id=self.human.provider_id,
            unit_id=self.human.unit_id,
            branch=(self.human.branch or Branch.HEALTH).value,
            run_id=self.id,
            receivers=frozenset(self.registry.receivers),
        )

    # ── begin and end ──

    def begin(self, *, size: int = 0, files: int = 0) -> None:
        """Ask whether this one may import, and note that it begins."""
        self.size, self.files = size, files
        with act(self.human, Action.SHELF_RECEIVE) as this:
            this.require_permission()
            Run(
                id=self.id,
                source=self.source,
                actor_id=self.human.id,
                actor_name=self.human.name,
                unit_id=self.human.unit_id,
                started_at=self.human.at,
                state=RunState.RUNNING,
                files=self.files,
            ).save(force_insert=True)
            this.note_general("Run", id=str(self.id), source=self.source, files=self.files)

    def end(self, state: RunState) -> ImportReport:
        """Write the report."""
        with act(self.actor, Action.SHELF_RECEIVE) as this:
            self._count_standing()
            self._tell_waiting()
            self.write_lines()
            counts = {kind: dict(count) for kind, count in self.counts.items()}
            Run.objects.filter(id=self.id).update(
                state=state,
                counts={"kinds": counts, "skipped": self.skipped},
                lines=self.line_count,
            )
            this.note_general("Run", id=str(self.id), source=self.source, state=str(state))
        return ImportReport(
            id=self.id,
            source=self.source,
            actor_name=self.human.name,
            started_at=self.human.at,
            state=state,
            files=self.files,
            rows=rows_of(counts),
            skipped=self.skipped,
            lines=tuple(self.lines),
            line_count=self.line_count,
        )

    def _count_standing(self) -> None:
        """What has become of this source's resources of the types in the files.

        Kept and waiting are one number: apart, they would tell whether the house knows a person
        whom a file only names by number.
        """
        rows = store.fetch(
            "SELECT kind, status, count(*) FROM resources_resource WHERE source = %s GROUP BY 1, 2",
            [self.source],
        )
        for kind, status, number in rows:
            if kind in self.counts:
                received = status == Status.RECEIVED
                self.counts[kind][(Count.RECEIVED if received else Count.KEPT).value] += number

    def _tell_waiting(self) -> None:
        for kind, key, names, persons in store.fetch(
            _WAITING, [self.source, self.id, WAITING_TOLD]
        ):
            words = _NO_PERSON if not names else _PERSONS if persons > 1 else _PERSON_MISSING
            self.say(Line(self.source, key, Weight.NOTE, "", words, kind=kind))
        if self.by_number:
            words = _("%(count)s resurser anger personen bara med nummer. De visas för den som "
                      "får se dem om och när personen finns här.", count=self.by_number)  # fmt: skip
            self.say(Line(self.source, "", Weight.NOTE, "", words))

    # ── reading ──

    def read(self, sources: Sequence[Source]) -> None:
        """Every file; persons are settled before the first file that is about persons."""
        settled = False
        for source in sources:
            if not settled and place_of(source.kind or "~") > place_of("Patient"):
                self.settle(up_to="Patient")
                settled = True
            self._read_file(source)
        self.settle()

    def refuse_all(self, ids: Sequence[UUID], words: str) -> None:
        """Let what has been read lie on the shelf with the reason why no room got it."""
        self.flush()
        with act(self.actor, Action.SHELF_RECEIVE) as this:
            this.require_permission()
            store.execute(
                "UPDATE resources_resource SET pending = false, reason = %s "
                "WHERE id = ANY(%s) AND pending",
                [words, list(ids)],
            )
            this.note_general("Resource", run=str(self.id), refused=len(ids))

    def wake(self, ids: Sequence[UUID]) -> None:
        """What could not be taken in before is tried again when it is told again."""
        self.flush()
        with act(self.actor, Action.SHELF_RECEIVE) as this:
            this.require_permission()
            woken = store.execute(
                "UPDATE resources_resource SET pending = true WHERE id = ANY(%s) AND reason <> '' "
                "AND status IN ('kept', 'waiting') AND kind = ANY(%s)",
                [list(ids), list(self.registry.receivers)],
            )
            this.note_general("Resource", run=str(self.id), woken=woken)

    def settle(self, *, up_to: str | None = None) -> None:
        """Put away what is in hand, and serve the rooms."""
        self.flush()
        hand_out(self.actor, self.source, self.registry, self.say, run_id=self.id, up_to=up_to)

    def take_entries(self, found: Iterable[Found], name: str) -> None:
        """Every resource of one text."""
        for one in found:
            if isinstance(one, Unread):
                self._unread(name, one)
            else:
                self._take(name, one.number, one.text, one.full_url, one.scope)

    def _read_file(self, source: Source) -> None:
        before = self.done
        self.take_entries(files.found_in(source, Scope(self.base)), source.name)
        self.flush()
        self._advance(before + source.size - self.done)

    def _unread(self, name: str, found: Unread) -> None:
        weight = Weight.NOTE if found.skipped else Weight.REFUSED
        self.skipped += found.skipped
        if not found.skipped:
            self.counts[""][Count.REFUSED.value] += 1
        self.say(line_of(name, found.number, found.fault, weight))

    def _take(self, name: str, number: str, text: bytes, full_url: str, scope: Scope) -> None:
        try:
            facts = examine(text, full_url, scope)
        except Faulty as refused:
            self._refuse(name, number, refused.faults)
            return
        for note in facts.notes:
            self.say(line_of(name, number, note, Weight.NOTE, facts.kind))
        self.by_number += named_by_number(facts.subjects)
        self.batch.append(Item(facts, text, name, number))
        self.batch_bytes += len(text)
        if len(self.batch) >= BATCH or self.batch_bytes >= BATCH_BYTES:
            self.flush()

    def _refuse(self, name: str, number: str, faults: Sequence[Fault]) -> None:
        kind = faults[0].path.split(".", 1)[0] if "." in faults[0].path else ""
        self.counts[kind][Count.REFUSED.value] += 1
        for fault in faults:
            self.say(line_of(name, number, fault, kind=kind))

    def flush(self) -> None:
        """Put away what is in hand."""
        if not self.batch:
            return
        with act(self.actor, Action.SHELF_RECEIVE) as this:
            this.require_permission()
            verdicts = shelve(self.batch, self.owner, self.persons)
            self.write_lines()
            this.note_general("Resource", run=str(self.id), source=self.source, read=len(verdicts))
        for item, verdict in zip(self.batch, verdicts, strict=True):
            self.counts[item.facts.kind][_COUNTED[verdict].value] += 1
            if verdict in (Verdict.RIVAL_WON, Verdict.RIVAL_LOST):
                self.say(line_of(item.file, item.entry, _RIVAL, Weight.NOTE, item.facts.kind))
        read, self.batch, self.batch_bytes = self.batch_bytes, [], 0
        self._advance(read)

    def _advance(self, read: int) -> None:
        self.done += read
        if self.progress:
            self.progress(min(self.done, self.size), self.size)

    # ── lines ──

    def say(self, line: Line) -> None:
        """One line of the report; after the first thousands they are only counted."""
        self.line_count += 1
        if self.line_count <= LINES_KEPT:
            self.lines.append(line)
            self.unwritten.append(line)

    def write_lines(self) -> None:
        """Keep what has been said since the last time."""
        RunLine.objects.bulk_create(
            RunLine(
                run_id=self.id,
                file=storable(line.file)[:200],
                entry=storable(line.entry)[:40],
                kind=storable(line.kind),
                weight=line.weight,
                path=storable(line.path)[:300],
                message=line.message.msgid,
                params={name: storable(str(one)) for name, one in line.message.params.items()},
                mend=line.mend.msgid if line.mend else "",
            )
            for line in self.unwritten
        )
        self.unwritten = []


_COUNTED = {
    Verdict.NEW: Count.NEW,
    Verdict.CHANGED: Count.CHANGED,
    Verdict.RIVAL_WON: Count.CHANGED,
    Verdict.UNCHANGED: Count.UNCHANGED,
    Verdict.OLDER: Count.OLDER,
    Verdict.RIVAL_LOST: Count.OLDER,
}
_RIVAL = Fault(
    "",
    _("Samma resurs står två gånger med olika innehåll och utan tid (meta.lastUpdated)."),
    _("Bara den ena gäller. Be källan att lämna meta.lastUpdated."),
)
_NO_PERSON = _("Resursen säger inte vilken person den rör. Den är sparad men visas för ingen.")
_PERSONS = _("Resursen rör flera personer. Den är sparad men visas för ingen.")
_PERSON_MISSING = _(
    "Personen som resursen rör finns inte i källans filer. Resursen är sparad och visas när "
    "personen kommer."
)

# Those named by number are left out: whether the house knows the number is not for this echo.
_WAITING = """
    SELECT r.kind, r.key, count(w.id), count(DISTINCT p.person_id)
    FROM resources_resource r
    LEFT JOIN resources_wanted w ON w.resource_id = r.id
    LEFT JOIN resources_resource p ON p.id = w.target
    WHERE r.source = %s AND r.status = 'waiting' AND r.run_id = %s AND r.reason = ''
    GROUP BY r.id HAVING coalesce(bool_and(w.key NOT LIKE '%%?identifier=%%'), true)
    ORDER BY r.kind, r.key LIMIT %s
"""
