"""Units, care providers and staff: whole, well-formed, and no real telephone or identity."""

from __future__ import annotations

import re
from datetime import date

from samverka.access.roles import Role
from samverka.demo import phones
from samverka.demo.cast import CAST, roles
from samverka.demo.county import (
    CITY_CENTRES,
    MUNICIPALITIES,
    PLACES,
    PRINCIPALS,
    principal_of,
    providers,
    units,
)
from samverka.demo.population import table
from samverka.demo.script import Related
from samverka.demo.staff import staff
from samverka.demo.stories import STORIES
from samverka.kernel.actor import Branch
from samverka.kernel.identity import Sex, is_hsa_id, parse_identity
from samverka.organisations.rules import UnitKind


def test_the_eight_municipalities_with_their_codes_as_text() -> None:
    codes = [one.code for one in MUNICIPALITIES]
    assert codes == ["2303", "2305", "2309", "2313", "2321", "2326", "2361", "2380"]
    assert {code for code, _sex in table()} == set(codes)


def test_organisation_numbers_have_the_right_check_digit() -> None:
    for principal in PRINCIPALS:
        number = parse_identity(principal.organisation_number, today=date(2026, 11, 20))
        assert number.check_digit_is_right


def test_every_municipality_has_the_four_branches_and_all_kinds_of_units() -> None:
    for one in MUNICIPALITIES:
        branches = {p.branch for p in providers().values() if p.principal == one.key}
        assert branches == set(Branch)
        kinds = {u.kind for u in units().values() if principal_of(u.key) == one}
        assert kinds >= {
            UnitKind.HOME_HEALTH_CARE,
            UnitKind.HOME_CARE,
            UnitKind.NEEDS_ASSESSMENT,
            UnitKind.REHAB,
            UnitKind.SOCIAL_PSYCHIATRY,
            UnitKind.SCHOOL_HEALTH,
            UnitKind.FAMILY_SERVICES,
        }


def test_a_units_branch_fits_what_it_does() -> None:
    branch = {key: providers()[unit.provider].branch for key, unit in units().items()}
    for key, unit in units().items():
        if unit.kind is UnitKind.FAMILY_SERVICES:
            assert branch[key] is Branch.IFO
        if unit.kind in {UnitKind.HOME_CARE, UnitKind.NEEDS_ASSESSMENT}:
            assert branch[key] is Branch.SOCIAL
        if unit.kind in {UnitKind.HOME_HEALTH_CARE, UnitKind.WARD, UnitKind.HEALTH_CENTRE}:
            assert branch[key] is Branch.HEALTH


def test_unit_names_are_unique_within_the_care_provider() -> None:
    named = [(unit.provider, unit.name) for unit in units().values()]
    assert len(set(named)) == len(named)


def test_hsa_ids_are_well_formed_and_unique() -> None:
    found = [u.hsa_id for u in units().values()]
    found += [p.hsa_id for p in providers().values()]
    found += [m.hsa_id for m in staff().values()]
    assert all(is_hsa_id(one) and "-DEMO" in one for one in found)
    assert len(set(found)) == len(found)


def test_only_telephone_numbers_that_reach_nobody() -> None:
    people = [p.phone for story in STORIES for p in story.people if p.phone]
    related = [e for s in STORIES for e in s.events if isinstance(e, Related)]
    events = [e.phone for e in related if e.phone]
    for number in [u.phone for u in units().values()] + people + events:
        assert phones.is_fictional(number), number
    assert not phones.is_fictional("063-14 75 00")
    assert not phones.is_fictional("070-174 06 04")
    assert not phones.is_fictional("070-174 07 00")
    assert {phones.is_fictional(phones.mobile(n)) for n in range(95)} == {True}
    assert {phones.is_fictional(phones.landline(n)) for n in range(400)} == {True}
    assert len({phones.landline(n) for n in range(400)}) == 400
    assert len({phones.mobile(n) for n in range(95)}) == 95


def test_units_have_numbers_of_their_own() -> None:
    numbers = [unit.phone for unit in units().values()]
    assert len(set(numbers)) == len(numbers)


def test_places_point_at_units_that_exist() -> None:
    for place in PLACES:
        assert units()[place.centre].kind is UnitKind.HEALTH_CENTRE
        assert re.fullmatch(r"8\d\d \d\d", place.postcode)
    for one in MUNICIPALITIES:
        assert sum(place.share for place in PLACES if place.municipality == one.key) == 100
    assert set(CITY_CENTRES) <= set(units())


def test_staff_work_at_units_that_exist_with_roles_that_exist() -> None:
    assert len(staff()) >= 120
    for member in staff().values():
        assert member.assignments
        for assignment in member.assignments:
            assert assignment.unit in units()
            assert all(Role(role) for role in assignment.roles)


def test_every_health_centre_and_branch_in_the_stories_has_someone_at_work() -> None:
    manned = {a.unit for member in staff().values() for a in member.assignments}
    centres = {key for key, unit in units().items() if unit.kind is UnitKind.HEALTH_CENTRE}
    assert centres <= manned


def test_every_log_in_is_someone_and_all_asked_for_roles_are_there() -> None:
    people = {person.key for story in STORIES for person in story.people}
    assert set(roles()) <= people | set(staff())
    assert {"karin", "eva", "gosta", "sara"} <= set(roles())
    given = {
        role
        for who in set(roles()) & set(staff())
        for a in staff()[who].assignments
        for role in a.roles
    }
    of_systems = {
        Role.INTEGRATION,
        Role.CONNECTED,
    }  # they get in by keys, and nobody logs in as one
    assert given == {role.value for role in Role if role not in of_systems}
    assert sum(len(group.roles) for group in CAST) == len(roles())
    stories = {story.key for story in STORIES}
    assert {role.story for role in roles().values()} - {""} <= stories


def test_the_population_table_is_the_countys() -> None:
    assert sum(sum(ages) for ages in table().values()) == 130_810
    assert sum(table()["2309", Sex.FEMALE]) == 7_237
