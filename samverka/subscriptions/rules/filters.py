"""What a subscriber wants to hear of: a search like any other, judged on the text that the subscriber may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.searching import asking, indexing, matching
from samverka.resources.rules.searching.parsing import Asked
from samverka.resources.rules.searching.query import Criterion

MOST_FILTERS = 10
MOST_LETTERS = 2000
"""Filters of one subscription, and characters of each."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One search: all conditions must be met.

    Attributes:
        kind: of which type; "" for any (a filter without a type).
    """

    kind: str
    conditions: tuple[Criterion, ...]


def kind_of_criteria(criteria: str) -> str:
    """The type that R4 criteria search in: `CarePlan?patient=…`.

    Raises:
        Invalid: it is no search.
    """
    kind = criteria.partition("?")[0]
    if kind not in RESOURCE_TYPES:
        words = _("Skriv en sökning, till exempel CarePlan?patient=…, eller ett ämne som vi har.")
        raise Invalid(words, where="criteria")
    return kind


def check_filters(kinds: Sequence[str], filters: Sequence[str], at: datetime) -> None:
    """Raise unless each filter can be judged on one resource alone, for the types of the topic."""
    if len(filters) > MOST_FILTERS:
        raise Invalid(_("För många filter: högst %(most)d.", most=MOST_FILTERS), where="criteria")
    for one in filters:
        kind, mark, _rest = one.partition("?")
        if mark and kind not in kinds:
            raise Invalid(
                _("Filtret gäller en typ som ämnet inte handlar om: %(kind)s.", kind=kind[:64]),
                where="criteria",
                mend=_("Ämnet handlar om: %(kinds)s.", kinds=", ".join(kinds)),
            )
        read_filters(kinds, [one], at)


def read_filters(kinds: Sequence[str], filters: Sequence[str], at: datetime) -> list[Filter]:
    """The filters as conditions.

    Raises:
        Invalid: a parameter is not understood, or asks for more than the resource itself tells.
    """
    return [each for one in filters for each in _read(kinds, one, at)]


def _read(kinds: Sequence[str], text: str, at: datetime) -> list[Filter]:
    if len(text) > MOST_LETTERS:
        raise Invalid(_("Filtret är för långt."), where="criteria")
    kind, mark, rest = text.partition("?")
    if not mark and text not in kinds:
        kind, rest = "", text
    if kind:
        return [Filter(kind, _conditions(kind, rest, at))]
    return [Filter(each, _conditions(each, rest, at)) for each in kinds]


def _conditions(kind: str, text: str, at: datetime) -> tuple[Criterion, ...]:
    try:
        query = asking.read(kind, parse_qsl(text, keep_blank_values=True), Asked(now=at))
    except Faulty as faulty:
        fault = faulty.faults[0]
        raise Invalid(fault.message, where="criteria", mend=fault.mend or "") from faulty
    found = [one for one in query.conditions if isinstance(one, Criterion)]
    if len(found) < len(query.conditions):
        words = _("Ett filter kan bara fråga efter det som står i resursen själv.")
        raise Invalid(words, where="criteria")
    return tuple(found)


def fits(content: Content, filters: Sequence[Filter], base: str = "") -> bool:
    """Whether a resource meets every filter that is about its type."""
    kind = content.get("resourceType")
    wanted = [one for one in filters if one.kind == kind]
    if not wanted:
        return not filters
    values = indexing.index(content, base)
    return all(matching.meets(values, each) for one in wanted for each in one.conditions)
