"""What one entry of a batch or transaction asks for: method, address and conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl

from samverka.kernel.text import text as _
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.keys import is_id
from samverka.resources.rules.lines import Fault, Faulty, Sort


class Method(StrEnum):
    """What can be asked for, in the order in which a transaction does it (R4, http, 3.1.0.11.2)."""

    DELETE = "DELETE"
    POST = "POST"
    PUT = "PUT"
    PATCH = "PATCH"
    GET = "GET"
    HEAD = "HEAD"


_WRITES = frozenset({Method.DELETE, Method.POST, Method.PUT, Method.PATCH})

MAX_URL = 4_000
"""Characters of an address."""

_PART = re.compile(r"^[A-Za-z0-9\-._$]{1,100}$")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.

    Attributes:
        path: below the base, without slashes around: "Patient/17", "Patient/$everything", "".
        query: as it stands after the question mark.
        headers: conditions by their names in HTTP: If-Match, If-None-Match, If-Modified-Since, If-None-Exist.
    """

    method: Method
    path: str
    query: str = ""
    headers: Mapping[str, str] | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The path, part by part."""
        return tuple(self.path.split("/")) if self.path else ()

    @property
    def kind(self) -> str:
        """The type that it is about; "" for the whole system."""
        first = self.parts[0] if self.path else ""
        return first if first in RESOURCE_TYPES else ""

    @property
    def id(self) -> str:
        """The id of the one resource that it is about; "" for none."""
        parts = self.parts
        return parts[1] if len(parts) == 2 and self.kind and is_id(parts[1]) else ""

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.method in _WRITES

    @property
    def creates(self) -> bool:
        """Whether it makes a new resource of a type."""
        return self.method is Method.POST and bool(self.kind) and len(self.parts) == 1

    def header(self, name: str) -> str:
        """A condition; "" for none."""
        return (self.headers or {}).get(name, "")


_HEADERS = {
    "ifMatch": "If-Match",
    "ifNoneMatch": "If-None-Match",
    "ifModifiedSince": "If-Modified-Since",
    "ifNoneExist": "If-None-Exist",
}


def read_asked(request: Mapping[str, Any], place: str, base: str = "") -> Asked:
    """The request of an entry.

    Args:
        place: of the request, for a fault: "Bundle.entry[3].request".
        base: our own address: the same resource may be named with it before.

    Raises:
        Faulty: the method or the address cannot be used.
    """
    method = _method(request.get("method"), place)
    url = request.get("url")
    if not isinstance(url, str) or len(url) > MAX_URL:
        raise Faulty(Fault(f"{place}.url", _("Här ska stå en adress, som Patient/17.")))
    path, _mark, query = _below(url, base).partition("?")
    path = path.strip("/")
    if not all(_PART.match(one) and one not in (".", "..") for one in path.split("/") if path):
        raise Faulty(Fault(f"{place}.url", _("Här ska stå en adress, som Patient/17.")))
    headers = {
        header: value
        for name, header in _HEADERS.items()
        if isinstance(value := request.get(name), str) and _is_plain(value)
    }
    made = Asked(method, path, query, headers)
    _check_aim(made, place)
    return made


def _method(method: object, place: str) -> Method:
    if isinstance(method, str) and method in Method.__members__:
        return Method(method)
    known = ", ".join(Method)
    words = _("Metoden ska vara en av %(known)s.", known=known)
    raise Faulty(Fault(f"{place}.method", words, sort=Sort.CODE))


def _below(url: str, base: str) -> str:
    return url.removeprefix(base) if base and url.startswith((f"{base}/", f"{base}?")) else url


def _is_plain(value: str) -> bool:
    return len(value) <= MAX_URL and value.isprintable()


def _check_aim(asked: Asked, place: str) -> None:
    """What writes says where: a type or one resource of it."""
    first = asked.parts[0] if asked.path else ""
    if first and first not in RESOURCE_TYPES and first[0] not in "_$" and first != "metadata":
        words = _("Resurstypen finns inte i FHIR R4.")
        raise Faulty(Fault(f"{place}.url", words))
    alone = bool(asked.id)
    searched = bool(asked.kind) and len(asked.parts) == 1 and bool(parse_qsl(asked.query))
    if asked.method in (Method.PUT, Method.PATCH, Method.DELETE) and not (alone or searched):
        words = _("Säg vilken resurs det gäller: typ och id, eller typ och ett sökvillkor.")
        raise Faulty(Fault(f"{place}.url", words))
    if not first and not asked.query:
        raise Faulty(Fault(f"{place}.url", _("En Bundle i en Bundle tas inte emot.")))
