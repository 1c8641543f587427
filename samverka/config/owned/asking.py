"""Communication, Consent and ServiceRequest: what is said about a plan, agreed to, and asked for."""

from __future__ import annotations

from uuid import UUID

from samverka.access.actions import Action
from samverka.careplans import fhir, operations, reads
from samverka.careplans.reads import (
    CommentDetail,
    ConsentAskDetail,
    ConsentPage,
    Kept,
    PlanDetail,
)
from samverka.careplans.rules import ConsentStatus
from samverka.config.owned.values import Change, Done, Owned, Standing, told_at, unit_id_of
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import Content

ROOM = "careplans"
_UNKNOWN = _("Sidan finns inte, eller så får du inte se den.")

# ── Communication ──


def read_words(actor: Actor, key: UUID) -> Standing:
    """Words about a plan."""
    plan = reads.plan_of_comment(actor, comment_id=key)
    for one in plan.comments:
        if one.id == key:
            return _said(plan, one)
    raise NotFound(_UNKNOWN)


def _said(plan: PlanDetail, one: CommentDetail) -> Standing:
    own = one.by_person and one.by == plan.person.name
    made = fhir.communication(one, plan_id=plan.id, person_id=plan.person_id, own=own)
    return Standing(made, plan)


def say(actor: Actor, sent: Content) -> Standing:
    """New words about a plan, or about one of its goals."""
    wanted = fhir.read_communication(sent)
    plan = operations.comment_plan(
        actor,
        plan_id=wanted.plan_id,
        goal_id=wanted.goal_id,
        words=wanted.words,
        kind=wanted.kind,
        way=wanted.way,
        on_behalf_of=wanted.by if actor.is_staff else "",
    )
    mine = [one for one in plan.comments if (one.at, one.by_id) == (actor.at, actor.id)]
    return _said(plan, next(one for one in mine if one.words == wanted.words.strip()))


# ── Consent ──


def read_consent(actor: Actor, key: UUID) -> Standing:
    """The question of consent to a plan, and its answer."""
    page = reads.consent_of_ask(actor, ask_id=key)
    return _consented(page, _ask(page, key))


def _ask(page: ConsentPage, key: UUID) -> ConsentAskDetail:
    asks = (page.current, *page.earlier)
    for one in asks:
        if one is not None and one.id == key:
            return one
    raise NotFound(_UNKNOWN)


def _consented(page: ConsentPage, one: ConsentAskDetail | None) -> Standing:
    if one is None:
        raise NotFound(_UNKNOWN)
    return Standing(fhir.plan_consent(page, one), page)


def ask_or_note_consent(actor: Actor, sent: Content) -> Standing:
    """Ask the person for consent, or note that it is given and hand out the plan."""
    wanted = fhir.read_consent(sent)
    units = [unit_id_of(one, "Consent.provision.actor") for one in wanted.units]
    if wanted.asked:
        page = operations.ask_consent(
            actor,
            plan_id=wanted.plan_id,
            unit_ids=units,
            covers=wanted.covers,
            not_covered=wanted.not_covered,
            until=wanted.until,
        )
        return _consented(page, page.current)
    _share(actor, wanted.plan_id, units, wanted)
    page = reads.plan_consent(actor, plan_id=wanted.plan_id)
    return _consented(page, page.current)


def _share(actor: Actor, plan_id: UUID, units: list[UUID], wanted: fhir.ConsentSent) -> None:
    operations.share_plan(
        actor,
        plan_id=plan_id,
        unit_ids=units,
        consent=operations.ConsentGiven(
            given_by=_answerer(wanted.by),
            form=wanted.form,
            covers=wanted.covers,
            not_covered=wanted.not_covered,
            until=wanted.until,
        ),
    )


def _answerer(name: str) -> str:
    if not name:
        raise Invalid(_("Skriv vem som har svarat."), where="Consent.performer")
    return name


def change_consent(change: Change) -> Done:
    """Answer the question, or take the consent back."""
    page, actor = change.now.values, change.actor
    one = _ask(page, UUID(str(change.now.content["id"])))
    step = (str(change.now.content["status"]), str(change.sent["status"]))
    by = fhir.answered_by(change.sent)
    if step == ("active", "inactive"):
        name = "" if actor.is_person else _answerer(by)
        operations.take_back_consent(actor, plan_id=page.plan_id, by=name)
        return Done(taken=() if actor.is_person else ("Consent.performer[0].display",))
    if one.status is not ConsentStatus.ASKED or step[1] not in ("active", "rejected"):
        words = _(
            "En fråga besvaras med active eller rejected, och ett ja tas tillbaka med inactive."
        )
        raise Invalid(words, where="Consent.status")
    if actor.is_person:
        operations.answer_consent(actor, plan_id=page.plan_id, yes=step[1] == "active")
    elif step[1] == "rejected":
        operations.note_refusal(actor, plan_id=page.plan_id, said_by=_answerer(by))
    else:
        given = fhir.read_consent(change.sent)
        _share(actor, page.plan_id, list(one.unit_ids), given)
    return Done()


# ── ServiceRequest ──


def read_request(actor: Actor, key: UUID) -> Standing:
    """A request for a plan: those who answer it read it, those who asked their own copy of it."""
    if reads.has_sent(actor, request_id=key):
        request = reads.sent_request(actor, request_id=key)
    else:
        request = reads.plan_request(actor, request_id=key).request
    return Standing(fhir.service_request(request), request)


def ask_for_plan(actor: Actor, sent: Content) -> Standing:
    """Ask for a plan for a person."""
    wanted = fhir.read_service_request(sent)
    named = any(wanted.unit)
    unit_id = unit_id_of(wanted.unit, "ServiceRequest.performer") if named else None
    with told_at(reason="ServiceRequest.reasonCode", agreed="ServiceRequest.extension"):
        request = operations.ask_for_plan(
            actor,
            person_id=wanted.person_id,
            reason=wanted.reason,
            kind=wanted.kind,
            asked_by=wanted.asked_by if actor.is_staff else "",
            unit_id=unit_id,
            agreed=wanted.agreed,
        )
    taken = ("ServiceRequest.extension",) if wanted.agreed else ()
    return Standing(fhir.service_request(request), request, taken=taken)


def change_request(change: Change) -> Done:
    """Take the request back, or answer it: with a plan, or with no and the reason."""
    request, status = change.now.values, change.sent.get("status")
    if status == "completed":
        pointed = change.sent.get("supportingInfo")
        where = "ServiceRequest.supportingInfo"
        plan_id = fhir.pointed_at(pointed, "CarePlan", where) if pointed else None
        operations.accept_request(change.actor, request_id=request.id, plan_id=plan_id)
    elif status != change.now.content.get("status"):
        _end_request(change, status == "revoked")
    return Done()


def _end_request(change: Change, revoked: bool) -> None:
    """A ground makes it a no; without one it is taken back by the one who asked."""
    request = change.now.values
    ground = fhir.refusal_ground(change.sent) if revoked else None
    if ground is not None:
        where = {"reason": "ServiceRequest.note", "ground": "ServiceRequest.extension"}
        reason = fhir.refusal_reason(change.sent)
        with told_at(**where):
            operations.refuse_request(
                change.actor, request_id=request.id, ground=ground, reason=reason
            )
    elif revoked and request.may_withdraw:
        operations.withdraw_request(change.actor, request_id=request.id)
    elif revoked and request.may_answer:
        words = _("Ett nej har en grund, och ett skäl som personen läser.")
        mend = _("Skicka grunden som extension request-statusReason och skälet som note.")
        raise Invalid(words, where="ServiceRequest.extension", mend=mend)
    else:
        words = _("Den som bad tar tillbaka med revoked. Den som svarar skickar completed, eller revoked "
                  "med grund och skäl.")  # fmt: skip
        raise Invalid(words, where="ServiceRequest.status")


def _is_request(actor: Actor, key: UUID) -> bool:
    return reads.is_kept(actor, what=Kept.REQUEST, key=key)


ASKING = (
    Owned(
        kind="Communication",
        what="words about a plan",
        room=ROOM,
        action=Action.PLAN_COMMENT,
        read=read_words,
        create=say,
        takes=lambda sent: bool(fhir.plan_of_words(sent)),
        leans_on=fhir.plan_of_words,
        writes={
            "POST: basedOn (CarePlan), about (Goal), category, medium, payload; sender when staff "
            "write down what someone said": "comment_plan"
        },
    ),
    Owned(
        kind="Consent",
        what="the consent to a plan",
        room=ROOM,
        action=Action.PLAN_CONSENT_ASK,
        read=read_consent,
        update=change_consent,
        create=ask_or_note_consent,
        takes=lambda sent: bool(fhir.plan_of_consent(sent)),
        leans_on=fhir.plan_of_consent,
        writes={
            "POST proposed: provision (data, actor, code, period)": "ask_consent",
            "POST active, with performer; staff's note of an oral yes": "share_plan",
            "status proposed → active": "answer_consent (the person), share_plan (staff)",
            "status proposed → rejected": "answer_consent (the person), note_refusal (staff)",
            "status active → inactive": "take_back_consent",
        },
    ),
    Owned(
        kind="ServiceRequest",
        what="a request for a plan",
        room=ROOM,
        action=Action.REQUEST_ASK,
        read=read_request,
        update=change_request,
        create=ask_for_plan,
        takes=fhir.asks_for_plan,
        keeps=_is_request,
        writes={
            "POST: subject, code, reasonCode, performer, requester; of another care provider with extension "
            "person-agreed true": "ask_for_plan",
            "status active → revoked, by the one who asked": "withdraw_request",
            "status active → completed, supportingInfo (CarePlan)": "accept_request",
            "status active → revoked, with extension request-statusReason (no-need, has-plan, other-help, "
            "person-says-no) and the reason as note": "refuse_request",
        },
    ),
)
