"""FHIRPath of a questionnaire, with limits: what it may name, which functions, how long and how deep.

A questionnaire is written by others, and its expressions run here. So they get what they are given and nothing
else, and only functions whose work is bounded by what they work on: no patterns, no repeating, nothing that
grows. `today()` and `now()` are the time of the one who asks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from types import FrameType
from typing import Any

from samverka.kernel.calendar import local
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

LONGEST = 500
"""Characters of one expression."""

DEEPEST = 4
"""Parentheses within each other: each may go through all of what is given."""

FUNCTIONS = frozenset(
    [
        "all",
        "allFalse",
        "allTrue",
        "any",
        "anyFalse",
        "anyTrue",
        "as",
        "abs",
        "ceiling",
        "combine",
        "contains",
        "count",
        "distinct",
        "empty",
        "endsWith",
        "exists",
        "first",
        "floor",
        "hasValue",
        "iif",
        "indexOf",
        "intersect",
        "is",
        "isDistinct",
        "join",
        "last",
        "length",
        "lower",
        "not",
        "ofType",
        "round",
        "select",
        "single",
        "skip",
        "startsWith",
        "substring",
        "tail",
        "take",
        "toBoolean",
        "toDate",
        "toDateTime",
        "toDecimal",
        "toInteger",
        "toQuantity",
        "toString",
        "today",
        "now",
        "trim",
        "union",
        "upper",
        "where",
    ]
)
"""What may be called."""

_TOKEN = re.compile(
    r"""(?P<blank>\s+)
    |(?P<string>'(?:[^'\\]|\\.)*')
    |(?P<time>@T?\d[0-9T:.+Z-]*)
    |(?P<variable>%[A-Za-z_][A-Za-z0-9_]*)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>\$?[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign><=|>=|!=|!~|[.,()\[\]{}+\-*/|=<>&~])""",
    re.VERBOSE,
)


class Unevaluated(Invalid):
    """An expression that is not evaluated here, or that came to nothing but a fault. `slow`: it took too long."""

    slow = False


def evaluate(expression: str, known: Mapping[str, Any], at: datetime) -> list[Any]:
    """What an expression comes to: JSON values, texts of dates, resources.

    Args:
        known: what each %name stands for.

    Raises:
        Unevaluated: it is not allowed here, or cannot be worked out.
    """
    checked = _checked(expression, known)
    times = {
        "_today": local(at).date().isoformat(),
        "_now": local(at).isoformat(timespec="seconds"),
    }
    for name, text in times.items():
        checked = checked.replace(f"%{name}", f"@{text}")
    try:
        with _Budget():
            found: list[Any] = _compiled(checked)({}, dict(known))
    except _Spent as fault:
        slow = Unevaluated(_("Uttrycket tar för lång tid."))
        slow.slow = True
        raise slow from fault
    except Exception as fault:  # the library raises whatever it meets
        raise Unevaluated(_("Uttrycket går inte att räkna ut.")) from fault
    return [_plain(one) for one in found]


CALLS = 300_000
"""Calls of functions that the library may make for one expression: some tenths of a second."""


class _Spent(BaseException):
    """The budget is used up. No `except Exception` on the way may take it."""


class _Budget:
    """Counts every call inside, and ends the work when there have been too many.

    A time limit cannot be kept otherwise: a thread cannot be stopped, and a signal reaches only the first one.
    """

    def __enter__(self) -> None:
        self._before, self._left = sys.gettrace(), CALLS
        sys.settrace(self._count)

    def __exit__(self, *_error: object) -> None:
        sys.settrace(self._before)

    def _count(self, _frame: FrameType, _event: str, _given: object) -> None:
        self._left -= 1
        if self._left < 0:
            raise _Spent


def _checked(expression: str, known: Mapping[str, Any]) -> str:
    if len(expression) > LONGEST:
        words = _("Uttrycket är längre än %(most)d tecken.", most=LONGEST)
        raise Unevaluated(words)
    tokens = _tokens(expression)
    depth = 0
    for number, (sort, text) in enumerate(tokens):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(text, 0) if sort == "sign" else 0
        if depth > DEEPEST:
            raise Unevaluated(_("Uttrycket är nästlat för djupt."))
        if sort == "variable" and text[1:] not in known:
            raise Unevaluated(_("Här finns inget som heter %(name)s.", name=text))
        called = number + 1 < len(tokens) and tokens[number + 1][1] == "("
        if sort == "name" and called and text not in FUNCTIONS and text not in _OPERATORS:
            raise Unevaluated(_("Funktionen %(name)s görs inte här.", name=text))
    return _timed("".join(f"{text} " if sort == "name" else text for sort, text in _spaced(tokens)))


_OPERATORS = frozenset({"and", "or", "xor", "implies", "in", "div", "mod", "is", "as"})
"""Words that stand before a parenthesis without being functions."""


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while place < len(expression):
        token = _TOKEN.match(expression, place)
        if token is None or token.lastgroup is None:
            raise Unevaluated(_("Uttrycket går inte att läsa vid tecken %(at)d.", at=place + 1))
        place = token.end()
        if token.lastgroup != "blank":
            found.append((token.lastgroup, token[0]))
    return found


def _spaced(tokens: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Words are kept apart from what stands beside them; signs need no blanks."""
    made: list[tuple[str, str]] = []
    for sort, text in tokens:
        apart = sort in ("name", "number", "string", "variable", "time")
        if apart and made and made[-1][0] in ("number", "string", "variable", "time"):
            made.append(("blank", " "))
        made.append((sort, text))
    return made


def _timed(expression: str) -> str:
    return re.sub(r"\b(today|now) ?\( ?\)", r"%_\1", expression)


@cache
def _models() -> Any:
    from fhirpathpy.models import models  # slow to read in, and few questionnaires need it

    return models["r4"]


def _compiled(expression: str) -> Any:
    from fhirpathpy import compile as compiled

    return compiled(expression, _models())


def _plain(value: Any) -> Any:
    """The library's own forms of times and quantities as FHIR writes them."""
    text = getattr(value, "asStr", None)
    if isinstance(text, str):
        return text
    if type(value).__name__ == "FP_Quantity":
        unit = str(value.unit).strip("'")
        return {"value": value.value, "unit": unit}
    return value
