"""One piece after the other of all that a reader may have: the shelf's, and what rooms have beside the shelf.

It goes in stages: who the persons are, what is written about them, what rooms keep by themselves (cases of those in
hospital), and last what is about nobody. Where a piece ended is plain JSON, so that another process can go on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access.act import apart, permits
from samverka.config.owned import OWNED, Owned, judging
from samverka.config.owned.values import Asked
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.resources.operations.publishing import text_of
from samverka.resources.reads import listing
from samverka.resources.reads.listing import Listed, Listing, Slice
from samverka.resources.reads.shown import PATIENT
from samverka.resources.rules.canonical import decode
from samverka.resources.rules.keys import HERE
from samverka.resources.rules.readdressing import readdressed
from samverka.resources.rules.splicing import stamped

Place = Mapping[str, Any]

PERSONS, RECORDS, GIVEN, COMMON = "persons", "records", "given", "common"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be told.

    Attributes:
        kinds: types.
        persons: only about them; None for everyone.
        common: also what is about nobody.
        beside: also what these resources point at that is about nobody.
    """

    kinds: Sequence[str]
    persons: Sequence[UUID] | None = None
    since: datetime | None = None
    common: bool = False
    beside: bool = False
    limit: int = 1_000


@dataclass(frozen=True, slots=True)
class Told:
    """One resource as this reader has it. `beside`: it came along with another."""

    kind: str
    key: str
    text: bytes
    beside: bool = False


Show = Callable[[Actor, str, str], bytes]
"""One resource of a room as it shows it to the reader: actor, type, id."""


def piece(
    actor: Actor, wanted: Wanted, place: Place | None, show: Show
) -> tuple[list[Told], Place | None]:
    """The resources from a place on, and where the next piece begins; None: there is no more."""
    stages = _stages(wanted)
    stage = str((place or {}).get("stage", stages[0]))
    if stage not in stages:
        return [], None
    found, after = _STAGES.get(stage, _of_room)(actor, wanted, place or {}, show)
    if after is not None:
        return found, {"stage": stage, **after}
    left = stages[stages.index(stage) + 1 :]
    return found, {"stage": left[0]} if left else None


def _stages(wanted: Wanted) -> list[str]:
    rooms = [f"room:{kind}" for kind in _alone() if kind in wanted.kinds]
    return [PERSONS, RECORDS, GIVEN, *rooms, *([COMMON] if wanted.common else [])]


def _alone() -> dict[str, Owned]:
    """Types that a room has beside the shelf, and lets one search."""
    return {
        kind: one
        for kind, owners in OWNED.items()
        for one in owners
        if one.alone and one.search is not None and not one.search.whole
    }


# ── the shelf ──

Found = tuple[list[Told], dict[str, Any] | None]


def _persons(actor: Actor, wanted: Wanted, place: Place, show: Show) -> Found:
    if PATIENT not in wanted.kinds:
        return [], None
    return _told(actor, listing.list_persons(actor, _slice(wanted, place)), show, wanted)


def _records(actor: Actor, wanted: Wanted, place: Place, show: Show) -> Found:
    return _told(actor, listing.list_records(actor, _slice(wanted, place)), show, wanted)


def _given(actor: Actor, wanted: Wanted, place: Place, show: Show) -> Found:
    """What has been given to the reader's care provider, in the version that was given."""
    wanted = replace(wanted, kinds=[one for one in wanted.kinds if one in OWNED], beside=False)
    return _told(actor, listing.list_given(actor, _slice(wanted, place)), show, wanted)


def _common(actor: Actor, wanted: Wanted, place: Place, show: Show) -> Found:
    if actor.is_person:
        return [], None
    asked = replace(_slice(wanted, place), persons=None)
    return _told(actor, listing.list_common(actor, asked), show, wanted)


def _slice(wanted: Wanted, place: Place) -> Slice:
    after = (str(place["person"]), str(place["id"])) if "id" in place else None
    return Slice(wanted.kinds, wanted.persons, wanted.since, after, wanted.limit)


def _told(actor: Actor, found: Listing, show: Show, wanted: Wanted) -> Found:
    shown = [made for one in found.rows if (made := _shown(actor, one, show))]
    late = {one.key for one in found.rows if one.by_room} if wanted.since else set()
    told = [one for one in shown if one.key not in late or _is_since(one, wanted)]
    if wanted.beside:
        ids = [one.id for one in found.rows if not one.by_room]
        told += [
            replace(made, beside=True)
            for one in listing.pointed_at(actor, ids)
            if (made := _shown(actor, one, show))
        ]
    after = {"person": found.after[0], "id": found.after[1]} if found.after else None
    return told, after


def _shown(actor: Actor, one: Listed, show: Show) -> Told | None:
    """As this reader has it; None where the room shows it to the reader no more."""
    if not one.by_room:
        return Told(one.kind, one.key, _addressed(one))
    try:
        with apart():  # a refusal ends what the room has begun, and no more
            return Told(one.kind, one.key, show(actor, one.kind, one.key))
    except (NotFound, NotAllowed):
        return None


def _addressed(one: Listed) -> bytes:
    """What was imported has its sender's id in it, and names others so; here it has ours. All else stays as it lies."""
    if one.source in HERE:
        return one.text.encode()
    at, number = one.at, str(one.version)
    text = stamped(one.text.encode(), local_id=one.key, version=number, at=at)
    return readdressed(text, one.pointed)


# ── rooms ──


def _of_room(actor: Actor, wanted: Wanted, place: Place, _show: Show) -> Found:
    """What a room has by itself, through the room's own search."""
    kind = str(place["stage"]).removeprefix("room:")
    one = _alone()[kind]
    person = next(iter(wanted.persons or ()), None)
    if one.search is None or not permits(actor, one.action):
        return [], None
    values = {"patient": (f"Patient/{person}",)} if len(wanted.persons or ()) == 1 else {}
    asked = Asked(values, min(wanted.limit, _ROOM_PAGE), str(place.get("after", "")))
    found, after = one.search.find(judging.shower(actor, kind), asked)
    about = None if wanted.persons is None else {f"Patient/{one}" for one in wanted.persons}
    told = [
        Told(kind, str(standing.content["id"]), text_of(standing.content))
        for standing in found
        if (about is None or _subject(standing.content) in about)
        and judging.may_have(actor, standing.content)
        and (wanted.since is None or standing.changed_at >= wanted.since)
    ]
    return told, {"after": after} if after else None


_ROOM_PAGE = 100


def _is_since(one: Told, wanted: Wanted) -> bool:
    """Whether the version that this reader has is of the time that is asked for."""
    content = decode(one.text)
    meta = content.get("meta") if isinstance(content, dict) else None
    said = meta.get("lastUpdated") if isinstance(meta, dict) else None
    return wanted.since is None or not said or datetime.fromisoformat(str(said)) >= wanted.since


def _subject(content: Mapping[str, Any]) -> str:
    for name in ("subject", "for", "patient"):
        if isinstance(content.get(name), Mapping):
            return str(content[name].get("reference", ""))
    return ""


_STAGES = {PERSONS: _persons, RECORDS: _records, GIVEN: _given, COMMON: _common}
