"""Nothing is read or changed without a line: who, what, whose, on what ground; refusals too."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from samverka.access.act import Act, Unaudited, act
from samverka.access.actions import ACTIONS, Action, Mode
from samverka.access.guarded import OutsideAct
from samverka.access.rules import GROUND_WORDS, REFUSAL_WORDS
from samverka.audit.models import Event
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed, NotFound, Problem
from samverka.people.models import Person, Relative
from tests.house.calls import CALLS, NOT_CALLED, About, Call
from tests.house.furnished import House
from tests.house.source import modules, told
from tests.house.test_operations import OPERATIONS, READS

LATER: dict[str, str] = {
    "ROUTE_READ": "where messages go",
    "ROUTE_EDIT": "where messages go",
    "RESERVE_KEEP": "the reserve routine",
}
"""Actions that a later part of the product will use, and which."""


# ── every action ──


def _used_actions() -> set[str]:
    """Actions that some act is begun with: `act(actor, Action.X)`, or that are handed to one."""
    return {
        node.attr
        for module in modules()
        if module.parts[:1] != ("demo",) and not module.is_part("actions")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Action"
    }


def test_every_action_has_its_row() -> None:
    missing = [action for action in Action if action not in ACTIONS]
    assert not missing, f"Write a line in access/actions.py for {missing}."


def test_every_action_is_used() -> None:
    used = _used_actions() | LATER.keys()
    unused = [action.name for action in Action if action.name not in used]
    assert not unused, f"No read or operation uses {', '.join(unused)}: use it or take it away."


# ── every read and operation ──


def test_every_read_and_operation_is_called_here() -> None:
    there = (OPERATIONS.keys() | READS.keys()) - NOT_CALLED.keys()
    missing = [f"{name}: call it in tests/house/calls/." for name in sorted(there - CALLS.keys())]
    gone = [
        f"{name}: is gone; take it out of tests/house/calls/."
        for name in sorted(CALLS.keys() - there)
    ]
    assert not missing + gone, told(missing + gone)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside never happened."""
    try:
        with transaction.atomic():
            yield
            raise _Undone
    except _Undone:
        pass


class _Undone(Exception):
    pass


def lines_of(work: Callable[[], object]) -> tuple[list[Event], Problem | None]:
    """The new lines that some work leaves, and what it refused."""
    problem = None
    with _seeing_all():
        before = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    try:
        work()
    except Problem as refused:
        problem = refused
    with _seeing_all():
        return list(Event.objects.filter(id__gt=before).order_by("id")), problem


@contextmanager
def _seeing_all() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")
        yield
        cursor.execute("SELECT set_config('samverka.persons', '', true)")


def _called(call: Call, house: House, actor: Actor) -> tuple[list[Event], Problem | None]:
    made = [call.prepared(house)] if call.prepared else []
    return lines_of(lambda: call.run(house, actor, *made))


def _faults(name: str, call: Call, house: House) -> Iterator[str]:
    actor = call.by(house)
    lines, problem = _called(call, house, actor)
    if problem is not None:
        yield f"{name}: refused one who may: {problem}"
        return
    if call.about is About.SILENT:
        if lines:
            yield f"{name}: leaves a line; say in calls/ what about."
        return
    if not lines:
        yield f"{name}: leaves no line in the trail."
    yield from _mode_faults(name, call, lines)
    yield from _about_faults(name, call, lines)
    for line in lines:
        yield from _line_faults(name, line, actor)


def _line_faults(name: str, line: Event, actor: Actor) -> Iterator[str]:
    if line.actor_id != str(actor.id) or line.actor_name != actor.name:
        yield f"{name}: the line does not say who."
    if line.at < actor.at:
        yield f"{name}: the line has another time than the actor."
    if line.unit_id != str(actor.unit_id or "") or line.provider_id != str(actor.provider_id or ""):
        yield f"{name}: the line does not say at which unit."
    if line.outcome != 0 or not line.purpose or line.action not in set(Action):
        yield f"{name}: the line is not whole: {line.action} {line.outcome} {line.purpose}"
    if line.ground and line.ground not in set(GROUND_WORDS):
        yield f"{name}: the ground “{line.ground}” has no words."


def _about_faults(name: str, call: Call, lines: list[Event]) -> Iterator[str]:
    about = [line for line in lines if line.person_id]
    if call.about in (About.RECORD, About.PERSON) and not about:
        yield f"{name}: no line says whose data it was."
    if call.about is About.RECORD and not any(line.ground for line in about):
        yield f"{name}: no line says on what ground."
    if call.about is About.NOBODY and about:
        yield f"{name}: a line is about a person; say so in calls/."


def _mode_faults(name: str, call: Call, lines: list[Event]) -> Iterator[str]:
    """A change leaves a line of change; a read leaves none."""
    modes = {line.mode for line in lines}
    if ".reads." in name and modes - {Mode.READ.value} and name not in WITH_A_CHANGE:
        yield f"{name}: a read leaves a line of change: {sorted(modes)}."
    if ".operations." in name and modes == {Mode.READ.value}:
        yield f"{name}: an operation leaves only lines of reading."


WITH_A_CHANGE: dict[str, str] = {
    "samverka.people.reads.known_persons": "a step of an import; the answer is shown to nobody",
    "samverka.web.reads.list_drafts": "one's own unsaved text, which one takes care of or throws away",
}
"""Reads whose line says that something was changed, and why."""


def test_every_read_and_operation_leaves_its_line(house: House) -> None:
    faults: list[str] = []
    for name, call in CALLS.items():
        with undone():
            faults += _faults(name, call, house)
    assert not faults, told(faults)


# ── the stranger ──


MAY_BEGIN: dict[str, str] = {
    "samverka.access.operations.open_relation": "anyone may begin a care relation with one who seeks them",
    "samverka.people.operations.register_person": "so with one who is not known yet",
}
"""What a stranger may do with a person, and why. It is all in the log."""


def test_a_stranger_gets_nothing_and_leaves_a_line(house: House) -> None:
    faults: list[str] = []
    for name, call in CALLS.items():
        if call.about is About.RECORD and name not in MAY_BEGIN:
            with undone():
                faults += _stranger_faults(name, call, house)
    assert not faults, told(faults)


def _stranger_faults(name: str, call: Call, house: House) -> Iterator[str]:
    lines, problem = _called(call, house, house.cast.stranger)
    # An empty list about a named person leaves a line about the person: it was asked for.
    shown = [line for line in lines if line.outcome == 0 and (line.ground or line.object_ids)]
    if any(line.person_id == str(house.karin.id) for line in shown):
        yield f"{name}: a stranger was let in: {shown[0].action}, {shown[0].ground}."
    if not lines:
        yield f"{name}: what a stranger tried left no line."
    if isinstance(problem, NotFound | NotAllowed) and not any(line.outcome == 4 for line in lines):
        yield f"{name}: the refusal left no line."


def test_a_refusal_is_told_after_the_rollback(house: House) -> None:
    """What was begun is undone, and the line about it stays."""

    def attempt() -> None:
        with act(house.nurse, Action.PERSON_EDIT) as this:
            Relative(person_id=house.karin.id, name="Skuggan", kind="other").save()
            this.row(Person.objects, id=uuid4())

    lines, problem = lines_of(attempt)
    assert isinstance(problem, NotFound)
    assert [(line.action, line.outcome) for line in lines] == [("person.edit", 4)]
    with _seeing_all():
        assert not Relative.objects.filter(name="Skuggan").exists()


def test_a_refusal_inside_another_act_is_told_once(house: House) -> None:
    def attempt() -> None:
        with act(house.cast.stranger, Action.OVERVIEW_READ):
            with act(house.cast.stranger, Action.PLAN_READ) as inner:
                inner.row(Person.objects, id=house.karin.id)

    lines, _problem = lines_of(attempt)
    assert [(line.outcome, line.person_id) for line in lines] == [(4, str(house.karin.id))]
    assert lines[0].detail["refusal"] in set(REFUSAL_WORDS)


# ── the act's own walls ──


def test_an_act_without_a_line_undoes_everything(house: House) -> None:
    with pytest.raises(Unaudited), act(house.nurse, Action.PERSON_EDIT):
        Relative(person_id=house.karin.id, name="Skuggan", kind="other").save()
    with _seeing_all():
        assert not Relative.objects.filter(name="Skuggan").exists()


def _writes(house: House) -> dict[str, Callable[[], object]]:
    row = Relative(person_id=house.karin.id, name="Skuggan", kind="other")
    return {
        "save": lambda: row.save(),
        "create": lambda: Relative.objects.create(person_id=house.karin.id, name="S", kind="other"),
        "delete": lambda: Relative(id=house.ids["relative_id"]).delete(),
        "update": lambda: Relative.objects.filter(id=house.ids["relative_id"]).update(name="S"),
        "queryset delete": lambda: Relative.objects.filter(id=house.ids["relative_id"]).delete(),
        "bulk_create": lambda: Relative.objects.bulk_create([row]),
        "bulk_update": lambda: Relative.objects.bulk_update([row], ["name"]),
        "get_or_create": lambda: Relative.objects.get_or_create(
            person_id=house.karin.id, name="S", kind="other"
        ),
        "update_or_create": lambda: Relative.objects.update_or_create(
            id=house.ids["relative_id"], defaults={"name": "S"}
        ),
    }


def _unwalled(house: House, around: Callable[[], Any]) -> list[str]:
    found = []
    for name, write in _writes(house).items():
        try:
            with undone(), around():
                with _seeing_all():
                    write()
        except OutsideAct:
            continue
        except Unaudited:
            pass
        found.append(f"{name}: went through")
    return found


def test_no_write_outside_an_act(house: House) -> None:
    @contextmanager
    def nothing() -> Iterator[None]:
        yield

    found = _unwalled(house, nothing)
    assert not found, told(found)


def test_no_write_inside_a_reading_act(house: House) -> None:
    @contextmanager
    def reading() -> Iterator[Act]:
        with act(house.nurse, Action.PERSON_READ) as this:
            this.unchanged()
            yield this

    found = _unwalled(house, reading)
    assert not found, told(found)


def test_an_act_that_changes_may_write(house: House) -> None:
    """The other side of the wall: the same write goes through where it should."""
    with act(house.nurse, Action.PERSON_EDIT) as this:
        row = this.add(Relative(person_id=house.karin.id, name="Per", kind="son"))
        this.note(row)
    with _seeing_all():
        assert Relative.objects.filter(name="Per").count() == 1
