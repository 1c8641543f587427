"""Scopes of SMART App Launch 2.2: what a client asks for, and what of it may be given. A scope only narrows.

`patient/CarePlan.rs`, `user/Task.cruds`, `system/*.rs`, `patient/Observation.rs?category=laboratory`; the first version's
`patient/*.read` and `.write` are read as the same. What is not understood is not given (RFC 6749 3.3 lets a server give less).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from samverka.kernel.narrowing import EVERY, Allowed, Narrowing, Pairs
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.searching.own import criteria

LETTERS = "cruds"
"""In this order (SMART 2.2, scopes for FHIR resources)."""

FIRST_VERSION: Mapping[str, str] = {"read": "rs", "write": "cud", "*": LETTERS}


class Context(StrEnum):
    """On whose behalf."""

    PATIENT = "patient"  # about one person, whom the app was opened for
    USER = "user"  # whatever the one who is logged in may
    SYSTEM = "system"  # no one is logged in: the client by itself


class Other(StrEnum):
    """Scopes that are about no resource."""

    OPENID = "openid"
    FHIR_USER = "fhirUser"
    PROFILE = "profile"
    LAUNCH = "launch"
    LAUNCH_PATIENT = "launch/patient"
    OFFLINE = "offline_access"
    ONLINE = "online_access"


@dataclass(frozen=True, slots=True)
class Scope:
    """One scope of a resource.

    Attributes:
        letters: of `LETTERS`, in their order.
        where: search parameters that a resource must fit.
    """

    context: Context
    kind: str
    letters: str
    where: Pairs = ()

    def __str__(self) -> str:
        asked = f"?{urlencode(self.where)}" if self.where else ""
        return f"{self.context}/{self.kind}.{self.letters}{asked}"


@dataclass(frozen=True, slots=True)
class Scopes:
    """What was understood of a text of scopes."""

    resources: tuple[Scope, ...]
    others: frozenset[Other]

    def __str__(self) -> str:
        return " ".join([*sorted(self.others), *map(str, self.resources)])

    def __bool__(self) -> bool:
        return bool(self.resources or self.others)

    @property
    def contexts(self) -> frozenset[Context]:
        """On whose behalf anything is asked for."""
        return frozenset(one.context for one in self.resources)


_RESOURCE = re.compile(
    r"^(patient|user|system)/(\*|[A-Z][A-Za-z]{1,63})\.([a-z*]{1,5})(?:\?(.{1,200}))?$"
)
MOST = 200
"""Scopes in one text: more than all types of R4 once."""


def parse(text: str) -> Scopes:
    """What is understood of it; the rest is left out."""
    words = list(dict.fromkeys(text.split()))[:MOST]
    others = frozenset(Other(word) for word in words if word in frozenset(Other))
    found = (_scope(word) for word in words)
    return Scopes(tuple(dict.fromkeys(one for one in found if one)), others)


def _scope(word: str) -> Scope | None:
    match = _RESOURCE.match(word)
    if match is None:
        return None
    context, kind, letters, query = match.groups()
    letters = FIRST_VERSION.get(letters, letters)
    where = tuple(parse_qsl(query or "", keep_blank_values=True))
    if kind != EVERY and kind not in RESOURCE_TYPES:
        return None
    if letters != "".join(one for one in LETTERS if one in letters):
        return None  # unknown, twice, or in another order
    if query and (kind == EVERY or criteria(kind, where) is None):
        return None  # every type fits no one type's parameters; what cannot be held against a resource would let nothing
    return Scope(Context(context), kind, letters, where)


def within(asked: Scopes, most: Scopes) -> Scopes:
    """What of it is within what the client has been registered for."""
    found = (_both(one, other) for one in asked.resources for other in most.resources)
    return Scopes(tuple(dict.fromkeys(one for one in found if one)), asked.others & most.others)


def _both(one: Scope, other: Scope) -> Scope | None:
    """What both let: the narrower type, the letters of both, the conditions of both."""
    letters = "".join(letter for letter in one.letters if letter in other.letters)
    kinds = {one.kind, other.kind} - {EVERY}
    where = tuple(dict.fromkeys((*one.where, *other.where)))
    if one.context is not other.context or not letters or len(kinds) > 1:
        return None
    if where and not kinds:
        return None
    return Scope(one.context, kinds.pop() if kinds else EVERY, letters, where)


def only(asked: Scopes, contexts: Iterable[Context]) -> Scopes:
    """What of it is asked for on behalf of those."""
    wanted = frozenset(contexts)
    return Scopes(tuple(one for one in asked.resources if one.context in wanted), asked.others)


# ── as the gate understands it ──


@lru_cache(maxsize=1_000)
def narrowing(text: str, *, client_id: UUID, client_name: str, person_id: UUID | None) -> Narrowing:
    """The scopes as a limit on the actor behind the token.

    Args:
        person_id: whom the app was opened for. Without it, what is asked for about a patient lets nothing.
    """
    return Narrowing(
        client_id=client_id,
        client_name=client_name,
        scopes=text,
        allowed=_allowed(text, person_id),
        person_id=person_id,
        common=COMMON,
    )


def _allowed(text: str, person_id: UUID | None) -> tuple[Allowed, ...]:
    found = []
    for one in parse(text).resources:
        if one.context is not Context.PATIENT:
            found.append(Allowed(one.kind, frozenset(one.letters), None, one.where))
        elif person_id is not None:
            found.append(Allowed(one.kind, frozenset(one.letters), person_id, one.where))
    return tuple(found)


COMMON = frozenset(
    {
        "Organization", "OrganizationAffiliation", "Practitioner", "PractitionerRole", "Location", "HealthcareService",
        "Endpoint", "Medication", "Substance", "Questionnaire", "PlanDefinition", "ActivityDefinition", "ValueSet",
        "CodeSystem", "ConceptMap", "NamingSystem", "StructureDefinition", "SearchParameter", "Library", "Measure",
    }
)  # fmt: skip
"""Types that are about no patient: what an app opened for one person may read of them is not bound to that person."""
