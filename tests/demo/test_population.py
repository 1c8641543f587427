"""Synthetic people: the same each time, distinct numbers, plausible against the table."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from samverka.access.rules import RelationKind
from samverka.demo import phones
from samverka.demo.county import MUNICIPALITIES, PLACES, units
from samverka.demo.households import LEAVES_HOME, Draft, form
from samverka.demo.population import MOST, Resident, population, shares, table
from samverka.kernel.identity import IdentityKind, Sex, age
from samverka.kernel.testseries import NumberSupply, is_test_number
from samverka.people.rules import LANGUAGES

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def people() -> list[Resident]:
    return population(2000, seed=1, today=TODAY)


def test_the_same_seed_gives_the_same_people(people: list[Resident]) -> None:
    assert population(2000, seed=1, today=TODAY) == people
    assert population(2000, seed=2, today=TODAY) != people


def test_as_many_as_asked_for() -> None:
    assert [len(population(n, seed=3, today=TODAY)) for n in (0, 1, 137)] == [0, 1, 137]
    for wrong in (-1, MOST + 1):
        with pytest.raises(ValueError, match="between"):
            population(wrong, seed=1, today=TODAY)


def test_numbers_are_distinct_and_from_the_list(people: list[Resident]) -> None:
    assert len({one.number for one in people}) == len(people)
    listed = [one for one in people if one.number.kind is IdentityKind.PERSONNUMMER]
    assert all(is_test_number(one.number) for one in listed)
    assert all(one.number.sex is one.sex for one in listed)
    assert len(listed) > 0.95 * len(people)
    stand_ins = {one.number.kind for one in people} - {IdentityKind.PERSONNUMMER}
    assert stand_ins <= {IdentityKind.LOCAL_RESERVE}


def test_a_shared_supply_never_gives_a_number_twice() -> None:
    supply = NumberSupply()
    taken = supply.take(date(1950, 5, 5), Sex.FEMALE)
    others = population(500, seed=1, today=TODAY, supply=supply)
    assert taken not in {one.number for one in others}


def test_the_birth_date_is_the_numbers(people: list[Resident]) -> None:
    for one in people:
        if one.number.kind is IdentityKind.PERSONNUMMER:
            assert one.number.birth_date == one.birth_date
        assert one.birth_date <= TODAY


def test_municipalities_have_their_share(people: list[Resident]) -> None:
    lived = Counter(one.address.municipality for one in people)
    by_code = shares(2000)
    assert {m.key: by_code[m.code] for m in MUNICIPALITIES} == dict(lived)
    assert sum(by_code.values()) == 2000


def test_ages_and_sexes_are_like_the_table(people: list[Resident]) -> None:
    """No broad group differs by more than 2 in 100 of all people: the chance of the draw, and the
    shift that the list of identity numbers makes (fewer girls than boys are listed)."""
    bounds = (0, 18, 45, 65, 80, 120)
    whole = sum(sum(ages) for ages in table().values())
    for sex in Sex:
        for low, high in pairwise(bounds):
            wanted = sum(sum(table()[m.code, sex][low:high]) for m in MUNICIPALITIES) / whole
            found = sum(
                one.sex is sex and low <= age(one.birth_date, TODAY) < high for one in people
            )
            assert abs(found / len(people) - wanted) < 0.02, (sex, low)


def test_everyone_lives_in_a_real_place_and_is_listed_in_the_own_municipality(
    people: list[Resident],
) -> None:
    places = {(place.name, place.municipality) for place in PLACES}
    for one in people:
        assert (one.address.town, one.address.municipality) in places
        assert one.listed in units()
        assert not one.phone or phones.is_fictional(one.phone)


def test_children_live_with_someone_who_could_be_the_parent(people: list[Resident]) -> None:
    children = [one for one in people if age(one.birth_date, TODAY) < 18]
    with_guardian = [one for one in children if one.guardians]
    assert len(with_guardian) > 0.97 * len(children)
    for child in with_guardian:
        for place in child.guardians:
            guardian = people[place]
            assert guardian.n == place
            assert guardian.address == child.address
            assert (child.birth_date - guardian.birth_date).days > 15 * 365


def test_partners_point_at_each_other(people: list[Resident]) -> None:
    paired = [one for one in people if one.partner is not None]
    assert len(paired) > 0.3 * len(people)
    for one in paired:
        assert one.partner is not None
        assert people[one.partner].partner == one.n


def test_languages_and_wishes(people: list[Resident]) -> None:
    spoken = Counter(one.language for one in people)
    assert set(spoken) <= set(LANGUAGES)
    assert 0.85 < spoken["sv"] / len(people) < 0.97
    assert any(one.care_language == "sma" for one in people)
    assert any(one.interpreter for one in people)
    assert not any(one.interpreter for one in people if one.language == "sv")


def test_the_old_have_care_more_often(people: list[Resident]) -> None:
    def share(low: int, high: int) -> float:
        group = [one for one in people if low <= age(one.birth_date, TODAY) < high]
        cared = [one for one in group if any(care.unit.startswith("hem") for care in one.care)]
        return len(cared) / len(group)

    assert share(0, 60) == 0
    assert share(65, 75) < share(80, 110)
    assert 0.1 < share(80, 110) < 0.6


def test_care_is_given_by_units_that_exist(people: list[Resident]) -> None:
    for one in people:
        for care in one.care:
            assert care.unit in units()
            assert (care.kind is RelationKind.SCHOOL) == care.unit.startswith("elevhalsa")


def test_everyone_is_in_exactly_one_household() -> None:
    drafts = [Draft(sex, n % 95) for n in range(400) for sex in Sex]
    homes = list(form(Random(7), drafts))
    lived = Counter(id(one) for home in homes for one in home.members)
    assert lived == Counter(id(one) for one in drafts)
    assert all(1 <= len(home.partners) <= 2 for home in homes)
    assert all(child.age < LEAVES_HOME for home in homes for child in home.children)
