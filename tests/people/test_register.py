"""Registering, finding and correcting persons, with the cast."""

from __future__ import annotations

import pytest

from samverka.access.models import Relation
from samverka.audit.models import Event
from samverka.kernel.problems import Conflict, NotFound
from samverka.people import operations, reads
from tests.factories.cast import KARIN, KARINS_NUMBER, Cast, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


def test_a_person_who_seeks_the_unit_is_registered_with_a_relation(cast: Cast) -> None:
    person = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    assert person.name == "Karin Åström"
    assert person.age == 84
    assert person.identity is not None
    found = reads.search_persons(cast.region_nurse, text="karin åst", number=None)
    assert [line.id for line in found] == [person.id]


def test_a_known_person_is_not_overwritten_and_not_doubled(cast: Cast) -> None:
    first = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    other = operations.PersonFacts(given_name="Någon", family_name="Annan")
    again = make_person(cast.municipal_nurse, other, identity=KARINS_NUMBER)
    assert again.id == first.id
    assert again.family_name == "Åström"


def test_a_stranger_finds_nothing_and_gets_the_same_answer_as_for_no_one(cast: Cast) -> None:
    person = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    assert reads.search_persons(cast.stranger, text="karin", number=None) == []
    assert reads.search_persons(cast.stranger, text="", number=KARINS_NUMBER) == []
    with pytest.raises(NotFound) as hidden:
        reads.person(cast.stranger, person_id=person.id)
    with pytest.raises(NotFound) as nobody:
        reads.person(cast.stranger, person_id=cast.stranger.id)
    assert str(hidden.value) == str(nobody.value)


def test_a_refusal_leaves_a_line_though_all_else_is_rolled_back(cast: Cast) -> None:
    person = make_person(cast.region_nurse)
    with pytest.raises(NotFound):
        reads.person(cast.stranger, person_id=person.id)
    line = Event.objects.filter(actor_name="Per Holm").latest("id")
    assert (line.outcome, line.person_id, line.action) == (4, str(person.id), "person.read")


def test_two_who_correct_the_same_person_both_see_both_texts(cast: Cast) -> None:
    person = make_person(cast.region_nurse)
    facts = operations.PersonFacts(given_name="Karin", family_name="Åström", phone="1")
    operations.edit_person(cast.region_nurse, person_id=person.id, version=1, facts=facts)
    mine = operations.PersonFacts(given_name="Karin", family_name="Åström", phone="2")
    with pytest.raises(Conflict) as conflict:
        operations.edit_person(cast.region_nurse, person_id=person.id, version=1, facts=mine)
    assert (conflict.value.mine["phone"], conflict.value.theirs["phone"]) == ("2", "1")


def test_the_relation_is_begun_once(cast: Cast) -> None:
    person = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    make_person(cast.region_nurse, KARIN, identity=KARINS_NUMBER)
    assert Relation.objects.filter(person_id=person.id).count() == 1
