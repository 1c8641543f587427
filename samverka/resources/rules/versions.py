"""Which text is the current one when the same resource comes again: order of arrival must not decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What becomes of an incoming text."""

    NEW = "new"  # the shelf had nothing by that name
    CHANGED = "changed"  # becomes the current version
    UNCHANGED = "unchanged"  # already there: nothing is written
    OLDER = "older"  # goes into the history behind a newer one
    RIVAL_WON = "rival-won"  # two undated texts in one import: this one stands, the other falls
    RIVAL_LOST = "rival-lost"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one version of a resource from another.

    Attributes:
        version_id: meta.versionId of the source; only whole numbers can be compared.
    """

    digest: bytes
    last_updated: datetime | None = None
    version_id: str = ""


def judge(
    incoming: Stamp, current: Stamp | None, *, same_run: bool, former: Mapping[bytes, bool]
) -> Verdict:
    """Compare an incoming text with what the shelf has.

    Args:
        same_run: the current version came in by the import that is going on.
        former: digests of the versions that are not current; True for one that was passed over
            in the very import that brought it.
    """
    if current is None:
        return Verdict.NEW
    if incoming.digest == current.digest:
        return Verdict.UNCHANGED
    if incoming.digest in former and (former[incoming.digest] or incoming.last_updated):
        return Verdict.UNCHANGED
    if same_run or _comparable(incoming, current):
        return _by_rank(incoming, current)
    return Verdict.CHANGED  # a later import of an undated text: the source has changed it


def _by_rank(incoming: Stamp, current: Stamp) -> Verdict:
    mine, theirs = _rank(incoming), _rank(current)
    if mine != theirs:
        return Verdict.CHANGED if mine > theirs else Verdict.OLDER
    won = incoming.digest > current.digest
    return Verdict.RIVAL_WON if won else Verdict.RIVAL_LOST


def _comparable(one: Stamp, other: Stamp) -> bool:
    dated = one.last_updated is not None and other.last_updated is not None
    return dated and _rank(one) != _rank(other)


def _rank(stamp: Stamp) -> tuple[datetime, int]:
    number = int(stamp.version_id) if stamp.version_id.isdecimal() else -1
    return stamp.last_updated or datetime.min.replace(tzinfo=UTC), number
