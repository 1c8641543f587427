"""Yeses to apps: what one has let in, and what an app asks for, before one answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.reads import list_represented
from samverka.connections.models import Connection, Launch
from samverka.connections.rules.scopes import parse
from samverka.connections.rules.secrets import digest
from samverka.connections.rules.words import Said, said
from samverka.kernel.actor import Actor
from samverka.people.reads import PersonLine, person_lines


@dataclass(frozen=True, slots=True)
class AppLine:
    """An app that has been let in.

    Attributes:
        person_name: whom it was opened for; "" for nobody in particular.
        by_other: the name of another who said yes for the person; "" when one did it oneself.
    """

    id: UUID
    name: str
    about: str
    maker: str
    said: Said
    person_name: str
    by_other: str
    given_at: datetime
    until: datetime | None
    last_used_at: datetime | None


def my_apps(actor: Actor) -> list[AppLine]:
    """Apps that one has let in, and those that others have let in for persons one acts for; the newest first."""
    with act(actor, Action.APP_READ) as this:
        this.require_permission()
        reached = set(this.reach()) if actor.is_person else set()
        rows = list(_standing(actor, reached))
        persons = person_lines(this, {row.person_id for row in rows if row.person_id})
        for person_id in persons:
            this.note_person(person_id, "Connection")
        if not persons:
            this.note_general("Connection")
        return [_line(row, actor, persons) for row in rows]


def _standing(actor: Actor, reached: set[UUID]) -> QuerySet[Any]:
    holds = Q(ended_at=None) & (Q(until=None) | Q(until__gt=actor.at))
    mine = Q(account_id=actor.id, assignment_id=actor.assignment_id)
    if reached:
        mine |= Q(person_id__in=reached, account__person_id__isnull=False)
    found: QuerySet[Any] = Connection.objects.select_related("client", "account").filter(
        holds, mine
    )
    return found.filter(client__status="active").order_by("-given_at", "id")


def _line(row: Connection, actor: Actor, persons: dict[UUID, PersonLine]) -> AppLine:
    person = persons.get(row.person_id) if row.person_id else None
    account = row.account
    other = account is not None and account.id != actor.id
    return AppLine(
        id=row.id,
        name=row.client.name,
        about=row.client.about,
        maker=row.client.maker,
        said=said(parse(row.scopes)),
        person_name=person.name if person else "",
        by_other=account.name if other and account is not None else "",
        given_at=row.given_at,
        until=row.until,
        last_used_at=row.last_used_at,
    )


def whom_to_open(actor: Actor) -> list[PersonLine]:
    """The persons for whom a person can open an app: oneself first, then those one acts for."""
    reached = list(list_represented(actor))
    with act(actor, Action.APP_READ) as this:
        this.require_permission()
        found = person_lines(this, set(reached))
        for person_id in found:
            this.note_person(person_id, "Connection")
        if not found:
            this.note_general("Connection")
        return [found[one] for one in reached if one in found]


def person_to_open(actor: Actor, *, person_id: UUID) -> PersonLine | None:
    """The person whose page an app was opened from, for one of the staff."""
    with act(actor, Action.APP_READ) as this:
        this.require_permission()
        found = person_lines(this, {person_id}).get(person_id)
        if found is None:
            this.note_general("Connection")
        else:
            this.note_person(person_id, "Connection")
        return found


def launched_person(actor: Actor, *, launch: str) -> UUID | None:
    """Whom a click on "open in app" was about, if it was the reader's own and still holds."""
    mine: dict[str, Any] = {"account_id": actor.id, "assignment_id": actor.assignment_id}
    found = Launch.objects.filter(digest=digest(launch), used_at=None, expires_at__gt=actor.at)
    found = found.filter(**mine)
    with act(actor, Action.APP_READ) as this:
        this.require_permission()
        this.unchanged()  # the person is shown by a read of its own
        person: UUID | None = found.values_list("person_id", flat=True).first()
        return person
