"""The fast vårdkontakt and the plan of a stay: begun from the case, and said to its units by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.careplans import operations as careplans
from samverka.careplans.reads import (
    CareContactDetail,
    MeetingDetail,
    PlanBrief,
    contact_at,
    plan_briefs,
)
from samverka.careplans.rules import PlanKind, PlanStatus, Section
from samverka.careplans.rules.meetings import MeetingStatus
from samverka.discharge.models import Case, Copy, Message
from samverka.discharge.operations.keeping import open_case_row, own_part, touch
from samverka.discharge.operations.receipting import receipt_copy, withdraw_message
from samverka.discharge.operations.sending import Letter, send_message
from samverka.discharge.reads.cases import case_detail
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import OPEN, PART_WORDS, CaseStatus, Part, Secrecy
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.discharge.rules.planning import (
    PLAN_OF,
    call_fault,
    check_beginner,
    contact_in_words,
    meeting_in_words,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _

# ── the fast vårdkontakt ──


def tell_contact(actor: Actor, *, case_id: UUID) -> CaseDetail:
    """Tell the case's units who the own unit's fast vårdkontakt for the person is. Nothing to write."""
    with act(actor, Action.CASE_SEND) as this:
        case = open_case_row(this, case_id)
        own_part(this, case)
        this.note(case, contact=True)
        found = _own_contact(actor, case)
        if found is None:
            raise NotNow(
                _("Er enhet har ingen fast vårdkontakt för personen."),
                mend=_("Utse någon först."),
            )
        return _send_contact(actor, case.id, found)


def _own_contact(actor: Actor, case: Case) -> CareContactDetail | None:
    if actor.unit_id is None:
        return None
    return contact_at(case.person_id, actor.unit_id, local_date(actor.at))


def _send_contact(actor: Actor, case_id: UUID, found: CareContactDetail) -> CaseDetail:
    words = contact_in_words(found.name, found.profession, found.unit_name, found.phone)
    letter = Letter(
        body={Fact.CONTACT.value: words},
        ground=Secrecy.HARM_TEST,
        note=str(_("Bara vem som är fast vårdkontakt, till enheter som redan deltar.")),
    )
    return send_message(actor, case_id=case_id, kind=MessageKind.CONTACT, letter=letter)


def hear_contact(actor: Actor, *, what: CareContactDetail) -> None:
    """Someone has been appointed: the units of the case are told, if the person is on a ward."""
    case = _heard_in(actor, what.person_id, what.unit_id)
    if case is not None:
        _send_contact(actor, case.id, what)


def _heard_in(actor: Actor, person_id: UUID, unit_id: UUID | None) -> Case | None:
    """The person's open case in which the own unit is the region's open care."""
    if unit_id is None or actor.unit_id != unit_id or not permits(actor, Action.CASE_SEND):
        return None
    with act(actor, Action.CASE_READ) as this:
        this.unchanged()  # nothing is shown; what is sent leaves its own line
        rows = Case.objects.filter(
            person_id=person_id,
            status__in=sorted(OPEN),
            units__unit_id=unit_id,
            units__until__isnull=True,
            units__part=Part.OPEN_CARE,
        )
        found: Case | None = this.visible(rows).order_by("-opened_at").first()
        return found


# ── the plan ──


def start_case_plan(actor: Actor, *, case_id: UUID) -> CaseDetail:
    """Begin the plan that the stay asks for, with what is known; one that has been begun is used.

    Raises:
        NotAllowed: another part begins it.
        NotNow: the person needs no plan, or others keep one of that kind.
    """
    with act(actor, Action.CASE_EDIT) as this:
        case = open_case_row(this, case_id)
        part = own_part(this, case)
        kind = PLAN_OF[case.compulsory]
        if case.plan_id is not None:
            raise NotNow(_("Planen är redan påbörjad."))
        check_beginner(kind, part)
        known = plan_briefs(actor, person_id=case.person_id)
        standing = _standing(known, kind)
        case.plan_id = standing.id if standing else _begun(actor, case, kind, part, known)
        if kind is PlanKind.DISCHARGE:
            case.sip_needed = True
        touch(this, case, plan=str(case.plan_id))
        return case_detail(this, case)


def _standing(known: Iterable[PlanBrief], kind: PlanKind) -> PlanBrief | None:
    found = (one for one in known if one.kind is kind and one.status is not PlanStatus.ENDED)
    return next(found, None)


def _begun(
    actor: Actor, case: Case, kind: PlanKind, part: Part, known: Iterable[PlanBrief]
) -> UUID:
    """What the person has said, the physician judged and the ward written need not be asked again."""
    plans, told = list(known), _planning_form(actor, case)
    matters = next((one.what_matters for one in plans if one.what_matters), "")
    matters = matters or told.get(Fact.WISHES.value, "")
    made = careplans.start_plan(
        actor,
        person_id=case.person_id,
        kind=kind,
        what_matters=matters,
        asked_by=str(_("%(unit)s, vid utskrivning", unit=case.unit.name)),
    )
    before = next((one.needs for one in plans if one.needs), "")
    written = (told.get(one.value, "") for one in (Fact.NOW, Fact.HELP))
    needs = _needs(case, "\n\n".join(one for one in (*written, before) if one))
    if needs:
        careplans.write_section(
            actor, plan_id=made.id, section=Section.NEEDS, text=needs, version=made.version
        )
    return made.id


def _planning_form(actor: Actor, case: Case) -> Mapping[str, str]:
    """What the ward has written in the planning form that the own unit has sent or been given."""
    given = Q(unit_id=actor.unit_id) | Q(copies__unit_id=actor.unit_id)
    said = Message.objects.filter(given, case=case, kind=MessageKind.FORM)
    standing = said.filter(withdrawn_at__isnull=True, corrections__isnull=True)
    found: Message | None = standing.order_by("-sent_at").first()
    return found.body if found else {}


def _needs(case: Case, before: str) -> str:
    parts = [str(PART_WORDS[one]) for one in Part if one in case.needs]
    judged = str(_("Kan behövas hemma: %(parts)s.", parts=", ".join(parts))) if parts else ""
    return "\n\n".join(one for one in (judged, before) if one)


# ── the call ──


def hear_meeting(actor: Actor, *, what: MeetingDetail) -> None:
    """A meeting is called, moved or called off: the case's units are told, if the call is the law's."""
    case = _heard_in(actor, what.plan.person_id, what.unit.id)
    if case is None or case.status == CaseStatus.EXPECTED:
        return
    has_contact = _own_contact(actor, case) is not None
    if call_fault(what.plan.kind, Part.OPEN_CARE, has_contact=has_contact) is not None:
        return
    former = _standing_call(case)
    if what.status is MeetingStatus.CANCELLED:
        _take_back(actor, former)
    elif what.status is MeetingStatus.PLANNED:
        _link(actor, case, what.plan.id)
        _send_call(actor, case, what, former)


def _standing_call(case: Case) -> Message | None:
    found: Message | None = (
        Message.objects.filter(case=case, kind=MessageKind.CALL, withdrawn_at__isnull=True)
        .order_by("-sent_at")
        .first()
    )
    return found


def _take_back(actor: Actor, former: Message | None) -> None:
    if former is not None and former.unit_id == actor.unit_id:
        withdraw_message(actor, message_id=former.id, reason=str(_("Mötet är inställt.")))


def _link(actor: Actor, case: Case, plan_id: UUID) -> None:
    """The plan that is met about is the stay's plan: help is needed from both sides."""
    if case.plan_id == plan_id and case.sip_needed:
        return
    with act(actor, Action.CASE_EDIT) as this:
        row = open_case_row(this, case.id)
        row.plan_id, row.sip_needed = plan_id, True
        touch(this, row, plan=str(plan_id))


def _send_call(actor: Actor, case: Case, what: MeetingDetail, former: Message | None) -> None:
    words = meeting_in_words(what.starts_at, what.ends_at, what.place, what.link)
    consented = what.plan.consent
    note = _("Bara att det blir ett möte, när och var, till enheter som redan deltar.")
    letter = Letter(
        body={Fact.MEETING.value: words},
        ground=Secrecy.CONSENT if consented else Secrecy.HARM_TEST,
        note=str(_("Samtycket till planen.") if consented else note),
        corrects=former.id if former else None,
    )
    send_message(actor, case_id=case.id, kind=MessageKind.CALL, letter=letter)


def hear_answer(actor: Actor, *, what: UUID) -> None:
    """A unit has answered the call to the plan's meeting: then it has read of it in the case too."""
    if actor.unit_id is None or not permits(actor, Action.CASE_RECEIPT):
        return
    with act(actor, Action.CASE_READ) as this:
        this.unchanged()
        for copy in _unread_calls(this, what, actor.unit_id):
            receipt_copy(actor, copy_id=copy.id)


def _unread_calls(this: Act, plan_id: UUID, unit_id: UUID) -> list[Copy]:
    waiting = Copy.objects.filter(
        message__case__plan_id=plan_id,
        message__kind=MessageKind.CALL,
        unit_id=unit_id,
        fate=Fate.WAITING,
    )
    return list(this.visible(waiting))
