"""Every change of the checks of the log, and what staff write down for a person who rings or comes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from samverka.access import operations as access
from samverka.access.act import NOBODY, Act, act
from samverka.access.actions import Action
from samverka.access.reads import LogFilter, draw_log, review_log
from samverka.access.rules import REFUSAL_WORDS, BlockKind, ConsentForm, ConsentKind, Refusal
from samverka.careplans.operations import ask_for_contact, comment_plan
from samverka.careplans.rules import CommentKind, CommentWay, ContactKind
from samverka.contract import rules
from samverka.contract.models import Behalf, LogCheck
from samverka.contract.reads import BehalfLine, LogCheckDetail, behalf_detail, check_detail
from samverka.contract.reads.checks import provider_of
from samverka.contract.rules import BehalfKind, BehalfWay, CheckKind, CheckOutcome, Told
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.identity import IdentityNumber
from samverka.kernel.problems import Invalid, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.people.operations import appoint_representative


def draw_check(actor: Actor, *, month: date, count: int) -> LogCheckDetail:
    """Begin a check: draw lines of a month by lot, and keep which they were."""
    with act(actor, Action.LOG_CHECK) as this:
        this.require_permission()
        if count not in rules.SAMPLE_SIZES:
            raise Invalid(_("Välj hur många rader som ska lottas fram."), where="count")
        since, until = rules.month_bounds(month)
        if since > actor.at:
            raise Invalid(_("Månaden har inte börjat än."), where="month")
        lines = draw_log(actor, since=since, until=until, count=count)
        if not lines:
            raise NotNow(_("Det finns inga rader att lotta bland den månaden."))
        first = month.replace(day=1)
        return _begun(this, CheckKind.SAMPLE, [line.id for line in lines], month=first)


def begin_check(actor: Actor, *, wanted: LogFilter, page: int) -> LogCheckDetail:
    """Begin a check of what a search in the log shows now, and keep which lines they were."""
    with act(actor, Action.LOG_CHECK) as this:
        this.require_permission()
        lines = review_log(actor, wanted=wanted, page=page).lines
        if not lines:
            raise NotNow(_("Sökningen visar inga rader att kontrollera."))
        return _begun(this, CheckKind.SEARCH, [line.id for line in lines], wanted=wanted)


def _begun(
    this: Act,
    kind: CheckKind,
    ids: list[int],
    *,
    month: date | None = None,
    wanted: LogFilter | None = None,
) -> LogCheckDetail:
    actor = this.actor
    row = LogCheck(
        provider_id=provider_of(actor),
        kind=kind,
        month=month,
        wanted=_told(wanted) if wanted else {},
        event_ids=ids,
        begun_at=actor.at,
        begun_by=actor.name,
        begun_by_id=actor.id,
    )
    row.save(force_insert=True)
    this.note_general("LogCheck", id=str(row.id), kind=str(kind), lines=len(ids))
    return check_detail(row)


def _told(wanted: LogFilter) -> dict[str, bool]:
    """Which filters were on. Whose person and which of the staff stay in the lines themselves."""
    return {
        "person": bool(wanted.person_id),
        "staff": bool(wanted.actor_id),
        "emergency": wanted.emergency,
        "refused": wanted.refused,
        "without_relation": wanted.without_relation,
    }


def close_check(
    actor: Actor, *, check_id: UUID, outcome: CheckOutcome, words: str
) -> LogCheckDetail:
    """Document what a check showed. It is not changed afterwards."""
    with act(actor, Action.LOG_CHECK) as this:
        this.require_permission()
        found = LogCheck.objects.select_for_update().filter(provider_id=provider_of(actor))
        row = found.filter(id=check_id).first()
        if row is None:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        rules.check_closing(CheckOutcome(row.outcome), outcome, words)
        row.outcome, row.words = outcome, words.strip()
        row.closed_at, row.closed_by = actor.at, actor.name
        row.save(update_fields=["outcome", "words", "closed_at", "closed_by"])
        this.note_general("LogCheck", id=str(row.id), outcome=str(outcome))
        return check_detail(row)


# ── on behalf of: what the person can do on the page, told to staff ──


def enter_words(
    actor: Actor,
    *,
    plan_id: UUID,
    told: Told,
    words: str,
    kind: CommentKind = CommentKind.COMMENT,
    goal_id: UUID | None = None,
    activity_id: UUID | None = None,
) -> BehalfLine:
    """Write down what the person, or one who acts for the person, says about the plan."""
    with act(actor, Action.BEHALF_ENTER) as this:
        told = rules.check_told(told)
        plan = comment_plan(
            actor,
            plan_id=plan_id,
            words=words,
            kind=kind,
            goal_id=goal_id,
            activity_id=activity_id,
            on_behalf_of=told.who,
            way=CommentWay(told.way.value),
        )
        newest = max(plan.comments, key=lambda one: one.at)
        return _entered(this, plan.person_id, told, BehalfKind.WORDS, newest.id)


def enter_wish(
    actor: Actor, *, person_id: UUID, told: Told, kind: ContactKind, wish: str = ""
) -> BehalfLine:
    """Write down that the person asks for a fast contact, or for another one (PL 6:2–3)."""
    with act(actor, Action.BEHALF_ENTER) as this:
        told = rules.check_told(told)
        asked = ask_for_contact(actor, person_id=person_id, kind=kind, wish=wish)
        return _entered(this, person_id, told, BehalfKind.CONTACT, asked.id)


def enter_consent(
    actor: Actor,
    *,
    person_id: UUID,
    told: Told,
    reader_providers: list[UUID],
    until: datetime | None = None,
) -> BehalfLine:
    """Note that the person lets care providers read, as the person has said by phone or at a meeting."""
    with act(actor, Action.BEHALF_ENTER) as this:
        told = rules.check_told(told)
        given = access.give_consent(
            actor,
            person_id=person_id,
            kind=ConsentKind.SVOD,
            reader_providers=reader_providers,
            form=ConsentForm.WRITTEN if told.way is BehalfWay.LETTER else ConsentForm.ORAL,
            given_by=told.who,
            until=until,
        )
        return _entered(this, person_id, told, BehalfKind.CONSENT, given.id)


def enter_withdrawal(actor: Actor, *, consent_id: UUID, told: Told) -> BehalfLine:
    """Note that the person has taken a consent back, by phone or otherwise: nothing more is shared from now."""
    with act(actor, Action.BEHALF_ENTER) as this:
        told = rules.check_told(told)
        done = access.withdraw_consent(actor, consent_id=consent_id, by=told.who)
        return _entered(this, done.person_id, told, BehalfKind.WITHDRAW, done.id)


def enter_block(
    actor: Actor, *, person_id: UUID, told: Told, kind: BlockKind, unit_id: UUID
) -> BehalfLine:
    """Block what a unit of the own care provider holds, as the person has asked by phone or otherwise."""
    with act(actor, Action.BEHALF_ENTER) as this:
        told = rules.check_told(told)
        made = access.set_block(
            actor,
            person_id=person_id,
            kind=kind,
            provider_id=provider_of(actor),
            unit_id=unit_id,
            asked_by=told.who,
        )
        return _entered(this, person_id, told, BehalfKind.BLOCK, made.id)


def enter_proxy(
    actor: Actor,
    *,
    person_id: UUID,
    told: Told,
    proxy_number: IdentityNumber,
    proxy_name: str,
    scopes: frozenset[str],
    until: datetime | None = None,
) -> BehalfLine:
    """Let someone act for the person, as the person has asked by phone or otherwise."""
    with act(actor, Action.BEHALF_ENTER) as this:
        told = rules.check_told(told)
        made = appoint_representative(
            actor,
            person_id=person_id,
            proxy_number=proxy_number,
            proxy_name=proxy_name,
            scopes=scopes,
            until=until,
        )
        return _entered(this, person_id, told, BehalfKind.PROXY, made.id)


def _entered(
    this: Act, person_id: UUID, told: Told, kind: BehalfKind, thing_id: UUID
) -> BehalfLine:
    actor = this.actor
    row = Behalf(
        person_id=person_id,
        provider_id=provider_of(actor),
        unit_id=actor.unit_id
        or NOBODY,  # one of the staff always has a unit; no other comes so far
        branch=actor.branch or Branch.HEALTH,
        kind=kind,
        thing_id=thing_id,
        who=told.who,
        way=told.way,
        at=actor.at,
        entered_by=actor.name,
    )
    this.add(row)
    this.note(row, kind=str(kind), way=str(told.way))
    return behalf_detail(row)
