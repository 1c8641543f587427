"""What the rules must know of a plan, and what it lacks. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from samverka.careplans.rules.approving import ApprovalFacts, ApprovalStatus
from samverka.careplans.rules.contents import KINDS, Content, PlanKind
from samverka.careplans.rules.kinds import (
    NAMED_OWNERS,
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
        approvals: those of units that have been asked to approve what the plan says now.
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
    approvals: tuple[ApprovalFacts, ...] = field(default=())


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
    Content.APPROVALS: _("Alla enheter har inte justerat planen."),
}


def standing_activities(plan: PlanFacts) -> tuple[ActivityFacts, ...]:
    """The activities that count: not those called off."""
    return tuple(one for one in plan.activities if one.status is not ActivityStatus.CANCELLED)


def _has_both_sides(plan: PlanFacts) -> bool:
    return {one.owner for one in standing_activities(plan)} >= UNIT_OWNERS


def _has_others(plan: PlanFacts) -> bool:
    named = any(one.owner in NAMED_OWNERS for one in standing_activities(plan))
    return named or plan.no_others


def _has_marked(plan: PlanFacts) -> bool:
    standing = standing_activities(plan)
    return not standing or any(one.marked for one in standing)


OWNER_SIDE: dict[OwnerKind, Side] = {
    OwnerKind.REGION: Side.REGION,
    OwnerKind.MUNICIPALITY: Side.MUNICIPALITY,
    OwnerKind.CLOSE: Side.PRIVATE,
    OwnerKind.OTHER: Side.PRIVATE,
    OwnerKind.PERSON: Side.PERSON,
}


def waiting_units(plan: PlanFacts) -> tuple[ApprovalFacts, ...]:
    """The units that answer for a measure and have not approved the plan as it reads now."""
    said = {one.unit_id: one for one in plan.approvals}
    owners = {
        one.unit_id: ApprovalFacts(one.unit_id, one.owner_name, OWNER_SIDE[one.owner])
        for one in standing_activities(plan)
        if one.unit_id is not None and one.owner is not None
    }
    asked = (said.get(key, one) for key, one in owners.items())
    return tuple(one for one in asked if one.status is not ApprovalStatus.APPROVED)


def _name_approvals(plan: PlanFacts) -> tuple[Text, ...]:
    return tuple(
        _("%(unit)s vill ändra något innan planen justeras.", unit=one.name)
        if one.status is ApprovalStatus.CHANGE
        else _("%(unit)s har inte justerat planen.", unit=one.name)
        for one in waiting_units(plan)
    )


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
    # A plan that holds has been approved; what is changed then is followed up together.
    Content.APPROVALS: lambda plan: plan.status is not PlanStatus.DRAFT or not waiting_units(plan),
}


def list_missing(plan: PlanFacts) -> tuple[Missing, ...]:
    """What the plan lacks: first what the law asks for (HSL 16:4 st. 4 and its like), then practice."""
    spec = KINDS[plan.kind]
    required = _required(plan)
    asked = [*required, *(what for what in spec.advised if what not in required)]
    return tuple(
        Missing(what, sentence, what in required)
        for what in asked
        if not _HAS[what](plan)
        for sentence in _sentences(plan, what)
    )


def _sentences(plan: PlanFacts, what: Content) -> tuple[Text, ...]:
    """One; for approvals one for each unit that lacks."""
    return _name_approvals(plan) if what is Content.APPROVALS else (_SENTENCES[what],)


def _required(plan: PlanFacts) -> tuple[Content, ...]:
    """The law's contents, and what the county holds that the law means (SIP-4)."""
    spec = KINDS[plan.kind]
    if plan.needs_social and Content.SOCIAL_SERVICE in spec.advised:
        return (*spec.required, Content.SOCIAL_SERVICE)
    return spec.required


def blocking(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """Those without which the plan cannot be established."""
    return tuple(one for one in missing if one.blocking)


def unwritten(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """Those that must be there before anybody is asked to approve the plan."""
    return tuple(one for one in blocking(missing) if one.what is not Content.APPROVALS)


def join_sentences(first: Text, *others: Text) -> Text:
    """Several sentences as one that can still be translated."""
    joined = first
    for one in others:
        joined = _("%(first)s %(second)s", first=joined, second=one)
    return joined


def check_complete(plan: PlanFacts) -> None:
    """Raise, with all that is missing, unless the plan holds what the law asks for, but for approvals."""
    lacking = unwritten(list_missing(plan))
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
