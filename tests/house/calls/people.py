"""Calls of the room `people`."""

from __future__ import annotations

from datetime import date

from samverka.access.rules import (
    Capacity,
)
from samverka.kernel.identity import Sex
from samverka.kernel.testseries import test_number
from samverka.people import operations as people
from samverka.people import reads as people_reads
from samverka.people.operations import PersonFacts
from samverka.people.rules import RelativeKind
from tests.factories.cast import KARIN, KARINS_NUMBER
from tests.house.calls.shape import (
    NOBODY,
    PERSON,
    SILENT,
    Call,
    patient,
    reviewer,
    system,
)

CALLS: dict[str, Call] = {
    "edit_own_facts": Call(
        lambda house, actor: people.edit_own_facts(
            actor,
            person_id=house.karin.id,
            version=house.karin.version,
            facts=people.OwnFacts("070-1740605", "", "sv", False, ""),
            mail=False,
        ),
        by=patient,
    ),
    "publish_persons": Call(lambda house, actor: people.publish_persons(actor), NOBODY, system),
    "register_person": Call(
        lambda house, actor: people.register_person(
            actor, number=None, facts=PersonFacts(given_name="Olle", family_name="Ny")
        )
    ),
    "receive_person": Call(
        lambda house, actor: people.receive_person(
            actor, numbers=[], facts=PersonFacts(given_name="Olle", family_name="Ny")
        ),
        by=system,
    ),
    "edit_person": Call(
        lambda house, actor: people.edit_person(
            actor, person_id=house.karin.id, version=house.karin.version, facts=KARIN
        )
    ),
    "appoint_representative": Call(
        lambda house, actor: people.appoint_representative(
            actor,
            person_id=house.karin.id,
            proxy_number=test_number(date(1970, 5, 5), Sex.FEMALE, 0),
            proxy_name="Eva Åström",
        )
    ),
    "note_relative": Call(
        lambda house, actor: people.note_relative(
            actor, person_id=house.karin.id, name="Per", kind=RelativeKind.SON
        )
    ),
    "remove_relative": Call(
        lambda house, actor: people.remove_relative(actor, relative_id=house.ids["relative_id"])
    ),
    "assess_capacity": Call(
        lambda house, actor: people.assess_capacity(
            actor,
            person_id=house.karin.id,
            capacity=Capacity.LASTING,
            attitude_known=True,
            reason="Samtal med dottern",
        )
    ),
    "join_number": Call(
        lambda house, actor, met: people.join_number(
            actor, person_id=met, number=test_number(date(1971, 1, 1), Sex.MALE, 0)
        ),
        prepared=lambda house: (
            people.register_person(
                house.nurse, number=None, facts=PersonFacts(given_name="Okänd", family_name="Man")
            ).id
        ),
    ),
    "list_person": Call(lambda house, actor: people.list_person(actor, person_id=house.karin.id)),
    "reads.person_listings": Call(
        lambda house, actor: people_reads.person_listings(actor, person_id=house.karin.id)
    ),
    "reads.person": Call(lambda house, actor: people_reads.person(actor, person_id=house.karin.id)),
    "reads.search_persons": Call(
        lambda house, actor: people_reads.search_persons(actor, text="karin", number=None)
    ),
    "reads.list_unit_persons": Call(lambda house, actor: people_reads.list_unit_persons(actor)),
    # The lines about the check are written by the reads of the log that give these ids.
    "reads.persons_in_log": Call(
        lambda house, actor: people_reads.persons_in_log(actor, ids={house.karin.id}),
        SILENT,
        reviewer,
    ),
    "reads.find_for_review": Call(
        lambda house, actor: people_reads.find_for_review(actor, number=KARINS_NUMBER),
        PERSON,
        reviewer,
    ),
    "reads.list_representatives": Call(
        lambda house, actor: people_reads.list_representatives(actor, person_id=house.karin.id)
    ),
    # For imports: asked by numbers that the file holds; each person then leaves a line of its own.
    "reads.known_persons": Call(
        lambda house, actor: people_reads.known_persons(actor, numbers=[KARINS_NUMBER]),
        NOBODY,
        system,
    ),
}
