"""The figures of the demo county: reckoned once so that Läget is alive, and what is told beside them.

First a few that the stories of the pages lead to; the rest afterwards, one by one, as a night's reckoning would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Final

from samverka.demo.history.nation import SOURCE, Own, published
from samverka.demo.history.places import team_from
from samverka.demo.history.writing import span
from samverka.indicators.operations import add_note, reckon_figures, take_published
from samverka.indicators.reads import Wanted, figure
from samverka.indicators.rules.measures import Measure
from samverka.indicators.warehouse.engines.duck import DuckEngine
from samverka.indicators.warehouse.measures import count, shipped
from samverka.kernel.actor import Actor

FIRST: Final = (
    "utskrivningsklar-dagar",
    "utskrivningsklar-dygn-65",
    "aterinskrivning-30-dagar",
    "betalningsansvar-dagar",
    "telefon-samma-dag",
    "fallskador-65",
    "fallskador-per-manad",
    "paverkbar-slutenvard",
    "akutbesok-80",
    "mal-nadda",
    "fast-vardkontakt",
    "atgard-efter-risk",
    "mobila-besok",
)
"""Codes of those that are reckoned before anyone looks."""


def first() -> tuple[Measure, ...]:
    """The measures that are reckoned before anyone looks."""
    return tuple(shipped()[code] for code in FIRST if code in shipped())


def the_rest() -> tuple[Measure, ...]:
    """All others."""
    return tuple(one for code, one in shipped().items() if code not in FIRST)


def reckon(
    actor: Actor, *, warehouse: Path, snapshot: str, today: date, seed: int, measure: Measure
) -> None:
    """Reckon one measure over the whole history, and put the country and the other regions beside it."""
    engine = DuckEngine(warehouse)
    try:
        reckon_figures(
            actor,
            snapshot=snapshot,
            measures=[measure],
            count=lambda one, since, until: count(engine, one, since=since, until=until),
            since=span(today).first,
        )
    finally:
        engine.close()
    beside(actor, snapshot=snapshot, seed=seed, measures=[measure])


def beside(actor: Actor, *, snapshot: str, seed: int, measures: Iterable[Measure]) -> None:
    """What the country and the other regions might have published of the measures."""
    own = [
        Own(found.measure, found.points)
        for one in measures
        for found in [figure(actor, wanted=Wanted(one.code, area="23"))]
    ]
    curves = tuple(published(own, seed))
    take_published(actor, snapshot=snapshot, curves=curves, source=SOURCE)


NOTES: Final = (
    ("mats.hellgren", "23", "Ny rutin för utskrivning och mobila team i Krokom och Åre"),
    ("eva.brolin", "2309", "Mobila närvårdsteamet börjar, ny rutin för hemgång"),
)
"""Who writes, of which area, what: on the day of the new routine."""


def tell(actors: Callable[[str], Actor], today: date) -> None:
    """Write on the curves what was changed."""
    for who, area, words in NOTES:
        add_note(
            actors(who),
            code="",
            area=area,
            on=team_from(span(today).last),
            words=words,
        )
