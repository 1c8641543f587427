"""The physician's judgement which parts may be needed (LUS 2:1), and the message that it leads to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case
from samverka.discharge.operations.keeping import (
    open_case_row,
    own_part,
    touch,
    unit_part,
    units_of,
)
from samverka.discharge.operations.sending import Letter, send_in
from samverka.discharge.reads.cases import case_detail
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules.judging import (
    check_judge,
    check_judgement,
    judged_since,
    since_of,
)
from samverka.discharge.rules.kinds import INSIDE, LINE, CaseStatus, Part, Track
from samverka.discharge.rules.mending import check_care
from samverka.discharge.rules.messages import MessageKind, check_sending
from samverka.discharge.rules.sending import clean
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the treating physician has come to.

    Attributes:
        judged_by: the physician's name.
        sip_needed: help is needed from both region and municipality (LUS 4:1); None: not judged yet.
        psychiatric: the care is psychiatric; None: as it stood.
    """

    judged_by: str
    judged_at: datetime
    sip_needed: bool | None = None
    track: Track | None = None
    psychiatric: bool | None = None


def judge_needs(
    actor: Actor,
    *,
    case_id: UUID,
    parts: Collection[Part],
    judged_by: str,
    judged_at: datetime,
    sip_needed: bool | None = None,
    track: Track | None = None,
    psychiatric: bool | None = None,
) -> CaseDetail:
    """Write who the physician believes may be needed at home; nobody is told by this alone.

    Raises:
        NotAllowed: the own unit is not the ward.
        NotNow: the person is not in the hospital.
        Invalid: it does not say who judged, or the time cannot be true.
    """
    with act(actor, Action.CASE_EDIT) as this:
        case = _ward_case(this, case_id)
        judgement = Judgement(judged_by, judged_at, sip_needed, track, psychiatric)
        _judge(this, case, parts, judgement)
        touch(this, case, needs=sorted(case.needs), psychiatric=case.psychiatric)
        return case_detail(this, case)


def tell_of_admission(
    actor: Actor, *, case_id: UUID, judgement: Judgement, letter: Letter
) -> CaseDetail:
    """Write the physician's judgement and send the admission message, at one press.

    Who is told is who the physician believes may be needed: the parts are those of the receivers.
    """
    with act(actor, Action.CASE_SEND) as this:
        case = _ward_case(this, case_id)
        check_sending(MessageKind.ADMISSION, Part.WARD, CaseStatus(case.status))
        parts = {unit_part(one) for one in units_of(letter.units)}
        _judge(this, case, parts | {Part(one) for one in case.needs}, judgement)
        return send_in(this, case, MessageKind.ADMISSION, letter)


def _ward_case(this: Act, case_id: UUID) -> Case:
    case = open_case_row(this, case_id)
    check_judge(own_part(this, case))
    if case.status not in INSIDE:
        raise NotNow(
            _("Personen är inte inskriven nu."), mend=_("Skriv in personen på avdelningen först.")
        )
    return case


def _judge(this: Act, case: Case, parts: Collection[Part], judgement: Judgement) -> None:
    check_judgement(parts, judgement.judged_by, judgement.judged_at, this.actor.at)
    since = judged_since(since_of(case.needs_since), parts, judgement.judged_at)
    case.needs_since = {one.value: at.isoformat() for one, at in since.items()}
    case.needs = sorted(one.value for one in parts)
    case.needs_judged_at = judgement.judged_at
    case.needs_judged_by = clean(judgement.judged_by)[:LINE]
    if judgement.sip_needed is not None:
        case.sip_needed = judgement.sip_needed
    if judgement.track is not None:
        case.track = judgement.track
    if judgement.psychiatric is not None:
        check_care(psychiatric=judgement.psychiatric, compulsory=case.compulsory)
        case.psychiatric = judgement.psychiatric
