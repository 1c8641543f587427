"""What a subscriber asks for, and whether it can be had."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from samverka.kernel.problems import Invalid, NotAllowed
from samverka.kernel.text import text as _
from samverka.subscriptions.rules.addresses import check_address
from samverka.subscriptions.rules.filters import check_filters, kind_of_criteria
from samverka.subscriptions.rules.kinds import Channel, Level
from samverka.subscriptions.rules.topics import TOPICS, Topic

MOST_HEADERS: Final = 10
MOST_HEADER_LETTERS: Final = 4000
SHORTEST_HEARTBEAT: Final = 30
"""Seconds."""

_HEADER = re.compile(r"^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}):[ \t]*([\x20-\x7e]*)$")
_OURS = frozenset(
    {"host", "content-length", "content-type", "transfer-encoding", "connection", "expect", "te",
     "trailer", "upgrade", "keep-alive", "proxy-authorization", "proxy-connection"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subscription as it is asked for.

    Attributes:
        topic: None: R4 criteria, a search in one type.
        criteria: as it was written.
        filters: of a topic; the search itself of R4 criteria.
        headers: "Name: value", sent with each notice.
        media: the form of the body; "" in R4's own way, where nothing but the knock is sent.
        heartbeat: seconds between signs of life where nothing has happened; None: none.
        timeout: seconds that the receiver may take.
    """

    criteria: str
    topic: Topic | None
    filters: tuple[str, ...]
    channel: Channel
    endpoint: str = ""
    headers: tuple[str, ...] = ()
    level: Level = Level.ID_ONLY
    media: str = "application/fhir+json"
    heartbeat: int | None = None
    timeout: int | None = None
    reason: str = ""
    end_at: datetime | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Types of the resources that it is about."""
        if self.topic is not None:
            return TOPICS[self.topic].kinds
        return (kind_of_criteria(self.criteria),)


def check_wanted(
    wanted: Wanted, *, at: datetime, allowed: Iterable[str], demo: bool, full: bool
) -> None:
    """Raise unless it can be had.

    Args:
        allowed: hosts inside our walls that an administrator has let notices go to.
        full: the county lets whole resources leave in notices.
    """
    check_filters(wanted.kinds, wanted.filters, at)
    if wanted.level is Level.FULL and not full:
        raise NotAllowed(
            _(
                "Länet har bestämt att notiser inte har innehåll. Välj id-only, och läs sedan resursen."
            ),
            where="channel.payload",
        )
    if wanted.channel is Channel.REST_HOOK:
        check_address(wanted.endpoint, frozenset(allowed), demo=demo)
    if wanted.media not in ("", "application/fhir+json", "application/json"):
        raise Invalid(
            _("Notiser skickas som JSON: application/fhir+json."), where="channel.payload"
        )
    if len(wanted.headers) > MOST_HEADERS:
        words = _("För många headers: högst %(most)d.", most=MOST_HEADERS)
        raise Invalid(words, where="channel.header")
    for one in wanted.headers:
        header_name(one)
    if wanted.heartbeat is not None and wanted.heartbeat < SHORTEST_HEARTBEAT:
        words = _("Livstecken skickas som tätast var %(least)d:e sekund.", least=SHORTEST_HEARTBEAT)
        raise Invalid(words, where="channel.extension")
    if wanted.end_at is not None and wanted.end_at <= at:
        raise Invalid(_("Sluttiden har redan varit."), where="end")


def header_name(line: str) -> str:
    """The name in a header that a receiver wants.

    Raises:
        Invalid: it is no header, or one that is ours to write.
    """
    found = _HEADER.match(line) if len(line) <= MOST_HEADER_LETTERS else None
    if found is None:
        raise Invalid(_("En header skrivs Namn: värde, på en rad."), where="channel.header")
    if found[1].lower() in _OURS:
        words = _("Den headern skriver servern själv: %(name)s.", name=found[1])
        raise Invalid(words, where="channel.header")
    return found[1]
