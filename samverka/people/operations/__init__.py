"""Every change of persons, their identities, relatives, representatives and listing."""

from samverka.people.operations.listing import list_person
from samverka.people.operations.numbers import join_number
from samverka.people.operations.own import OwnFacts, edit_own_facts
from samverka.people.operations.persons import (
    PersonFacts,
    appoint_representative,
    assess_capacity,
    edit_person,
    note_relative,
    publish_persons,
    receive_person,
    register_person,
    remove_relative,
)

__all__ = [
    "OwnFacts",
    "PersonFacts",
    "appoint_representative",
    "assess_capacity",
    "edit_own_facts",
    "edit_person",
    "join_number",
    "list_person",
    "note_relative",
    "publish_persons",
    "receive_person",
    "register_person",
    "remove_relative",
]
