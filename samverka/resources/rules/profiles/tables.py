"""The tables of profiles, read once when first asked for."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import msgspec

BEFATTNING = "urn:oid:1.2.752.129.2.2.1.4"
"""HSA's list of positions (befattning), by the OID that the contracts and Inera use."""

ALSO = {"urn:oid:1.2.759.129.2.2.1.4": BEFATTNING}
"""A system as HL7 Sweden's base profiles 1.1.0 spell it → as it is meant: 1.2.759 is no Swedish root."""


class Node(msgspec.Struct, frozen=True):
    """What a profile asks of one element, or of one slice of it.

    Attributes:
        least, most: how many; None: as R4 has it.
        fixed, pattern: the value, whole or at least so much of it.
        codes: a value set that is bound as required; "" for none.
        by: where in a value it is told which slice it belongs to ("system", "$this").
        types: of a choice, those that may be had; none: all.
        profiles: profiles of the type that it must keep to.
        targets: types that a reference may point at; none: as R4 has it.
    """

    least: int | None = None
    most: int | None = None
    fixed: Any = None
    pattern: Any = None
    codes: str = ""
    by: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    parts: Mapping[str, Node] = MappingProxyType({})
    slices: Mapping[str, Node] = MappingProxyType({})


class Profile(msgspec.Struct, frozen=True):
    """One profile: the type that it is of, and its tree."""

    kind: str
    root: Node
    version: str = ""


class Set(msgspec.Struct, frozen=True):
    """A value set: system → codes, none for every code of the system. `open`: more than is listed here."""

    systems: dict[str, tuple[str, ...]]
    open: bool = False


class Tables(msgspec.Struct, frozen=True):
    """All profiles and value sets by address."""

    profiles: dict[str, Profile]
    sets: dict[str, Set]


@cache
def tables() -> Tables:
    """What `tools/profiles.py` has made."""
    place = "definitions/profiles/profiles.json.gz"
    packed = files("samverka.resources").joinpath(place).read_bytes()
    return msgspec.json.decode(gzip.decompress(packed), type=Tables)


def known_profiles(kind: str = "") -> tuple[str, ...]:
    """Addresses of the profiles that can be judged by; of one type, or all."""
    return tuple(url for url, one in tables().profiles.items() if kind in ("", one.kind))


def same_system(one: object) -> object:
    """A system by the name that is meant."""
    return ALSO.get(one, one) if isinstance(one, str) else one
