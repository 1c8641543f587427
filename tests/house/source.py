"""The house as text: its rooms, its modules, their syntax trees and their templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from samverka.config.folders import PACKAGE

REPOSITORY = PACKAGE.parent

ROOMS = sorted(
    folder.name
    for folder in PACKAGE.iterdir()
    if (folder / "__init__.py").is_file() and folder.name not in ("config", "kernel")
)
"""The packages with parts of the domain; `config` and `kernel` are the roof and the ground."""


@dataclass(frozen=True)
class Module:
    """One Python file of the house."""

    path: Path

    @property
    def place(self) -> str:
        """Its path in the repository, as a failure message names it."""
        return self.path.relative_to(REPOSITORY).as_posix()

    @property
    def parts(self) -> tuple[str, ...]:
        """`("careplans", "rules", "steps")`."""
        found = self.path.relative_to(PACKAGE).with_suffix("").parts
        return found[:-1] if found[-1] == "__init__" else found

    @property
    def name(self) -> str:
        """`samverka.careplans.rules.steps`."""
        return ".".join(("samverka", *self.parts))

    @cached_property
    def text(self) -> str:
        """The source."""
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    def is_part(self, *names: str) -> bool:
        """Whether it is a room's file (or package) of one of these names: `is_part("rules")`."""
        return len(self.parts) > 1 and self.parts[1] in names


def modules() -> Iterator[Module]:
    """Every module of the house but migrations, which a tool writes."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield Module(path)


def rooms_with(*names: str) -> Iterator[Module]:
    """The modules of every room's file or package of these names."""
    for module in modules():
        if module.parts and module.parts[0] in ROOMS and module.is_part(*names):
            yield module


def templates() -> Iterator[Path]:
    """Every page and part of a page."""
    yield from sorted(PACKAGE.glob("*/templates/**/*.html"))


def told(faults: list[str]) -> str:
    """A failure message: one sentence a line."""
    return "\n" + "\n".join(faults)


def dotted(node: ast.expr) -> str:
    """`datetime.now` out of the tree; "" for anything that is not a plain dotted name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = dotted(node.value)
        return f"{head}.{node.attr}" if head else f".{node.attr}"
    return f".{node.attr}" if isinstance(node, ast.Attribute) else ""


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, dotted(node.func)


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, full name) of everything imported, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"
