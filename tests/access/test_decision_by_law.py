"""The gate's decision, by section of law: worked examples in a table, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest

from samverka.access.actions import ACTIONS, Action
from samverka.access.roles import PERSON_PERMISSIONS, ROLES, Role
from samverka.access.rules import (
    AgeLimits,
    Block,
    BlockKind,
    Capacity,
    Decision,
    Ground,
    Holding,
    Protection,
    Proxy,
    ProxyKind,
    Refusal,
    Relation,
    RelationKind,
    Standing,
    birth_date_limit,
    decide,
    refusal_words,
)
from samverka.kernel.actor import Actor, ActorKind, Branch, Side
from tests.factories.cast import NOW


def ident(name: str) -> UUID:
    return uuid5(UUID(int=1), name)


PERSON, OTHER_PERSON = ident("person"), ident("other person")
REGION, KOMMUN_HEALTH, KOMMUN_SOCIAL, IFO = (ident(n) for n in ("region", "kh", "ks", "ifo"))
OWN, OTHER_UNIT = ident("own unit"), ident("other unit")
READ, EDIT = ACTIONS[Action.PLAN_READ], ACTIONS[Action.PLAN_EDIT]

CARE, SOCIAL = RelationKind.CARE, RelationKind.SOCIAL_SERVICE


def reader(
    branch: Branch = Branch.HEALTH, provider: UUID = REGION, role: Role = Role.CARE
) -> Actor:
    return Actor(
        kind=ActorKind.STAFF, id=ident("account"), name="", at=NOW, side=Side.REGION,
        unit_id=OWN, provider_id=provider, branch=branch, permissions=ROLES[role],
    )  # fmt: skip


HEALTH_READER = reader()
SOCIAL_READER = reader(Branch.SOCIAL, KOMMUN_SOCIAL, Role.SOCIAL)
IFO_READER = reader(Branch.IFO, IFO, Role.SOCIAL)


def held(provider: UUID, branch: Branch, unit: UUID = OTHER_UNIT, **more: object) -> Holding:
    return Holding(
        person_id=PERSON, provider_id=provider, unit_id=unit, branch=branch,
        object_id=ident("record"), **more,  # type: ignore[arg-type]
    )  # fmt: skip


MUNICIPAL_CARE = held(KOMMUN_HEALTH, Branch.HEALTH)
MUNICIPAL_SOCIAL = held(KOMMUN_SOCIAL, Branch.SOCIAL)
REGION_CARE = held(REGION, Branch.HEALTH)
OWN_CARE = held(REGION, Branch.HEALTH, OWN)
IFO_RECORD = held(IFO, Branch.IFO)


def standing(*kinds: RelationKind, **more: object) -> Standing:
    relations = tuple(Relation(OWN, kind) for kind in kinds)
    return Standing(person_id=PERSON, relations=relations, **more)  # type: ignore[arg-type]


OUTER = (Block(BlockKind.OUTER, KOMMUN_HEALTH, None),)
INNER = (Block(BlockKind.INNER, REGION, OTHER_UNIT),)

RECORD = frozenset({ident("record")})

TABLE = [
    # law, actor, holding, standing → ground or refusal
    ("PDL 4:1 takes part in the care", HEALTH_READER, OWN_CARE, standing(CARE),
     Ground.CARE_RELATION),
    ("PDL 4:1 no care relation", HEALTH_READER, OWN_CARE, standing(), Refusal.NO_RELATION),
    ("PDL 4:1 the relation is another unit's", HEALTH_READER, OWN_CARE,
     Standing(PERSON, relations=(Relation(OTHER_UNIT, CARE),)), Refusal.NO_RELATION),
    ("4 kap. HSLF-FS active choice is missing", HEALTH_READER, REGION_CARE, standing(CARE),
     Refusal.NEEDS_CHOICE),
    ("4 kap. HSLF-FS active choice made", HEALTH_READER, REGION_CARE,
     standing(CARE, choice=True), Ground.OTHER_UNIT),
    ("PDL 4:4 inner block beats the choice", HEALTH_READER, REGION_CARE,
     standing(CARE, choice=True, blocks=INNER), Refusal.INNER_BLOCK),
    ("PDL 4:4 an inner block does not hide the own unit's", HEALTH_READER, OWN_CARE,
     standing(CARE, blocks=(Block(BlockKind.INNER, REGION, OWN),)), Ground.CARE_RELATION),
    ("PDL 4:5 block lifted by an officer", HEALTH_READER, REGION_CARE,
     standing(CARE, blocks=INNER, lifted_units=frozenset({OTHER_UNIT})), Ground.BLOCK_LIFTED),
    ("PDL 4:5 another unit's block is still closed", HEALTH_READER, REGION_CARE,
     standing(CARE, blocks=INNER, lifted_units=frozenset({OWN})), Refusal.INNER_BLOCK),
    ("SVOD R1 relation and consent", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, consent=True), Ground.CONSENT),
    ("SVOD R1 omsorg data too", HEALTH_READER, MUNICIPAL_SOCIAL,
     standing(CARE, consent=True), Ground.CONSENT),
    ("SVOD R1 being listed is no patient relation", HEALTH_READER, MUNICIPAL_CARE,
     standing(RelationKind.LISTED, consent=True), Refusal.NO_RELATION),
    ("SVOD R2 consent but no relation", HEALTH_READER, MUNICIPAL_CARE,
     standing(consent=True), Refusal.NO_RELATION),
    ("SVOD R3 child who cannot consent", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, capacity=Capacity.CHILD_UNABLE, age=9), Ground.CHILD),
    ("SVOD R3 grown up since", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, capacity=Capacity.CHILD_UNABLE, age=18), Refusal.NO_CONSENT),
    ("SVOD R4 lasting incapacity, attitude known", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, capacity=Capacity.LASTING, attitude_known=True), Ground.LASTING_INCAPACITY),
    ("SVOD R4 attitude not investigated", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, capacity=Capacity.LASTING), Refusal.NO_CONSENT),
    ("SVOD R5 emergency opening", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, emergency=True), Ground.EMERGENCY),
    ("SVOD R6 another vårdgivare's block stays in an emergency", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, emergency=True, consent=True, blocks=OUTER), Refusal.OUTER_BLOCK),
    ("SVOD R7 blocked by omsorgsgivare", HEALTH_READER, MUNICIPAL_SOCIAL,
     standing(CARE, emergency=True,
              blocks=(Block(BlockKind.OUTER, KOMMUN_SOCIAL, OTHER_UNIT),)), Refusal.OUTER_BLOCK),
    ("SVOD R8 temporary incapacity, no danger", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, capacity=Capacity.TEMPORARY, attitude_known=True), Refusal.NO_CONSENT),
    ("SVOD R9 omsorg with insatser and consent", SOCIAL_READER, MUNICIPAL_CARE,
     standing(SOCIAL, consent=True), Ground.CONSENT),
    ("SVOD R9 under investigation is enough", SOCIAL_READER, REGION_CARE,
     standing(RelationKind.INVESTIGATION, consent=True), Ground.CONSENT),
    ("SVOD R9 another kind of relation is not", SOCIAL_READER, REGION_CARE,
     standing(CARE, consent=True), Refusal.NO_RELATION),
    ("SVOD R10 omsorg reads omsorg about a child", SOCIAL_READER,
     held(ident("other kommun"), Branch.SOCIAL),
     standing(SOCIAL, capacity=Capacity.CHILD_UNABLE, age=9), Ground.CHILD),
    ("SVOD R11 omsorg, vårdgivare data, child", SOCIAL_READER, REGION_CARE,
     standing(SOCIAL, capacity=Capacity.CHILD_UNABLE, age=9), Refusal.NO_CONSENT),
    ("SVOD R12 omsorg reads omsorg, lasting incapacity", SOCIAL_READER,
     held(ident("other kommun"), Branch.SOCIAL),
     standing(SOCIAL, capacity=Capacity.LASTING, attitude_known=True), Ground.LASTING_INCAPACITY),
    ("SVOD R13 omsorg, vårdgivare data, dementia", SOCIAL_READER, REGION_CARE,
     standing(SOCIAL, capacity=Capacity.LASTING, attitude_known=True), Refusal.NO_CONSENT),
    ("SVOD R14 omsorg has no emergency right", SOCIAL_READER, REGION_CARE,
     standing(SOCIAL, emergency=True), Refusal.NO_CONSENT),
    ("SVOD 1:1 never IFO's data", HEALTH_READER, IFO_RECORD,
     standing(CARE, consent=True, emergency=True), Refusal.IFO),
    ("SVOD 1:1 never to IFO", IFO_READER, REGION_CARE,
     standing(SOCIAL, consent=True), Refusal.IFO),
    ("OSL 26:1 IFO's other unit is closed too", IFO_READER, IFO_RECORD,
     standing(SOCIAL, choice=True), Refusal.IFO),
    ("SVOD 1:3 not connected", HEALTH_READER, replace(MUNICIPAL_CARE, published=False),
     standing(CARE, consent=True), Refusal.NO_CONSENT),
    ("PDL 4:1 takes part in the care that the plan is about: no choice", HEALTH_READER, REGION_CARE,
     standing(RelationKind.PLAN, granted=frozenset({ident("record")})), Ground.TAKES_PART),
    ("PDL 4:1 a grant opens no other record", HEALTH_READER, REGION_CARE,
     standing(CARE, granted=frozenset({ident("another")})), Refusal.NEEDS_CHOICE),
    ("PDL 4:4 an inner block beats taking part", HEALTH_READER, REGION_CARE,
     standing(CARE, granted=frozenset({ident("record")}), blocks=INNER), Refusal.INNER_BLOCK),
    ("PDL 4:5 taking part, block lifted", HEALTH_READER, REGION_CARE,
     standing(RelationKind.PLAN, granted=frozenset({ident("record")}), blocks=INNER,
              lifted_units=frozenset({OTHER_UNIT})), Ground.BLOCK_LIFTED),
    ("OSL 26:1 another unit of IFO does not take part", IFO_READER, IFO_RECORD,
     standing(SOCIAL, granted=frozenset({ident("record")})), Refusal.IFO),
    ("PDL 4:1 a grant does not reach another provider", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, granted=frozenset({ident("record")})), Refusal.NO_CONSENT),
    ("OSL 10:28 the law says that the unit is to have it: another provider's", SOCIAL_READER,
     REGION_CARE, standing(RelationKind.PLAN, lawful=RECORD), Ground.BY_LAW),
    ("OSL 10:28 a municipality's nurse", HEALTH_READER, MUNICIPAL_CARE,
     standing(RelationKind.PLAN, lawful=RECORD), Ground.BY_LAW),
    ("LUS 2:1 another unit of the own provider: no active choice", HEALTH_READER, REGION_CARE,
     standing(RelationKind.PLAN, lawful=RECORD), Ground.BY_LAW),
    ("OSL 10:28 an inner block has no say", HEALTH_READER, REGION_CARE,
     standing(RelationKind.PLAN, lawful=RECORD, blocks=INNER), Ground.BY_LAW),
    ("OSL 10:28 an outer block has no say", HEALTH_READER, MUNICIPAL_CARE,
     standing(RelationKind.PLAN, lawful=RECORD, blocks=OUTER), Ground.BY_LAW),
    ("LUS 1:3 IFO can be told: SoL and LVM are in the law", IFO_READER, REGION_CARE,
     standing(RelationKind.PLAN, lawful=RECORD), Ground.BY_LAW),
    ("OSL 10:28 needs no consent and no SVOD", HEALTH_READER,
     replace(MUNICIPAL_CARE, published=False), standing(RelationKind.PLAN, lawful=RECORD),
     Ground.BY_LAW),
    ("OSL 10:28 its parts too", HEALTH_READER, replace(MUNICIPAL_CARE, part=True),
     standing(RelationKind.PLAN, lawful=RECORD), Ground.BY_LAW),
    ("LUS 2:1 opens no other record of that provider", HEALTH_READER, MUNICIPAL_CARE,
     standing(RelationKind.PLAN, lawful=frozenset({ident("another")})), Refusal.NO_RELATION),
    ("LUS 2:1 nor another unit's of the own provider", HEALTH_READER, REGION_CARE,
     standing(CARE, lawful=frozenset({ident("another")})), Refusal.NEEDS_CHOICE),
    ("LUS 2:1 ended: it was the wrong unit", HEALTH_READER, MUNICIPAL_CARE,
     standing(RelationKind.PLAN), Refusal.NO_RELATION),
    ("LUS 2:1 nobody who does not know the person", HEALTH_READER, MUNICIPAL_CARE,
     standing(lawful=RECORD), Refusal.NO_RELATION),
    ("PDL 3:11 keeps what it was given", HEALTH_READER, MUNICIPAL_CARE,
     standing(RelationKind.PLAN, kept=frozenset({ident("record")})), Ground.KEPT),
    ("PDL 3:11 an outer block does not take a copy back", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, kept=frozenset({ident("record")}), blocks=OUTER), Ground.KEPT),
    ("PDL 3:11 a copy opens no part that may be newer", HEALTH_READER,
     replace(MUNICIPAL_CARE, part=True),
     standing(RelationKind.PLAN, kept=frozenset({ident("record")})), Refusal.NO_RELATION),
    ("PDL 3:11 what was taken back is not opened by a yes to SVOD", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, consent=True, kept=frozenset({ident("record")})), Ground.KEPT),
    ("PDL 3:11 nor is a part of it", HEALTH_READER, replace(MUNICIPAL_CARE, part=True),
     standing(CARE, consent=True, kept=frozenset({ident("record")})), Refusal.KEPT),
    ("SVOD 3:6 an emergency opens what is newer than the copy", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, emergency=True, kept=frozenset({ident("record")})), Ground.EMERGENCY),
    ("SVOD 3:6 also where a yes would open what is not kept", HEALTH_READER,
     replace(MUNICIPAL_CARE, part=True),
     standing(CARE, emergency=True, consent=True, kept=RECORD), Ground.EMERGENCY),
    ("PDL 3:11 what several keep is not read by a yes to SVOD", HEALTH_READER,
     replace(MUNICIPAL_CARE, handed=True), standing(CARE, consent=True), Refusal.NO_CONSENT),
    ("PDL 3:11 nor by what stands in for that yes", HEALTH_READER,
     replace(MUNICIPAL_CARE, handed=True),
     standing(CARE, capacity=Capacity.CHILD_UNABLE, age=9), Refusal.NO_CONSENT),
    ("SVOD 3:6 an emergency opens it", HEALTH_READER, replace(MUNICIPAL_CARE, handed=True),
     standing(CARE, emergency=True), Ground.EMERGENCY),
    ("PDL 3:11 a unit without relation does not read its provider's copy", HEALTH_READER,
     MUNICIPAL_CARE, standing(kept=frozenset({ident("record")})), Refusal.NO_RELATION),
    ("OSL 10:1, PDL 3:11 disclosed with consent", HEALTH_READER, MUNICIPAL_CARE,
     standing(CARE, disclosed=frozenset({ident("record")})), Ground.DISCLOSED),
    ("OSL 10:1 IFO can be given a plan", IFO_READER, REGION_CARE,
     standing(SOCIAL, disclosed=frozenset({ident("record")})), Ground.DISCLOSED),
    ("OSL 10:1 invited to the plan: what was disclosed", HEALTH_READER, MUNICIPAL_CARE,
     standing(RelationKind.PLAN, disclosed=frozenset({ident("record")})), Ground.DISCLOSED),
    ("PDL 4:1 invited to a plan opens no other unit's record", HEALTH_READER, REGION_CARE,
     standing(RelationKind.PLAN, choice=True), Refusal.NO_RELATION),
    ("SVOD 3:1 invited to a plan is no patient relation", HEALTH_READER, MUNICIPAL_CARE,
     standing(RelationKind.PLAN, consent=True), Refusal.NO_RELATION),
    ("OSL 10:1 disclosed, but this unit has nothing to do with the person", HEALTH_READER,
     MUNICIPAL_CARE, standing(disclosed=frozenset({ident("record")})), Refusal.NO_RELATION),
]  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "holding", "found", "wanted"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_reading(actor: Actor, holding: Holding, found: Standing, wanted: object) -> None:
    assert said(decide(READ, actor, holding, found)) == wanted


def said(decision: Decision) -> object:
    return decision.ground if decision.allowed else decision.refusal


def test_svod_never_opens_for_changes() -> None:
    answer = decide(EDIT, HEALTH_READER, MUNICIPAL_CARE, standing(CARE, consent=True))
    assert said(answer) is Refusal.NOT_OWN


def test_a_party_may_write_in_what_was_disclosed_to_it() -> None:
    given = standing(CARE, disclosed=frozenset({ident("record")}))
    assert said(decide(EDIT, HEALTH_READER, MUNICIPAL_CARE, given)) is Ground.DISCLOSED


def test_what_the_law_gives_is_written_in_but_not_handed_on() -> None:
    given = standing(RelationKind.PLAN, lawful=RECORD)
    sends = ACTIONS[Action.CASE_SEND]
    assert said(decide(sends, HEALTH_READER, MUNICIPAL_CARE, given)) is Ground.BY_LAW
    assert not decide(ACTIONS[Action.PLAN_SHARE], HEALTH_READER, MUNICIPAL_CARE, given).allowed
    helper = reader(role=Role.CARE_SUPPORT)
    assert said(decide(sends, helper, MUNICIPAL_CARE, given)) is Refusal.NO_PERMISSION


def test_what_is_only_kept_is_not_written_in_and_that_is_said() -> None:
    kept = standing(CARE, kept=frozenset({ident("record")}))
    answer = decide(EDIT, HEALTH_READER, MUNICIPAL_CARE, kept)
    assert said(answer) is Refusal.KEPT
    assert not answer.hidden


def test_a_unit_that_takes_part_writes_but_does_not_hand_on() -> None:
    part = standing(RelationKind.PLAN, granted=frozenset({ident("record")}))
    assert said(decide(EDIT, HEALTH_READER, REGION_CARE, part)) is Ground.TAKES_PART
    assert not decide(ACTIONS[Action.PLAN_SHARE], HEALTH_READER, REGION_CARE, part).allowed


def test_one_who_only_keeps_a_copy_is_not_told_where_the_person_lives_now() -> None:
    card, record = Holding(PERSON, directory=True), frozenset({ident("record")})
    spec = ACTIONS[Action.PERSON_READ]
    assert decide(spec, HEALTH_READER, card, standing(RelationKind.PLAN, kept=record)).masked
    still = standing(RelationKind.PLAN, kept=record, disclosed=record)
    assert not decide(spec, HEALTH_READER, card, still).masked
    assert not decide(spec, HEALTH_READER, card, standing(CARE, kept=record)).masked


def test_a_person_is_refused_in_plain_words() -> None:
    """Not as if the person had an assignment and a manager."""
    for refusal in (Refusal.NO_PERMISSION, Refusal.CHILD_AGE, Refusal.SCOPE):
        words = str(refusal_words(refusal, to_person=True))
        assert "uppdrag" not in words
        assert "chef" not in words
    assert "chef" in refusal_words(Refusal.NO_PERMISSION, to_person=False)


def test_a_role_without_the_permission_is_told_so_only_where_it_may_know() -> None:
    helper = reader(role=Role.CARE_SUPPORT)
    assert not decide(EDIT, helper, OWN_CARE, standing(CARE)).hidden
    assert decide(EDIT, helper, OWN_CARE, standing()).hidden


# ── the person and those who act for the person ──

CHILD_READ = ACTIONS[Action.CONTRACT_READ]


def person(who: UUID = PERSON) -> Actor:
    return Actor(
        kind=ActorKind.PERSON, id=ident("login"), name="", at=NOW, side=Side.PERSON,
        person_id=who, permissions=PERSON_PERMISSIONS,
    )  # fmt: skip


GUARDIAN = Proxy(ProxyKind.GUARDIAN, frozenset({"read", "write", "guardian"}))
OMBUD = Proxy(ProxyKind.REPRESENTATIVE, frozenset({"read"}))

PERSON_TABLE = [
    ("PDL 5:5 the own record", person(), Standing(PERSON, age=84), Ground.OWN),
    ("practice: under 16 not alone", person(), Standing(PERSON, age=15), Refusal.CHILD_AGE),
    ("practice: from 16 alone", person(), Standing(PERSON, age=16), Ground.OWN),
    ("a stranger", person(OTHER_PERSON), Standing(PERSON, age=84), Refusal.UNKNOWN),
    ("OSL 12:3 guardian of a 12-year-old", person(OTHER_PERSON),
     Standing(PERSON, age=12, proxy=GUARDIAN), Ground.GUARDIAN),
    ("practice: guardian of a 13-year-old", person(OTHER_PERSON),
     Standing(PERSON, age=13, proxy=GUARDIAN), Refusal.CHILD_AGE),
    ("OSL 12:3 guardian, the child would be harmed", person(OTHER_PERSON),
     Standing(PERSON, age=9, proxy=replace(GUARDIAN, withheld=True)), Refusal.UNKNOWN),
    ("OSL 12:2 representative", person(OTHER_PERSON),
     Standing(PERSON, age=84, proxy=OMBUD), Ground.REPRESENTATIVE),
    ("OSL 12:2 representative without reading", person(OTHER_PERSON),
     Standing(PERSON, age=84, proxy=replace(OMBUD, scopes=frozenset())), Refusal.SCOPE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "found", "wanted"), [row[1:] for row in PERSON_TABLE],
    ids=[row[0] for row in PERSON_TABLE],
)  # fmt: skip
def test_person(actor: Actor, found: Standing, wanted: object) -> None:
    assert said(decide(CHILD_READ, actor, REGION_CARE, found)) == wanted


def test_what_is_not_for_the_patient_is_unknown_to_the_patient() -> None:
    withheld = replace(REGION_CARE, not_for_patient=True)  # OSL 25:6
    answer = decide(READ, person(), withheld, Standing(PERSON, age=84))
    assert said(answer) is Refusal.UNKNOWN
    assert decide(READ, HEALTH_READER, replace(OWN_CARE, not_for_patient=True),
                  standing(CARE)).allowed  # fmt: skip


@pytest.mark.parametrize("action", [Action.BLOCK_SET, Action.BLOCK_REMOVE, Action.PROXY_GRANT])
def test_a_guardian_may_not_block_nor_let_others_in(action: Action) -> None:
    """PDL 4:4 st. 2, SVOD 2:3."""
    card = Holding(PERSON, directory=True)
    found = Standing(PERSON, age=9, proxy=GUARDIAN)
    assert said(decide(ACTIONS[action], person(OTHER_PERSON), card, found)) is Refusal.SCOPE


def test_a_county_can_set_other_ages() -> None:
    found = Standing(PERSON, age=14, proxy=GUARDIAN, ages=AgeLimits(guardian_until=15))
    assert decide(CHILD_READ, person(OTHER_PERSON), REGION_CARE, found).allowed


def test_places_of_a_protected_person_are_masked_but_for_the_chosen_few() -> None:
    """OSL 21:3–3 a."""
    hidden = standing(CARE, protection=Protection.SECRECY_MARK)
    assert decide(READ, HEALTH_READER, OWN_CARE, hidden).masked
    chosen = replace(HEALTH_READER, permissions=ROLES[Role.CARE] | ROLES[Role.PROTECTED])
    assert not decide(READ, chosen, OWN_CARE, hidden).masked


@pytest.mark.parametrize(
    ("on", "years", "limit"),
    [
        (date(2026, 11, 20), 18, date(2008, 11, 20)),
        (date(2026, 2, 28), 18, date(2008, 2, 29)),
        (date(2024, 2, 28), 16, date(2008, 2, 28)),
        (date(2024, 2, 29), 18, date(2006, 2, 28)),
        (date(2024, 2, 29), 16, date(2008, 2, 29)),
    ],
)
def test_the_last_birth_date_with_which_one_has_turned_an_age(
    on: date, years: int, limit: date
) -> None:
    assert birth_date_limit(on, years) == limit
