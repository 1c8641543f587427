"""What was said of a stay when it was opened, put right: the time, who has decided, what sort of care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.discharge.operations.keeping import open_case_row, own_part, touch
from samverka.discharge.operations.opening import recent_stay
from samverka.discharge.reads.cases import case_detail
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules import clocks
from samverka.discharge.rules.kinds import CaseStatus
from samverka.discharge.rules.mending import check_care, check_mending
from samverka.discharge.rules.places import check_municipality
from samverka.discharge.rules.routing import Need
from samverka.kernel.actor import Actor
from samverka.people.reads import full_persons


@dataclass(frozen=True, slots=True)
class StayMended:
    """What is known of a stay now.

    Attributes:
        deciding_code: municipality that has decided that the person lives in another (LUS 5:2).
        help_kinds: social services help with a door of its own, as far as the ward knows.
    """

    admitted_at: datetime
    psychiatric: bool = False
    deciding_code: str = ""
    help_kinds: frozenset[Need] = frozenset()


def mend_stay(actor: Actor, *, case_id: UUID, facts: StayMended) -> CaseDetail:
    """Put right what was said of the stay when it was opened; who is told from now on follows from it.

    Raises:
        NotAllowed: another unit than the ward.
        NotNow: nobody has been admitted, or the case has ended.
        Invalid: the time cannot be true.
    """
    with act(actor, Action.CASE_EDIT) as this:
        case = open_case_row(this, case_id)
        check_mending(own_part(this, case), CaseStatus(case.status))
        clocks.check_admitted(facts.admitted_at, actor.at)
        clocks.check_put_right(facts.admitted_at, case.ready_at, case.discharged_at)
        check_care(psychiatric=facts.psychiatric, compulsory=case.compulsory)
        case.admitted_at, case.psychiatric = facts.admitted_at, facts.psychiatric
        case.deciding_code = check_municipality(facts.deciding_code, "deciding_code")
        case.help_kinds = sorted(facts.help_kinds)
        person = full_persons().get(id=case.person_id)
        case.municipality_code = person.municipality_code or case.municipality_code
        case.readmission_of = recent_stay(this, case)
        touch(this, case, mended=True)
        return case_detail(this, case)
