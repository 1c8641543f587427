"""Days when the region's open care was not ready: noted by the one who met it, ended when it is over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case, Hindrance
from samverka.discharge.operations.keeping import open_case_row, own_part, touch
from samverka.discharge.reads.case_days import HindranceDetail, hindrance_detail
from samverka.discharge.rules import invoicing
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _

REASON_LENGTH = 500
"""Characters."""


def note_blocked(
    actor: Actor, *, case_id: UUID, first: date, last: date | None, reason: str
) -> HindranceDetail:
    """Note days when something that the region's open care answers for is not there, or unclear (LUS 5:5).

    Raises:
        NotAllowed: the own unit takes no part in the case.
        Invalid: no reason, or days outside the stay.
    """
    with act(actor, Action.CASE_EDIT) as this:
        case = open_case_row(this, case_id)
        part = own_part(this, case)
        _check(this, case, first, last)
        row = Hindrance(
            case=case,
            person_id=case.person_id,
            first=first,
            last=last,
            reason=invoicing.check_words(reason, "reason", REASON_LENGTH),
            part=part,
            unit_id=actor.unit_id or case.unit_id,
            noted_at=actor.at,
            noted_by=actor.name,
        )
        this.add(row)
        touch(this, case, hindrance=str(row.id))
        return hindrance_detail(row, this.actor)


def end_blocked(actor: Actor, *, hindrance_id: UUID, last: date) -> HindranceDetail:
    """Say which day the hindrance was last there.

    Raises:
        NotNow: it has been ended already.
        Invalid: the day lies before the hindrance began, or ahead.
    """
    with act(actor, Action.CASE_EDIT) as this:
        row: Hindrance = this.row(Hindrance.objects, lock=True, id=hindrance_id)
        case = open_case_row(this, row.case_id)
        own_part(this, case)
        if row.last is not None:
            raise NotNow(_("Hindret är redan avslutat."))
        _check(this, case, row.first, last)
        row.last, row.ended_at, row.ended_by = last, actor.at, actor.name
        row.save()
        touch(this, case, hindrance=str(row.id))
        return hindrance_detail(row, this.actor)


def _check(this: Act, case: Case, first: date, last: date | None) -> None:
    today = local_date(this.actor.at)
    invoicing.check_hindrance(
        first,
        last,
        admitted=local_date(case.admitted_at) if case.admitted_at else today,
        home=local_date(case.discharged_at) if case.discharged_at else None,
        today=today,
    )
