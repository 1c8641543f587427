"""One page of a search: the shelf's and the rooms' resources in one order, what comes along, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Final, TypeAlias
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.lasting import at_most
from samverka.config.owned import OWNED
from samverka.config.registry import REGISTRY
from samverka.config.searching import cursor, whole
from samverka.config.searching.asked import queries_of
from samverka.config.searching.rooms import Candidate, as_shown_by_room, matched
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.resources.reads import searching as shelf
from samverka.resources.reads.pointing import Pointers, pointers
from samverka.resources.reads.searching.sql import Sql
from samverka.resources.rules.persons import ABOUT_NOBODY
from samverka.resources.rules.readdressing import readdressed
from samverka.resources.rules.searching.query import Condition, Criterion, Query
from samverka.resources.rules.searching.shaping import shaped
from samverka.resources.rules.searching.targets import names_the_person
from samverka.resources.rules.searching.wanted import APointer
from samverka.web.exchange import Call, Issue, Page, Shown, TooCostly

Rows: TypeAlias = Sequence[tuple[Any, ...]]

_COMMON: Final = frozenset(
    {"active", "category", "clinical-status", "intent", "status", "verification-status"}
)
"""What is said of many resources of a type in the same words."""

_TIMES: Final = 4
"""A page of what is common is looked for among so many pages of the type."""

TWINS = frozenset(REGISTRY.receivers) & frozenset(OWNED)
"""Types that a room both takes in and publishes: what came in is found in the room's form, and only once."""

SECONDS: Final = 5
"""A statement of a search may take so long; one within a transaction as long as the whole."""


def search(actor: Actor, call: Call) -> Page:
    """One page of a type.

    Raises:
        Unreadable: a parameter or a value is not understood.
        TooCostly: it would take too long.
    """
    if room := whole.room_of(call):
        return whole.page_of(actor, call, room)
    queries = queries_of(actor, call)
    try:
        with at_most(SECONDS), shelf.bounded():
            return _Search(actor, queries).page(call.given)
    except shelf.TooCostly as problem:
        words = _("Sökningen är för stor. Säg vilken person den gäller, eller fler villkor.")
        raise TooCostly(words, [Issue("", words)]) from problem


def find(actor: Actor, kind: str, given: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Type and id of what a condition finds, three at the most: for writing by a condition.

    Nothing of it is shown, so it leaves no line of who was seen; what is then done leaves its own.

    Raises:
        Unreadable, TooCostly: as for a search.
    """
    plain = [pair for pair in given if not pair[0].startswith(("_count", "_sort", "_include"))]
    call = Call("GET", kind=kind, given=(*plain, ("_count", "3")))
    with act(actor, shelf.action_for(actor, kind)) as this:
        this.unchanged()
        found = search(actor, call)
        this.nothing_shown()
        this.note_general(kind, condition=len(found.shown))
    return [(one.kind, one.id) for one in found.shown]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One on its way to the page: of the shelf, or from a room."""

    keys: tuple[object, ...]
    id: UUID
    hit: shelf.Hit | None = None
    candidate: Candidate | None = None


class _Search:
    """`query` says what is the same for all types: order, count, parts."""

    def __init__(self, actor: Actor, queries: Sequence[Query]) -> None:
        self.actor, self.query = actor, queries[0]
        self.kind = queries[0].kind if len(queries) == 1 else ""
        self.gates = shelf.Gates(actor, TWINS)
        self.queries = list(queries)
        self.asked = self._asked()
        self.along: list[shelf.Hit] = []
        self.told: Iterator[Rows] = iter(())

    def _asked(self) -> shelf.Asked:
        return shelf.Asked(tuple(_part(one) for one in self.queries), self.query.order)

    def _leave_out_empty(self) -> None:
        """Of a compartment's many types few are there."""
        if self.kind:
            return
        within = [one.conditions[0] for one in self.queries]
        there = shelf.kinds_about(self.gates, [one.kind for one in self.queries], within)
        alone = {kind for kind, owners in OWNED.items() if any(one.alone for one in owners)}
        left = [one for one in self.queries if one.kind in there or one.kind in alone]
        self.queries = left or self.queries[:1]
        self.asked = self._asked()

    def page(self, given: Sequence[tuple[str, str]]) -> Page:
        query = self.query
        after = cursor.read(query.after, given)
        ahead = [shelf.prepared(one) for one in self._ahead(after)]
        action = shelf.action_for(self.actor, self.kind)
        with act(self.actor, action, along=ahead, about=self._whom()) as this:
            this.require_permission()
            self.told = iter(this.along)
            self._leave_out_empty()
            candidates = self._candidates(this)
            if self._only_counts:
                this.note_general(self.kind, counted=True)
                number = self._total(this, candidates)
                return Page((), query.used, total=number, notes=self._passed_over())
            entries = self._entries(this, candidates, after)
            shown, more = entries[: query.count], len(entries) > query.count
            led = pointers(one.hit.row for one in shown if one.hit)
            along, notes = self._included(this, shown)
            self._note(this, shown)
            whole = not more and after is None
            total = len(shown) if whole else None
            if total is None and query.total in ("accurate", "estimate"):
                total = self._total(this, candidates)
        return Page(
            tuple(self._shaped(_shown(one, led)) for one in shown),
            query.used,
            cursor.written(_place(shown[-1]), given) if more else "",
            tuple(self._shaped(one) for one in along),
            None if query.total == "none" else total,
            (*self._passed_over(), *notes),
        )

    # ── the statements: those of staff about one type go on the way in ──

    def _ahead(self, after: shelf.Place | None) -> list[Sql]:
        if not self.actor.is_staff or not self.kind or self._only_counts:
            return []
        rooms = [self._rooms_of(self.asked.parts[0])] if self._has_rooms else []
        first = (
            self._of_whom(after) if self.one_by_one else self._statement(after, self._newest(after))
        )
        return [*rooms, first]

    @cached_property
    def one_by_one(self) -> bool:
        """Whether it says whom it is about: then each row is decided on by itself, and the gate is no condition."""
        about = self.kind not in ("", "Patient") and self.kind not in ABOUT_NOBODY
        return about and self.actor.is_staff and bool(self._whom())

    def _rooms_of(self, part: shelf.Part) -> Sql:
        if self.one_by_one:
            return shelf.whose.rooms_of(self.gates, part, limit=shelf.MOST_BY_ROOM + 1)
        return shelf.rooms_of(self.gates, part)

    def _of_whom(self, after: shelf.Place | None) -> Sql:
        limit = self.query.count + 1
        return shelf.whose.page_of(self.gates, self.asked, limit=limit, after=after)

    @property
    def _only_counts(self) -> bool:
        return self.query.count == 0 or self.query.summary == "count"

    @property
    def _has_rooms(self) -> bool:
        """One of whom something must be left out is told by the row itself."""
        return self.kind in OWNED and self.kind != "Patient"

    def _statement(self, after: shelf.Place | None, newest: int = 0) -> Sql:
        """One more than fit, so that one knows whether there are more."""
        limit = self.query.count + 1
        return shelf.page_of(self.gates, self.asked, limit=limit, after=after, newest=newest)

    def _newest(self, after: shelf.Place | None) -> int:
        """Among how many of the type's first a page is looked for before all are: what most of them have is soon found."""
        order, part = self.query.order, self.asked.parts[0]
        if after or part.whose or [one.code for one in order] != ["_lastUpdated"]:
            return 0
        common = [isinstance(one, Criterion) and one.code in _COMMON for one in part.conditions]
        return _TIMES * (self.query.count + 1) if common and all(common) else 0

    def _whom(self) -> set[UUID]:
        """Whom it will be about, as far as the search says it."""
        found = set()
        for one in (each for part in self.asked.parts for each in part.whose):
            assert isinstance(one, Criterion)
            for each in one.wanted:
                if isinstance(each, APointer):
                    with suppress(ValueError):
                        found.add(UUID(each.id))
        return found

    def _rows(self, statement: Callable[[], Sql]) -> Rows:
        """What was answered on the way in, or is asked now."""
        found = next(self.told, None)
        return shelf.rows(statement()) if found is None else found

    # ── what is found ──

    def _candidates(self, this: Act) -> list[Candidate]:
        found: list[Candidate] = []
        for part, query in zip(self.asked.parts, self.queries, strict=True):
            if part.kind in OWNED:
                hits: list[shelf.Hit] = []
                if part.kind != "Patient":
                    rows = self._rows(partial(self._rooms_of, part))
                    hits = shelf.of_rooms(part.kind, rows)
                    if self.one_by_one:
                        hits = shelf.whose.for_rooms(this, self.gates, part.kind, rows)
                found += matched(self.actor, self.gates, query, hits)
        return found

    def _hits(self, this: Act, after: shelf.Place | None) -> list[shelf.Hit]:
        if self.one_by_one:
            rows = self._rows(partial(self._of_whom, after))
            hits = shelf.whose.shown(this, self.gates, self.kind, rows)
            if len(hits) == len(rows) or len(rows) <= self.query.count:
                return hits  # else some are left out, and others may come after them
        newest = self._newest(after)
        rows = self._rows(partial(self._statement, after, newest))
        if newest and len(rows) <= self.query.count:
            rows = shelf.rows(self._statement(after))
        return shelf.read(this, self.kind, rows)

    def _total(self, this: Act, candidates: Sequence[Candidate]) -> int:
        return shelf.count(this, self.gates, self.asked) + len(candidates)

    def _entries(
        self, this: Act, candidates: Sequence[Candidate], after: shelf.Place | None
    ) -> list[_Entry]:
        order, hits = self.query.order, self._hits(this, after)
        rooms = [*candidates, *self._masked([one for one in hits if one.by_room])]
        found = [_Entry(one.keys, one.row.pk, hit=one) for one in hits if not one.by_room]
        found += [
            _Entry(one.keys, one.id, candidate=one)
            for one in rooms
            if after is None or shelf.is_after(order, one.keys, one.id, after)
        ]
        found.sort(key=lambda one: shelf.sort_key(order, one.keys, one.id))
        return found[: self.query.count + 1]

    def _masked(self, hits: Sequence[shelf.Hit]) -> list[Candidate]:
        """Those of which this reader is shown less than the shelf says: they must fit as they are shown."""
        found: list[Candidate] = []
        for query in self.queries if hits else []:
            own = [one for one in hits if one.row.kind == query.kind]
            found += matched(self.actor, self.gates, query, own, alone=False)
        return found

    def _included(
        self, this: Act, shown: Sequence[_Entry]
    ) -> tuple[list[Shown], tuple[Issue, ...]]:
        if not (self.query.includes or self.query.reverse) or not shown:
            return [], ()
        found = [one.hit or (one.candidate.hit if one.candidate else None) for one in shown]
        hits = [one for one in found if one is not None]
        along, cut = shelf.included(this, self.gates, self.query, hits)
        made, led = [], pointers(one.row for one in along)
        for one in along:
            each = as_shown_by_room(self.actor, one) if one.by_room else hit_shown(one, led)
            if each is not None:
                made.append(each)
        notes = (Issue("_include", _MORE, sort="too-costly"),) if cut else ()
        self.along = [one for one in along if one.row.kind != "Patient"]
        return made, notes

    def _note(self, this: Act, shown: Sequence[_Entry]) -> None:
        """A line for each person of whom something is shown."""
        hits = [one.hit or (one.candidate.hit if one.candidate else None) for one in shown]
        shelf.note(this, [*(one for one in hits if one is not None), *self.along])
        for one in shown:
            if one.candidate and one.candidate.hit is None and one.candidate.person_id:
                key = one.candidate.shown.id
                this.note_person(one.candidate.person_id, one.candidate.shown.kind, id=key)

    def _passed_over(self) -> tuple[Issue, ...]:
        words = _("Parametern är okänd och har inte räknats.")
        return tuple(Issue(one, words, sort="not-supported") for one in self.query.left)

    def _shaped(self, one: Shown) -> Shown:
        text = shaped(one.text, self.query.summary, self.query.elements)
        return one if text is one.text else replace(one, text=text)


_MORE = _("Mer hör ihop med det här än som får plats. Sök det för sig.")


def _part(one: Query) -> shelf.Part:
    whose = tuple(each for each in one.conditions if _says_whose(one.kind, each))
    return shelf.Part(one.kind, one.conditions, whose)


def _says_whose(kind: str, one: Condition) -> bool:
    """It says whom it is about, or which one it is: what a room shows in another text agrees in that."""
    if not isinstance(one, Criterion) or one.negated or one.missing is not None:
        return False
    if one.code == "_id":
        return True
    return names_the_person(kind, one.code) and all(
        isinstance(each, APointer) and each.type in ("", "Patient") and bool(each.id)
        for each in one.wanted
    )


def hit_shown(one: shelf.Hit, led: Pointers) -> Shown:
    """A resource of the shelf as it is sent. `led`: what those point at that were imported."""
    text = readdressed(one.shown, led.get(one.row.pk, ()))
    return Shown(one.row.kind, one.local_id, text, str(one.row.version), one.row.received_at)


def _shown(one: _Entry, led: Pointers) -> Shown:
    if one.candidate is not None:
        return one.candidate.shown
    assert one.hit is not None
    return hit_shown(one.hit, led)


def _place(one: _Entry) -> shelf.Place:
    return shelf.Place(one.keys, one.id)  # type: ignore[arg-type]
