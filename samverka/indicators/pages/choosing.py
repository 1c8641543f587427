"""The conditions of a measure as rows on the page: what each is about, and what can be chosen in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from samverka.indicators.forms.choosing import GROUPS, HELD, Draft
from samverka.indicators.forms.conditions import HOW_WORDS, HOWS, Row, columns_of, kind_of
from samverka.indicators.forms.measures import MeasureForm
from samverka.indicators.operations.measures import COLUMNS
from samverka.indicators.pages.selecting import said, selected
from samverka.indicators.rules.measures import POINT
from samverka.indicators.rules.measures.settings import ASKED, AT_A_DATE, EVERYWHERE
from samverka.indicators.rules.naming import code_words, codes_of, column_words
from samverka.web.door import translated

_DATES, _MOMENTS = ("date",), ("date", "moment")


@dataclass(frozen=True, slots=True)
class Line:
    """One condition on the page. `start`: how its names begin; `said`: one that is kept as it is, in words."""

    start: str
    drop: str
    row: Row
    name: str
    kind: str
    hows: list[tuple[str, str, bool]]
    codes: list[tuple[str, str, bool]]
    others: list[tuple[str, str, bool]]
    text: str
    kept: str
    said: str


@dataclass(frozen=True, slots=True)
class Group:
    """A list of conditions on the page. `columns`: what a new one can be about."""

    key: str
    title: str
    lines: list[Line]
    columns: list[tuple[str, str]]
    words: str


def groups_of(draft: Draft) -> Iterator[Group]:
    """Every list of conditions that the way to count asks for."""
    must, may = ASKED[draft.shape]
    asked = (must | may | EVERYWHERE) - set(draft.rest)
    if "sources" in draft.rest:
        asked -= {"where"}
    for key, title in GROUPS.items():
        fact = draft.fact_of(key)
        if key not in asked or fact not in COLUMNS:
            continue
        point = key in HELD or (key == "hit" and draft.shape in AT_A_DATE)
        lines = [_line(draft, key, n, one) for n, one in enumerate(draft.rows.get(key, ()))]
        yield Group(key, str(title), lines, _askable(fact, point), _nothing(lines))


def _askable(fact: str, point: bool) -> list[tuple[str, str]]:
    names = [*columns_of(fact), *([POINT] if point else [])]
    return sorted(
        ((one, translated(column_words(fact, one))) for one in names), key=lambda one: one[1]
    )


def _nothing(lines: list[Line]) -> str:
    return "" if lines else _("Inget villkor: alla är med.")


def _line(draft: Draft, group: str, number: int, row: Row) -> Line:
    fact = draft.fact_of(group)
    kind = kind_of(fact, row.column)
    codes = dict.fromkeys([*codes_of(fact, row.column), *row.values]) if kind == "codes" else {}
    dates = [*columns_of(fact, _MOMENTS if kind == "moment" else _DATES), POINT]
    return Line(
        f"{group}-{number}-",
        f"drop:{group}:{number}",
        row,
        translated(column_words(fact, row.column)),
        kind,
        [(one.value, str(HOW_WORDS[one]), one == row.how) for one in HOWS.get(kind, ())],
        [(one, translated(code_words(fact, row.column, one)), one in row.values) for one in codes],
        [(one, translated(column_words(fact, one)), one == row.other) for one in dates if one != row.column],
        ", ".join(row.values),
        json.dumps(row.kept) if row.kept is not None else "",
        said(fact, row.kept) if row.kept is not None else "",
    )  # fmt: skip


_WORDS: Final = ("name", "question", "theme", "source", "code")
_COUNTED: Final = ("numerator", "denominator")
_SHOWN: Final = (
    "result", "unit_words", "factor", "decimals", "direction", "grain", "period", "perspective",
    "standard", "smallest", "low", "high", "unconfirmed",
)  # fmt: skip


def parts_of(form: MeasureForm) -> dict[str, list[Any]]:
    """The fields of the form under the headings of the page."""
    choosing = form.choosing
    return {
        "words": form.about(*_WORDS),
        "counted": form.about(*_COUNTED),
        "shown": form.about(*_SHOWN),
        "fact": choosing.parts("fact"),
        "among": choosing.parts("among_"),
        "having": choosing.parts("having_"),
        "measured": choosing.parts("span_", "open_"),
        "who": choosing.parts("low_age", "high_age"),
        "more": choosing.parts(
            "day", "once", "episodes", "population", "from_day", "to_day", "profession", "months",
            "least", "over", "points", "follow_days", "group_by", "units",
        ),
    }  # fmt: skip


def kept_words(draft: Draft) -> list[str]:
    """What goes along from the measure that one began from, without a field of its own."""
    found = [one for part in selected(draft.shape, draft.rest) for one in part.lines]
    return found or [str(name) for name in draft.rest]
