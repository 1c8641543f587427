"""Notes on a curve: what was changed that day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.indicators.models import MeasureVersion, Note
from samverka.indicators.reads.areas import Area, Surroundings, surroundings
from samverka.indicators.reads.rows import NoteLine, note_lines
from samverka.indicators.rules.sets import check_note
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.kernel.text import text as _


def add_note(actor: Actor, *, code: str, area: str, on: date, words: str) -> NoteLine:
    """Write on a curve what was changed that day, so that all who look see why it turned.

    Args:
        code: of the measure; empty for every measure of the area.

    Raises:
        NotFound: there is no such measure or area.
        NotAllowed: another organisation follows up that area.
        Invalid: no words, or a day that has not come.
    """
    with act(actor, Action.FIGURES_EDIT) as this:
        this.require_permission()
        place = kept_by(actor, surroundings(actor), area)
        if code and not MeasureVersion.objects.filter(code=code).exists():
            raise NotFound(_("Måttet finns inte."))
        check_note(words, on, today=local_date(actor.at))
        row = Note(
            code=code, area_kind=place.kind, area=place.code, on=on, words=words.strip(),
            made_at=actor.at, made_by=actor.name,
        )  # fmt: skip
        row.save(force_insert=True)
        return _noted(this, row)


def withdraw_note(actor: Actor, *, note_id: UUID) -> NoteLine:
    """Take a note away from the curve; it stays in the history.

    Raises:
        NotFound: there is no such note.
        NotAllowed: another organisation follows up that area.
    """
    with act(actor, Action.FIGURES_EDIT) as this:
        this.require_permission()
        row = Note.objects.select_for_update().filter(id=note_id, withdrawn_at=None).first()
        if row is None:
            raise NotFound(_("Anteckningen finns inte."))
        kept_by(actor, surroundings(actor), row.area)
        row.withdrawn_at = actor.at
        row.save()
        return _noted(this, row)


def kept_by(actor: Actor, around: Surroundings, area: str) -> Area:
    """The area, if it is the actor's own organisation that follows it up.

    Raises:
        NotFound: there is no such area.
        NotAllowed: another organisation's.
    """
    place = around.area(area)
    if not around.keeps(actor, place):
        raise NotAllowed(
            _("%(area)s följs upp av en annan organisation.", area=place.name),
            mend=_("Be dem som följer upp området att göra ändringen."),
        )
    return place


def _noted(this: Act, row: Note) -> NoteLine:
    this.note_general("Note", code=row.code, area=row.area, on=row.on.isoformat())
    return note_lines([row])[0]
