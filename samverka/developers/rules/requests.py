"""One request to the FHIR server, as a developer writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

BODIES = ("POST", "PUT", "PATCH")
"""Methods that send something."""

JSON = "application/fhir+json"

HEADERS = (
    "Accept", "Accept-Language", "Content-Type", "If-Match", "If-Modified-Since", "If-None-Exist",
    "If-None-Match", "Prefer",
)  # fmt: skip
"""Those that the server reads, besides who asks."""

READS_BY_POST = ("_search", "$validate", "$expand", "$validate-code", "$lookup")
"""The last part of addresses that change nothing though they are asked by POST."""

BLANK = "{id}"
"""Stands in an example where an id of one's own goes."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Attributes:
        address: below the server's base, "Patient?_count=5"; "" is the base itself.
        headers: name and value; without who asks.
    """

    method: str
    address: str
    headers: tuple[tuple[str, str], ...] = (("Accept", JSON),)
    body: str = ""

    @property
    def path(self) -> str:
        """The address without its question."""
        return self.address.partition("?")[0]

    @property
    def only_reads(self) -> bool:
        """Whether nothing is changed by it."""
        if self.method == "POST":
            return self.path.rsplit("/", 1)[-1] in READS_BY_POST
        return self.method == "GET"

    def whole(self, base: str) -> str:
        """The whole address, as it is sent.

        Args:
            base: "https://…/fhir/R4".
        """
        return f"{base}/{quote(self.address, safe=_SAFE)}".rstrip("/")

    @property
    def heading_lines(self) -> str:
        """The headers as they are written, one on a line."""
        return "\n".join(f"{name}: {value}" for name, value in self.headers)


_SAFE = "%/?:@!$&'()*+,;=-._~"
"""What stands as it is in an address (RFC 3986); a percent sign, so that what is coded already stays so."""

_VALUE = re.compile(r"^[\x20-\x7e]{1,1000}$")
_PATH = re.compile(r"^(?!/)[\w$.\-/]*$", re.ASCII)


def request_of(method: str, address: str, headers: str, body: str, *, base: str) -> Request:
    """What was written in the form.

    Args:
        headers: one on a line, "Prefer: return=minimal".
        base: the server's own; an address that begins with it, or with its path, is taken too.

    Raises:
        Invalid: something of it cannot be sent.
    """
    body = body.replace("\r\n", "\n").strip() if method in BODIES else ""
    sent = tuple(_header(line) for line in headers.splitlines() if line.strip())
    if not body:
        sent = tuple(one for one in sent if one[0] != "Content-Type")
    return Request(method, _below(address.strip(), base), sent, body)


def _below(address: str, base: str) -> str:
    path = "/" + base.split("://", 1)[-1].partition("/")[2]
    for start in (base, path):
        if address == start or address.startswith((f"{start}/", f"{start}?")):
            address = address[len(start) :]
            break
    address = address.removeprefix("/")
    if BLANK in address:
        raise Invalid(
            _("Byt {id} mot ett id som du får läsa."),
            where="address",
            mend=_("Sök först: svaret har länkar vidare."),
        )
    place = address.partition("?")[0]
    if not _PATH.match(place) or ".." in place:
        raise Invalid(
            _("Skriv det som kommer efter serverns adress, till exempel Patient?_count=5."),
            where="address",
        )
    return address


def _header(line: str) -> tuple[str, str]:
    name, colon, value = (part.strip() for part in line.partition(":"))
    known = {one.lower(): one for one in HEADERS}
    if not colon or name.lower() not in known:
        raise Invalid(
            _("Rubriken går inte att skicka här. De som går: %(names)s.", names=", ".join(HEADERS)),
            where="headers",
        )
    if not _VALUE.match(value):
        raise Invalid(_("Rubriken ska ha ett värde på samma rad."), where="headers")
    return known[name.lower()], value
