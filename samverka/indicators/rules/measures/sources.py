"""Where a measure's source can be read: Kolada's own page of the measure, the law. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from samverka.indicators.rules.measures.kinds import Measure
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

KOLADA: Final = "https://www.kolada.se/verktyg/fri-sokning/?kpis={id}"
"""Kolada's own search page with the measure chosen: its values, its definition, who publishes it."""

LAW: Final = "https://data.riksdagen.se/dokument/sfs-{year}-{number}.html"
"""A law as a page, as the parliament publishes it, by its number in Svensk författningssamling."""

LAWS: Final = {
    "sjukvårdslagen": "2017:30",  # hälso- och sjukvårdslagen
    "patientlagen": "2014:821",
    "socialtjänstlagen": "2025:400",
}
"""Laws that sources name without their number."""

_KOLADA: Final = re.compile(r"\b[NU]\d{5}\b")
_SFS: Final = re.compile(r"\((\d{4}:\d+)\)")


def source_links(measure: Measure) -> tuple[tuple[Text | str, str], ...]:
    """Words and address of everything that the source names and that can be opened."""
    return tuple(dict.fromkeys(_links(measure)))


def _links(measure: Measure) -> Iterator[tuple[Text | str, str]]:
    for code in _KOLADA.findall(f"{measure.source} {measure.official}"):
        yield _("%(code)s i Kolada", code=code), KOLADA.format(id=code)
    named = [number for name, number in LAWS.items() if name in measure.source.lower()]
    for sfs in [*_SFS.findall(measure.source), *named]:
        year, number = sfs.split(":")
        yield _("Lagen (%(number)s)", number=sfs), LAW.format(year=year, number=number)
