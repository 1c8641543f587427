"""The county's own values where the law leaves a question open.

They stand in the database, each from a day on, so that a case is judged by what held then. Every act
begins by hearing them, in the question that tells the database who asks: no question more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings

from samverka.access.rules import AgeLimits
from samverka.kernel.parameters import Key, LegalParameter
from samverka.kernel.parameters import at as parameter_at

OWN_VALUES = """(
    SELECT coalesce(json_agg(json_build_array(key, valid_from, value) ORDER BY valid_from), '[]')
      FROM access_countysetting)"""
"""All of the county's own values, as one column."""

_heard: dict[str, list[tuple[date, int]]] = {}


def hear(found: Sequence[Sequence[object]]) -> None:
    """Remember the county's own values, as they stand in the database now."""
    fresh: dict[str, list[tuple[date, int]]] = {}
    for key, day, value in found:
        fresh.setdefault(str(key), []).append((date.fromisoformat(str(day)), int(str(value))))
    _heard.clear()
    _heard.update(fresh)


def county_value(key: Key, on: date) -> int:
    """The county's value on a day, or else the default of the table of legal parameters.

    What the law fixes is never overridden, whatever the settings say.
    """
    row = parameter_at(key, on)
    own = own_value(row, on, _heard, settings.SAMVERKA_COUNTY)
    return row.value if own is None else own


def own_value(
    row: LegalParameter,
    on: date,
    heard: Mapping[str, Sequence[tuple[date, int]]],
    installed: Mapping[str, int],
) -> int | None:
    """What the county has decided for the day; else what it was installed with; None for neither."""
    if not row.county_setting:
        return None
    decided = [value for day, value in heard.get(str(row.key), ()) if day <= on]
    return decided[-1] if decided else installed.get(str(row.key))


def age_limits(on: date) -> AgeLimits:
    """Ages for direct access online (years)."""
    return AgeLimits(
        guardian_until=county_value(Key.GUARDIAN_SEES_JOURNAL_UNTIL, on),
        own_from=county_value(Key.CHILD_SEES_JOURNAL_FROM, on),
    )
