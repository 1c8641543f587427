"""The pages of docs/reference that say what the code says. Generated, committed, and compared by make check.

python tools/reference.py            write them
python tools/reference.py --check    change nothing; fail if a page says something else than the code
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from samverka.access import rules
from samverka.access.actions import ACTIONS, Action
from samverka.access.roles import (
    PERSON_PERMISSIONS,
    ROLES,
    SYSTEM_PERMISSIONS,
)
from samverka.config.fields import FIELDS, FieldClass
from samverka.kernel.actor import Permission
from samverka.kernel.parameters import TABLE
from tools.fact_parts import LEAD, fact_parts
from tools.fhir_clauses import rows as clauses
from tools.fhir_parts import FHIR_LEAD, written
from tools.gate_examples import CASES, READERS, SHOWN, answer

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


def facts() -> str:
    """What the warehouse holds, and what a file of a county's history can say."""
    return page("Facts of the warehouse", LEAD, *fact_parts(table))


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
        process = import_module(f"samverka.{room}.rules")
        rows = [
            [
                status.value,
                step.name.value,
                step.to.value,
                ", ".join(sorted(side.value for side in step.sides)),
                step.words,
            ]
            for status, steps in process.STEPS.items()
            for step in steps
        ]
        drawn = diagram({status.value: [(step.to.value, step.name.value) for step in steps]
                         for status, steps in process.STEPS.items()})  # fmt: skip
        steps_table = table(["from", "step", "to", "sides", "button"], rows)
        parts.append((f"`{room}`", f"{drawn}\n\n{steps_table}"))
    return page(
        "States", "One table for each process; buttons, operations and FHIR read the same.", *parts
    )


def kinds() -> str:
    """Each kind of plan: its law, what it must hold, review, consent, who begins it and takes part."""
    law = import_module("samverka.careplans.rules")
    rows = [
        [
            f"`{kind.value}`",
            one.words,
            one.section,
            ", ".join(what.value for what in one.required),
            ", ".join(what.value for what in one.advised),
            one.review,
            law.CONSENT_RULE_WORDS[one.consent],
            ", ".join(law.ASKER_WORDS[asker] for asker in one.askers),
            one.starters,
            one.parties,
            "yes" if one.tells_other else "",
            "what was disclosed" if one.handed else "by SVOD, or what was disclosed",
            one.national_code or "",
        ]
        for kind, one in law.KINDS.items()
    ]
    head = ["kind", "name", "law", "must hold", "ought to hold", "review", "consent", "who may ask",
            "begun by", "takes part", "sides tell each other",
            "read by others", "national code"]  # fmt: skip
    groups = [
        [
            law.GROUP_WORDS[group],
            ", ".join(kind.value for kind in sorted(one.kinds)),
            "<br>".join(one.questions),
            ", ".join(party.value for party in one.parties),
            "<br>".join(one.prompts),
        ]
        for group, one in law.TEMPLATES.items()
    ]
    return page(
        "Kinds of plans",
        "What a plan must hold before it can be established is law; what it ought to hold is practice and is said "
        "while one writes. A template asks and suggests; it writes nothing into a plan, and a county changes it.",
        ("Kinds", table(head, rows)),
        ("Templates", table(["group", "offered for", "questions", "units", "to think of"], groups)),
    )


def diagram(ways: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """A process as text: each status with an arrow for each way out."""
    width = max(len(status) for status in ways)
    lines = ["```"]
    for status, out in ways.items():
        if not out:
            lines.append(f"{status:{width}}  ■ final")
        for place, (to, name) in enumerate(out):
            head = status if place == 0 else ""
            lines.append(f"{head:{width}}  ──{name}──▶ {to}")
    return "\n".join([*lines, "```"])


def access() -> str:
    """What the gate answers, case by case, worked out by the gate's own rules."""
    parts = [(f"`{action.value}`", _answers(action)) for action in SHOWN]
    grounds = table(
        ["ground", "in words"], [[one.value, rules.GROUND_WORDS[one]] for one in rules.Ground]
    )
    refusals = table(
        ["refusal", "in words", "answer"],
        [
            [one.value, rules.REFUSAL_WORDS[one], "404" if one in rules.HIDDEN else "403"]
            for one in rules.Refusal
        ],
    )
    return page(
        "What the gate answers",
        "Worked out by `samverka/access/rules` itself: may this reader do this with this record, and on what "
        "ground. Yes is the ground, no is ✗ and the reason. The own provider's record is of the reader's own branch; "
        "another's is a health record where nothing else is said. How it is decided: "
        "[How access is decided](../explanation/how-access-is-decided.md).",
        *parts,
        ("Grounds", grounds),
        ("Refusals", refusals),
    )


def _answers(action: Action) -> str:
    head = ["the record", *(name for name, *_rest in READERS)]
    rows = [
        [words, *(answer(action, reader, whose, holds) for reader in READERS)]
        for words, whose, holds in CASES
    ]
    return table(head, rows)


def log_words() -> str:
    """Every action that leaves a line, and how the line reads."""
    rows = [
        [f"`{action.value}`", one.mode.value, f"Lena Berg … {one.words} …"]
        for action, one in ACTIONS.items()
    ]
    return page(
        "Lines of the log",
        "Every action leaves a line. Mode as FHIR AuditEvent.action: R read, C create, U change, D delete, "
        "E execute. How: [How the trail works](../explanation/how-the-trail-works.md).",
        ("", table(["action", "mode", "the line reads"], rows)),
    )


def figures() -> str:
    """Each figure on discharge: question, numerator, denominator, definition."""
    law = import_module("samverka.discharge.rules.figures")
    head = ["name", "what", "question", "counted", "divided by", "unit", "definition"]
    parts = [
        (
            str(words),
            table(
                head,
                [
                    [
                        f"`{figure.value}`",
                        spec.name,
                        spec.question,
                        spec.counted,
                        spec.among or "–",
                        spec.measure.value,
                        spec.definition,
                    ]
                    for figure, spec in law.FIGURES.items()
                    if spec.chapter is chapter
                ],
            ),
        )
        for chapter, words in law.CHAPTER_WORDS.items()
    ]
    return page(
        "Figures on discharge",
        f"The page `/utskrivning/statistik/`, its files and this page read the same table. Fewer than "
        f"{law.SMALLEST} persons, in a figure, in its share or outside it, are shown only to the region's own "
        f"follow-up; a cell that would be hidden alone takes the smallest beside it along. Population: "
        f"Statistiska centralbyrån, {law.COUNTED_ON}.",
        *parts,
    )


def measures() -> str:
    """Every shipped measure: question, numerator, denominator, how it is counted, what is not confirmed."""
    law = import_module("samverka.indicators.warehouse.measures")
    kinds = import_module("samverka.indicators.rules.measures")
    parts = [
        (
            theme.value.capitalize(),
            "\n\n".join(_measure(one) for one in law.shipped().values() if one.theme is theme),
        )
        for theme in kinds.Theme
    ]
    without = table(
        ["name", "id", "why"], [[one.name, one.official, one.why] for one in law.uncomputable()]
    )
    return page(
        "Measures",
        "What `samverka/indicators/warehouse/measures/catalogue` holds, as files of TOML; the words are "
        "those that a reader of the pages sees. Each is counted by DuckDB and by Spark from the same expression, and "
        "only whole numbers leave the engine.",
        *parts,
        ("What cannot be counted", without),
    )


def _measure(one: Any) -> str:
    head = f"### {one.name}" + (f" ({one.official})" if one.official else "")
    told = [
        f"*{one.question}* `{one.code}`",
        f"- Counted: {one.numerator}",
        *([f"- Divided by: {one.denominator}"] if one.denominator else []),
        f"- {one.unit_words}; {one.result.value}, {one.period.value}, {one.perspective.value}; "
        f"good: {one.direction.value}"
        + (f"; standard population {one.standard}" if one.standard else ""),
        f"- Source: {one.source}",
        *([f"- Not confirmed: {one.unconfirmed}"] if one.unconfirmed else []),
        *(f"- Break {each.on}: {each.words}" for each in one.breaks),
        f"- Counted by `{one.shape}`: {_settings(one.settings)}",
    ]
    return "\n\n".join([head, told[0], "\n".join(told[1:])])


def _settings(settings: Mapping[str, object]) -> str:
    return "; ".join(f"`{name}` {_setting(value)}" for name, value in settings.items())


def _setting(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_setting(one)}" for name, one in value.items())
    if isinstance(value, list):
        return " · ".join(_setting(one) for one in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def fields() -> str:
    """Every field of every table and what it tells of whom."""
    rows = []
    for label, names in FIELDS.items():
        by_class = {kind: [n for n, k in names.items() if k is kind] for kind in FieldClass}
        rows.append([f"`{label}`", *(" ".join(by_class[kind]) for kind in FieldClass)])
    return page(
        "What is kept",
        "Every field of every table. *identity*: who a person is. *health*: what care or social services know of "
        "a person. *staff*: who did something. *plain*: nothing about anyone.",
        ("", table(["table", *(kind.value for kind in FieldClass)], rows)),
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


def fhir() -> str:
    """Which FHIR types are owned, and what a change becomes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverka.config.settings")
    import_module("django").setup()
    owned = import_module("samverka.config.owned").ALL
    whole = table(
        ["type", "what", "owned by", "read", "write"],
        [
            [one.kind, one.what, f"`{one.room}`", "GET", written(one)]
            for one in sorted(owned, key=lambda one: one.kind)
        ],
    )
    changes = table(
        ["type", "what is sent", "operation"],
        [
            [one.kind, what, operation]
            for one in sorted(owned, key=lambda one: one.kind)
            for what, operation in one.writes.items()
        ],
    )
    searches = table(
        ["type", "parameter", "what it says"],
        [
            [one.kind, f"`{name}`", words]
            for one in sorted(owned, key=lambda one: one.kind)
            for name, words in (one.search.names if one.search else {}).items()
        ],
    )
    return page(
        "FHIR over HTTP", FHIR_LEAD, ("Types", whole), ("What a change becomes", changes),
        ("What is searched", searches),
        ("What R4 asks, and the test that shows it", table(["where", "what", "test"], clauses())),
    )  # fmt: skip


PAGES: dict[str, Callable[[], str]] = {
    "fhir.md": fhir,
    "permissions.md": permissions,
    "parameters.md": parameters,
    "states.md": states,
    "kinds.md": kinds,
    "access.md": access,
    "log.md": log_words,
    "fields.md": fields,
    "facts.md": facts,
    "figures.md": figures,
    "measures.md": measures,
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
