"""What a client wants otherwise: two forms of one resource compared, element by element, by FHIRPath.

A resource that is written here becomes an operation of the room that owns it. What the operation does not
take must be told, never dropped: so what was sent is compared with what stands, before and after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from samverka.resources.rules.receiving import Content

SERVERS_OWN = ("id", "meta.versionId", "meta.lastUpdated")
"""What the server sets by itself; a client's values are to be passed over (FHIR R4, http, create)."""


def differences(now: Content, sent: Content) -> tuple[str, ...]:
    """FHIRPaths of what differs: changed, added or left out. Innermost elements, in order of standing."""
    kind = str(now.get("resourceType", ""))
    found = _differences(_without_own(now), _without_own(sent), kind)
    return tuple(dict.fromkeys(found))


def uncovered(sent: Content, made: Content) -> tuple[str, ...]:
    """FHIRPaths of what was sent and is not in what came of it. What came beside it is no matter."""
    kind = str(sent.get("resourceType", ""))
    return tuple(dict.fromkeys(_uncovered(_without_own(sent), _without_own(made), kind)))


def under(path: str, places: Sequence[str]) -> bool:
    """Whether a path is one of the places or lies inside one of them."""
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in places)


def _without_own(content: Content) -> dict[str, Any]:
    made = {name: value for name, value in content.items() if name != "id"}
    meta = made.get("meta")
    if isinstance(meta, Mapping):
        kept = {name: one for name, one in meta.items() if f"meta.{name}" not in SERVERS_OWN}
        made = {**made, "meta": kept} if kept else {n: v for n, v in made.items() if n != "meta"}
    return made


def _differences(now: object, sent: object, path: str) -> Iterator[str]:
    now, sent = _like(now, sent), _like(sent, now)
    if isinstance(now, Mapping) and isinstance(sent, Mapping):
        for name in [*sent, *(one for one in now if one not in sent)]:
            yield from _differences(now.get(name), sent.get(name), f"{path}.{name}")
    elif isinstance(now, list) and isinstance(sent, list):
        for place in range(max(len(now), len(sent))):
            yield from _differences(_at(now, place), _at(sent, place), f"{path}[{place}]")
    elif not _same(now, sent):
        yield path


def _like(one: object, other: object) -> object:
    """Where nothing stands beside an object or a list, an empty one: what is new is told innermost."""
    if one is None and isinstance(other, Mapping | list):
        return {} if isinstance(other, Mapping) else []
    return one


def _at(values: list[Any], place: int) -> object:
    return values[place] if place < len(values) else None


def _uncovered(sent: object, made: object, path: str) -> Iterator[str]:
    if isinstance(sent, Mapping) and isinstance(made, Mapping):
        for name, value in sent.items():
            yield from _uncovered(value, made.get(name), f"{path}.{name}")
    elif isinstance(sent, list) and isinstance(made, list):
        for place, value in enumerate(sent):
            yield from _uncovered_item(value, made, f"{path}[{place}]")
    elif not _same(sent, made):
        yield path


def _uncovered_item(value: object, made: list[Any], path: str) -> Iterator[str]:
    """One of a list is kept if some of what came of it says all that it says; else the nearest tells."""
    tries = [list(_uncovered(value, one, path)) for one in made] or [[path]]
    yield from min(tries, key=len)


def _same(one: object, other: object) -> bool:
    """Equal values of the same type; two instants are the same in whatever time zone they are written."""
    if type(one) is not type(other):
        return False
    return one == other or (_instant(one) is not None and _instant(one) == _instant(other))


def _instant(value: object) -> datetime | None:
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None
