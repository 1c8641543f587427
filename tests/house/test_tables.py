"""Every table of the law is whole: every status has its line, every code its words, no dead ends."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

import pytest

from samverka.kernel.actor import Side
from tests.house.source import modules, told

FINAL = {"samverka.careplans": {"ended"}, "samverka.notices": {"done", "closed"}}
"""Room → statuses where a process ends. Any other status without a step out is a dead end."""

PARTIAL: dict[str, str] = {
    "samverka.transition.rules.reports.cells._CHOICES": "the other kinds are not a choice",
    "samverka.transition.rules.reports.reminding.TURN_BY": "a locked report waits for nobody",
    "samverka.transition.rules.reports.reminding.TURN_ROLES": "a locked report waits for nobody",
    "samverka.transition.rules.reports.reminding.TURN_WORDS": "a locked report waits for nobody",
    "samverka.access.rules.county.HIGHEST": "a choice has as many values as it has answers",
    "samverka.discharge.rules.liability.notes._SAID": "the others are said by what the county chose",
    "samverka.discharge.rules.liability.settings.CHOICES": "the settings of this room that are a choice",
    "samverka.discharge.rules.figures.hiding.TOLD_BY": "a figure that no other tells of",
    "samverka.kernel.identity.kinds.SYSTEMS": "a local reserve number has its issuer's own system",
    "samverka.connections.rules.clients.PURPOSES": "emergency and the person's own request are never a system's",
    "samverka.contract.rules.OWN_WORDS": "drafts and county settings are in no person's log; see tests/contract",
    "samverka.careplans.rules.compare._PART_WORDS": "a fact is named by its own words",
    "samverka.discharge.rules.planning.BEGINS": "only the kinds of plan that a stay asks for (PLAN_OF)",
    "samverka.discharge.rules.fates._REFUSALS": "a message that waits refuses no step",
    "samverka.discharge.rules.preparing.EASY_WORDS": "the other lines of the list have words that are easy already",
    "samverka.discharge.rules.steps.BUTTONS": "a message without a verb of its own is opened",
    "samverka.discharge.rules.steps.DOING_BUTTONS": "a step that has a page of its own; else a message",
    "samverka.discharge.rules.steps._VERBS": "only what the law asks for is a step",
    "samverka.guarantee.rules.clock._MATTERS": "a new need is what the guarantee is about",
    "samverka.guarantee.rules.hearing.ENDS": "the other statuses of a referral end no wait",
    "samverka.guarantee.rules.turns._PRIMARY": "the two parts in primary care",
    "samverka.guarantee.rules.professions.LICENSED_SINCE": "the others were licensed before it began",
    "samverka.indicators.rules.measures.parsing_settings.FIXED_FACT": "the other shapes name their fact",
    "samverka.indicators.rules.measures.reckoning.OF_VALUES": "the others are reckoned from two counts",
    "samverka.indicators.rules.reckoning.across._LENGTHS": "the other periods are as long as their grain",
    "samverka.careplans.rules.steps._WRITING": "only what a kind of plan can require is waited for",
}
"""Tables that leave codes out on purpose, and why."""


def _tables() -> Iterator[tuple[str, Mapping[Any, Any]]]:
    """Every table by code in the house's rules: its name, and the dict."""
    seen: set[int] = set()
    for module in modules():
        if not (module.is_part("rules", "actions", "roles") or module.parts[:1] == ("kernel",)):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if not isinstance(value, Mapping) or not name.isupper() or id(value) in seen:
                continue
            if value and all(isinstance(key, Enum) for key in value):
                seen.add(id(value))
                yield f"{module.name}.{name}", value


TABLES = dict(_tables())
PROCESSES = {name: table for name, table in TABLES.items() if name.endswith(".STEPS")}


def test_there_are_tables() -> None:
    assert len(TABLES) > 10, "No tables were found: mend the test."
    assert PROCESSES, "No process was found: a process is a dict named STEPS in the room's rules."


@pytest.mark.parametrize("name", sorted(TABLES.keys() - PARTIAL))
def test_every_code_has_its_line(name: str) -> None:
    table = TABLES[name]
    kinds = {type(key) for key in table}
    missing = [str(item) for kind in kinds for item in kind if item not in table]
    assert not missing, f"{name} says nothing of: {', '.join(missing)}."


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_no_dead_ends(name: str) -> None:
    steps = PROCESSES[name]
    final = FINAL.get(".".join(name.split(".")[:2]), set())
    ends = {status.value for status, ways in steps.items() if not ways}
    assert ends == final, (
        f"{name}: {sorted(ends ^ final)} — a dead end, or FINAL is not true any more."
    )


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_every_status_can_be_reached_and_left(name: str) -> None:
    steps = PROCESSES[name]
    first = next(iter(steps))
    reached, waiting = {first}, [first]
    while waiting:
        for step in steps[waiting.pop()]:
            if step.to not in reached:
                reached.add(step.to)
                waiting.append(step.to)
    lost = [status.value for status in steps if status not in reached]
    assert not lost, f"{name}: no way leads to {', '.join(lost)}."


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_every_step_has_a_taker_and_words(name: str) -> None:
    faults = []
    for status, ways in PROCESSES[name].items():
        names = [step.name for step in ways]
        if len(names) != len(set(names)):
            faults.append(f"{status.value}: two steps have one name.")
        for step in ways:
            if not step.sides or not set(step.sides) <= set(Side):
                faults.append(f"{status.value} → {step.to.value}: say which sides may take it.")
            if not str(step.words).strip():
                faults.append(f"{status.value} → {step.to.value}: say it in words.")
    assert not faults, told(faults)


def test_no_exception_is_left_over() -> None:
    assert not PARTIAL.keys() - TABLES.keys(), "Take tables that are gone out of PARTIAL."
