"""The gate as a filter and the gate on one record say the same, in any world; and nothing leaks."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid5

import pytest
from django.db import connection, connections, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.access import gate, rules
from samverka.access import models as rows
from samverka.access.act import set_row_security
from samverka.access.actions import ACTIONS, Action, Reach
from samverka.access.guarded import GatePath, current_act
from samverka.access.roles import PERSON_PERMISSIONS, ROLES, Role
from samverka.access.rules import (
    AgeLimits,
    BlockKind,
    Capacity,
    ConsentForm,
    ConsentKind,
    OpeningKind,
    ProxyKind,
    RelationKind,
)
from samverka.kernel.actor import Actor, ActorKind, Branch, Purpose, Side

NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
AGES = AgeLimits()


def ident(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


PERSONS = [ident(f"person{n}") for n in range(3)]
BRANCHES = [Branch.HEALTH, Branch.HEALTH, Branch.SOCIAL, Branch.IFO, Branch.SCHOOL_HEALTH]
PROVIDERS = [ident(f"provider{n}") for n in range(len(BRANCHES))]
UNITS = {p: [ident(f"{p}unit{n}") for n in range(2)] for p in PROVIDERS}
ACCOUNT = ident("account")
READING = [Action.PLAN_READ, Action.PLAN_EDIT, Action.PLAN_SHARE, Action.CONTRACT_READ]


class Pretended(models.Model):
    """A row of a made-up room; its table is made by the fixture."""

    gate: ClassVar[GatePath]
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True


class Thing(Pretended):  # noqa: DJ008 (only for these tests)
    """A record of a made-up room, only for these tests."""

    gate = GatePath()
    id = models.UUIDField(primary_key=True)
    person_id = models.UUIDField()
    provider_id = models.UUIDField()
    unit_id = models.UUIDField()
    branch = models.CharField(max_length=16)
    published = models.BooleanField()
    not_for_patient = models.BooleanField()

    class Meta:
        app_label = "access"
        managed = False
        db_table = "test_thing"


class Bit(Pretended):  # noqa: DJ008 (only for these tests)
    """A part of such a record, only for these tests."""

    gate = GatePath.through("thing")
    id = models.UUIDField(primary_key=True)
    thing = models.ForeignKey(Thing, on_delete=models.PROTECT)

    class Meta:
        app_label = "access"
        managed = False
        db_table = "test_bit"


class Common(Thing):  # noqa: DJ008 (only for these tests)
    """The same record, where some branches' are only read as they were disclosed."""

    gate = GatePath(handed=("branch", frozenset({Branch.HEALTH.value})))

    class Meta:
        proxy = True
        app_label = "access"


class CommonBit(Bit):  # noqa: DJ008 (only for these tests)
    """A part of that."""

    gate = GatePath.through("thing", ("branch", frozenset({Branch.HEALTH.value})))

    class Meta:
        proxy = True
        app_label = "access"


class Card(Pretended):  # noqa: DJ008 (only for these tests)
    """Directory data of a made-up room, only for these tests."""

    gate = GatePath.directory("id")
    id = models.UUIDField(primary_key=True)

    class Meta:
        app_label = "access"
        managed = False
        db_table = "test_card"


@dataclass
class Pretend:
    """Stands for an act while a test furnishes the house."""

    writes: bool = True
    action: str = "test"


@pytest.fixture(scope="module")
def tables(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The application's role may not make tables: the owner does, for this module."""
    made = (
        """CREATE TABLE test_thing (id uuid primary key, person_id uuid, provider_id uuid,
        unit_id uuid, branch text, published bool, not_for_patient bool)""",
        "CREATE TABLE test_card (id uuid primary key)",
        "CREATE TABLE test_bit (id uuid primary key, thing_id uuid)",
        "GRANT SELECT, INSERT ON test_thing, test_card, test_bit TO PUBLIC",
    )
    with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:  # type: ignore[attr-defined]
        for statement in made:
            cursor.execute(statement)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with connections["owner"].cursor() as cursor:
            cursor.execute("DROP TABLE test_thing, test_card, test_bit")
        connections["owner"].close()


@pytest.fixture
def things(tables: None, db: None) -> None:
    number = itertools.count()
    with connection.cursor() as cursor:
        for person in PERSONS:
            cursor.execute("INSERT INTO test_card VALUES (%s)", [person])
        for person, (provider, branch) in itertools.product(
            PERSONS, zip(PROVIDERS, BRANCHES, strict=True)
        ):
            for unit, published, hidden in itertools.product(
                UNITS[provider], (True, False), (True, False)
            ):
                cursor.execute(
                    "INSERT INTO test_thing VALUES (%s,%s,%s,%s,%s,%s,%s)",
                    [ident(f"t{next(number)}"), person, provider, unit, branch, published, hidden],
                )
        cursor.execute("INSERT INTO test_bit SELECT id, id FROM test_thing")


def build_world(seed: int) -> Actor:
    """A random world and a reader in it, from one number."""
    dice = random.Random(seed)
    token = current_act.set(Pretend())  # type: ignore[arg-type]
    try:
        for model in (rows.Relation, rows.Consent, rows.Block, rows.Opening, rows.Disclosure,
                      rows.Grant, rows.Proxy, rows.Subject):  # fmt: skip
            model.objects.all().delete()
        actor = make_reader(dice)
        for person in PERSONS:
            furnish(dice, person, actor)
        return actor
    finally:
        current_act.reset(token)


def make_reader(dice: random.Random) -> Actor:
    if dice.random() < 0.3:
        return Actor(
            kind=ActorKind.PERSON, id=ACCOUNT, name="P", at=NOW, side=Side.PERSON,
            person_id=dice.choice([*PERSONS, ident("outsider")]),
            permissions=PERSON_PERMISSIONS, purpose=Purpose.PATIENT_REQUEST,
        )  # fmt: skip
    index = dice.randrange(len(PROVIDERS))
    role = dice.choice([Role.CARE, Role.SOCIAL, Role.CARE_SUPPORT, Role.BLOCK_OFFICER, Role.CARE])
    return Actor(
        kind=ActorKind.STAFF, id=ACCOUNT, name="S", at=NOW, side=Side.REGION,
        provider_id=PROVIDERS[index], unit_id=dice.choice(UNITS[PROVIDERS[index]]),
        branch=BRANCHES[index], permissions=ROLES[role],
    )  # fmt: skip


def span(dice: random.Random) -> dict[str, datetime | None]:
    """A time that holds now, has ended, or has not begun."""
    return dice.choice(
        [
            {"since": NOW - HOUR, "until": None},
            {"since": NOW - HOUR, "until": NOW + HOUR},
            {"since": NOW - 2 * HOUR, "until": NOW - HOUR},
            {"since": NOW - HOUR, "until": NOW},
            {"since": NOW + HOUR, "until": NOW + 2 * HOUR},
        ]
    )


def furnish(dice: random.Random, person: UUID, actor: Actor) -> None:  # noqa: C901 (a world in one place)
    born = dice.choice([None, date(1940, 2, 29), date(2008, 11, 20), date(2008, 11, 21),
                        date(2013, 11, 20), date(2013, 11, 21), date(2020, 1, 1)])  # fmt: skip
    rows.Subject(
        person_id=person, birth_date=born, capacity=dice.choice(list(Capacity)),
        attitude_known=dice.random() < 0.7,
    ).save()  # fmt: skip
    units = [(p, u) for p in PROVIDERS for u in UNITS[p]]
    mine = [(actor.provider_id, actor.unit_id)] if actor.is_staff else []
    for provider, unit in dice.sample(units, 4) + mine * dice.choice([0, 1, 1]):
        kind = dice.choice(list(RelationKind))
        if not rows.Relation.objects.filter(person_id=person, unit_id=unit, kind=kind).exists():
            rows.Relation(
                person_id=person, provider_id=provider, unit_id=unit, kind=kind, **span(dice)
            ).save()
    for consent in ConsentKind:
        if dice.random() < 0.5:
            rows.Consent(
                person_id=person, kind=consent, reader_providers=dice.sample(PROVIDERS, 3),
                form=ConsentForm.ORAL, given_by="P", taken_by="S",
                withdrawn_at=dice.choice([None, None, NOW]), withdrawn_by="P", **span(dice),
            ).save()  # fmt: skip
    blocking = {*dice.sample(PROVIDERS, 2), actor.provider_id or PROVIDERS[0]}
    for provider in sorted(blocking):
        block = dice.choice(list(BlockKind))
        unit = dice.choice(UNITS[provider])
        whole = block is BlockKind.OUTER and dice.random() < 0.5
        rows.Block(
            person_id=person, kind=block, provider_id=provider,
            unit_id=None if whole else unit, asked_by="P", **span(dice),
        ).save()  # fmt: skip
    for opening in OpeningKind:
        when = span(dice)
        if dice.random() < 0.5 and actor.is_staff:
            rows.Opening(
                kind=opening, person_id=person, reason="because of danger",
                account_id=dice.choice([ACCOUNT, ACCOUNT, ident("other")]),
                unit_id=actor.unit_id, target_unit_id=dice.choice(UNITS[actor.provider_id]),
                since=when["since"], until=when["until"] or NOW + HOUR,
            ).save()  # fmt: skip
    if actor.is_staff:
        things = list(Thing.objects.filter(person_id=person))
        consents = [*rows.Consent.objects.filter(person_id=person), None]
        for thing, version in itertools.product(dice.sample(things, 8), (1, 2)):
            consent = dice.choice(consents)
            receiver = dice.choice([actor.provider_id, PROVIDERS[0]])
            rows.Disclosure(
                person_id=person, object_id=thing.id, object_type="Thing", version=version,
                through=version, digest="", provider_id=receiver,
                consent_id=consent.id if consent else ident("c"),
                at=NOW, by="S", stopped_at=dice.choice([None, None, NOW]),
            ).save()  # fmt: skip
        for thing in dice.sample(things, 8):
            rows.Grant(
                person_id=person, object_id=thing.id, object_type="Thing", reason="party",
                section=dice.choice(["", "", "2 kap. 1 §"]),
                provider_id=dice.choice([actor.provider_id, PROVIDERS[0]]),
                unit_id=dice.choice([actor.unit_id, UNITS[PROVIDERS[0]][0]]), **span(dice),
            ).save()  # fmt: skip
    if actor.is_person and actor.person_id != person and dice.random() < 0.7:
        for proxy in dice.sample(list(ProxyKind), dice.choice([1, 2])):
            rows.Proxy(
                person_id=person, proxy_person_id=actor.person_id, kind=proxy,
                scopes=dice.choice([["read"], ["write"], ["read", "write"], []]),
                withheld_reason=dice.choice(["", "", "harm"]), granted_by="P", **span(dice),
            ).save()  # fmt: skip


WIDE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.django_db
@pytest.mark.parametrize("action", READING)
@WIDE
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_filter_and_single_check_agree(things: None, action: Action, seed: int) -> None:
    set_row_security(_system())
    actor = build_world(seed)
    spec = ACTIONS[action]
    for model in (Thing, Bit, Common, CommonBit, Card):
        everything = list(model.objects.select_related(*model.gate.joins))
        seen = {row.pk for row in gate.visible(actor, spec, model.objects.all(), AGES)}
        standing = gate.standings(actor, PERSONS, AGES)
        allowed = {
            row.pk
            for row in everything
            if rules.decide(
                spec, actor, model.gate.holding(row), standing[model.gate.holding(row).person_id]
            ).allowed
        }
        assert seen == allowed, (seed, actor, seen ^ allowed)


@pytest.mark.django_db
@WIDE
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_no_leak(things: None, seed: int) -> None:
    """What the law says flatly, checked from the other end, without the decision's own words."""
    set_row_security(_system())
    actor = build_world(seed)
    seen = list(gate.visible(actor, ACTIONS[Action.PLAN_READ], Thing.objects.all(), AGES))
    outer = rows.Block.objects.current(NOW).filter(kind=BlockKind.OUTER)
    related = set(
        rows.Relation.objects.current(NOW)
        .filter(unit_id=actor.unit_id)
        .values_list("person_id", flat=True)
    )
    given_out = set(
        rows.Disclosure.objects.filter(provider_id=actor.provider_id).values_list(
            "object_id", flat=True
        )
    )
    lawful = set(_by_law(actor).values_list("object_id", flat=True))
    for thing in seen:
        if actor.is_person:
            assert not thing.not_for_patient
            continue
        if not actor.permissions & rules.OFFICE_PERMISSIONS:
            assert thing.person_id in related
        if thing.provider_id == actor.provider_id or thing.id in given_out | lawful:
            continue
        assert thing.published
        assert thing.branch != Branch.IFO
        assert actor.branch != Branch.IFO
        assert not outer.filter(
            person_id=thing.person_id, provider_id=thing.provider_id, unit_id=thing.unit_id
        ).exists()
        assert not outer.filter(
            person_id=thing.person_id, provider_id=thing.provider_id, unit_id=None
        ).exists()


@pytest.mark.django_db
@WIDE
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_a_kept_copy_is_only_read_and_tells_nothing_newer(things: None, seed: int) -> None:
    """What was given stays with the receiver; nothing is written in it, and its parts are not opened."""
    set_row_security(_system())
    actor = build_world(seed)
    if not actor.is_staff:
        return
    holding = rows.Consent.objects.current(NOW).filter(withdrawn_at__isnull=True)
    given_now = rows.Disclosure.objects.filter(
        provider_id=actor.provider_id, stopped_at=None, consent_id__in=holding.values("id")
    )
    live = set(given_now.values_list("object_id", flat=True))
    live |= set(_by_law(actor).values_list("object_id", flat=True))
    for thing in gate.visible(actor, ACTIONS[Action.PLAN_EDIT], Thing.objects.all(), AGES):
        assert thing.provider_id == actor.provider_id or thing.id in live
    standing = gate.standings(actor, PERSONS, AGES)
    bits = gate.visible(actor, ACTIONS[Action.PLAN_READ], Bit.objects.all(), AGES)
    for bit in bits.select_related("thing"):
        if bit.thing.provider_id == actor.provider_id or bit.thing.id in live:
            continue
        whole = Thing.gate.holding(bit.thing)
        bare = replace(standing[whole.person_id], disclosed=frozenset(), kept=frozenset())
        assert rules.decide(ACTIONS[Action.PLAN_READ], actor, whole, bare).allowed


@pytest.mark.django_db
@WIDE
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_a_unit_that_takes_part_passes_no_block_and_no_branch(things: None, seed: int) -> None:
    """PDL 4:4; OSL 26:1. A grant opens one record, of the own provider, and nothing of IFO's."""
    set_row_security(_system())
    actor = build_world(seed)
    spec, standing = ACTIONS[Action.PLAN_READ], gate.standings(actor, PERSONS, AGES)
    for thing in Thing.objects.all():
        found = rules.decide(spec, actor, Thing.gate.holding(thing), standing[thing.person_id])
        if found.ground is not rules.Ground.TAKES_PART:
            continue
        assert thing.branch != Branch.IFO
        assert rows.Grant.objects.current(NOW).filter(
            object_id=thing.id, unit_id=actor.unit_id, provider_id=thing.provider_id
        ).exists()  # fmt: skip
        assert not rows.Block.objects.current(NOW).filter(
            kind=BlockKind.INNER, person_id=thing.person_id, unit_id=thing.unit_id
        ).exists()  # fmt: skip


def _by_law(actor: Actor) -> Any:
    """What the law says that the reader's own unit is to have now (OSL 10:28)."""
    return (
        rows.Grant.objects.current(NOW)
        .filter(unit_id=actor.unit_id, provider_id=actor.provider_id)
        .exclude(section="")
    )


@pytest.mark.django_db
@WIDE
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_what_is_given_by_law_reaches_its_unit_and_no_other(things: None, seed: int) -> None:
    """OSL 10:28: the law's own line, standing now, for this unit; the unit knows of the person."""
    set_row_security(_system())
    actor = build_world(seed)
    spec, standing = ACTIONS[Action.PLAN_READ], gate.standings(actor, PERSONS, AGES)
    given_now = set(_by_law(actor).values_list("object_id", flat=True)) if actor.unit_id else set()
    for thing in Thing.objects.all():
        found = rules.decide(spec, actor, Thing.gate.holding(thing), standing[thing.person_id])
        assert (found.ground is rules.Ground.BY_LAW) <= (thing.id in given_now)
        if thing.id in given_now and rules.knows(actor, standing[thing.person_id]):
            assert found.ground in (rules.Ground.BY_LAW, None)
            assert found.allowed or found.refusal is rules.Refusal.NO_PERMISSION
        share = rules.decide(
            ACTIONS[Action.PLAN_SHARE], actor, Thing.gate.holding(thing), standing[thing.person_id]
        )
        assert share.ground is not rules.Ground.BY_LAW


@pytest.mark.django_db
def test_the_random_worlds_are_worth_something(things: None) -> None:
    """Every ground that the law gives is met, so agreement is not agreement on nothing."""
    set_row_security(_system())
    met: set[str] = set()
    for seed in range(300):
        actor = build_world(seed)
        standing = gate.standings(actor, PERSONS, AGES)
        for thing in Thing.objects.all():
            holding = Thing.gate.holding(thing)
            decision = rules.decide(
                ACTIONS[Action.PLAN_READ], actor, holding, standing[holding.person_id]
            )
            met.add(str(decision.ground or decision.refusal))
    wanted = {str(ground) for ground in rules.Ground} - {"office", "system"}
    assert wanted <= met, wanted - met
    assert {"ifo", "outer-block", "inner-block", "needs-choice", "no-consent", "child-age"} <= met


def _system() -> Actor:
    return Actor(kind=ActorKind.SYSTEM, id=ident("system"), name="", at=NOW, side=Side.SYSTEM)


def test_reach_is_never_wider_for_changes() -> None:
    assert all(
        spec.reach is not Reach.LAWFUL for spec in ACTIONS.values() if spec.mode.value != "R"
    )
