"""A plan that was given: the reader has the version that was given, and no answer tells that there are others."""

from __future__ import annotations

import json

import pytest

from samverka.careplans import operations as ops
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import Term
from samverka.config.exchange import history, read, update, vread
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed, NotFound, Problem
from samverka.web.exchange import Shown, Span, Stale, Wish
from tests.careplans.conftest import taken_back
from tests.factories.cast import Cast


def fresh(_shown: Shown) -> bool:
    return False


def everything(reader: Actor, key: str) -> list[object]:
    """All that the API tells of a plan, its team and whose it is."""
    told: list[object] = []
    for kind in ("CarePlan", "CareTeam", "Provenance"):
        told.append(read(reader, kind, key, fresh))
        told.append(history(reader, Span(kind=kind, key=key)))
        told.append(history(reader, Span(kind=kind)).entries)
        for number in range(1, 30):
            try:
                told.append(vread(reader, kind, key, str(number), fresh))
            except Problem as problem:
                told.append((type(problem), str(problem)))
    return told


def change(cast: Cast, plan: PlanDetail) -> None:
    """Much happens to it afterwards."""
    later = cast.at(cast.region_nurse, hours=2)
    ops.comment_plan(later, plan_id=plan.id, words="Sagt efteråt")
    ops.add_goal(later, plan_id=plan.id, words="Efteråt", term=Term.LONG)


def test_what_comes_after_is_told_in_no_way(cast: Cast, shared: PlanDetail) -> None:
    reader, key = cast.at(cast.needs_assessor, hours=3), str(shared.id)
    taken_back(cast, shared)
    before = everything(reader, key)
    change(cast, shared)
    assert everything(reader, key) == before


def test_its_version_is_the_one_that_was_given(cast: Cast, shared: PlanDetail) -> None:
    reader, key = cast.needs_assessor, str(shared.id)
    shown = read(reader, "CarePlan", key, fresh)
    assert shown.version == f"g{shared.version}"
    assert json.loads(shown.text)["meta"]["versionId"] == shown.version
    assert vread(reader, "CarePlan", key, shown.version, fresh) == shown
    [only] = history(reader, Span(kind="CarePlan", key=key)).entries
    assert only.shown == shown
    own = read(cast.region_nurse, "CarePlan", key, fresh)
    assert own.version.isdecimal()
    with pytest.raises(NotFound):
        vread(reader, "CarePlan", key, own.version, fresh)
    goal = str(shared.goals[0].id)
    assert read(reader, "Goal", goal, fresh).version == shown.version


def test_those_who_keep_it_read_each_version(cast: Cast, shared: PlanDetail) -> None:
    nurse, key = cast.region_nurse, str(shared.id)
    now = read(nurse, "CarePlan", key, fresh)
    page = history(nurse, Span(kind="CarePlan", key=key))
    assert page.entries[0].shown == now
    assert page.total == int(now.version) == len(page.entries)
    for past in page.entries:
        assert vread(nurse, "CarePlan", key, past.shown.version, fresh) == past.shown
    with pytest.raises(NotFound):
        history(cast.stranger, Span(kind="CarePlan", key=key))


def test_the_version_that_was_given_is_what_a_change_begins_from(
    cast: Cast,
    shared: PlanDetail,
) -> None:
    reader, key = cast.needs_assessor, str(shared.id)
    shown = read(reader, "CarePlan", key, fresh)
    with pytest.raises(Stale) as stale:
        update(reader, "CarePlan", key, shown.text, Wish(version=f"g{shared.version + 1}"))
    assert stale.value.now == shown
    again = update(reader, "CarePlan", key, shown.text, Wish(version=shown.version))
    assert (again.shown, again.changed) == (shown, False)
    taken_back(cast, shared)
    late = cast.at(reader, hours=3)
    sent = json.loads(shown.text) | {"title": "Ny"}
    now = read(late, "CarePlan", key, fresh)
    with pytest.raises((NotAllowed, NotFound)):
        update(late, "CarePlan", key, json.dumps(sent).encode(), Wish(version=now.version))
