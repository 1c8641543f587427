"""Who is told: the rule for each kind of person, ten worked examples each, and what always holds."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.discharge.rules.kinds import MUNICIPAL, RECEIVING, Part
from samverka.discharge.rules.routing import (
    Found,
    Need,
    RouteFacts,
    RouteUnit,
    Table,
    Whom,
    exactness,
    fits,
    gaps,
    last_resorts_missing,
    route,
    standing,
)

SPACE = UUID("6a1d6e0f-55a3-4c57-8a2f-1d3a8f0a7b11")
ARE, BERG, KROKOM, SUNDSVALL, STOCKHOLM = "2321", "2326", "2309", "2281", "0180"
HEALTH, SOCIAL, OPEN = Part.MUNICIPAL_HEALTH, Part.SOCIAL, Part.OPEN_CARE


def uid(name: str) -> UUID:
    return uuid5(SPACE, name)


def unit(name: str, code: str = ARE, **more: object) -> RouteUnit:
    given = {"municipal": True} | more
    return RouteUnit(uid(name), name, code, **given)  # type: ignore[arg-type]


UNITS = {
    one.id: one
    for one in (
        unit("Hemsjukvården Åre"),
        unit("Hemsjukvården Duved"),
        unit("Hemsjukvården Berg", BERG),
        unit("Biståndsenheten Åre"),
        unit("Barn och familj Åre", families=True),
        unit("LSS Åre"),
        unit("IFO Åre"),
        unit("Boendestödet Åre"),
        unit("Äldreteamet Åre"),
        unit("Åre hälsocentral", municipal=False),
        unit("Järpens hälsocentral", municipal=False),
        unit(
            "Hallens hälsocentral",
            municipal=False,
            closed=True,
            successor=uid("Järpens hälsocentral"),
        ),
        unit("Gamla hemsjukvården", closed=True),
        unit("Närvård Östersund", "2380", municipal=False),
        unit("Vårdsamordningen", "2380", municipal=False),
    )
}


def line(part: Part, name: str, code: str = ARE, **more: object) -> RouteFacts:
    return RouteFacts(part, uid(name), code, **more)  # type: ignore[arg-type]


LINES = (
    line(HEALTH, "Hemsjukvården Åre"),
    line(HEALTH, "Hemsjukvården Duved", area="duved"),
    line(HEALTH, "Hemsjukvården Berg", BERG),
    line(HEALTH, "Vårdsamordningen", SUNDSVALL, reach="Växeln 060-555 00 00, biståndsjouren"),
    line(SOCIAL, "Biståndsenheten Åre"),
    line(SOCIAL, "Barn och familj Åre", under=18),
    line(SOCIAL, "LSS Åre", need=Need.LSS),
    line(SOCIAL, "IFO Åre", need=Need.IFO),
    line(SOCIAL, "Boendestödet Åre", psychiatric=True),
    line(SOCIAL, "Äldreteamet Åre", from_age=80),
    line(OPEN, "Åre hälsocentral"),
    line(OPEN, "Järpens hälsocentral", area="järpen"),
    line(OPEN, "Närvård Östersund", ""),
    line(HEALTH, "Vårdsamordningen", ""),
    line(SOCIAL, "Vårdsamordningen", ""),
)
PLACES = {ARE: "Åre kommun", BERG: "Bergs kommun", KROKOM: "Krokoms kommun"}
TABLE = Table("23", LINES, UNITS, PLACES)


def whom(code: str = ARE, **more: object) -> Whom:
    return Whom(code, **({"age": 70} | more))  # type: ignore[arg-type]


def names(part: Part, who: Whom, table: Table = TABLE) -> list[str]:
    found = route(part, table, who)
    return [table.units[one.unit_id].name if one.unit_id else "ingen" for one in found]


def words(part: Part, who: Whom, table: Table = TABLE) -> str:
    return " ".join(text for one in route(part, table, who) for text in one.why)


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


# ── what always holds ──

calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A loaded machine is no fault of the rule."""

_CODES = st.sampled_from(["", ARE, BERG, SUNDSVALL])
_AGES = st.one_of(st.none(), st.integers(0, 110))


_LINES = st.builds(
    RouteFacts,
    part=st.sampled_from(sorted(RECEIVING)),
    unit_id=st.sampled_from(sorted(UNITS, key=str)),
    municipality_code=_CODES,
    area=st.sampled_from(["", "", "duved", "järpen"]),
    psychiatric=st.sampled_from([None, None, True, False]),
    from_age=st.sampled_from([None, None, 18, 65, 80]),
    under=st.sampled_from([None, None, 18, 90]),
    need=st.sampled_from([None, None, *Need]),
).map(lambda one: one if one.part is SOCIAL else replace(one, need=None))

_TABLES = st.lists(_LINES, max_size=8).map(lambda some: replace(TABLE, routes=tuple(some)))
_WHOM = st.builds(
    Whom,
    municipality_code=_CODES,
    deciding_code=st.sampled_from(["", "", BERG, STOCKHOLM]),
    area=st.sampled_from(["", "Duved", "JÄRPEN"]),
    psychiatric=st.booleans(),
    age=_AGES,
    listed_unit=st.sampled_from([None, *sorted(UNITS, key=str), uid("okänd")]),
    needs=st.frozensets(st.sampled_from(list(Need))),
    protected=st.booleans(),
)
_PARTS = st.sampled_from(sorted(RECEIVING))


@calmly
@given(part=_PARTS, table=_TABLES, who=_WHOM)
def test_always_somebody_or_a_refusal_in_words(part: Part, table: Table, who: Whom) -> None:
    found = route(part, table, who)
    assert found
    for one in found:
        assert one.why
        if one.unit_id is None:
            assert "Ingen tar emot" in one.why[-1]
        else:
            assert not table.units[one.unit_id].closed
            assert "därför att" in " ".join(one.why)


@calmly
@given(part=_PARTS, table=_TABLES, who=_WHOM)
def test_a_last_resort_for_all_leaves_nobody_out(part: Part, table: Table, who: Whom) -> None:
    whole = replace(table, routes=(*table.routes, line(part, "Vårdsamordningen", "")))
    assert all(one.unit_id is not None for one in route(part, whole, who))


def _single(part: Part, table: Table, who: Whom) -> Found:
    return route(part, table, replace(who, needs=frozenset(sorted(who.needs)[:1])))[0]


@calmly
@given(part=_PARTS, table=_TABLES, who=_WHOM, more=_LINES)
def test_one_more_line_never_sends_wider(
    part: Part, table: Table, who: Whom, more: RouteFacts
) -> None:
    before, after = (
        _single(part, one, who) for one in (table, replace(table, routes=(*table.routes, more)))
    )
    if before.listed:
        assert after.unit_id == before.unit_id or (after.line and after.line.psychiatric)
        return
    assert after.unit_id is not None or before.unit_id is None
    assert not (after.fallback and before.unit_id is not None and not before.fallback)
    if before.line is not None:
        assert after.line is not None
        assert exactness(after.line, who, table) >= exactness(before.line, who, table)


@calmly
@given(part=_PARTS, table=_TABLES, who=_WHOM)
def test_no_more_receivers_than_kinds_of_need(part: Part, table: Table, who: Whom) -> None:
    assert len(route(part, table, who)) <= max(1, len(who.needs))


@calmly
@given(part=_PARTS, table=_TABLES, who=_WHOM)
def test_a_municipalitys_line_is_never_used_for_another(
    part: Part, table: Table, who: Whom
) -> None:
    for one in route(part, table, who):
        if one.line is not None:
            assert one.line.municipality_code in ("", who.answers)
            assert fits(one.line, who, one.need)


@calmly
@given(table=_TABLES, who=_WHOM.map(lambda one: replace(one, protected=True, deciding_code="")))
def test_protected_registration_never_goes_by_the_register(table: Table, who: Whom) -> None:
    for part in MUNICIPAL:
        for one in route(part, table, who):
            assert one.line is None or not one.line.municipality_code


@calmly
@given(part=_PARTS, table=_TABLES, who=_WHOM, seed=st.randoms())
def test_the_order_of_the_lines_does_not_matter(
    part: Part, table: Table, who: Whom, seed: object
) -> None:
    turned = list(table.routes)
    seed.shuffle(turned)  # type: ignore[attr-defined]
    first = [one.unit_id for one in route(part, table, who)]
    assert first == [one.unit_id for one in route(part, replace(table, routes=tuple(turned)), who)]
