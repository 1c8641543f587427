"""Every sentence that users read has its English translation."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import allauth
from babel.messages.pofile import read_po

from samverka.config.folders import PACKAGE
from tests.house.source import REPOSITORY, Module, rooms_with, told

SPEAKERS = ("django.utils.translation", "samverka.kernel.text")
SWEDISH_SENTENCE = re.compile(r"^(?=.*[åäöÅÄÖ])([A-ZÅÄÖ]|.*\w \w)", re.S)
"""Begins with a capital letter or has several words; a lone small word is no sentence for users."""


def test_every_sentence_is_translated() -> None:
    done = subprocess.run(
        [sys.executable, "tools/messages.py", "--check"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"Run make messages, then translate:\n{done.stdout}{done.stderr}"


def _sentences(path: Path) -> set[str]:
    with path.open("rb") as file:
        return {str(one.id) for one in read_po(file) if one.id}


def test_our_words_for_the_log_in_library_are_still_its_sentences() -> None:
    """A sentence that the library has reworded would come back in the library's own Swedish."""
    ours = _sentences(PACKAGE / "locale/sv/LC_MESSAGES/django.po")
    theirs = _sentences(Path(allauth.__file__).parent / "locale/sv/LC_MESSAGES/django.po")
    assert ours
    assert not ours - theirs


def _speaking(tree: ast.Module) -> set[str]:
    """The module's own names for the functions that say sentences."""
    return {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in SPEAKERS
        for name in node.names
    }


def _within(nodes: list[ast.expr]) -> Iterator[int]:
    return (id(inner) for node in nodes for inner in ast.walk(node))


def unsaid(tree: ast.Module) -> list[str]:
    """Swedish sentences that no catalogue can find: passed to none of those functions."""
    speaking = _speaking(tree)
    known: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in speaking:
            known.update(_within(node.args))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            known.add(id(node.value))  # a docstring
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SWEDISH_SENTENCE.match(node.value)
        and id(node) not in known
    ]


def _spoken_parts() -> Iterator[Module]:
    """The parts of a room whose words reach users; `gallery` shows examples."""
    return rooms_with("rules", "operations", "reads", "forms", "pages", "refusals", "rates")


def test_every_sentence_in_code_can_be_translated() -> None:
    faults = [
        f"{module.place}: say “{sentence[:60]}” with gettext, so that it can be translated."
        for module in _spoken_parts()
        if "demo" not in module.parts
        for sentence in unsaid(module.tree)
    ]
    assert not faults, told(faults)


def test_this_test_sees_a_sentence_that_is_not_said() -> None:
    tree = ast.parse(
        "from django.utils.translation import gettext as say\n"
        "def f():\n"
        "    'Här är en hjälptext.'\n"
        "    return say('Återkalla'), [say('en två') % {}], 'för', 'Ångra', 'gör om allt'\n"
    )
    assert unsaid(tree) == ["Ångra", "gör om allt"]
