"""What a FHIR client asks for, read out of method and address: which type, and which of c r u d s with it.

A client's scopes are held against it in the door, before anybody looks at what was sent (SMART App Launch 2.2). The entries of a
Bundle are requests of their own: whoever takes them one by one asks `asking` of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from samverka.kernel.actor import Actor
from samverka.kernel.narrowing import EVERY, NOBODY

_BY_METHOD: Mapping[str, str] = {
    "GET": "r", "HEAD": "r", "PUT": "u", "PATCH": "u", "DELETE": "d", "OPTIONS": "",
}  # fmt: skip

ABOUT_NOBODY = frozenset(
    {"$validate", "$expand", "$validate-code", "$lookup", "$subsumes", "$translate", "$versions"}
)
"""Operations that need nothing of what is kept about persons; what they may look at is narrowed by row all the same."""

PART = frozenset({"$everything", "$export"})
"""Operations that give each type by itself, so that a client is given those that it has been let have."""

ONE = frozenset({"$meta", "$status", "$events", "$get-ws-binding-token", "$lastn"})
"""Operations on the resource or type that the address names, reading it."""

CHANGES = frozenset({"$meta-add", "$meta-delete"})
"""Operations that change the resource that the address names."""

TAKES = frozenset({"$take-in", "$import"})
"""Operations that take in whatever is sent."""

JOBS = frozenset({"$export-job", "$import-job"})
"""What lies below was made for the client that asks, or is not there."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for.

    Attributes:
        kind: a type, `EVERY`, `NOBODY`; "" when each part of what was sent is a question of its own.
        whole: the answer is made of whatever there is, so every type must have been let.
    """

    kind: str
    letters: str = ""
    whole: bool = False


def question(method: str, path: str, *, conditional: bool = False) -> Question:
    """What is asked for by a request.

    Args:
        path: below the base, "CarePlan/1" or "Patient/1/$everything".
        conditional: it says by a search what it is about (`PUT Type?…`, If-None-Exist).
    """
    method = method.upper()
    parts = [one for one in path.split("/") if one]
    if parts and parts[0] in JOBS:
        return Question(NOBODY)
    if parts and parts[-1].startswith("$"):
        return _operation(parts)
    if not parts or not parts[0][:1].isupper():
        return _system(parts, method)
    found = _of_type(parts, method)
    return replace(found, letters=found.letters + "s") if conditional else found


def _system(parts: list[str], method: str) -> Question:
    if parts in (["metadata"], ["openapi.json"], [".well-known", "smart-configuration"]):
        return Question(NOBODY)
    if method == "POST" and not parts:
        return Question("")
    return Question(EVERY, "s")


def _operation(parts: list[str]) -> Question:
    name = parts[-1]
    if name in ABOUT_NOBODY:
        return Question(NOBODY)
    if name in PART:
        return Question(EVERY, "r")
    if name in TAKES:
        return Question(EVERY, "cu", whole=True)
    if name in CHANGES and len(parts) > 1:
        return Question(parts[0], "u")
    if name in ONE and len(parts) > 1:
        return Question(parts[0], "r")
    return Question(EVERY, "r", whole=True)


def _of_type(parts: list[str], method: str) -> Question:
    kind, rest = parts[0], parts[1:]
    if rest == ["_search"] or (not rest and method in ("GET", "HEAD")) or rest == ["_history"]:
        return Question(kind, "s")
    if not rest and method == "POST":
        return Question(kind, "c")
    if len(rest) > 1 and rest[1] != "_history":  # a compartment: Patient/1/CarePlan, Patient/1/*
        return Question(rest[1], "s") if rest[1][:1].isupper() else Question(EVERY, "s")
    return Question(kind, _BY_METHOD.get(method, "u"))


def asking(actor: Actor, found: Question) -> Actor:
    """The actor for that question; the same one for who is no client.

    Raises:
        NotAllowed: the client has not been let do that.
    """
    narrowing = actor.narrowing
    if narrowing is None or not found.kind:
        return actor
    if found.kind == NOBODY:
        return replace(actor, narrowing=narrowing.asking_of_nobody())
    if found.whole:
        return replace(actor, narrowing=narrowing.asking_all(found.letters))
    return actor.asking(found.kind, found.letters)
