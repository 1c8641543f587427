"""What stands at an address of ours, and every version of it: the one gated read that the API shows resources by."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from samverka.access import gate
from samverka.access.act import NOBODY, Act, act
from samverka.access.actions import Action
from samverka.access.guarded import GatePath
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _
from samverka.resources.models import Resource, Version
from samverka.resources.reads.pointing import Pointers, pointers
from samverka.resources.reads.received import refuse_masked
from samverka.resources.reads.shown import common, is_common
from samverka.resources.rules.keys import CLIENTS, HERE, OWN, addressed
from samverka.resources.rules.readdressing import readdressed
from samverka.resources.rules.splicing import stamped
from samverka.resources.rules.status import Status


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the shelf something lies, and which version; nothing of what it says.

    Attributes:
        nobodys: no care provider holds it (who a person is): only its room shows it, as it is now.
    """

    id: UUID
    source: str
    number: int
    at: datetime
    deleted: bool = False
    nobodys: bool = False

    @property
    def is_own(self) -> bool:
        """A room of ours has made it."""
        return self.source == OWN

    @property
    def is_kept(self) -> bool:
        """A client has written it."""
        return self.source == CLIENTS


def place_of(actor: Actor, *, kind: str, local_id: str) -> Place | None:
    """What lies at `Type/id`: a room's before a client's before what was imported. Shows nothing of it."""
    with act(actor, Action.SHELF_READ) as this:
        this.unchanged()
        ids = addressed(f"{kind}/{local_id}")
        rows = Resource.objects.filter(id__in=ids, kind=kind).exclude(status=Status.WAITING)
        found = {row.id: row for row in rows if (row.source in HERE) == (row.id in ids[:2])}
        row = next((found[one] for one in ids if one in found), None)
        if row is None:
            return None
        gone = row.status == Status.DELETED
        nobodys = row.provider_id is None
        return Place(row.id, row.source, row.version, row.received_at, gone, nobodys)


@dataclass(frozen=True, slots=True)
class Stored:
    """One version as it lies on the shelf, with its own address and version in it.

    Attributes:
        text: b"" where it says that the resource was taken away.
    """

    kind: str
    id: str
    text: bytes
    number: int
    at: datetime

    @property
    def deleted(self) -> bool:
        """This version says that it was taken away."""
        return not self.text


def stored(actor: Actor, *, resource_id: UUID, number: int | None = None) -> Stored:
    """One resource word for word; an older version by its number.

    Raises:
        NotFound: there is none, or the actor may not know of it.
        NotAllowed: the actor may not read it.
    """
    with act(actor, Action.SHELF_READ) as this:
        row = _readable(this, resource_id)
        versions = Version.objects.filter(resource=row, passed_over=False, person_id=row.person_id)
        found = versions.filter(number=number or row.version).first()
        if found is None or not _lets(actor, row, found):
            raise NotFound(_("Den versionen finns inte."))
        if row.person_id is not None:
            this.note(row, version=found.number)
        else:
            this.note_general("Resource", id=str(row.id), kind=row.kind, version=found.number)
        return _stored(row, found, pointers([row]))


def _lets(actor: Actor, row: Resource, found: Version) -> bool:
    """Whether a client's scopes let it have that version: a former one says other things than the one that stands."""
    found.resource = row
    return gate.lets(actor, found, _PART_GATE, reading=True)


def _readable(this: Act, resource_id: UUID) -> Resource:
    rows = Resource.objects.filter(id=resource_id).exclude(status=Status.WAITING)
    row: Resource | None = rows.first()
    if row is not None and row.person_id is not None:
        this.require(row)
        refuse_masked(this, [row])
        return row
    this.require_permission()
    if row is None or not is_common(this.actor, row):
        this.standing(NOBODY)  # as much work as for one who is hidden: time tells nothing
        raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
    return row


def _stored(row: Resource, found: Version, led: Pointers) -> Stored:
    """What was imported has its sender's id and version in it, and names others as the sender does; here it has ours."""
    local_id = row.local_id if row.source in HERE else str(row.id)
    text = found.text.encode()
    if text and row.source not in HERE:
        text = stamped(text, local_id=local_id, version=str(found.number), at=found.received_at)
        text = readdressed(text, led.get(row.pk, ()))
    return Stored(row.kind, local_id, text, found.number, found.received_at)


# ── history ──


@dataclass(frozen=True, slots=True)
class PastWanted:
    """Which versions are asked for; see `web.exchange.Span`.

    Attributes:
        resource_id: of one resource alone.
    """

    kind: str = ""
    resource_id: UUID | None = None
    since: datetime | None = None
    at: tuple[datetime, datetime] | None = None
    limit: int = 50
    after: str = ""


@dataclass(frozen=True, slots=True)
class PastPage:
    """Versions, the newest first. `more`: what came last, if there is more. `total`: of one resource."""

    versions: tuple[Stored, ...]
    more: str = ""
    total: int | None = None


_PART_GATE = cast(GatePath, Version.gate)

_NEWEST_FIRST = ("-received_at", "-id")


def past(actor: Actor, *, wanted: PastWanted) -> PastPage:
    """The versions that the actor may read, the newest first; stable while others write."""
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        if wanted.resource_id is not None:
            _readable(this, wanted.resource_id)
        found = _asked(wanted)
        limit = wanted.limit + 1
        rows = list(this.visible(found).order_by(*_NEWEST_FIRST)[:limit])
        seen = gate.as_let(actor, found, _PART_GATE, reading=True)
        seen = seen.filter(common(actor, part="resource__")).select_related("resource")
        rows += list(seen.order_by(*_NEWEST_FIRST)[:limit])
        rows.sort(key=lambda one: (one.received_at, one.id), reverse=True)
        page, more = rows[: wanted.limit], len(rows) > wanted.limit
        shown = _shown(this, page)
        _note(this, shown)
        led = pointers({one.resource_id: one.resource for one in shown}.values())
        return PastPage(
            tuple(_stored(one.resource, one, led) for one in shown),
            _cursor(page[-1]) if more else "",
            found.count() if _is_counted(actor, wanted) else None,
        )


def _is_counted(actor: Actor, wanted: PastWanted) -> bool:
    """Of one resource, unless a client may have some of its versions only."""
    some = actor.narrowing is not None and actor.narrowing.has_conditions
    return bool(wanted.resource_id and not wanted.after and not some)


def _shown(this: Act, page: Sequence[Version]) -> list[Version]:
    """Those that are decided on one by one; what is about nobody the filter has decided on, but for what it said."""
    passed = {one.pk for one in this.passed([one for one in page if one.person_id is not None])}
    return [
        one
        for one in page
        if (
            one.pk in passed and not this.decide(one).masked
            if one.person_id is not None
            else gate.lets(this.actor, one, _PART_GATE, reading=True)
        )
    ]


def _asked(wanted: PastWanted) -> QuerySet[Any]:
    found: QuerySet[Any] = Version.objects.filter(passed_over=False)
    found = found.exclude(resource__status=Status.WAITING)
    found = found.filter(
        Q(person_id__isnull=True, resource__person_id__isnull=True)
        | Q(person_id=F("resource__person_id"))
    )
    if wanted.resource_id is not None:
        found = found.filter(resource_id=wanted.resource_id)
    elif wanted.kind:
        found = found.filter(resource__kind=wanted.kind)
    if wanted.since is not None:
        found = found.filter(received_at__gte=wanted.since)
    if wanted.at is not None:
        found = _standing_at(found, *wanted.at)
    if wanted.after:
        at, one = _read_cursor(wanted.after)
        found = found.filter(Q(received_at__lt=at) | Q(received_at=at, id__lt=one))
    return found


def _standing_at(found: QuerySet[Any], since: datetime, until: datetime) -> QuerySet[Any]:
    """Those that stood at some time from the first until the second."""
    later = Version.objects.filter(
        resource=OuterRef("resource"),
        number__gt=OuterRef("number"),
        received_at__lte=since,
        passed_over=False,
    )
    return found.filter(received_at__lt=until).exclude(Exists(later))


def _note(this: Act, shown: Sequence[Version]) -> None:
    """One line for each person; what is about nobody in one of its own."""
    resources = {one.resource_id: one.resource for one in shown}
    about = [row for row in resources.values() if row.person_id is not None]
    for row in about:
        this.decide(row)
    this.note_list(about, history=True)


def _cursor(last: Version) -> str:
    return base64.urlsafe_b64encode(f"{last.received_at.isoformat()} {last.id}".encode()).decode()


def _read_cursor(text: str) -> tuple[datetime, int]:
    try:
        at, _blank, one = base64.urlsafe_b64decode(text.encode()).decode().partition(" ")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError
        return moment, int(one)
    except (ValueError, binascii.Error) as problem:
        raise Invalid(
            _("Sidan går inte att läsa. Börja om från början."), where="_after"
        ) from problem
