"""What is missing, and what comes next: one step, one owner, one clock. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from samverka.careplans.rules.contents import KINDS, Content, PlanKind
from samverka.careplans.rules.kinds import (
    OPEN_ACTIVITIES,
    UNIT_OWNERS,
    ActivityStatus,
    OwnerKind,
    PlanStatus,
)
from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What the rules must know of one activity.

    Attributes:
        social: of social services' branch.
        marked: as preventive or rehabilitating.
    """

    what: str
    owner: OwnerKind | None
    status: ActivityStatus = ActivityStatus.PLANNED
    due_on: date | None = None
    unit_id: UUID | None = None
    owner_name: str = ""
    social: bool = False
    marked: bool = False
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What the rules must know of a unit that takes part. `shared`: it has been given the plan."""

    unit_id: UUID
    name: str
    shared: bool = True


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the rules must know of one plan.

    Attributes:
        holder: the unit that keeps the plan.
        no_others: someone has said that nobody but region and municipality does anything.
        consent: the person has consented, and the consent holds.
        unread_words: the person has written something that nobody has taken care of.
        needs_social: the county holds that a SIP must have measures of social services (SIP-4).
        needs_contact: someone must be the person's fast vårdkontakt, and nobody is.
        told_other: the other huvudman has been told of the plan (LSS 10 §).
        long_goals: those of the goals that lie far ahead.
        main_contact: the person knows whom to call.
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
    needs: str = ""
    attitude: str = ""
    long_goals: int = 0
    main_contact: bool = False
    needs_social: bool = False
    needs_contact: bool = False
    told_other: bool = False
    activities: tuple[ActivityFacts, ...] = field(default=())
    parties: tuple[PartyFacts, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the plan lacks. `blocking`: the law asks for it before the plan is established."""

    what: Content
    sentence: Text
    blocking: bool

    def __str__(self) -> str:
        return self.sentence


_SENTENCES: dict[Content, Text] = {
    Content.NEEDS: _("Skriv vilka behov av insatser som har bedömts."),
    Content.ATTITUDE: _("Skriv vad personen tycker om insatserna."),
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
    Content.LONG_GOALS: _("Inget av målen är på lång sikt."),
    Content.PREVENTIVE: _("Ingen insats är märkt som förebyggande eller rehabiliterande."),
    Content.MAIN_CONTACT: _("Personen har ingen att ringa i första hand. Utse en kontakt."),
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


def _has_marked(plan: PlanFacts) -> bool:
    standing = standing_activities(plan)
    return not standing or any(one.marked for one in standing)


_HAS: dict[Content, Callable[[PlanFacts], bool]] = {
    Content.NEEDS: lambda plan: bool(plan.needs.strip()),
    Content.ATTITUDE: lambda plan: bool(plan.attitude.strip()),
    Content.ACTIVITIES: lambda plan: bool(standing_activities(plan)),
    Content.OWNERS: lambda plan: all(one.owner for one in standing_activities(plan)),
    Content.OTHERS: _has_others,
    Content.RESPONSIBLE: lambda plan: plan.responsible,
    Content.BOTH_SIDES: _has_both_sides,
    Content.SOCIAL_SERVICE: lambda plan: any(one.social for one in standing_activities(plan)),
    Content.CONSENT: lambda plan: plan.consent,
    Content.WISHES: lambda plan: bool(plan.what_matters.strip()),
    Content.GOALS: lambda plan: plan.goals > 0,
    # Without any goal that is what is said.
    Content.LONG_GOALS: lambda plan: plan.long_goals > 0 or plan.goals == 0,
    Content.PREVENTIVE: _has_marked,
    Content.MAIN_CONTACT: lambda plan: plan.main_contact,
    Content.FOLLOW_UP: lambda plan: plan.follow_up_on is not None,
    Content.IF_WORSE: lambda plan: bool(plan.if_worse.strip()),
}


def list_missing(plan: PlanFacts) -> tuple[Missing, ...]:
    """What the plan lacks: first what the law asks for (HSL 16:4 st. 4 and its like), then practice."""
    spec = KINDS[plan.kind]
    required = _required(plan)
    asked = [*required, *(what for what in spec.advised if what not in required)]
    return tuple(
        Missing(what, _SENTENCES[what], what in required) for what in asked if not _HAS[what](plan)
    )


def _required(plan: PlanFacts) -> tuple[Content, ...]:
    """The law's contents, and what the county holds that the law means (SIP-4)."""
    spec = KINDS[plan.kind]
    if plan.needs_social and Content.SOCIAL_SERVICE in spec.advised:
        return (*spec.required, Content.SOCIAL_SERVICE)
    return spec.required


@dataclass(frozen=True, slots=True)
class Duty:
    """What one party must still do before the plan is whole. `sentence`: fits after its name."""

    unit_id: UUID
    name: str
    sentence: Text


def list_duties(plan: PlanFacts) -> tuple[Duty, ...]:
    """What each unit that takes part must still do: the keeper first, then those without a measure."""
    if plan.status is PlanStatus.ENDED:
        return ()
    busy = {one.unit_id for one in standing_activities(plan)}
    found = [
        Duty(plan.holder_id, plan.holder_name, _WRITING[one.what])
        for one in blocking(list_missing(plan))
        if plan.holder_id is not None and one.what in _HOLDERS
    ]
    for party in plan.parties:
        if not party.shared and party.unit_id != plan.holder_id:
            found.append(Duty(party.unit_id, party.name, _("få planen av den som håller i den")))
        elif party.unit_id not in busy and party.unit_id != plan.holder_id:
            found.append(Duty(party.unit_id, party.name, _("skriva vad ni gör")))
    return tuple(dict.fromkeys(found))


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


def check_follow_up(kind: PlanKind, day: date, today: date, where: str = "follow_up_on") -> None:
    """Raise unless the plan can be followed up that day: ahead, and within the law's time if any."""
    if day < today:
        raise Invalid(_("Dagen har redan passerat. Välj en dag framåt."), where=where)
    months = KINDS[kind].review_months
    if months and day > add_months(today, months):
        raise Invalid(
            _("En sådan plan ska ses över minst en gång om året. Välj en tidigare dag."),
            where=where,
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
        key: the same for the same step of the plan, whatever its words and day.
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
    key: str = ""


_HOLDERS = frozenset(
    {
        Content.NEEDS,
        Content.ATTITUDE,
        Content.OTHERS,
        Content.RESPONSIBLE,
        Content.CONSENT,
        Content.FOLLOW_UP,
    }
)
"""What the keeper of the plan sees to; the rest is for all who take part."""

_WRITING: dict[Content, Text] = {
    Content.NEEDS: _("skriva vilka behov som har bedömts"),
    Content.ATTITUDE: _("skriva vad personen tycker"),
    Content.SOCIAL_SERVICE: _("komma överens om insatser"),
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


def _holder_step(
    plan: PlanFacts, key: str, verb: Text, due_on: date | None, today: date
) -> NextStep:
    return NextStep(
        verb,
        plan.holder_name,
        plan.holder_side,
        plan.holder_id,
        due_on,
        is_overdue(due_on, today),
        key,
    )


def _draft_steps(plan: PlanFacts, today: date) -> list[NextStep]:
    lacking = blocking(list_missing(plan))
    verb = _WRITING[lacking[0].what] if lacking else _("fastställa planen")
    steps = _words_steps(plan, today)
    return [*steps, _holder_step(plan, "draft", verb, None, today)]


def _words_steps(plan: PlanFacts, today: date) -> list[NextStep]:
    """What the person writes waits in a draft too."""
    if not plan.unread_words:
        return []
    return [_holder_step(plan, "words", _("läsa vad personen har skrivit"), None, today)]


def _active_steps(plan: PlanFacts, today: date) -> list[NextStep]:
    """An activity without a day simply goes on: it waits on nobody."""
    steps = _words_steps(plan, today)
    if KINDS[plan.kind].tells_other and not plan.told_other:
        verb = _("underrätta den andra huvudmannen")
        steps.append(_holder_step(plan, "tell-other", verb, None, today))
    if plan.follow_up_on is None:
        steps.append(_holder_step(plan, "follow-up", _("bestämma uppföljning"), None, today))
    else:
        verb = _("följa upp planen")
        steps.append(_holder_step(plan, "follow-up", verb, plan.follow_up_on, today))
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
        f"activity:{one.id}",
    )
