"""A random county: who has to do with whom, what is written about whom, what is blocked, consented to and opened.

Each resource and each version of a plan carries a word of its own, that stands nowhere else. What of it a reader may see is told by the
gate's decision on each single row, not by the filter that the exits use.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.operations import (
    give_consent,
    make_choice,
    open_emergency,
    open_relation,
    set_block,
)
from samverka.access.rules import BlockKind, ConsentForm, ConsentKind, RelationKind
from samverka.careplans import operations as careplans
from samverka.careplans import reads as plans
from samverka.careplans.rules import PlanKind, Term
from samverka.kernel.actor import Actor
from samverka.kernel.identity import IdentityNumber, Sex
from samverka.kernel.problems import Problem
from samverka.kernel.testseries import test_number
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource
from tests.factories.cast import KARIN, Cast, make_person
from tests.factories.fhir import FhirClient

WRITERS = ("region_nurse", "ward_nurse", "municipal_nurse", "needs_assessor", "school_nurse")
READERS = (
    *WRITERS,
    "physician",
    "surgery_nurse",
    "stranger",
    "other_municipality",
    "home_care",
    "ifo_officer",
)
KINDS = ("Observation", "Condition", "DocumentReference", "Task")


def word(number: int) -> str:
    """A word that stands nowhere else."""
    return f"ordet{number:05d}slut"


@dataclass
class World:
    """What there is, and the words in it.

    Attributes:
        words: of each resource on the shelf, by its address "Type/id".
        confirmed: addresses of those that say `STATUS` of their type.
        plans: of each plan: the word that was there when it was given, and the one that came later.
        whose: the person of each address, and of each plan.
    """

    cast: Cast
    persons: list[PersonDetail]
    words: dict[str, str] = field(default_factory=dict)
    plans: dict[UUID, list[str]] = field(default_factory=dict)
    whose: dict[str, UUID] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    count: int = 0

    def word(self) -> str:
        self.count += 1
        return word(self.count)

    def of(self, kinds: set[str], person: UUID | None) -> set[str]:
        """The words in resources of some types, about one person or about all."""
        found = {
            said
            for at, said in self.words.items()
            if at.split("/")[0] in kinds and person in (None, self.whose[at])
        }
        for plan, words in self.plans.items():
            if kinds & {"CarePlan", "Goal"} and person in (None, self.whose[str(plan)]):
                found |= set(words)
        return found

    def unconfirmed(self, kind: str) -> set[str]:
        """The words of those of a type that do not meet its condition."""
        every = {at: said for at, said in self.words.items() if at.split("/")[0] == kind}
        return {said for at, said in every.items() if at not in self.confirmed}

    @property
    def readers(self) -> Iterator[Actor]:
        for name in READERS:
            yield getattr(self.cast, name)


def build(cast: Cast, seed: int) -> World:
    """The county of that number."""
    dice = random.Random(seed)
    nurse = cast.region_nurse
    people = [
        make_person(nurse, replace(KARIN, given_name=name), identity=number)
        for name, number in zip(("Ada", "Bo", "Cia"), numbers(), strict=True)
    ]
    world = World(cast, people)
    for person in people:
        for name in READERS:
            if dice.random() < 0.5:
                _relate(getattr(cast, name), person)
    for person in people:
        for name in WRITERS:
            _write(world, getattr(cast, name), person, dice)
        _plan(world, person, dice)
    _close_and_open(world, dice)
    return world


def numbers() -> list[IdentityNumber]:
    """Those of the three persons, in their order."""
    return [test_number(date(1942, 3, 11), Sex.FEMALE, n) for n in range(3)]


def _relate(actor: Actor, person: PersonDetail) -> None:
    kind = RelationKind.SOCIAL_SERVICE if actor.branch in ("social", "ifo") else RelationKind.CARE
    with suppress(Problem):
        open_relation(actor, person_id=person.id, kind=kind)


def _write(world: World, actor: Actor, person: PersonDetail, dice: random.Random) -> None:
    client = FhirClient(actor)
    for kind in KINDS:
        said = world.word()
        sent = _resource(kind, person.id, said, hidden=dice.random() < 0.2)
        if confirmed := dice.random() < 0.5:
            _confirm(sent)
        answer = client.post(sent)
        if answer.status_code == 201:
            made = json.loads(answer.content)
            at = f"{kind}/{made['id']}"
            world.words[at], world.whose[at] = said, person.id
            world.confirmed |= {at} if confirmed else set()
        else:
            assert answer.status_code in (403, 404), answer.content


def _resource(kind: str, person: UUID, said: str, *, hidden: bool) -> dict[str, Any]:
    about = {"reference": f"Patient/{person}"}
    own: dict[str, dict[str, Any]] = {
        "Observation": {"status": "final", "code": {"text": said}, "subject": about},
        "Condition": {"code": {"text": said}, "subject": about},
        "DocumentReference": {
            "status": "current",
            "subject": about,
            "description": said,
            "content": [{"attachment": {"contentType": "text/plain", "title": said}}],
        },
        "Task": {"status": "requested", "intent": "order", "for": about, "description": said},
    }
    number = {"system": "urn:word", "value": said}
    made: dict[str, Any] = {"resourceType": kind, "identifier": [number], **own[kind]}
    made["meta"] = {"tag": [{"system": "urn:word", "code": said}]}
    if hidden:
        code = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "NOPATIENT"}
        made["meta"]["security"] = [code]
    return made


CONDITIONS = {
    "Observation": "status=amended",
    "Condition": "verification-status=http://terminology.hl7.org/CodeSystem/condition-ver-status|confirmed",
    "DocumentReference": "status=superseded",
    "Task": "status=accepted",
}
"""What those that are confirmed fit, for scopes with conditions."""


def _confirm(sent: dict[str, Any]) -> None:
    kind = sent["resourceType"]
    said = CONDITIONS[kind].partition("=")[2]
    system, _bar, code = said.rpartition("|")
    if kind == "Condition":
        sent["verificationStatus"] = {"coding": [{"system": system, "code": code}]}
    else:
        sent["status"] = code


def _plan(world: World, person: PersonDetail, dice: random.Random) -> None:
    """A plan with a goal; given to some, and then another goal that they were never given."""
    nurse, first, second = world.cast.region_nurse, world.word(), world.word()
    plan = careplans.start_plan(
        nurse, person_id=person.id, kind=PlanKind.SIP, title=first, what_matters=first
    )
    careplans.add_goal(nurse, plan_id=plan.id, words=first, term=Term.SHORT)
    units = [
        world.cast.units[key].id for key in ("home_health", "assessment") if dice.random() < 0.6
    ]
    if units:
        yes = careplans.ConsentGiven(given_by="Ada", form=ConsentForm.ORAL)
        careplans.share_plan(nurse, plan_id=plan.id, unit_ids=units, consent=yes)
        if dice.random() < 0.5:
            careplans.withdraw_sharing(nurse, plan_id=plan.id, by="Ada")
    careplans.add_goal(nurse, plan_id=plan.id, words=second, term=Term.LONG)
    world.plans[plan.id], world.whose[str(plan.id)] = [first, second], person.id


def _close_and_open(world: World, dice: random.Random) -> None:
    actors = list(world.readers)
    for person in world.persons:
        for actor in actors:
            if dice.random() < 0.15 and actor.unit_id and actor.provider_id:
                kind = dice.choice([BlockKind.INNER, BlockKind.OUTER])
                with suppress(Problem):
                    set_block(actor, person_id=person.id, kind=kind, provider_id=actor.provider_id,
                              unit_id=actor.unit_id, asked_by="Ada")  # fmt: skip
            if dice.random() < 0.3:
                others = [one.provider_id for one in dice.sample(actors, 3) if one.provider_id]
                with suppress(Problem):
                    give_consent(actor, person_id=person.id, kind=ConsentKind.SVOD, reader_providers=others,
                                 form=ConsentForm.ORAL, given_by="Ada")  # fmt: skip
            with suppress(Problem):
                if dice.random() < 0.2:
                    make_choice(actor, person_id=person.id)
                elif dice.random() < 0.1:
                    open_emergency(actor, person_id=person.id, reason="Medvetslös på akuten")


def may_see(world: World, reader: Actor) -> set[str]:
    """The words of all that the gate, asked of each single row, lets the reader have."""
    found = set()
    with act(reader, Action.SHELF_READ) as this:
        this.unchanged()
        for row in Resource.objects.all():
            said = world.words.get(f"{row.kind}/{row.local_id}")
            if said and (decided := this.decide(row)).allowed and not decided.masked:
                found.add(said)
    for plan_id, words in world.plans.items():
        with suppress(Problem):
            shown = repr(plans.plan(reader, plan_id=plan_id))
            found |= {one for one in words if one in shown}
    return found


def may_not_know(world: World, reader: Actor) -> list[tuple[str, str]]:
    """Address and word of all of which the reader may not even know that it is there."""
    found = []
    with act(reader, Action.SHELF_READ) as this:
        this.unchanged()
        for row in Resource.objects.all():
            at = f"{row.kind}/{row.local_id}"
            if at in world.words and this.decide(row).hidden:
                found.append((at, world.words[at]))
    return found
