"""Ask for a plan, answer, take back; and what a unit answers to a suggestion."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from samverka.access import operations as access
from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, ConsentForm, ConsentKind, Refusal
from samverka.careplans import fhir, rules
from samverka.careplans.models import Plan, PlanRequest, RequestCopy, SuggestionAnswer
from samverka.careplans.operations.plans import start_plan
from samverka.careplans.operations.writing import text_of
from samverka.careplans.reads.asked import (
    RequestDetail,
    answer_time,
    asked_again_after,
    request_detail,
    request_rows,
    route_of,
    turns_of,
)
from samverka.careplans.rules import (
    NAME_LENGTH,
    OWN_WISH,
    REASON_LENGTH,
    Group,
    PlanKind,
    RefusalGround,
    RequestSource,
    RequestStatus,
    RequestStepName,
    Route,
    SuggestionAnswerKind,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date, said_date
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks, tell_person
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.organisations.reads import UnitDetail, unit_names
from samverka.people.reads import PersonCard, person_card


def ask_for_plan(
    actor: Actor,
    *,
    person_id: UUID,
    reason: str,
    kind: PlanKind = PlanKind.SIP,
    source: RequestSource = RequestSource.STAFF,
    asked_by: str = "",
    unit_id: UUID | None = None,
    agreed: bool = False,
    again_id: UUID | None = None,
) -> RequestDetail:
    """Ask for a plan for a person; the unit that shall answer gets it as a task with a clock.

    The person's own request goes to the unit of the fast vårdkontakt, else where the person is listed,
    else to the unit that the person chooses.

    Args:
        source, asked_by: who asks, when staff write it; the person's own page says it by itself.
        unit_id: who shall answer; for staff None means the own unit.
        agreed: the person knows and says yes to that another care provider is asked (OSL 10:1).
        again_id: the request that was answered no.
    """
    with act(actor, Action.REQUEST_ASK) as this:
        card = person_card(this, person_id)
        row = PlanRequest(
            person_id=person_id,
            kind=kind,
            reason=text_of(reason, "reason", REASON_LENGTH, _("Skriv varför en plan behövs.")),
            asked_at=actor.at,
            written_by=actor.name,
            written_by_id=actor.id,
            from_unit_id=actor.unit_id,
            from_side=actor.side,
            due_at=answer_time(actor.at),
            again=_again(this, person_id, again_id),
        )
        _set_asker(row, actor, source, asked_by)
        unit, row.route = _answering(this, card, unit_id)
        row.unit_id, row.provider_id, row.branch = unit.id, unit.provider_id, unit.branch
        _let_know(this, row, unit, agreed=agreed)
        _insert(this, row)
        return _asked(this, row, unit)


def _set_asker(row: PlanRequest, actor: Actor, source: RequestSource, asked_by: str) -> None:
    if actor.is_person:
        own = row.person_id == actor.person_id
        source, asked_by = RequestSource.PERSON if own else RequestSource.PROXY, actor.name
    rules.check_asker(source, asked_by)
    name = text_of(asked_by, "asked_by", NAME_LENGTH)
    row.source, row.own_wish = source, source in OWN_WISH
    row.asked_by = name or (
        actor.name if source is RequestSource.STAFF else str(rules.SOURCE_WORDS[source])
    )


def _again(this: Act, person_id: UUID, again_id: UUID | None) -> PlanRequest | None:
    """The request that was answered no, if the actor may know of it."""
    if again_id is None:
        return None
    row: PlanRequest = this.row(PlanRequest.objects, id=again_id, person_id=person_id)
    answers, asked = turns_of(row, this.actor)
    again = RequestStepName.ASK_AGAIN
    rules.check_request(
        RequestStatus(row.status), again, this.actor.side, answers=answers, asked=asked or answers
    )
    return row


def _answering(this: Act, card: PersonCard, unit_id: UUID | None) -> tuple[UnitDetail, Route]:
    """The unit that shall answer, and why that one."""
    actor = this.actor
    if actor.is_staff:
        return _named(unit_id or actor.unit_id), Route.CHOSEN
    routing = route_of(this, card, card.person.id)
    if routing.unit_id is not None:
        return _named(routing.unit_id), routing.why
    if unit_id not in routing.choices:
        raise Invalid(_("Välj vem som ska svara dig."), where="unit")
    return _named(unit_id), Route.CHOSEN


def _named(unit_id: UUID | None) -> UnitDetail:
    unit = unit_names({unit_id}).get(unit_id) if unit_id else None
    if unit is None:
        raise Invalid(_("Enheten finns inte. Välj en ur listan."), where="unit")
    return unit


def _let_know(this: Act, row: PlanRequest, unit: UnitDetail, *, agreed: bool) -> None:
    """A unit that is asked must be able to find the person; another care provider only on a yes."""
    actor = this.actor
    if not actor.is_staff or unit.id == actor.unit_id:
        return
    consent_id = None
    if unit.provider_id != actor.provider_id:
        if not agreed:
            raise Invalid(
                _("Enheten hör till en annan vårdgivare. Fråga personen först, och kryssa i att "
                  "personen har sagt ja."),
                where="agreed",
            )  # fmt: skip
        consent_id = _consented(this, row, unit)
    knows = any(one.unit_id == unit.id for one in this.standing(row.person_id).relations)
    if not knows:
        access.invite_unit(
            actor,
            person_id=row.person_id,
            unit_id=unit.id,
            provider_id=unit.provider_id,
            consent_id=consent_id,
        )


def _consented(this: Act, row: PlanRequest, unit: UnitDetail) -> UUID:
    given = access.give_consent(
        this.actor,
        person_id=row.person_id,
        kind=ConsentKind.PLAN,
        reader_providers=[unit.provider_id],
        form=ConsentForm.ORAL,
        given_by=_("Personen, enligt %(name)s", name=this.actor.name),
        covers=_("Att fråga %(unit)s om en plan, och varför.", unit=unit.name),
        until=row.due_at + timedelta(days=asked_again_after(local_date(this.actor.at))),
    )
    return given.id


def _insert(this: Act, row: PlanRequest) -> None:
    """The gate was asked about the person; the row is held by those who answer, who need not be us."""
    if not this.actor.is_staff or row.unit_id == this.actor.unit_id:
        this.require(row)
    # Two who ask at the same moment: the second insert finds the first and does nothing.
    PlanRequest.objects.bulk_create([row], ignore_conflicts=True)
    if not PlanRequest.objects.filter(id=row.id).exists():
        raise NotNow(
            _("Det finns redan en begäran om samma plan som väntar på svar."),
            mend=_("Vänta på svaret, eller ring enheten."),
        )


def _asked(this: Act, row: PlanRequest, unit: UnitDetail) -> RequestDetail:
    actor = this.actor
    if actor.is_staff and unit.id != actor.unit_id:
        _keep_copy(this, row)
    wanted = TaskWanted(
        key="answer",
        kind=TaskKind.REQUEST,
        unit_id=unit.id,
        provider_id=unit.provider_id,
        verb=_("svara: personen vill ha en plan")
        if row.own_wish
        else _("svara på begäran om plan"),
        due_at=row.due_at,
    )
    keep_tasks(this, about=_about(row), wanted=[wanted])
    if actor.is_staff:
        words = _("%(unit)s har frågats om en plan för dig. Du får svar senast %(day)s.",
                  unit=unit.name, day=said_date(local_date(row.due_at)))  # fmt: skip
        tell_person(this, person_id=row.person_id, sentence=words)
    return _told(this, row)


def _about(row: PlanRequest) -> About:
    address = reverse("careplans:request", args=[row.id])
    return About("PlanRequest", row.id, row.person_id, address, row.not_for_patient)


def _keep_copy(this: Act, row: PlanRequest) -> None:
    """What we have asked another unit, in our own record."""
    actor = this.actor
    if actor.unit_id is None or actor.provider_id is None:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NO_PERMISSION])
    copy = RequestCopy(
        person_id=row.person_id,
        provider_id=actor.provider_id,
        unit_id=actor.unit_id,
        branch=actor.branch or row.branch,
        request=row,
        to_unit_id=row.unit_id,
        kind=row.kind,
        asked_by=row.asked_by,
        reason=row.reason,
        status=row.status,
        asked_at=row.asked_at,
        due_at=row.due_at,
    )
    this.add(copy)


def _told(this: Act, row: PlanRequest) -> RequestDetail:
    """The end of every change: the line, the R4 form, the answer to the one who asked."""
    RequestCopy.objects.filter(request=row).update(
        status=row.status,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        answer=row.answer,
    )
    made = request_detail(request_rows().get(id=row.id), this.actor)
    this.note_person(
        row.person_id, "PlanRequest", id=str(row.id), status=str(row.status), to=str(row.unit_id)
    )
    this.publish(fhir.service_request(made), row)
    return made


# ── the answer ──


def accept_request(
    actor: Actor,
    *,
    request_id: UUID,
    plan_id: UUID | None = None,
    template: Group | None = None,
) -> RequestDetail:
    """Say yes: begin the plan that was asked for, or name the own unit's plan that covers it.

    Args:
        template: the group whose questions are to be at hand in a new plan.
    """
    with act(actor, Action.REQUEST_ANSWER) as this:
        row = _to_answer(this, request_id, RequestStepName.ACCEPT)
        row.plan_id = _existing(this, row, plan_id) if plan_id else _begun(actor, row, template)
        _answer(this, row, RequestStatus.ACCEPTED)
        words = _("Ja. %(unit)s börjar en plan med dig.", unit=row.unit.name)
        tell_person(this, person_id=row.person_id, sentence=words)
        return _told(this, row)


def _to_answer(this: Act, request_id: UUID, name: RequestStepName) -> PlanRequest:
    rows = PlanRequest.objects.select_related("unit")
    row: PlanRequest = this.row(rows, lock=True, id=request_id)
    answers, asked = turns_of(row, this.actor)
    rules.check_request(
        RequestStatus(row.status), name, this.actor.side, answers=answers, asked=asked
    )
    return row


def _begun(actor: Actor, row: PlanRequest, template: Group | None) -> UUID:
    return start_plan(
        actor,
        person_id=row.person_id,
        kind=PlanKind(row.kind),
        asked_by=f"{row.asked_by}: {row.reason}"[:NAME_LENGTH],
        template=template,
    ).id


def _existing(this: Act, row: PlanRequest, plan_id: UUID) -> UUID:
    with act(this.actor, Action.PLAN_EDIT) as inner:
        plan: Plan = inner.row(Plan.objects, id=plan_id, person_id=row.person_id)
        rules.check_open(rules.PlanStatus(plan.status))
        if plan.unit_id != row.unit_id:
            raise Invalid(_("Välj en plan som er enhet håller i."), where="plan")
        inner.note(plan, request=str(row.id))
        return plan.id


def _answer(this: Act, row: PlanRequest, status: RequestStatus) -> None:
    row.status, row.answered_at, row.answered_by = status, this.actor.at, this.actor.name
    row.save()
    keep_tasks(this, about=_about(row), wanted=[])


def refuse_request(
    actor: Actor, *, request_id: UUID, ground: RefusalGround, reason: str
) -> RequestDetail:
    """Say no, with the written reason that the person reads; it can be asked again."""
    with act(actor, Action.REQUEST_ANSWER) as this:
        row = _to_answer(this, request_id, RequestStepName.REFUSE)
        rules.check_refusal(ground, reason, own_wish=row.own_wish)
        row.ground = ground
        row.answer = text_of(reason, "reason", REASON_LENGTH)
        _answer(this, row, RequestStatus.REFUSED)
        words = _("%(unit)s har svarat om din plan. Läs svaret. Du kan fråga igen.",
                  unit=row.unit.name)  # fmt: skip
        tell_person(this, person_id=row.person_id, sentence=words)
        return _told(this, row)


def withdraw_request(actor: Actor, *, request_id: UUID) -> RequestDetail:
    """Take a request back before it has been answered."""
    with act(actor, Action.REQUEST_ASK) as this:
        row = _own_request(this, request_id)
        answers, asked = turns_of(row, actor)
        name, side = RequestStepName.WITHDRAW, actor.side
        rules.check_request(RequestStatus(row.status), name, side, answers=answers, asked=asked)
        _answer(this, row, RequestStatus.WITHDRAWN)
        return _told(this, row)


def _own_request(this: Act, request_id: UUID) -> PlanRequest:
    """Staff who asked another unit come by their own copy: the request itself is the other unit's."""
    own: dict[str, Any] = {"request_id": request_id, "unit_id": this.actor.unit_id}
    copies = RequestCopy.objects.filter(**own)
    if this.actor.is_staff and copies.exists():
        this.row(copies, request_id=request_id)
        found: Any = PlanRequest.objects.select_related("unit").select_for_update(of=("self",))
        asked: PlanRequest = found.get(id=request_id)
        return asked
    row: PlanRequest = this.row(
        PlanRequest.objects.select_related("unit"), lock=True, id=request_id
    )
    return row


# ── suggestions ──


def answer_suggestion(
    actor: Actor,
    *,
    person_id: UUID,
    answer: SuggestionAnswerKind,
    reason: str = "",
    until: date | None = None,
) -> date:
    """Answer the suggestion that a person may need a plan: not now, or ask the person.

    Args:
        reason: why not now.
        until: the last day that the person is not suggested again; None: the county's time.

    Returns:
        the last day that the person is not suggested again.
    """
    with act(actor, Action.SUGGESTION_ANSWER) as this:
        if actor.unit_id is None or actor.provider_id is None or actor.branch is None:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NO_PERMISSION])
        today = local_date(actor.at)
        last = until or today + timedelta(days=asked_again_after(today))
        _check_suggestion(answer, reason, last, today)
        row = SuggestionAnswer(
            person_id=person_id,
            provider_id=actor.provider_id,
            unit_id=actor.unit_id,
            branch=actor.branch,
            answer=answer,
            reason=text_of(reason, "reason", REASON_LENGTH),
            until=last,
            at=actor.at,
            by=actor.name,
        )
        this.add(row)
        this.note(row, answer=answer.value)
        if answer is SuggestionAnswerKind.ASKED:
            words = _("%(unit)s undrar om du vill ha en plan.", unit=actor.unit_name)
            tell_person(this, person_id=person_id, sentence=words)
        return last


LONGEST_WAIT = timedelta(days=366)
"""A person is suggested again at least once a year; practice."""


def _check_suggestion(answer: SuggestionAnswerKind, reason: str, last: date, today: date) -> None:
    if answer is SuggestionAnswerKind.NOT_NOW and not reason.strip():
        raise Invalid(_("Skriv varför det inte behövs nu."), where="reason")
    if last <= today:
        raise Invalid(_("Välj en dag framåt."), where="until")
    if last > today + LONGEST_WAIT:
        raise Invalid(_("Välj en dag inom ett år."), where="until")
