"""A case ends: followed up at home, admitted again, died. All that was said stays."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import AfterContact, Case
from samverka.discharge.operations.keeping import (
    address_of,
    check_clock,
    own_part,
    settle_ended,
    touch,
)
from samverka.discharge.reads.cases import case_detail
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules.closing import check_closing
from samverka.discharge.rules.kinds import OPEN, CaseStatus, CloseReason
from samverka.kernel.actor import Actor
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About

AT_ONCE = 50
"""Cases ended in one transaction."""


def close_case(actor: Actor, *, case_id: UUID, reason: CloseReason) -> CaseDetail:
    """End a case and say why. Nothing that was said in it goes away, and what is unread can be receipted.

    Raises:
        NotAllowed: another part ends it.
        NotNow: the person is still in the hospital, or the case has ended.
    """
    with act(actor, Action.CASE_EDIT) as this:
        case: Case = this.row(Case.objects, lock=True, id=case_id)
        unheard = AfterContact.objects.filter(case=case, outcome="").exists()
        check_closing(CaseStatus(case.status), own_part(this, case), reason, unheard=unheard)
        end_case(this, case, reason, actor.at)
        touch(this, case, closed=str(reason))
        return case_detail(this, case)


def end_case(this: Act, case: Case, reason: CloseReason, at: datetime) -> None:
    """The case asks nothing more of anyone; whoever calls saves it and leaves the line."""
    case.status, case.close_reason, case.closed_at = CaseStatus.CLOSED, reason, at
    about = About("Case", case.id, case.person_id, address_of(case.id))
    keep_tasks(this, about=about, wanted=[])
    settle_ended(this, case)


def close_dead(actor: Actor) -> int:
    """End the cases of those who have died since; returns how many. Run again, it finds none."""
    with act(actor, Action.CASE_WATCH) as this:
        check_clock(this)
        rows = list(
            Case.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(status__in=sorted(OPEN), person__deceased_on__isnull=False)
            .order_by("opened_at")[:AT_ONCE]
        )
        for row in rows:
            end_case(this, row, CloseReason.DIED, actor.at)
            touch(this, row, closed=str(CloseReason.DIED))
        if not rows:
            this.unchanged()
        return len(rows)
