"""The shape of every change: one function, one name, `verb_noun(actor, *, …) -> …Detail`."""

from __future__ import annotations

import importlib
import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.house.source import ROOMS, modules, told

SHORT = 120
"""The first line of a docstring is one sentence (characters)."""

ACTOR_FIRST = ("actor", "this")
"""`this`: called inside an act that goes on (publishing). Everything else begins its own act."""

WITHOUT_ACTOR: dict[str, str] = {
    "samverka.audit.operations.write_lines": "the act writes its lines; it has the actor in each",
    "samverka.audit.operations.seal_batch": "the sealer sees every line and shows none",
    "samverka.audit.operations.verify_chain": "the check recomputes hashes and shows no one's data",
}
"""Operations of the floor below the gate: why they have no actor."""


def public_functions(part: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of a room's `operations` or `reads`; of a package, what it hands out."""
    for room in ROOMS:
        name = f"samverka.{room}.{part}"
        if not any(one.name == name for one in modules()):
            continue
        module = importlib.import_module(name)
        names = getattr(module, "__all__", None) or [one for one in vars(module) if one[0] != "_"]
        for one in names:
            found = getattr(module, one)
            if inspect.isfunction(found) and found.__module__.startswith(name):
                yield f"{name}.{one}", found


OPERATIONS = dict(public_functions("operations"))
READS = {
    name: function
    for name, function in public_functions("reads")
    if next(iter(inspect.signature(function).parameters), "") == "actor"
}


def test_there_are_operations() -> None:
    assert len(OPERATIONS) > 20, "No operations were found: mend the test."


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - WITHOUT_ACTOR))
def test_shape_of_an_operation(name: str) -> None:
    faults = list(_faults(name, OPERATIONS[name]))
    assert not faults, told(faults)


@pytest.mark.parametrize("name", sorted(READS))
def test_shape_of_a_read(name: str) -> None:
    faults = list(_faults(name, READS[name]))
    assert not faults, told(faults)


def _faults(name: str, function: Callable[..., Any]) -> Iterator[str]:
    first, *rest = inspect.signature(function).parameters.values()
    hints = typing.get_type_hints(function)
    if first.name not in ACTOR_FIRST:
        yield f"{name}: the first argument is the actor, not “{first.name}”."
    if first.name == "actor":
        yield from (
            f"{name}: put “*” before “{one.name}”, so that it is given by name."
            for one in rest
            if one.kind is not inspect.Parameter.KEYWORD_ONLY
        )
    yield from (f"{name}: say the type of “{one.name}”." for one in rest if one.name not in hints)
    if "return" not in hints:
        yield f"{name}: say what comes back."
    line = (inspect.getdoc(function) or "").split("\n")[0]
    if not line or len(line) > SHORT or not line[0].isupper() or not line.rstrip().endswith("."):
        yield f"{name}: begin the docstring with one sentence that a nurse understands."


def test_no_exception_is_left_over() -> None:
    stale = WITHOUT_ACTOR.keys() - OPERATIONS.keys()
    assert not stale, f"Take out of WITHOUT_ACTOR: {', '.join(sorted(stale))}."


def test_operations_give_plain_values() -> None:
    """A row that leaves its room can be saved by whoever holds it."""
    faults = []
    for name, function in {**OPERATIONS, **READS}.items():
        hints = typing.get_type_hints(function)
        if ".models." in f"{hints.get('return')!r}" or "QuerySet" in f"{hints.get('return')!r}":
            faults.append(f"{name}: give back a frozen dataclass, not a row or a query.")
    assert not faults, told(faults)
