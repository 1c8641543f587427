"""The county's own values where the law leaves a question open."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from samverka.access.rules import AgeLimits
from samverka.kernel.parameters import Key
from samverka.kernel.parameters import at as parameter_at


def county_value(key: Key, on: date) -> int:
    """The county's value, or else the default of the table of legal parameters.

    What the law fixes is never overridden, whatever the settings say.
    """
    row = parameter_at(key, on)
    own: int | None = settings.SAMVERKA_COUNTY.get(str(key))
    return own if own is not None and row.county_setting else row.value


def age_limits(on: date) -> AgeLimits:
    """Ages for direct access online (years)."""
    return AgeLimits(
        guardian_until=county_value(Key.GUARDIAN_SEES_JOURNAL_UNTIL, on),
        own_from=county_value(Key.CHILD_SEES_JOURNAL_FROM, on),
    )
