"""A resource held against a profile's tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Fault, Sort
from samverka.resources.rules.profiles.tables import Node, same_system, tables

MOST = 50
"""Places told: the first are enough to mend it."""

_UNKNOWN = _("Profilen finns inte här, så den kan inte prövas.")
_OTHER_KIND = _("Profilen gäller en annan typ av resurs.")
_FEW = _("Profilen kräver fler av elementet.")
_MANY = _("Profilen tillåter färre av elementet.")
_VALUE = _("Värdet är inte det som profilen kräver.")
_CODE = _("Koden finns inte i den värdemängd som profilen kräver.")
_TYPE = _("Profilen tillåter inte den typen av värde.")
_TARGET = _("Profilen tillåter inte en referens till den typen.")


def claimed(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """The profiles that the resource says it keeps to, of those that can be judged by."""
    meta = resource.get("meta")
    named = meta.get("profile") if isinstance(meta, dict) else None
    urls = [str(one).split("|")[0] for one in named] if isinstance(named, list) else []
    return tuple(dict.fromkeys(url for url in urls if url in tables().profiles))


def breaks(resource: Mapping[str, Any], url: str) -> list[Fault]:
    """Where a resource does not keep to a profile, at most `MOST` places; none if it does.

    Args:
        resource: right R4, as read from JSON.
        url: the profile's canonical address, with or without version.
    """
    profile = tables().profiles.get(url.split("|")[0])
    kind = str(resource.get("resourceType", ""))
    if profile is None:
        return [Fault(kind, _UNKNOWN, sort=Sort.VALUE)]
    if profile.kind != kind:
        return [Fault(kind, _OTHER_KIND, sort=Sort.INVALID)]
    return list(islice(_object(resource, profile.root, kind), MOST))


def _object(value: Mapping[str, Any], node: Node, path: str) -> Iterator[Fault]:
    for name, part in node.parts.items():
        found = list(_values(value, name))
        where = f"{path}.{name.removesuffix('[x]')}"
        yield from _number(len(found), part, where)
        for key, place, one, beside in found:
            yield from _value(one, beside, part, f"{path}.{key}{place}")
            if part.types and name.endswith("[x]"):
                yield from _type(key.removeprefix(name.removesuffix("[x]")), part, f"{path}.{key}")
        yield from _slices(
            [(f"{path}.{key}{place}", one) for key, place, one, _b in found], part, where
        )


def _values(value: Mapping[str, Any], name: str) -> Iterator[tuple[str, str, Any, Any]]:
    """JSON name, place in its list, value, and what stands beside a primitive, of each value of an element."""
    stem = name.removesuffix("[x]")
    for key in _keys(value, name, stem):
        given, beside = value.get(key), value.get(f"_{key}")
        if isinstance(given, list) or isinstance(beside, list):
            yield from _listed(key, given or [], beside or [])
        else:
            yield key, "", given, beside


def _keys(value: Mapping[str, Any], name: str, stem: str) -> list[str]:
    if name == stem:
        return [stem] if stem in value or f"_{stem}" in value else []
    return [
        key for key in value if key.startswith(stem) and key[len(stem) : len(stem) + 1].isupper()
    ]


def _listed(
    key: str, given: Sequence[Any], beside: Sequence[Any]
) -> Iterator[tuple[str, str, Any, Any]]:
    for place in range(max(len(given), len(beside))):
        one = given[place] if place < len(given) else None
        extra = beside[place] if place < len(beside) else None
        yield key, f"[{place}]", one, extra


def _number(count: int, node: Node, path: str) -> Iterator[Fault]:
    if node.least is not None and count < node.least:
        yield Fault(path, _FEW, sort=Sort.REQUIRED)
    if node.most is not None and count > node.most:
        yield Fault(path, _MANY, sort=Sort.STRUCTURE)


def _value(one: Any, beside: Any, node: Node, path: str) -> Iterator[Fault]:
    if not _has(one, node):
        yield Fault(path, _VALUE, sort=Sort.VALUE)
    if node.codes and not _coded(one, node.codes):
        yield Fault(path, _CODE, sort=Sort.CODE)
    if node.targets and not _points(one, node.targets):
        yield Fault(path, _TARGET, sort=Sort.VALUE)
    for url in node.profiles:
        if isinstance(one, dict) and (profile := tables().profiles.get(url)):
            yield from _object(one, profile.root, path)
    inner = one if isinstance(one, dict) else beside if isinstance(beside, dict) else {}
    yield from _object(inner, node, path)


def _type(kind: str, node: Node, path: str) -> Iterator[Fault]:
    if kind.lower() not in {one.lower() for one in node.types}:
        yield Fault(path, _TYPE, sort=Sort.STRUCTURE)


# ── slices ──


def _slices(found: Sequence[tuple[str, Any]], node: Node, path: str) -> Iterator[Fault]:
    for name, cut in node.slices.items():
        mine = [(where, one) for where, one in found if _belongs(one, cut, node.by)]
        yield from _number(len(mine), cut, f"{path}:{name}")
        for where, one in mine:
            yield from _value(one, None, cut, where)


def _belongs(one: Any, cut: Node, by: tuple[str, ...]) -> bool:
    """Whether a value is of the slice, by what is told at the discriminators."""
    if by in ((), ("url",)):  # R4 itself slices extensions, by their address
        url = one.get("url") if isinstance(one, dict) else None
        return url in cut.profiles  # the address of an extension is that of its profile
    return all(_told(one, cut, path) for path in by)


def _told(one: Any, cut: Node, path: str) -> bool:
    """Whether a value has at the place what makes it one of the slice."""
    node: Node | None = cut
    value = one
    for name in [] if path == "$this" else path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
        node = node.parts.get(name) if node else None
        if node is not None and node.pattern is not None:
            break  # the pattern says it, for the place and for all within it
    if (
        node is None
    ):  # nothing is said at the place: the codes of the slice say which system is meant
        return bool(cut.codes) and value in _systems(cut.codes)
    if value is None or not _has(value, node):
        return False
    return not node.codes or _coded(value, node.codes)


def _systems(codes: str) -> frozenset[object]:
    known = tables().sets.get(codes)
    named = known.systems if known else {}
    return frozenset({*named, *(same_system(one) for one in named)})


# ── values ──


def _has(one: Any, node: Node) -> bool:
    if node.fixed is not None and one != node.fixed:
        return False
    return node.pattern is None or _matches(one, node.pattern)


def _matches(one: Any, pattern: Any) -> bool:
    """Whether a value holds at least what the pattern holds; a list, some value for each of the pattern's."""
    if isinstance(pattern, Mapping):
        return isinstance(one, Mapping) and all(
            name in one and _matches(one[name], part) for name, part in pattern.items()
        )
    if isinstance(pattern, list):
        return isinstance(one, list) and all(any(_matches(o, p) for o in one) for p in pattern)
    return bool(same_system(one) == same_system(pattern)) and isinstance(one, bool) == isinstance(
        pattern, bool
    )


def _coded(one: Any, url: str) -> bool:
    """Whether a code, Coding or CodeableConcept is of a value set; one that is not here is left open."""
    known = tables().sets.get(url)
    if known is None or known.open:
        return True
    if isinstance(one, str):
        return any(not codes or one in codes for codes in known.systems.values())
    if not isinstance(one, dict):
        return False
    codings = one["coding"] if isinstance(one.get("coding"), list) else [one]
    systems = {same_system(system): codes for system, codes in known.systems.items()}
    return any(_among(coding, systems) for coding in codings if isinstance(coding, dict))


def _among(coding: Mapping[str, Any], systems: Mapping[Any, Sequence[str]]) -> bool:
    codes = systems.get(same_system(coding.get("system")))
    return codes is not None and (not codes or coding.get("code") in codes)


def _points(one: Any, targets: Sequence[str]) -> bool:
    """Whether a reference can be to one of the types; one by identifier alone need not say."""
    if not isinstance(one, dict):
        return False
    parts = str(one.get("reference", "")).split("/_history/")[0].split("/")
    kind = str(one.get("type", "")) or (parts[-2] if len(parts) > 1 else "")
    return kind in targets or not kind
