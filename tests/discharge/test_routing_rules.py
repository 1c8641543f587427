"""Who is told: the rule for each kind of person, ten worked examples each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samverka.discharge.rules.kinds import RECEIVING, Part
from samverka.discharge.rules.routing import (
    Need,
    Table,
    gaps,
    last_resorts_missing,
    route,
    standing,
)
from tests.discharge.routing_county import (
    ARE,
    BERG,
    HEALTH,
    KROKOM,
    LINES,
    OPEN,
    PLACES,
    SOCIAL,
    STOCKHOLM,
    SUNDSVALL,
    TABLE,
    UNITS,
    line,
    names,
    uid,
    unit,
    whom,
    words,
)

LISTED = {
    "listed": ({"listed_unit": uid("Åre hälsocentral")}, "Åre hälsocentral"),
    "listed far from home": ({"listed_unit": uid("Närvård Östersund")}, "Närvård Östersund"),
    "listed beats the area": (
        {"listed_unit": uid("Åre hälsocentral"), "area": "Järpen"}, "Åre hälsocentral"),
    "listed nowhere, by area": ({"area": "Järpen"}, "Järpens hälsocentral"),
    "small letters, large letters": ({"area": "JÄRPEN"}, "Järpens hälsocentral"),
    "listed nowhere, by municipality": ({"area": "Undersåker"}, "Åre hälsocentral"),
    "nothing known of the area": ({}, "Åre hälsocentral"),
    "closed, taken over": ({"listed_unit": uid("Hallens hälsocentral")}, "Järpens hälsocentral"),
    "closed, nobody after": (
        {"listed_unit": uid("Gamla hemsjukvården"), "area": "Järpen"}, "Järpens hälsocentral"),
    "another municipality without lines": ({"municipality_code": KROKOM}, "Närvård Östersund"),
    "listed, from another county": (
        {"municipality_code": STOCKHOLM, "listed_unit": uid("Åre hälsocentral")},
        "Åre hälsocentral"),
    "a unit that the table does not know": (
        {"listed_unit": uid("okänd")}, "Åre hälsocentral"),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "name"), LISTED.values(), ids=LISTED.keys())
def test_open_care_is_where_the_person_is_listed(facts: dict[str, object], name: str) -> None:
    assert names(OPEN, replace(whom(), **facts)) == [name]  # type: ignore[arg-type]


KINDS: dict[str, tuple[dict[str, object], list[str]]] = {
    "an adult": ({"age": 40}, ["Biståndsenheten Åre"]),
    "an old person": ({"age": 82}, ["Äldreteamet Åre"]),
    "the day of eighty": ({"age": 80}, ["Äldreteamet Åre"]),
    "a child": ({"age": 9}, ["Barn och familj Åre"]),
    "seventeen": ({"age": 17}, ["Barn och familj Åre"]),
    "eighteen": ({"age": 18}, ["Biståndsenheten Åre"]),
    "LSS": ({"age": 30, "needs": frozenset({Need.LSS})}, ["LSS Åre"]),
    "a child with LSS": ({"age": 9, "needs": frozenset({Need.LSS})}, ["LSS Åre"]),
    "addiction": ({"age": 45, "needs": frozenset({Need.IFO})}, ["IFO Åre"]),
    "LSS and addiction: both": (
        {"age": 30, "needs": frozenset({Need.LSS, Need.IFO})}, ["IFO Åre", "LSS Åre"]),
    "psychiatric": ({"age": 40, "psychiatric": True}, ["Boendestödet Åre"]),
    "psychiatric and old: age first": ({"age": 85, "psychiatric": True}, ["Äldreteamet Åre"]),
    "psychiatric child": ({"age": 12, "psychiatric": True}, ["Barn och familj Åre"]),
    "age unknown": ({"age": None}, ["Biståndsenheten Åre"]),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), KINDS.values(), ids=KINDS.keys())
def test_social_services_by_kind_of_need(facts: dict[str, object], expected: list[str]) -> None:
    assert names(SOCIAL, replace(whom(), **facts)) == expected  # type: ignore[arg-type]


def test_kind_goes_before_area() -> None:
    here = line(SOCIAL, "Hemsjukvården Duved", area="duved")
    table = replace(TABLE, routes=(*LINES, here))
    assert names(SOCIAL, whom(age=40, area="Duved"), table) == ["Hemsjukvården Duved"]
    assert names(SOCIAL, whom(age=9, area="Duved"), table) == ["Barn och familj Åre"]
    lss = frozenset({Need.LSS})
    assert names(SOCIAL, whom(age=40, area="Duved", needs=lss), table) == ["LSS Åre"]


def test_the_narrower_age_wins() -> None:
    very_old = line(SOCIAL, "LSS Åre", from_age=90)
    table = replace(TABLE, routes=(*LINES, very_old))
    assert names(SOCIAL, whom(age=95), table) == ["LSS Åre"]
    assert names(SOCIAL, whom(age=85), table) == ["Äldreteamet Åre"]


def test_a_child_goes_to_families_before_those_who_take_all_and_it_is_said() -> None:
    plain = tuple(one for one in LINES if one.under is None)
    assert names(SOCIAL, whom(age=9), replace(TABLE, routes=plain)) == ["Biståndsenheten Åre"]
    said = words(SOCIAL, whom(age=9), replace(TABLE, routes=plain))
    assert "Ingen rad gäller särskilt barn i Åre kommun" in said
    family = (*plain, line(SOCIAL, "Barn och familj Åre", area="åre"))
    table = replace(TABLE, routes=family)
    assert names(SOCIAL, whom(age=9, area="Åre"), table) == ["Barn och familj Åre"]
    assert "särskilt barn" not in words(SOCIAL, whom(age=9, area="Åre"), table)


def test_without_a_door_of_its_own_the_general_one_is_used_and_it_is_said() -> None:
    plain = tuple(one for one in LINES if one.need is None)
    who = whom(age=30, needs=frozenset({Need.LSS}))
    assert names(SOCIAL, who, replace(TABLE, routes=plain)) == ["Biståndsenheten Åre"]
    assert "Ingen rad gäller särskilt stöd enligt LSS" in words(
        SOCIAL, who, replace(TABLE, routes=plain)
    )


PSYCHIATRY = {
    "before the listing": ({"listed_unit": uid("Åre hälsocentral")}, "Vuxenpsykiatrin"),
    "listed nowhere": ({}, "Vuxenpsykiatrin"),
    "the area says nothing": ({"area": "Järpen"}, "Vuxenpsykiatrin"),
    "a child": ({"age": 15, "listed_unit": uid("Åre hälsocentral")}, "BUP"),
    "the day of eighteen": ({"age": 18}, "Vuxenpsykiatrin"),
    "old": ({"age": 90}, "Vuxenpsykiatrin"),
    "no line there: the listing": (
        {"municipality_code": BERG, "listed_unit": uid("Åre hälsocentral")}, "Åre hälsocentral"),
    "age unknown: the listing": (
        {"age": None, "listed_unit": uid("Åre hälsocentral")}, "Åre hälsocentral"),
    "bodily care": (
        {"psychiatric": False, "listed_unit": uid("Åre hälsocentral")}, "Åre hälsocentral"),
    "protected: by no municipality": ({"protected": True}, "Närvård Östersund"),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "name"), PSYCHIATRY.values(), ids=PSYCHIATRY)
def test_psychiatry_has_open_care_of_its_own(facts: dict[str, object], name: str) -> None:
    doors = (
        line(OPEN, "Vuxenpsykiatrin", psychiatric=True, from_age=18),
        line(OPEN, "BUP", psychiatric=True, under=18),
        line(OPEN, "Järpens hälsocentral", from_age=65),
    )
    units = UNITS | {one.id: one for one in (unit("Vuxenpsykiatrin"), unit("BUP"))}
    table = replace(TABLE, routes=(*LINES, *doors), units=units)
    who = replace(whom(psychiatric=True), **facts)  # type: ignore[arg-type]
    assert names(OPEN, who, table) == [name]


PLACED = {
    "registered in Åre, placed by Berg": ((ARE, BERG), ["Hemsjukvården Berg"]),
    "registered in Krokom, placed by Åre": ((KROKOM, ARE), ["Hemsjukvården Åre"]),
    "registered nowhere known, placed by Berg": (("", BERG), ["Hemsjukvården Berg"]),
    "registered in another county, placed by Åre": ((STOCKHOLM, ARE), ["Hemsjukvården Åre"]),
    "placed by Stockholm, living in Åre": ((ARE, STOCKHOLM), ["Vårdsamordningen"]),
    "placed by Sundsvall, living in Åre": ((ARE, SUNDSVALL), ["Vårdsamordningen"]),
    "placed by Krokom, that has no line": ((ARE, KROKOM), ["Vårdsamordningen"]),
    "the same municipality": ((ARE, ARE), ["Hemsjukvården Åre"]),
    "registered in Berg, placed by Åre": ((BERG, ARE), ["Hemsjukvården Åre"]),
    "registered in Sundsvall, placed by Berg": ((SUNDSVALL, BERG), ["Hemsjukvården Berg"]),
    "registered in Krokom, placed by Sundsvall": ((KROKOM, SUNDSVALL), ["Vårdsamordningen"]),
}


@pytest.mark.parametrize(("codes", "expected"), PLACED.values(), ids=PLACED.keys())
def test_the_deciding_municipality_is_told(codes: tuple[str, str], expected: list[str]) -> None:
    who = whom(codes[0], deciding_code=codes[1])
    assert names(HEALTH, who) == expected
    assert "som har beslutat var personen bor" in words(HEALTH, who)


def test_it_is_said_who_is_not_told() -> None:
    said = words(SOCIAL, whom(ARE, deciding_code=BERG))
    assert "Det är Bergs kommun som har beslutat" in said
    assert "och inte Åre kommun (5 kap. 2 § lagen 2017:612)" in said


def test_protected_and_placed_goes_by_the_decision() -> None:
    who = whom(ARE, deciding_code=BERG, protected=True)
    assert names(HEALTH, who) == ["Hemsjukvården Berg"]
    assert "Åre" not in words(HEALTH, replace(who, municipality_code=""))


OTHER_COUNTIES = {
    "Stockholm": (STOCKHOLM, "Vårdsamordningen", "kod 0180 i Stockholms län"),
    "Gotland": ("0980", "Vårdsamordningen", "Gotlands län"),
    "Malmö": ("1280", "Vårdsamordningen", "Skåne län"),
    "Göteborg": ("1480", "Vårdsamordningen", "Västra Götalands län"),
    "Umeå": ("2480", "Vårdsamordningen", "Västerbottens län"),
    "Kiruna": ("2584", "Vårdsamordningen", "Norrbottens län"),
    "Sundsvall, with a line": (SUNDSVALL, "Vårdsamordningen", "Växeln 060-555 00 00"),
    "Uppsala": ("0380", "Vårdsamordningen", "Uppsala län"),
    "Gävle": ("2180", "Vårdsamordningen", "Gävleborgs län"),
    "Luleå": ("2580", "Vårdsamordningen", "Norrbottens län"),
    "a county that is none": ("9901", "Vårdsamordningen", "kommunen med kod 9901"),
}


@pytest.mark.parametrize(("code", "name", "said"), OTHER_COUNTIES.values(), ids=OTHER_COUNTIES)
def test_persons_from_other_counties(code: str, name: str, said: str) -> None:
    (found,) = route(HEALTH, TABLE, whom(code))
    assert TABLE.units[found.unit_id].name == name
    assert "ligger i ett annat län" in " ".join(found.why)
    assert said in " ".join(found.why)
    assert found.fallback is (code != SUNDSVALL)


def test_the_last_resort_is_no_notice_to_the_municipality() -> None:
    assert "räknas inte som underrättad" in words(HEALTH, whom(KROKOM))
    assert "räknas inte som underrättad" not in words(OPEN, whom(KROKOM))


PROTECTED = {
    "by no municipality": (HEALTH, {}, "Vårdsamordningen"),
    "social services neither": (SOCIAL, {}, "Vårdsamordningen"),
    "a child": (SOCIAL, {"age": 9}, "Vårdsamordningen"),
    "an area says nothing": (HEALTH, {"area": "Duved"}, "Vårdsamordningen"),
    "an age with a line of its own": (SOCIAL, {"age": 85}, "Vårdsamordningen"),
    "a kind of need with a line of its own": (
        SOCIAL,
        {"needs": frozenset({Need.LSS})},
        "Vårdsamordningen",
    ),
    "psychiatric": (SOCIAL, {"psychiatric": True}, "Vårdsamordningen"),
    "placed by another": (HEALTH, {"deciding_code": BERG}, "Hemsjukvården Berg"),
    "hidden listing": (OPEN, {}, "Närvård Östersund"),
    "an area says nothing of open care": (OPEN, {"area": "Järpen"}, "Närvård Östersund"),
    "listing that may be seen": (
        OPEN,
        {"listed_unit": uid("Åre hälsocentral")},
        "Åre hälsocentral",
    ),
}


@pytest.mark.parametrize(("part", "facts", "name"), PROTECTED.values(), ids=PROTECTED)
def test_protected_registration_says_nothing_of_where_one_lives(
    part: Part, facts: dict[str, object], name: str
) -> None:
    who = replace(whom(protected=True), **facts)  # type: ignore[arg-type]
    assert names(part, who) == [name]
    assert "Åre kommun" not in words(part, who)


def test_why_is_said_in_words() -> None:
    assert words(OPEN, whom(listed_unit=uid("Åre hälsocentral"))) == (
        "Får det därför att personen är listad där."
    )
    assert words(HEALTH, whom(area="Duved")) == (
        "Får det därför att den tar emot för Duved i Åre kommun."
    )
    assert words(SOCIAL, whom(age=82)).endswith(
        "därför att den tar emot för den som har fyllt 80 år i Åre kommun."
    )
    assert "Hallens hälsocentral är stängd. Järpens hälsocentral har tagit över." in words(
        OPEN, whom(listed_unit=uid("Hallens hälsocentral"))
    )


# ── closed units ──


def test_a_closed_unit_is_passed_by_and_it_is_said() -> None:
    gone = line(HEALTH, "Gamla hemsjukvården", area="åre")
    table = replace(TABLE, routes=(*LINES, gone))
    assert names(HEALTH, whom(area="Åre"), table) == ["Hemsjukvården Åre"]
    assert "Gamla hemsjukvården är stängd och ingen har tagit över." in words(
        HEALTH, whom(area="Åre"), table
    )


@pytest.mark.parametrize("length", [1, 2, 5, 20])
def test_successors_are_followed_to_the_end(length: int) -> None:
    chain = [unit(f"nr {n}", closed=True, successor=uid(f"nr {n + 1}")) for n in range(length)]
    last = unit(f"nr {length}")
    units = {one.id: one for one in (*chain, last)}
    assert standing(uid("nr 0"), Table("23", units=units))[0] == last


def test_successors_in_a_ring_are_nobody() -> None:
    ring = [unit(f"nr {n}", closed=True, successor=uid(f"nr {(n + 1) % 3}")) for n in range(3)]
    found, said = standing(uid("nr 0"), Table("23", units={one.id: one for one in ring}))
    assert found is None
    assert said[-1].endswith("ingen har tagit över.")


# ── what is missing ──


def test_gaps_say_whom_nobody_takes() -> None:
    assert gaps(ARE, TABLE) == []
    berg = [str(one.words) for one in gaps(BERG, TABLE)]
    assert berg == [
        "Ingen tar emot för regionens öppenvård för den som inte är listad.",
        "Ingen tar emot för socialtjänst.",
    ]
    assert all(one.stood_in for one in gaps(BERG, TABLE))
    bare = replace(TABLE, routes=tuple(one for one in LINES if one.municipality_code))
    assert not any(one.stood_in for one in gaps(BERG, bare))


def test_only_children_are_missing() -> None:
    grown = (line(SOCIAL, "Biståndsenheten Åre", from_age=18), *LINES[:4], *LINES[10:])
    found = [str(one.words) for one in gaps(ARE, replace(TABLE, routes=grown))]
    assert found == ["Ingen tar emot för socialtjänst för barn."]


def test_a_last_resort_is_for_all_or_it_is_none() -> None:
    parts = sorted(RECEIVING)
    assert last_resorts_missing(TABLE, parts) == []
    some = replace(TABLE, routes=(line(HEALTH, "Vårdsamordningen", "", psychiatric=True),))
    assert last_resorts_missing(some, parts) == parts
    shut = replace(TABLE, routes=(line(HEALTH, "Gamla hemsjukvården", ""),))
    assert last_resorts_missing(shut, [HEALTH]) == [HEALTH]


def test_nobody_at_all_is_said() -> None:
    (found,) = route(HEALTH, Table("23", places=PLACES), whom())
    assert found.unit_id is None
    assert found.why[-1] == (
        "Ingen tar emot för kommunens hälso- och sjukvård i Åre kommun, och länet har ingen reserv."
    )
