"""The basis for invoices on its way: when it may be made, contested, decided and sent. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from samverka.discharge.rules.liability import Period
from samverka.discharge.rules.liability.terms import LAW_FROM
from samverka.discharge.rules.sending import text_of
from samverka.kernel.actor import Side
from samverka.kernel.calendar import said_date
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

CODE = 4
"""Digits of a municipality's code."""
REASON = 2000
"""Characters of an objection, and of the decision on it."""
FIRST_YEAR, LAST_YEAR = 2018, 2099
"""Years for which a county may enter an amount."""
MOST_KRONOR = 100_000
"""A day that costs more is a slip of the pen (kronor); practice."""


class BasisStatus(StrEnum):
    """How far a basis has come. The codes are stored."""

    DRAFT = "draft"  # reckoned, may be reckoned again
    LOCKED = "locked"  # sent: never changed


BASIS_WORDS: dict[BasisStatus, Text] = {
    BasisStatus.DRAFT: _("Utkast"),
    BasisStatus.LOCKED: _("Skickat"),
}


@dataclass(frozen=True, slots=True)
class Parted:
    """A snapshot in two: what names no stay, and each stay's own part by its id."""

    whole: dict[str, Any]
    stays: dict[str, dict[str, Any]]


def part_snapshot(snapshot: Mapping[str, Any]) -> Parted:
    """Take apart a snapshot, so that what belongs to one person can be kept with that person."""
    result = snapshot["result"]
    bases = [dict(one) for one in result["bases"]]
    stays: dict[str, dict[str, Any]] = {
        facts["stay_id"]: {
            "facts": facts,
            "result": {"verdict": verdict, "line": None, "in": False},
        }
        for facts, verdict in zip(snapshot["facts"], result["stays"], strict=True)
    }
    for basis in bases:
        for line in basis.pop("individual"):
            stays[line["stay_id"]]["result"]["line"] = line
        average = basis["average"]
        if average is not None:
            for stay_id in average["stays"]:
                stays[stay_id]["result"]["in"] = True
            basis["average"] = {key: one for key, one in average.items() if key != "stays"}
    whole = {key: one for key, one in snapshot.items() if key not in ("facts", "result")}
    return Parted(whole | {"result": {"sums": result["sums"], "bases": bases}}, stays)


def join_snapshot(whole: Mapping[str, Any], stays: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Put a snapshot of one municipality together again.

    Args:
        stays: each stay's own part, in the order in which they were settled.
    """
    parts = list(stays)
    lines = [one["result"]["line"] for one in parts if one["result"]["line"] is not None]
    within = sorted(one["facts"]["stay_id"] for one in parts if one["result"]["in"])
    bases = []
    for basis in whole["result"]["bases"]:
        average = basis["average"]
        joined = None if average is None else average | {"stays": within}
        bases.append(basis | {"average": joined, "individual": lines})
    result = {
        "sums": whole["result"]["sums"],
        "bases": bases,
        "stays": [one["result"]["verdict"] for one in parts],
    }
    return {**whole, "facts": [one["facts"] for one in parts], "result": result}


# ── who may do what, when ──


def check_region(side: Side) -> None:
    """Raises NotAllowed for others than the region: it is the region that asks to be paid."""
    if side is not Side.REGION:
        raise NotAllowed(_("Bara regionen gör underlag, beslutar om invändningar och skickar."))


def check_code(code: str) -> None:
    """Raises Invalid unless it can be a municipality's code."""
    if len(code) != CODE or not (code.isascii() and code.isdigit()):
        raise Invalid(
            _("En kommunkod har fyra siffror."),
            where="municipality",
            mend=_("Välj kommunen i listan."),
        )


def check_period(period: Period, today: date) -> None:
    """Raises NotNow for a period before the law, or one that has not begun."""
    if period.first < LAW_FROM:
        raise NotNow(_("Lagen gäller från %(day)s.", day=said_date(LAW_FROM)), where="month")
    if period.first > today:
        raise NotNow(_("Månaden har inte börjat än."), where="month")


def check_sending(status: BasisStatus, period: Period, today: date, waiting: int) -> None:
    """Whether a basis may be sent.

    Args:
        waiting: objections that nobody has decided on.

    Raises:
        NotNow: it has been sent, the period is not over, or an objection waits.
    """
    if status is BasisStatus.LOCKED:
        raise NotNow(_("Underlaget är redan skickat."))
    if today <= period.last:
        raise NotNow(
            _("Perioden är inte slut förrän %(day)s.", day=said_date(period.last)),
            mend=_("Skicka när alla dygn är kända."),
        )
    if waiting:
        raise NotNow(
            _("Kommunen har bestridit ärenden som ingen har beslutat om: %(many)d.", many=waiting),
            mend=_("Besluta om dem först."),
        )


def check_words(words: str, where: str, most: int = REASON) -> str:
    """What was written, trimmed.

    Args:
        most: characters.

    Raises:
        Invalid: nothing was written, or too much.
    """
    found = text_of(words, where, most)
    if not found:
        raise Invalid(_("Skriv varför."), where=where, mend=_("En mening räcker."))
    return found


def check_rate(year: int, kronor: object, source: str) -> None:
    """Raises Invalid for an amount that cannot be true, or without a source."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(
            _("Året ska vara mellan %(first)d och %(last)d.", first=FIRST_YEAR, last=LAST_YEAR),
            where="year",
        )
    if not isinstance(kronor, int) or not 0 < kronor <= MOST_KRONOR:
        raise Invalid(
            _("Beloppet ska vara hela kronor, mellan 1 och %(most)d.", most=MOST_KRONOR),
            where="kronor",
        )
    if not source.strip():
        raise Invalid(
            _("Skriv var beloppet står."),
            where="source",
            mend=_("Till exempel föreskriftens nummer, HSLF-FS."),
        )


# ── hindrances ──


def check_hindrance(
    first: date, last: date | None, *, admitted: date, home: date | None, today: date
) -> None:
    """Whether a hindrance can have been then (LUS 5:5).

    Raises:
        Invalid: it lies outside the stay, or in time to come, or ends before it begins.
    """
    if first < admitted or (home is not None and first > home):
        raise Invalid(
            _("Hindret ligger utanför vårdtillfället."),
            where="first",
            mend=_("Skriv en dag då personen var inskriven."),
        )
    if first > today:
        raise Invalid(_("Hindret ligger i framtiden."), where="first")
    if last is not None and last < first:
        raise Invalid(_("Hindret slutar innan det börjar. Rätta dagarna."), where="last")
    if last is not None and last > today:
        raise Invalid(
            _("Hindrets sista dag ligger i framtiden."),
            where="last",
            mend=_("Lämna den tom så länge hindret finns kvar."),
        )
