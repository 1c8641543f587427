"""Small on purpose: a file of at most 500 lines, a function of at most 60."""

from __future__ import annotations

import ast
from pathlib import Path

from samverka.config.folders import PACKAGE
from tests.house.source import REPOSITORY, modules, templates, told

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
LONGEST_TEMPLATE = 300

LISTS = {
    "samverka/kernel/testseries_listed.py": "a published list",
}
"""Files that are one long table and nothing else."""


def _tests() -> list[Path]:
    return sorted((REPOSITORY / "tests").rglob("*.py"))


def test_files_are_short() -> None:
    paths = [
        *(one.path for one in modules()),
        *_tests(),
        *sorted((REPOSITORY / "tools").glob("*.py")),
    ]
    faults = []
    for path in paths:
        lines, place = len(path.read_text().splitlines()), path.relative_to(REPOSITORY).as_posix()
        if lines > LONGEST_FILE and place not in LISTS:
            faults.append(f"{place} has {lines} lines: make it a package of the same name.")
    assert not faults, told(faults)


def test_functions_are_short() -> None:
    faults = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    faults.append(
                        f"{module.place}:{node.lineno}: {node.name} has {lines} lines: "
                        "give its steps names."
                    )
    assert not faults, told(faults)


def test_templates_are_short() -> None:
    faults = [
        f"{path.relative_to(REPOSITORY)} is over {LONGEST_TEMPLATE} lines: split it in named parts."
        for path in templates()
        if len(path.read_text().splitlines()) > LONGEST_TEMPLATE
    ]
    assert not faults, told(faults)


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    names = {"utils", "helpers", "misc", "common", "base", "tools"}
    faults = [
        f"{one.place}: name the file after what it does."
        for one in modules()
        if one.path.stem in names
    ]
    assert not faults, told(faults)


def test_every_package_says_what_it_is() -> None:
    faults = [
        f"{one.place}: begin with a docstring: what the file is for."
        for one in modules()
        if not ast.get_docstring(one.tree) and one.path.stat().st_size > 0
    ]
    empty = [
        f"{path.relative_to(REPOSITORY)}: a package says in its `__init__.py` what it is for."
        for path in sorted(PACKAGE.glob("*/__init__.py"))
        if not path.read_text().strip()
    ]
    assert not faults + empty, told(faults + empty)
