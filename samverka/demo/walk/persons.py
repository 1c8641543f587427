"""People come to be known, units begin and end with them, near ones are noted."""

from __future__ import annotations

from datetime import timedelta

from samverka.access import operations as access
from samverka.access.rules import RelationKind
from samverka.demo import script as s
from samverka.demo.actors import LogIn, builder
from samverka.demo.county import MUNICIPALITIES, REGION
from samverka.demo.scene import Scene
from samverka.demo.walk.perform import perform
from samverka.kernel.actor import Actor
from samverka.people import operations as people
from samverka.people.operations import PersonFacts
from samverka.people.rules import Gender


def introduce(scene: Scene) -> None:
    """Before the first event: all who are listed somewhere are known there."""
    scene.at = next(iter(scene.story.timed(scene.today)))[0] - timedelta(hours=1)
    for person in scene.story.people:
        if person.listed:
            _register(
                scene, builder(scene.at), person, RelationKind.LISTED, "Listad", person.listed
            )


def _register(
    scene: Scene,
    actor: Actor,
    person: s.Person,
    relation: RelationKind,
    reason: str,
    unit: str = "",
) -> None:
    made = people.register_person(
        actor,
        number=scene.numbers[person.key],
        facts=facts_of(person),
        relation=relation,
        reason=reason,
        unit_id=scene.county.units[unit].id if unit else None,
        provider_id=scene.county.units[unit].provider_id if unit else None,
    )
    scene.persons[person.key] = made.id
    acts = {event.by for event in scene.story.events}
    if person.key in acts | scene.visitors:
        account = access.open_account(
            builder(scene.at), username=person.key, name=person.name, person_id=made.id
        )
        scene.log_ins[person.key] = LogIn(account, person.name, person_id=made.id)


def facts_of(person: s.Person) -> PersonFacts:
    """What the register says. The birth date is the number's."""
    where = person.address
    codes = {one.key: one.code for one in MUNICIPALITIES}
    return PersonFacts(
        given_name=person.given,
        family_name=person.family,
        gender=Gender(person.sex.value),
        protection=person.protection,
        county_code=REGION.code if where else "",
        municipality_code=codes[where.municipality] if where else "",
        street=where.street if where else "",
        postal_code=where.postcode if where else "",
        town=where.town if where else "",
        phone=person.phone,
        language=person.language,
        interpreter=person.interpreter,
        care_language=person.care_language,
    )


@perform.register
def _(event: s.CareBegins, scene: Scene) -> None:
    actor, key = scene.actor(event), scene.whom(event)
    if key not in scene.persons:
        _register(scene, actor, scene.person(key), event.kind, event.reason)
        return
    made = access.open_relation(
        actor, person_id=scene.persons[key], kind=event.kind, reason=event.reason
    )
    scene.relations[key, made.unit_id, event.kind] = made.id


@perform.register
def _(event: s.CareEnds, scene: Scene) -> None:
    actor = scene.actor(event)
    assert actor.unit_id is not None, "only staff end a relation"
    relation = scene.relations[scene.whom(event), actor.unit_id, event.kind]
    access.end_relation(actor, relation_id=relation)


@perform.register
def _(event: s.Related, scene: Scene) -> None:
    near = scene.person(event.person) if event.person else None
    people.note_relative(
        scene.actor(event),
        person_id=scene.person_id(event),
        name=near.name if near else event.name,
        kind=event.kind,
        phone=event.phone or (near.phone if near else ""),
        note=event.note,
        relative_person_id=scene.persons[near.key] if near else None,
        first_contact=near is not None,
    )


@perform.register
def _(event: s.ProxyGranted, scene: Scene) -> None:
    access.grant_proxy(
        scene.actor(event),
        person_id=scene.person_id(event),
        proxy_person_id=scene.persons[event.proxy],
        proxy_name=scene.name_of(event.proxy),
        kind=event.kind,
        scopes=frozenset(event.scopes),
        until=scene.moment(event.until),
    )


@perform.register
def _(event: s.CapacityNoted, scene: Scene) -> None:
    people.assess_capacity(
        scene.actor(event),
        person_id=scene.person_id(event),
        capacity=event.capacity,
        attitude_known=event.attitude_known,
        reason=event.reason,
    )
