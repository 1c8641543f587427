"""Who is told: what always holds, whatever the table and the person."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.discharge.rules.kinds import MUNICIPAL, RECEIVING, Part
from samverka.discharge.rules.routing import (
    Found,
    Need,
    RouteFacts,
    Table,
    Whom,
    exactness,
    fits,
    route,
)
from tests.discharge.routing_county import (
    ARE,
    BERG,
    SOCIAL,
    STOCKHOLM,
    SUNDSVALL,
    TABLE,
    UNITS,
    line,
    uid,
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
