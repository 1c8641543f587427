"""Every change of the documented checks of the log."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.reads import LogFilter, draw_log, review_log
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.contract import rules
from samverka.contract.models import LogCheck
from samverka.contract.reads import LogCheckDetail, check_detail
from samverka.contract.reads.checks import provider_of
from samverka.contract.rules import CheckKind, CheckOutcome
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotFound, NotNow
from samverka.kernel.text import text as _


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
