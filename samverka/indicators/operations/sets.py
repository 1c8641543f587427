"""The figures that an area follows."""

from __future__ import annotations

from collections.abc import Sequence

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators.models import FigureSet
from samverka.indicators.operations.notes import kept_by
from samverka.indicators.reads.areas import surroundings
from samverka.indicators.reads.rows import SetLine, current_measures, set_line
from samverka.indicators.rules.sets import check_set
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict
from samverka.kernel.text import text as _


def choose_figures(
    actor: Actor, *, area: str, codes: Sequence[str], published: bool, version: int
) -> SetLine:
    """Choose which questions an area follows, in which order, and whether other sites may show them.

    Args:
        version: of the set that the choice was made from; 0: there was none.

    Raises:
        NotAllowed: another organisation follows up that area.
        Invalid: none, too many, or one that does not exist.
        Conflict: someone else has chosen meanwhile.
    """
    with act(actor, Action.FIGURES_EDIT) as this:
        this.require_permission()
        place = kept_by(actor, surroundings(actor), area)
        chosen = check_set(codes, current_measures())
        row = FigureSet.objects.select_for_update().filter(
            area_kind=place.kind, area=place.code
        ).first()  # fmt: skip
        _check_unchanged(row, version, chosen)
        row = row or FigureSet(area_kind=place.kind, area=place.code, version=0)
        row.name, row.codes, row.published = str(place.name), list(chosen), published
        row.version, row.changed_at, row.changed_by = row.version + 1, actor.at, actor.name
        row.save()
        this.note_general("FigureSet", area=place.code, codes=list(chosen), published=published)
        return set_line(row)


def _check_unchanged(row: FigureSet | None, version: int, chosen: Sequence[str]) -> None:
    if (row.version if row else 0) != version:
        raise Conflict(
            _("Någon annan har valt frågor medan du gjorde det."),
            mine={"codes": list(chosen)},
            theirs={"codes": list(row.codes) if row else []},
            mend=_("Ladda om sidan, se vad som är valt nu och välj igen."),
        )
