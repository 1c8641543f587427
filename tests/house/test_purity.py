"""Rules and kernel know no framework: they answer in milliseconds, with nothing but values."""

from __future__ import annotations

import subprocess
import sys

from tests.house.source import REPOSITORY, imports, modules, told

CLOSED = ("django", "psycopg", "allauth", "granian", "cryptography", "msgspec")
"""What a pure module has no use for: the framework, the database, the server, the shelf's readers."""

LENT = {
    "samverka.resources.rules": ("msgspec",),
    "samverka.subscriptions.rules": ("msgspec",),
    "samverka.discharge.rules.sealing": ("cryptography",),
    "samverka.developers.rules": ("msgspec",),
    "samverka.connections.rules": ("msgspec", "joserfc", "cryptography"),
}
"""What one room's rules need all the same: FHIR is read by msgspec, a pure function of the text.
The reserve list is locked and opened where there is no server. Scopes
name types of FHIR, and a key is judged by the library that will use it."""

KERNEL_STANDS_ON = frozenset(sys.stdlib_module_names) | {"personnummer", "holidays", "samverka"}
"""The ground's ground: docs/adr/0003."""

CHILD = """
import importlib, sys
closed, names = sys.argv[1].split(","), sys.argv[2].split(",")
class Wall:
    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(one + ".") for one in closed):
            raise ImportError(f"{name} is closed to rules and kernel")
sys.meta_path.insert(0, Wall())
for name in names:
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(f"{name}: {error}")
"""


def _refused(closed: tuple[str, ...], names: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, ",".join(closed), ",".join(names)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def _pure() -> list[str]:
    return [
        one.name
        for one in modules()
        if one.parts[:1] == ("kernel",) or one.is_part("rules") or one.is_part("solver")
    ]


def test_rules_and_kernel_load_without_the_framework() -> None:
    names = _pure()
    assert len(names) > 20, "No rules were found: mend the test."
    found = ""
    lent = [name for name in names if name.startswith(tuple(LENT))]
    found += _refused(CLOSED, [name for name in names if name not in lent])
    for prefix, given in LENT.items():
        closed = tuple(one for one in CLOSED if one not in given)
        found += _refused(closed, [name for name in lent if name.startswith(prefix)])
    assert not found, f"Take values as arguments instead of importing:\n{found}"


def test_the_wall_of_this_test_stands() -> None:
    assert "closed to rules" in _refused(("django",), ["samverka.access.models"])


def test_the_kernel_stands_on_two_libraries() -> None:
    faults = [
        f"{one.place}:{line}: the kernel does not use {name}; see docs/adr/0003."
        for one in modules()
        if one.parts[:1] == ("kernel",)
        for line, name in imports(one.tree)
        if name.split(".")[0] not in KERNEL_STANDS_ON
        or (name.startswith("samverka.") and not name.startswith("samverka.kernel"))
    ]
    assert not faults, told(faults)
