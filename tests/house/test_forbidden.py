"""Words of code that have no place here, each with what to do instead."""

from __future__ import annotations

import ast

from tests.house.source import Module, calls, imports, modules, told

IMPORTS: dict[str, str] = {
    "django.db.models.signals": "no signals: call the operation",
    "django.core.signals": "no signals: call the operation",
    "django.dispatch": "no signals: call the operation",
    "django.contrib.admin": "no admin: it would be a door without a gate",
    "django.contrib.auth.decorators": "the door and the gate decide, not a decorator",
    "django.views.generic": "a page is a function: request → one read or operation → template",
    "django.utils.safestring.mark_safe": "let the template escape; for markup use format_html",
    "django.views.decorators.csrf.csrf_exempt": "every form carries its token",
    "pickle": "JSON: a pickle runs code when it is read",
    "marshal": "JSON",
    "random": "`secrets` for secrets; an argument with a seed for the demo",
}

RANDOM: dict[str, str] = {
    "samverka.demo": "the demo county is drawn by seed",
    "samverka.access.reads.log": "`SystemRandom` draws lines for a check: nobody can foresee which",
}
"""Who may use `random`, and what for."""

CALLS: dict[str, str] = {
    "mark_safe": "let the template escape; for markup use format_html",
    "csrf_exempt": "every form carries its token",
    "eval": "no code out of text",
    "exec": "no code out of text",
    "os.system": "subprocess with a list",
}

ENDS: dict[str, str] = {
    ".raw": "the trail's sealer is the only raw question; write a query set",
    ".extra": "write a query set",
    "._base_manager": "go through `this.row(…)` or `this.rows(…)`",
}
"""Methods by name, on whatever they are called."""

PERMITTED: dict[tuple[str, str], str] = {
    ("samverka.audit.operations", ".raw"): "unsealed lines: an anti-join over two tables",
}

CURSORS: dict[str, str] = {
    "samverka.access.telling": "tells the database who asks",
    "samverka.access.gate.standing": "one question for all that staff's standing needs",
    "samverka.access.reads.log": "draws lines by lot without sorting a month of them",
    "samverka.audit.trip": "several statements in one way to the database and back",
    "samverka.audit.operations": "lines of the trail without reading them back; the sealer's lock",
    "samverka.config.command.tables": "statistics for the database after many rows at once",
    "samverka.config.jobs": "lets the sealer see every line",
    "samverka.config.security": "puts up the net",
    "samverka.connections.reads.tokens": "token to actor in one statement, at each request of a client",
    "samverka.subscriptions.operations.hearing": "one statement, and none where nobody waits; a knock",
    "samverka.subscriptions.operations.spreading": "one process at a time: the database's lock, and its knock",
    "samverka.resources.reads.straight": "a resource by its address and whose it is, in one statement",
    "samverka.resources.reads.searching.prepared": "a search is one statement, built as text behind the gate's own",
    "samverka.resources.operations.naming": "names, gate and who asks in one way to the database",
    "samverka.resources.operations.publishing": "what a plan publishes goes to the shelf in one way",
    "samverka.resources.operations.shelving": "rows of the shelf, their index and links in one way",
    "samverka.resources.operations.turns": "locks: nothing is read or written",
    "samverka.resources.operations.store": "many rows at a time; COPY is closed under row security",
}
"""Modules that write SQL, and what for."""


def _faults(module: Module) -> list[str]:
    found = []
    for line, name in imports(module.tree):
        for one, instead in IMPORTS.items():
            if (name + ".").startswith(one + ".") and not _by_lot(module, one):
                found.append(f"{module.place}:{line}: {name}: {instead}.")
    for line, name in calls(module.tree):
        last = name.rpartition(".")[2]
        if name in CALLS or last in ("mark_safe", "csrf_exempt"):
            found.append(f"{module.place}:{line}: {name}(): {CALLS.get(name, CALLS.get(last))}.")
        for end, instead in ENDS.items():
            if name.endswith(end) and (module.name, end) not in PERMITTED:
                found.append(f"{module.place}:{line}: {name}(): {instead}.")
    return found


def _by_lot(module: Module, name: str) -> bool:
    return name == "random" and any((module.name + ".").startswith(one + ".") for one in RANDOM)


def test_nothing_forbidden() -> None:
    faults = [fault for module in modules() for fault in _faults(module)]
    assert not faults, told(faults)


def test_sql_is_written_in_few_places() -> None:
    faults = [
        f"{module.place}:{line}: write a query set; or add the module to CURSORS with a reason."
        for module in modules()
        for line, name in calls(module.tree)
        if name.endswith((".cursor", ".RawSQL", ".Cursor")) or name in ("RawSQL", "Statement")
        if module.name not in CURSORS and module.parts[:2] != ("config", "postgres")
    ]
    assert not faults, told(faults)


def test_a_row_does_not_decide() -> None:
    """No business in `save()`: who reads an operation sees all that it does."""
    faults = [
        f"{module.place}:{node.lineno}: {node.name}() is the operation's; a row only holds."
        for module in modules()
        if module.is_part("models") and module.parts[0] not in ("audit",)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        and node.name in ("save", "delete", "clean", "full_clean")
    ]
    assert not faults, told(faults)


TRANSACTIONS: dict[str, str] = {
    "samverka.access.act": "the act itself",
    "samverka.resources.operations.turns": "how long a lock may be waited for; nothing is read or written",
    "samverka.audit.operations": "the sealer's batch: nobody's act",
    "samverka.config.command.tables": "statistics for the database after many rows at once",
    "samverka.config.jobs": "lets the sealer see every line in its transaction",
    "samverka.demo.build": "a story of the county is told as a whole, also when the plug is pulled",
    "samverka.careplans.operations.contacts": "a savepoint: another may appoint at the same instant",
    "samverka.discharge.operations.opening": "a savepoint: another ward may admit at the same instant",
    "samverka.discharge.operations.routing": "a savepoint: another may keep the same line at that instant",
    "samverka.discharge.operations.hearing": "a savepoint: what cannot be sent is prepared instead",
    "samverka.config.stays": "a savepoint: a case's refusal does not undo the stay",
    "samverka.config.waits": "a savepoint: a refusal of a wait does not undo what was received",
    "samverka.subscriptions.reads.telling": "a savepoint: what may not be told is passed over, and the rest goes on",
    "samverka.config.subscribing": "a savepoint: what has been taken away is told of in another way",
    "samverka.config.searching.rooms": "a savepoint: what a room does not show is left out of the page",
    "samverka.resources.operations.taking": "a transaction of FHIR: all of it or nothing",
    "samverka.contacts.operations": "a savepoint: another import may be first with the same row",
    "samverka.resources.operations.handing": "a savepoint: one room's refusal undoes only its own",
}
"""Who opens a transaction, or a savepoint inside the act's, and why."""


def test_transactions_are_the_acts() -> None:
    """A "denied" line must survive the roll-back, so only the act opens and ends a transaction."""
    faults = [
        f"{module.place}:{line}: `act` owns the transaction; or say in TRANSACTIONS why not."
        for module in modules()
        if module.name not in TRANSACTIONS
        for line, name in calls(module.tree)
        if name in ("transaction.atomic", "atomic")
    ]
    assert not faults, told(faults)


def test_no_exception_is_left_over() -> None:
    names = {module.name for module in modules()}
    lists = (CURSORS, TRANSACTIONS, RANDOM, dict.fromkeys(name for name, _end in PERMITTED))
    stale = {name for one in lists for name in one} - names
    assert not stale, f"These modules are gone; take them out of the lists: {sorted(stale)}."
