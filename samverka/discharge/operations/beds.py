"""How many places a ward has."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.discharge.models import WardBeds
from samverka.discharge.reads.figures import BedsLine
from samverka.discharge.rules.figures import Places, check_beds
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.organisations.reads import unit_names
from samverka.organisations.rules import UnitKind


def set_beds(actor: Actor, *, unit_id: UUID, beds: int, since: date) -> BedsLine:
    """Enter how many places a ward has from a day on, so that the share of beds can be reckoned.

    Raises:
        NotAllowed: only the region enters places.
        Invalid: a number or a day that cannot be true.
        NotFound: there is no such ward.
    """
    with act(actor, Action.BEDS_EDIT) as this:
        this.require_permission()
        check_beds(actor.side, beds, since, today=local_date(actor.at))
        ward = unit_names({unit_id}).get(unit_id)
        if ward is None or ward.kind is not UnitKind.WARD:
            raise NotFound(_("Avdelningen finns inte."))
        WardBeds.objects.update_or_create(
            unit_id=unit_id,
            since=since,
            defaults={"beds": beds, "set_at": actor.at, "set_by": actor.name},
        )
        this.note_general("WardBeds", unit=str(unit_id), beds=beds, since=str(since))
        return BedsLine(unit_id, ward.name, Places(since, beds))
