"""Those who act for the person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samverka.access import models
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.reads import (
    ProxyDetail,
    proxy_detail,
)
from samverka.access.rules import (
    ProxyKind,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _

PROXY_SCOPES = frozenset({"read", "write"})
GUARDIAN_SCOPES = frozenset({"read", "write", "guardian"})


def grant_proxy(
    actor: Actor,
    *,
    person_id: UUID,
    proxy_person_id: UUID,
    kind: ProxyKind,
    scopes: frozenset[str] = frozenset({"read"}),
    until: datetime | None = None,
    proxy_name: str = "",
) -> ProxyDetail:
    """Let someone act for the person, with a scope and an end. The person can end it at any time."""
    with act(actor, Action.PROXY_GRANT) as this:
        _check_proxy(actor, person_id, proxy_person_id, kind, scopes, until)
        row = models.Proxy(
            person_id=person_id,
            proxy_person_id=proxy_person_id,
            proxy_name=proxy_name.strip(),
            kind=kind,
            scopes=sorted(scopes),
            since=actor.at,
            until=until,
            granted_by=actor.name,
        )
        this.require(row)
        _end_same(row, actor)
        row.save(force_insert=True)
        this.note(row, kind=str(kind), scopes=sorted(scopes))
        return proxy_detail(row)


def _end_same(row: models.Proxy, actor: Actor) -> None:
    """A new scope replaces the old one; the old one stays readable as ended."""
    models.Proxy.objects.current(actor.at).filter(
        person_id=row.person_id, proxy_person_id=row.proxy_person_id, kind=row.kind
    ).update(until=actor.at, ended_by=actor.name)


def _check_proxy(
    actor: Actor,
    person_id: UUID,
    proxy: UUID,
    kind: ProxyKind,
    scopes: frozenset[str],
    until: datetime | None,
) -> None:
    if person_id == proxy:
        raise Invalid(_("Ingen kan vara ombud för sig själv."), where="proxy")
    known = GUARDIAN_SCOPES if kind is ProxyKind.GUARDIAN else PROXY_SCOPES
    if not scopes or not scopes <= known:
        raise Invalid(_("Välj vad ombudet får göra."), where="scopes")
    if until is not None and until <= actor.at:
        raise Invalid(_("Slutdagen måste ligga framåt i tiden."), where="until")
    if actor.is_person and kind is not ProxyKind.REPRESENTATIVE:
        raise NotAllowed(_("Vårdnadshavare och god man registreras av personalen."))


def end_proxy(actor: Actor, *, proxy_id: UUID) -> ProxyDetail:
    """End someone's right to act for the person, at once."""
    with act(actor, Action.PROXY_END) as this:
        row = this.row(models.Proxy.objects, lock=True, id=proxy_id)
        if row.until is not None and row.until <= actor.at:
            raise NotNow(_("Åtkomsten är redan avslutad."))
        row.until, row.ended_by = actor.at, actor.name
        row.save(update_fields=["until", "ended_by"])
        this.note(row)
        return proxy_detail(row)
