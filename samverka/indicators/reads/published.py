"""A figure that a county or a municipality has published: shown on another site, to anyone."""

from __future__ import annotations

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators.models import FigureSet
from samverka.indicators.reads.areas import Surroundings, named
from samverka.indicators.reads.figure import FigureDetail, Wanted, figure_of
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _


def published_figure(actor: Actor, *, area: str, code: str) -> FigureDetail:
    """One figure of a set that has been published; it is about nobody, and leaves no line.

    Raises:
        NotFound: there is none, or it has not been published: the same answer.
    """
    with act(actor, Action.FIGURES_OPEN) as this:
        this.require_permission()
        place = named(area)
        sets = FigureSet.objects.filter(area=area, published=True, codes__contains=[code])
        if place is None or not sets.exists():
            raise NotFound(_("Det finns ingen publicerad siffra här."))
        this.unchanged()
        around = Surroundings(place.county, place, {})
        wanted = Wanted(code, area)
        return figure_of(wanted, place, around, may_edit=False, may_persons=False)
