"""What is missing, and what comes next: one step, one owner, one clock. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from samverka.careplans.rules.kinds import (
    KINDS,
    OPEN_ACTIVITIES,
    UNIT_OWNERS,
    ActivityStatus,
    Content,
    OwnerKind,
    PlanKind,
    PlanStatus,
)
from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What the rules must know of one activity. `social`: of social services' branch."""

    what: str
    owner: OwnerKind | None
    status: ActivityStatus = ActivityStatus.PLANNED
    due_on: date | None = None
    unit_id: UUID | None = None
    owner_name: str = ""
    social: bool = False


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the rules must know of one plan.

    Attributes:
        holder: the unit that keeps the plan.
        no_others: someone has said that nobody but region and municipality does anything.
        consent: the person has consented, and the consent holds.
        unread_words: the person has written something that nobody has taken care of.
    """

    kind: PlanKind
    status: PlanStatus
    holder_id: UUID | None = None
    holder_name: str = ""
    holder_side: Side = Side.REGION
    what_matters: str = ""
    if_worse: str = ""
    responsible: bool = False
    no_others: bool = False
    consent: bool = False
    follow_up_on: date | None = None
    goals: int = 0
    unread_words: bool = False
    activities: tuple[ActivityFacts, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the plan lacks. `blocking`: the law asks for it before the plan is established."""

    what: Content
    sentence: Text
    blocking: bool

    def __str__(self) -> str:
        return self.sentence


_SENTENCES: dict[Content, Text] = {
    Content.ACTIVITIES: _("Ingen insats är inskriven än."),
    Content.OWNERS: _("Alla insatser har inte någon som ansvarar."),
    Content.OTHERS: _("Skriv vad andra än region och kommun gör, eller att ingen annan gör något."),
    Content.RESPONSIBLE: _("Välj vem som har det övergripande ansvaret för planen."),
    Content.BOTH_SIDES: _("Planen behöver insatser från både regionen och kommunen."),
    Content.SOCIAL_SERVICE: _(
        "Ingen insats kommer från socialtjänsten. Då gäller samordningen bara hälso- och sjukvård."
    ),
    Content.CONSENT: _("Personens samtycke till planen är inte noterat."),
    Content.WISHES: _("Personens egna ord om vad som är viktigt saknas."),
    Content.GOALS: _("Inget mål är inskrivet än."),
    Content.FOLLOW_UP: _("Ingen dag för uppföljning är bestämd."),
    Content.IF_WORSE: _("Det står inte vad personen ska göra om det blir sämre."),
}


def standing_activities(plan: PlanFacts) -> tuple[ActivityFacts, ...]:
    """The activities that count: not those called off."""
    return tuple(one for one in plan.activities if one.status is not ActivityStatus.CANCELLED)


def _has_both_sides(plan: PlanFacts) -> bool:
    return {one.owner for one in standing_activities(plan)} >= UNIT_OWNERS


def _has_others(plan: PlanFacts) -> bool:
    named = any(one.owner is OwnerKind.OTHER for one in standing_activities(plan))
    return named or plan.no_others


_HAS: dict[Content, Callable[[PlanFacts], bool]] = {
    Content.ACTIVITIES: lambda plan: bool(standing_activities(plan)),
    Content.OWNERS: lambda plan: all(one.owner for one in standing_activities(plan)),
    Content.OTHERS: _has_others,
    Content.RESPONSIBLE: lambda plan: plan.responsible,
    Content.BOTH_SIDES: _has_both_sides,
    Content.SOCIAL_SERVICE: lambda plan: any(one.social for one in standing_activities(plan)),
    Content.CONSENT: lambda plan: plan.consent,
    Content.WISHES: lambda plan: bool(plan.what_matters.strip()),
    Content.GOALS: lambda plan: plan.goals > 0,
    Content.FOLLOW_UP: lambda plan: plan.follow_up_on is not None,
    Content.IF_WORSE: lambda plan: bool(plan.if_worse.strip()),
}


def list_missing(plan: PlanFacts) -> tuple[Missing, ...]:
    """What the plan lacks: first what the law asks for (HSL 16:4 st. 4 and its like), then practice."""
    spec = KINDS[plan.kind]
    lacking = [
        Missing(what, _SENTENCES[what], True) for what in spec.required if not _HAS[what](plan)
    ]
    advised = [
        Missing(what, _SENTENCES[what], False) for what in spec.advised if not _HAS[what](plan)
    ]
    return (*lacking, *advised)


def blocking(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """Those without which the plan cannot be established."""
    return tuple(one for one in missing if one.blocking)


def join_sentences(first: Text, *others: Text) -> Text:
    """Several sentences as one that can still be translated."""
    joined = first
    for one in others:
        joined = _("%(first)s %(second)s", first=joined, second=one)
    return joined


def check_complete(plan: PlanFacts) -> None:
    """Raise, with all that is missing, unless the plan holds what the law asks for."""
    lacking = blocking(list_missing(plan))
    if lacking:
        sentences = (one.sentence for one in lacking)
        raise NotNow(join_sentences(_("Planen kan inte fastställas än."), *sentences))


def check_follow_up(kind: PlanKind, day: date, today: date) -> None:
    """Raise unless the plan can be followed up that day: ahead, and within the law's time if any."""
    if day < today:
        raise Invalid(_("Dagen har redan passerat. Välj en dag framåt."), where="follow_up_on")
    months = KINDS[kind].review_months
    if months and day > add_months(today, months):
        raise Invalid(
            _("En sådan plan ska ses över minst en gång om året. Välj en tidigare dag."),
            where="follow_up_on",
        )


def add_months(day: date, months: int) -> date:
    """The same day of a later month; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


# ── what comes next ──


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that someone must do.

    Attributes:
        verb: "fastställa planen"; fits after "Väntar på: NAME ·".
        side: whose colour; `owner` is the name to show.
        unit_id: the unit that it waits on; None if the person or another party.
        due_on: the last day; None where no day has been set.
    """

    verb: str
    owner: str
    side: Side
    unit_id: UUID | None = None
    due_on: date | None = None
    overdue: bool = False


_WRITING: dict[Content, Text] = {
    Content.ACTIVITIES: _("skriva vem som gör vad"),
    Content.OWNERS: _("skriva vem som gör vad"),
    Content.OTHERS: _("skriva vad andra gör"),
    Content.RESPONSIBLE: _("välja övergripande ansvarig"),
    Content.BOTH_SIDES: _("komma överens om insatser"),
    Content.CONSENT: _("fråga om samtycke"),
    Content.FOLLOW_UP: _("bestämma uppföljning"),
}

_OWNER_SIDE: dict[OwnerKind, Side] = {
    OwnerKind.REGION: Side.REGION,
    OwnerKind.MUNICIPALITY: Side.MUNICIPALITY,
    OwnerKind.OTHER: Side.PRIVATE,
    OwnerKind.PERSON: Side.PERSON,
}


def is_overdue(due_on: date | None, today: date) -> bool:
    """A day is passed when the next one has begun: the last day itself is in time."""
    return due_on is not None and due_on < today


def list_steps(plan: PlanFacts, today: date) -> list[NextStep]:
    """Everything that someone must do, the most pressing first. What has no day is to be done now."""
    if plan.status is PlanStatus.ENDED:
        return []
    found = (_draft_steps if plan.status is PlanStatus.DRAFT else _active_steps)(plan, today)
    return sorted(found, key=lambda step: step.due_on or today)


def next_step(plan: PlanFacts, today: date) -> NextStep | None:
    """The one next step of the plan; None when nobody has anything to do."""
    return next(iter(list_steps(plan, today)), None)


AHEAD = timedelta(days=14)
"""A step shows on its unit's list this long before its last day (days); practice, not law."""


def step_for_unit(plan: PlanFacts, unit_id: UUID, today: date) -> NextStep | None:
    """The unit's own first step, if it is time for it: undated, overdue, or due within two weeks."""
    own = (step for step in list_steps(plan, today) if step.unit_id == unit_id)
    near = (step for step in own if step.due_on is None or step.due_on <= today + AHEAD)
    return next(near, None)


def _holder_step(plan: PlanFacts, verb: Text, due_on: date | None, today: date) -> NextStep:
    return NextStep(
        verb,
        plan.holder_name,
        plan.holder_side,
        plan.holder_id,
        due_on,
        is_overdue(due_on, today),
    )


def _draft_steps(plan: PlanFacts, today: date) -> list[NextStep]:
    lacking = blocking(list_missing(plan))
    verb = _WRITING[lacking[0].what] if lacking else _("fastställa planen")
    return [_holder_step(plan, verb, None, today)]


def _active_steps(plan: PlanFacts, today: date) -> list[NextStep]:
    """An activity without a day simply goes on: it waits on nobody."""
    steps = []
    if plan.unread_words:
        steps.append(_holder_step(plan, _("läsa vad personen har skrivit"), None, today))
    if plan.follow_up_on is None:
        steps.append(_holder_step(plan, _("bestämma uppföljning"), None, today))
    else:
        steps.append(_holder_step(plan, _("följa upp planen"), plan.follow_up_on, today))
    dated = (one for one in plan.activities if one.status in OPEN_ACTIVITIES and one.due_on)
    return [*steps, *(_activity_step(one, today) for one in dated)]


def _activity_step(one: ActivityFacts, today: date) -> NextStep:
    owner = one.owner or OwnerKind.OTHER
    return NextStep(
        one.what,
        one.owner_name,
        _OWNER_SIDE[owner],
        one.unit_id,
        one.due_on,
        is_overdue(one.due_on, today),
    )
