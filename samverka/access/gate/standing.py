"""What holds between a reader and persons, asked of the database in a fixed number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samverka.access import models, rules
from samverka.access.rules import (
    BlockKind,
    Capacity,
    Ground,
    OpeningKind,
    Protection,
    ProxyKind,
    Standing,
)
from samverka.audit.trip import Call, Row, Statement, array, trip
from samverka.kernel.actor import Actor, ActorKind
from samverka.kernel.calendar import local
from samverka.kernel.identity import age


@dataclass(slots=True)
class _Found:
    """Rows about one person, gathered before the `Standing` is made."""

    relations: list[rules.Relation] = field(default_factory=list)
    consent: bool = False
    blocks: list[rules.Block] = field(default_factory=list)
    openings: list[tuple[str, UUID | None]] = field(default_factory=list)
    granted: list[UUID] = field(default_factory=list)
    lawful: list[UUID] = field(default_factory=list)
    disclosed: list[UUID] = field(default_factory=list)
    kept: list[UUID] = field(default_factory=list)
    subject: Mapping[str, Any] = field(default_factory=dict)
    proxy: rules.Proxy | None = None


def standings(actor: Actor, persons: Iterable[UUID], ages: rules.AgeLimits) -> dict[UUID, Standing]:
    """What holds between the actor and each of the persons: a fixed number of queries."""
    wanted = list(dict.fromkeys(persons))
    found: dict[UUID, _Found] = defaultdict(_Found)
    if actor.kind is ActorKind.STAFF:
        _add_staff(found, actor, wanted)
    else:
        _add_subjects(found, wanted)
    if actor.kind is ActorKind.PERSON:
        _add_proxies(found, actor)
    return {person: _standing(person, found[person], actor, ages) for person in wanted}


def _standing(person: UUID, found: _Found, actor: Actor, ages: rules.AgeLimits) -> Standing:
    subject = found.subject
    born = subject.get("birth_date")
    kinds = {kind for kind, _unit in found.openings}
    return Standing(
        person_id=person,
        relations=tuple(found.relations),
        consent=found.consent,
        blocks=tuple(found.blocks),
        choice=OpeningKind.CHOICE in kinds,
        emergency=OpeningKind.EMERGENCY in kinds,
        lifted_units=frozenset(
            unit for kind, unit in found.openings if kind == OpeningKind.LIFT and unit
        ),
        granted=frozenset(found.granted),
        lawful=frozenset(found.lawful),
        disclosed=frozenset(found.disclosed),
        kept=frozenset(found.kept),
        capacity=Capacity(subject.get("capacity", Capacity.CAPABLE)),
        attitude_known=bool(subject.get("attitude_known")),
        age=_age(born, local(actor.at).date()),
        protection=Protection(subject.get("protection", Protection.NONE)),
        proxy=found.proxy,
        ages=ages,
    )


def _age(born: date | None, today: date) -> int | None:
    return age(born, today) if born and born <= today else None


def _add_subjects(found: dict[UUID, _Found], persons: list[UUID]) -> None:
    rows = models.Subject.objects.filter(person_id__in=persons).values(
        "person_id", "birth_date", "protection", "capacity", "attitude_known"
    )
    for row in rows:
        found[row["person_id"]].subject = row


_STAFF_SQL = """
SELECT person_id, 'subject' AS what, json_build_object(
         'birth_date', birth_date, 'protection', protection,
         'capacity', capacity, 'attitude_known', attitude_known)::text AS kind,
       NULL::uuid AS unit_id, NULL::uuid AS provider_id
  FROM access_subject
 WHERE person_id = ANY($1::uuid[])
UNION ALL
SELECT person_id, 'relation' AS what, kind, unit_id, provider_id
  FROM access_relation
 WHERE person_id = ANY($1::uuid[]) AND provider_id = $2
   AND since <= $5 AND (until IS NULL OR until > $5)
UNION ALL
SELECT person_id, 'consent', kind, NULL, NULL
  FROM access_consent
 WHERE person_id = ANY($1::uuid[]) AND kind = 'svod' AND $2 = ANY(reader_providers)
   AND since <= $5 AND (until IS NULL OR until > $5) AND withdrawn_at IS NULL
UNION ALL
SELECT person_id, 'block', kind, unit_id, provider_id
  FROM access_block
 WHERE person_id = ANY($1::uuid[]) AND since <= $5 AND (until IS NULL OR until > $5)
UNION ALL
SELECT person_id, 'opening', kind, target_unit_id, NULL
  FROM access_opening
 WHERE person_id = ANY($1::uuid[]) AND account_id = $4 AND unit_id = $3
   AND since <= $5 AND until > $5
UNION ALL
SELECT person_id, CASE WHEN section = '' THEN 'granted' ELSE 'lawful' END, '', object_id, NULL
  FROM access_grant
 WHERE person_id = ANY($1::uuid[]) AND unit_id = $3 AND provider_id = $2
   AND since <= $5 AND (until IS NULL OR until > $5)
UNION ALL
SELECT given.person_id,
       CASE WHEN bool_or(given.stopped_at IS NULL AND consent.id IS NOT NULL)
            THEN 'disclosed' ELSE 'kept' END, '', given.object_id, NULL
  FROM access_disclosure given
  LEFT JOIN access_consent consent
    ON consent.id = given.consent_id AND consent.withdrawn_at IS NULL
   AND consent.since <= $5 AND (consent.until IS NULL OR consent.until > $5)
 WHERE given.person_id = ANY($1::uuid[]) AND given.provider_id = $2
 GROUP BY given.person_id, given.object_id
"""
"""One question for all that staff's standing needs: six would eat half of a page's query budget."""


def _add_staff(found: dict[UUID, _Found], actor: Actor, persons: list[UUID]) -> None:
    [rows] = trip(asked(actor, persons))
    _gather(found, rows)


def asked(actor: Actor, persons: Iterable[UUID]) -> Call:
    """The question of what holds between one of the staff and the persons, to be sent along with others."""
    return Call(_STAFF, (array(persons), *_reader(actor)))


def told(
    actor: Actor, persons: Iterable[UUID], rows: Iterable[Row], ages: rules.AgeLimits
) -> dict[UUID, Standing]:
    """What `asked` was answered."""
    found: dict[UUID, _Found] = defaultdict(_Found)
    _gather(found, rows)
    return {person: _standing(person, found[person], actor, ages) for person in persons}


def _gather(found: dict[UUID, _Found], rows: Iterable[Row]) -> None:
    for person, what, kind, unit, provider in rows:
        about = found[UUID(person)]
        if what == "subject":
            about.subject = _subject(json.loads(kind or "{}"))
        else:
            _place(about, what or "", kind or "", _uuid(unit), _uuid(provider))


def _reader(actor: Actor) -> tuple[UUID | datetime | None, ...]:
    return actor.provider_id, actor.unit_id, actor.id, actor.at


_STAFF = Statement("samverka_standing", _STAFF_SQL)


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _subject(told: dict[str, Any]) -> dict[str, Any]:
    """The row as JSON has it → as the database has it: a day is a day."""
    born = told["birth_date"]
    return told | {"birth_date": date.fromisoformat(born) if born else None}


def _place(found: _Found, what: str, kind: str, unit: UUID | None, provider: UUID | None) -> None:
    match what:
        case "relation" if unit is not None:
            found.relations.append(rules.Relation(unit, rules.RelationKind(kind)))
        case "consent":
            found.consent = True
        case "block" if provider is not None:
            found.blocks.append(rules.Block(BlockKind(kind), provider, unit))
        case "opening":
            found.openings.append((kind, unit))
        case "granted" | "lawful" if unit is not None:
            getattr(found, what).append(unit)
        case "disclosed" if unit is not None:
            found.disclosed.append(unit)
            found.kept.append(unit)
        case "kept" if unit is not None:
            found.kept.append(unit)


def _add_proxies(found: dict[UUID, _Found], actor: Actor) -> None:
    rows = models.Proxy.objects.current(actor.at).filter(proxy_person_id=actor.person_id)
    for row in rows.order_by("kind"):  # guardian before representative before trustee
        made = rules.Proxy(
            ProxyKind(row.kind), frozenset(row.scopes), withheld=bool(row.withheld_reason)
        )
        best = found[row.person_id].proxy
        found[row.person_id].proxy = _stronger(best, made)


def _stronger(one: rules.Proxy | None, other: rules.Proxy) -> rules.Proxy:
    """A guardian of a teenager may also be the teenager's chosen representative: that one counts."""
    if one is None:
        return other
    if one.withheld or other.withheld:
        return one if one.withheld else other
    return other if one.kind is ProxyKind.GUARDIAN else one


def reachable_persons(actor: Actor, scope: str | None, ages: rules.AgeLimits) -> dict[UUID, Ground]:
    """The persons whose records a person may reach: oneself and those one acts for."""
    return reached(actor, scope, own_standings(actor, ages))


def own_standings(actor: Actor, ages: rules.AgeLimits) -> dict[UUID, Standing]:
    """What holds between a person and oneself and all whom the person acts for: two queries."""
    found: dict[UUID, _Found] = defaultdict(_Found)
    _add_proxies(found, actor)
    persons = [*found, actor.person_id] if actor.person_id else list(found)
    _add_subjects(found, persons)
    return {person: _standing(person, found[person], actor, ages) for person in persons}


def reached(
    actor: Actor, scope: str | None, standings: Mapping[UUID, Standing]
) -> dict[UUID, Ground]:
    """Which of the persons' records a person may reach with the scope, and on what ground."""
    grounds = {
        person: _person_ground(actor, person, scope, standing)
        for person, standing in standings.items()
    }
    return {person: ground for person, ground in grounds.items() if ground}


def _person_ground(
    actor: Actor, person: UUID, scope: str | None, standing: Standing
) -> Ground | None:
    if person == actor.person_id:
        own = rules.own_access(standing.age, standing.ages)
        return own if isinstance(own, Ground) else None
    ground = rules.proxy_access(standing.proxy, standing.age, standing.ages)
    if not isinstance(ground, Ground) or standing.proxy is None or scope is None:
        return None
    return ground if scope in standing.proxy.scopes else None
