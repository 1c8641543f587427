"""By which names the entries of a transaction know each other, before and after they are done."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from samverka.config.exchange import owned as rooms
from samverka.config.exchange.bundles.places import at_entry
from samverka.config.exchange.bundles.values import Asking, Done
from samverka.config.exchange.finding import condition_name, find_one
from samverka.config.exchange.kept import refused, with_id
from samverka.config.owned import OWNED
from samverka.kernel.problems import Problem
from samverka.kernel.text import text as _
from samverka.resources.operations.turns import hold_turns
from samverka.resources.rules.bundles import Asked, Entry, Link, Method, links_in, relinked
from samverka.resources.rules.lines import Fault, Faulty
from samverka.resources.rules.objects import read_object
from samverka.web.exchange import Issue, Shown, Unreadable

_CHANGES = (Method.PUT, Method.PATCH)


class Names:
    """What every entry is called from now on.

    Attributes:
        entries: with the conditions of the requests looked up: what a search has found has its id.
        done: what needs no doing: a create whose like is there already, a delete of nothing.
    """

    def __init__(self, asking: Asking, entries: Sequence[Entry]) -> None:
        self._asking = asking
        self.done: dict[int, Done] = {}
        self._names: dict[str, str] = {}
        hold_turns([name for one in entries for name in _conditions(one)])
        self.entries = [self._looked_up(one) for one in entries]
        self._refuse_the_same_twice()
        known = {one.full_url for one in entries if one.full_url}
        http = any(name.startswith("http") for name in known)
        self._links = {one.at: links_in(one.text, known, http=http) for one in self.entries}
        self._at = {one.full_url: one.at for one in self.entries if one.full_url}
        self._ids: dict[int, str] = {}
        self._plain: dict[int, bool] = {}
        self._name_all()

    # ── what a condition finds ──

    def _looked_up(self, entry: Entry) -> Entry:
        asked = entry.asked
        try:
            if asked.creates and (search := asked.header("If-None-Exist")):
                self._stands(entry, self._find(asked.kind, search))
            elif asked.writes and not asked.creates and asked.kind and not asked.id:
                return self._aimed(entry, self._find(asked.kind, asked.query))
        except Problem as problem:
            raise at_entry(problem, entry) from problem
        return entry

    def _find(self, kind: str, search: str) -> Shown | None:
        return find_one(self._asking.actor_who_searches(kind), kind, search)

    def _stands(self, entry: Entry, found: Shown | None) -> None:
        if found is not None:
            self.done[entry.at] = Done.at(found, 200, self._asking)
            self._names[entry.full_url] = f"{found.kind}/{found.id}"

    def _aimed(self, entry: Entry, found: Shown | None) -> Entry:
        asked = entry.asked
        if asked.method is Method.POST:
            return entry  # a search by POST
        if found is not None:
            if asked.method is Method.PUT and entry.id not in ("", found.id):
                words = _("Resursens id är ett annat än den som sökningen hittade.")
                raise Unreadable(words, [Issue(f"{entry.kind}.id", words)])
            aim = replace(asked, path=f"{asked.kind}/{found.id}", query="")
            return replace(entry, asked=aim)
        if asked.method is Method.DELETE:
            self.done[entry.at] = Done(204)
        elif asked.method is Method.PUT and entry.id:
            return replace(entry, asked=replace(asked, path=f"{asked.kind}/{entry.id}", query=""))
        elif asked.method is Method.PUT:
            return replace(entry, asked=Asked(Method.POST, asked.kind))
        return entry

    def _refuse_the_same_twice(self) -> None:
        """Also what conditions have found (R4, http, 3.1.0.11.2)."""
        met: set[str] = set()
        for one in self.entries:
            if one.asked.writes and one.asked.id:
                if one.asked.path in met:
                    words = _("Samma resurs ändras av flera poster i samma transaktion.")
                    raise refused(Faulty(Fault(f"{one.place}.request.url", words)))
                met.add(one.asked.path)

    # ── names ──

    def _name_all(self) -> None:
        made = [one for one in self.entries if one.asked.creates and one.at not in self.done]
        for one in self.entries:
            if one.asked.method in _CHANGES and one.asked.id:
                self._names[one.full_url] = one.asked.path
        for one in made:
            self._ids[one.at] = str(uuid.uuid4())
            self._names[one.full_url] = f"{one.kind}/{self._ids[one.at]}"
        self._names.pop("", None)
        self._look_up_conditions()
        for one in made:
            self._is_plain(one)
        for one in made:
            if not self._plain[one.at]:  # the room gives it its id
                self._names.pop(one.full_url, None)

    def _look_up_conditions(self) -> None:
        """Conditional references: each search once, and exactly one found."""
        for one in self.entries:
            for link in self._links[one.at]:
                if link.condition and link.name not in self._names:
                    self._names[link.name] = self._the_one(one, link)

    def _the_one(self, entry: Entry, link: Link) -> str:
        kind, search = link.condition or ("", "")
        try:
            found = self._find(kind, search)
            if found is None:
                raise NoMatch(_("Den villkorade referensen stämmer inte på någon resurs."))
        except Problem as problem:
            raise at_entry(problem, entry) from problem
        return f"{found.kind}/{found.id}"

    def _is_plain(self, entry: Entry) -> bool:
        """Whether it is kept as it is; else a room takes it."""
        if entry.at not in self._plain:
            self._plain[entry.at] = False  # one that leans on itself is no room's business
            self._plain[entry.at] = self._judge_plain(entry)
        return self._plain[entry.at]

    def _judge_plain(self, entry: Entry) -> bool:
        makers = [one for one in OWNED.get(entry.kind, ()) if one.create]
        if not makers:
            return True
        try:
            sent = read_object(self.text(entry))
        except Faulty:
            return False  # told when it is done
        taker = next((one for one in makers if one.takes(sent)), None)
        if taker is None:
            return True
        ground = self._named_new(taker.leans_on(sent))
        if ground is not None:
            return self._is_plain(ground)
        return rooms.maker(self._asking.actor_for(entry.asked), entry.kind, sent) is None

    def _named_new(self, place: str) -> Entry | None:
        """The entry that makes what is called so until the room has given it its id."""
        found = (at for at, one in self._ids.items() if f"{self.entries[at].kind}/{one}" == place)
        at = next(found, None)
        return None if at is None else self.entries[at]

    # ── what others ask ──

    @property
    def plain(self) -> AbstractSet[int]:
        """Entries that are kept as they are."""
        return {at for at, plain in self._plain.items() if plain}

    def id_of(self, entry: Entry) -> str:
        """The id that a new one which is kept gets."""
        return self._ids[entry.at]

    def needs(self) -> Mapping[int, AbstractSet[int]]:
        """Which entries each of them names."""
        return {
            one.at: {self._at[link.name] for link in self._links[one.at] if link.name in self._at}
            for one in self.entries
        }

    def called(self, entry: Entry, place: str) -> None:
        """The entry has become that resource: "CarePlan/…"."""
        if entry.full_url:
            self._names[entry.full_url] = place

    def text(self, entry: Entry) -> bytes:
        """Its resource, with the names that hold now."""
        text = relinked(entry.text, self._links[entry.at], self._names, entry.full_url)
        aimed = entry.asked.method is Method.PUT and entry.asked.id
        return with_id(text, entry.asked.id) if aimed and entry.id != entry.asked.id else text


def _conditions(entry: Entry) -> Iterator[str]:
    """Conditions by which something may be made: two transactions must not both make it."""
    asked = entry.asked
    if asked.creates and (search := asked.header("If-None-Exist")):
        yield condition_name(asked.kind, search)
    elif asked.method is Method.PUT and asked.kind and not asked.id:
        yield condition_name(asked.kind, asked.query)


class NoMatch(Problem):
    """A conditional reference that no resource answers to (R4, http: the transaction fails)."""

    status = 412
    code = "not-found"
