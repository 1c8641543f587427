"""The pages of docs/reference that say what the code says. Generated, committed, and compared by make check.

python tools/reference.py            write them
python tools/reference.py --check    change nothing; fail if a page says something else than the code
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path

from samverka.access.actions import ACTIONS
from samverka.access.roles import PERSON_PERMISSIONS, ROLES, SYSTEM_PERMISSIONS
from samverka.kernel.actor import Permission
from samverka.kernel.parameters import TABLE

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
# Rooms whose process is a table of steps.
PROCESSES = ("careplans",)


def permissions() -> str:
    """Who may do what at all, and what each action needs."""
    columns = [*((role.value, given) for role, given in ROLES.items())]
    columns += [("the person", PERSON_PERMISSIONS), ("jobs, imports", SYSTEM_PERMISSIONS)]
    who = table(
        ["permission", *(name for name, _given in columns)],
        [
            [one.value, *("●" if one in given else "" for _name, given in columns)]
            for one in Permission
        ],
    )
    what = table(
        [
            "action",
            "mode",
            "reach",
            "staff need",
            "the person needs",
            "a representative needs",
            "in the log",
        ],
        [
            [
                action.value,
                spec.mode.value,
                spec.reach.value,
                spec.staff or "–",
                spec.person or "–",
                spec.scope or "–",
                spec.words,
            ]
            for action, spec in ACTIONS.items()
        ],
    )
    return page(
        "Permissions",
        "A role says what an assignment may do at all. Which record it may be done with, the gate decides "
        "(`samverka/access/rules`). A representative's scope narrows what the person may do.",
        ("Roles", who),
        ("Actions", what),
    )


def parameters() -> str:
    """Numbers of law and practice with their dates."""
    rows = [
        [
            one.key.value,
            f"{one.value} {one.unit.value}",
            one.valid_from.isoformat(),
            one.valid_to or "",
            one.source,
            one.certainty.value,
            "yes" if one.county_setting else "",
        ]
        for one in TABLE
    ]
    return page(
        "Numbers of law and practice",
        "A rule takes the value that held on the day it judges. Certainty: H the statute's text, M one credible "
        "source, L weak. A county setting is not law: the value is what a county starts with.",
        ("", table(["name", "value", "from", "to", "source", "certainty", "county setting"], rows)),
    )


def states() -> str:
    """Each process: from which status to which, by whom."""
    parts = []
    for room in PROCESSES:
        rules = import_module(f"samverka.{room}.rules")
        rows = [
            [
                status.value,
                step.name.value,
                step.to.value,
                ", ".join(sorted(side.value for side in step.sides)),
                step.words,
            ]
            for status, steps in rules.STEPS.items()
            for step in steps
        ]
        parts.append((f"`{room}`", table(["from", "step", "to", "sides", "button"], rows)))
    return page(
        "States", "One table for each process; buttons, operations and FHIR read the same.", *parts
    )


def command() -> str:
    """The help of the command, as it answers."""
    names = re.findall(r"^  ([a-z]+)  ", _help(), re.M)
    parts = [(f"samverka {name}", _help(name)) for name in names]
    lead = "`samverka --lang sv|en …`; without it, by `LANG`."
    return page("The command", lead, ("samverka", _help()), *parts)


def _help(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "samverka.config.command", "--lang", "en", *words, "--help"],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "100", "LINES": "50"},
        capture_output=True,
        text=True,
        check=True,
    )
    return f"```\n{done.stdout.strip()}\n```"


def dependencies() -> str:
    """What each package is for, from the comments in pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text()
    line = re.compile(r'^  "([\w.-]+)(\[[\w,]+\])?([^"]*)",\s+# (.+)$', re.M)
    run, _middle, develop = text.partition("[dependency-groups]")
    head = ["package", "version", "what for"]
    rows = [
        [[m[1] + (m[2] or ""), m[3], m[4]] for m in line.finditer(part)] for part in (run, develop)
    ]
    return page(
        "Dependencies",
        "Locked by hash in `requirements/`.",
        ("To run", table(head, rows[0])),
        ("To develop", table(head, rows[1])),
    )


PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions,
    "parameters.md": parameters,
    "states.md": states,
    "command.md": command,
    "dependencies.md": dependencies,
}


def page(title: str, lead: str, *parts: tuple[str, str]) -> str:
    """A page of Markdown that says where it comes from."""
    text = [
        f"# {title}",
        "",
        "<!-- Generated by make docs: change the code, not this page. -->",
        "",
        lead,
        "",
    ]
    for heading, body in parts:
        text += [f"## {heading}", ""] if heading else []
        text += [body, ""]
    return "\n".join(text).rstrip() + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def main() -> None:
    """Write the pages, or compare them."""
    made = {FOLDER / name: make() for name, make in PAGES.items()}
    if "--check" in sys.argv:
        stale = [
            path.name
            for path, text in made.items()
            if not path.exists() or path.read_text() != text
        ]
        if stale:
            sys.exit(
                f"Run make docs: {', '.join(stale)} in docs/reference says something else than the code."
            )
        return
    for path, text in made.items():
        path.write_text(text)


if __name__ == "__main__":
    main()
