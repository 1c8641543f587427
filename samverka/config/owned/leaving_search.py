"""How cases, messages, copies and lines of the list are searched: by which parameters, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from samverka.config.owned.leaving_values import copied, listed, said, stayed
from samverka.config.owned.values import Asked, Search, Standing
from samverka.discharge import reads
from samverka.discharge.reads import STATUS_OF, Wanted
from samverka.discharge.rules.fates import Fate
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import start_of_day
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.organisations.reads import unit_with_hsa_id

NOBODY = UUID(int=0)
"""Stands for an id that nothing has: what names nothing finds nothing."""

_TICK = timedelta(microseconds=1)
_TIME = re.compile(r"^(eq|ge|le|gt|lt|sa|eb)?(\d{4}-\d\d-\d\d(?:T[0-9:.]+(?:Z|[+-]\d\d:\d\d))?)$")

Last: TypeAlias = tuple[datetime, UUID]

# ── the four searches ──


def _stays(actor: Actor, asked: Asked) -> tuple[list[Standing], str]:
    wanted = _wanted(asked, date_name="date", unit_name="service-provider")
    codes = _codes(asked, "status", STATUS_OF)
    if codes is not None:
        found = frozenset(one.value for code in codes for one in STATUS_OF[code])
        wanted = replace(wanted, statuses=found or frozenset({"-"}))
    rows = reads.stay_records(actor, wanted=wanted)
    shown = [stayed(one) for one in rows]
    if codes is not None:  # on leave or not, by the clock: the row alone does not say
        shown = [one for one in shown if one.content["status"] in codes]
    return shown, _last([(one.changed_at, one.case.id) for one in rows], asked)


def _messages(actor: Actor, asked: Asked) -> tuple[list[Standing], str]:
    wanted = _wanted(asked, date_name="sent", unit_name="recipient")
    rows = reads.said_records(actor, wanted=wanted)
    return [said(one) for one in rows], _last(
        [(one.message.sent_at, one.message.id) for one in rows], asked
    )


_FATES = {
    "requested": [Fate.WAITING],
    "completed": [Fate.RECEIPTED],
    "rejected": [Fate.RETURNED, Fate.FORWARDED],
    "cancelled": [Fate.WITHDRAWN],
}


def _copies(actor: Actor, asked: Asked) -> tuple[list[Standing], str]:
    """A page is so many messages: their copies come together."""
    wanted = _wanted(asked, date_name="authored-on", unit_name="owner")
    codes = _codes(asked, "status", _FATES)
    if codes is not None:
        fates = frozenset(one.value for code in codes for one in _FATES[code])
        wanted = replace(wanted, statuses=fates or frozenset({"-"}))
    rows, last = reads.copy_records(actor, wanted=wanted)
    return [copied(one) for one in rows], _last(last, asked)


def _lines(actor: Actor, asked: Asked) -> tuple[list[Standing], str]:
    """A page is so many cases: the lines of a list come together."""
    wanted = _wanted(asked, date_name="", unit_name="performer")
    codes = _codes(asked, "status", ("active", "completed", "on-hold", "revoked"))
    rows, last = reads.item_records(actor, wanted=wanted)
    shown = [listed(one) for one in rows]
    if codes is not None:
        shown = [one for one in shown if one.content["status"] in codes]
    return shown, _last(last, asked)


# ── parameters → what is looked for ──


def _wanted(asked: Asked, *, date_name: str, unit_name: str) -> Wanted:
    start, end = between(asked, date_name)
    since, before = between(asked, "_lastUpdated")
    persons = ids_in(asked, "patient", "Patient") | ids_in(asked, "subject", "Patient")
    return Wanted(
        ids=ids_in(asked, "_id", ""),
        person_id=NOBODY if len(persons) > 1 else next(iter(persons), None),
        case_ids=ids_in(asked, "encounter", "Encounter"),
        unit_ids=units_in(asked, unit_name),
        since=since - _TICK if since else None,
        before=before,
        day_from=start,
        day_to=end,
        after=_cursor(asked.after),
        limit=asked.count,
    )


def ids_in(asked: Asked, name: str, kind: str) -> frozenset[UUID]:
    """Ids, bare or as references; what is no id of ours finds nothing."""
    found = set()
    for one in asked.values.get(name, ()):
        for value in one.split(","):
            key = value.removeprefix(f"{kind}/") if kind else value
            try:
                found.add(UUID(key))
            except ValueError:
                found.add(NOBODY)
    return frozenset(found)


def units_in(asked: Asked, name: str) -> frozenset[UUID]:
    """Units by id, or by HSA-id with `:identifier`."""
    found = set(ids_in(asked, name, "Organization"))
    for one in asked.values.get(f"{name}:identifier", ()):
        for value in one.split(","):
            unit = unit_with_hsa_id(value.rpartition("|")[2])
            found.add(unit.id if unit else NOBODY)
    return frozenset(found)


def _codes(asked: Asked, name: str, known: Iterable[str]) -> frozenset[str] | None:
    given = asked.values.get(name)
    if given is None:
        return None
    found = frozenset(code.rpartition("|")[2] for one in given for code in one.split(","))
    return found & frozenset(known)


def between(asked: Asked, name: str) -> tuple[datetime | None, datetime | None]:
    """From (counted in) and until (not counted in); several are all to hold."""
    start: datetime | None = None
    end: datetime | None = None
    for one in asked.values.get(name, ()):
        low, high = _span(name, one)
        start = max(filter(None, (start, low)), default=None)
        end = min(filter(None, (end, high)), default=None)
    return start, end


def _span(name: str, value: str) -> tuple[datetime | None, datetime | None]:
    found = _TIME.match(value)
    try:
        first, beyond = _time(found[2]) if found else (None, None)
    except ValueError:
        found = None
        first = beyond = None
    if found is None:
        words = _(
            "Tiden går inte att läsa. Skriv till exempel ge2026-11-27 eller gt2026-11-27T08:00:00Z."
        )
        raise Invalid(words, where=name)
    return {
        "ge": (first, None),
        "gt": (beyond, None),
        "sa": (beyond, None),
        "le": (None, beyond),
        "lt": (None, first),
        "eb": (None, first),
    }.get(found[1] or "eq", (first, beyond))


def _time(value: str) -> tuple[datetime, datetime]:
    """A Swedish day with its end, or a moment and the next that the database knows."""
    if "T" not in value:
        day = date.fromisoformat(value)
        return start_of_day(day), start_of_day(day + timedelta(days=1))
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment, moment + _TICK


# ── page by page ──


def _cursor(after: str) -> tuple[datetime, UUID] | None:
    if not after:
        return None
    at, _bar, key = after.partition("_")
    try:
        return datetime.fromtimestamp(int(at) // 10**6, UTC).replace(
            microsecond=int(at) % 10**6
        ), UUID(key)
    except (ValueError, OverflowError) as problem:
        raise Invalid(_("Länken till nästa sida är trasig. Sök igen."), where="_after") from problem


def _last(rows: Sequence[Last], asked: Asked) -> str:
    """What came last, if the page is full."""
    if len(rows) < asked.count:
        return ""
    at, key = rows[-1]
    whole = int(at.timestamp()) * 10**6 + at.microsecond
    return f"{whole}_{key}"


# ── for the reference ──

_COMMON = {"_id": "id", "patient": "Patient/id, or id", "subject": "the same as patient"}
_STAY = {"encounter": "Encounter/id: the case"}

STAYS = Search(
    {
        **_COMMON,
        "status": "planned, in-progress, onleave, finished, cancelled",
        "date": "days of the stay: ge, le, gt, lt, eq",
        "service-provider": "the ward: Organization/id",
        "service-provider:identifier": "the ward: HSA-id",
        "_lastUpdated": "when the case last changed: ge, gt, le, lt. What changed first comes first",
    },
    _stays,
)
MESSAGES = Search(
    {
        **_COMMON,
        **_STAY,
        "recipient": "who has a copy: Organization/id",
        "recipient:identifier": "who has a copy: HSA-id",
        "sent": "when it was sent: ge, le, gt, lt, eq",
    },
    _messages,
)
COPIES = Search(
    {
        **_COMMON,
        **_STAY,
        "owner": "who is to receipt it: Organization/id",
        "owner:identifier": "who is to receipt it: HSA-id",
        "status": "requested, completed, rejected, cancelled",
        "authored-on": "when it was sent: ge, le, gt, lt, eq",
    },
    _copies,
)
LINES = Search(
    {
        **_COMMON,
        **_STAY,
        "performer": "who is to answer: Organization/id",
        "performer:identifier": "who is to answer: HSA-id",
        "status": "active, completed, on-hold, revoked",
    },
    _lines,
)
