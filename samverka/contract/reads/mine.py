"""The person's one page, for the person and for those who act for the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.reads import has_mail
from samverka.access.rules import Ground
from samverka.careplans.reads import (
    ActivityDetail,
    CareContactDetail,
    ComingMeeting,
    GoalDetail,
    PlanDetail,
    ahead_of,
    contacts_of,
    plans_of,
)
from samverka.careplans.rules import (
    OPEN_ACTIVITIES,
    ContactKind,
    GoalStatus,
    OwnerKind,
    PlanStatus,
    Section,
    tell_others,
)
from samverka.contacts.reads import PromiseDetail, StayDetail, Timeline, timeline
from samverka.contract.reads.home import stay_now
from samverka.contract.reads.values import (
    Measured,
    Medicine,
    MyActivity,
    MyGoal,
    MyNext,
    MyPage,
    OwnerDoes,
    PersonChoice,
    Said,
)
from samverka.contract.rules import (
    Gathering,
    HappeningKind,
    Point,
    Step,
    draw_curve,
    what_happens_next,
)
from samverka.discharge.reads import way_home_of, way_home_parts
from samverka.guarantee.reads import my_waits, wait_parts
from samverka.kernel.actor import Actor, Side
from samverka.notices.reads import NewsLine, news_of
from samverka.people.reads import PersonCard, PersonDetail, person_card, person_cards
from samverka.resources.reads import MedicineLine, PersonShelf, Reading, person_shelf

TOLD = 20
"""Sentences looked through for what is new, the newest."""


def my_page(actor: Actor, *, person_id: UUID) -> MyPage:
    """The person's page, or that of one whom the reader acts for, in few questions."""
    with act(actor, Action.CONTRACT_READ) as this:
        reached = this.reach()
        cards = person_cards(this, {person_id, *reached})
        card = cards.get(person_id) or person_card(this, person_id)
        this.note_person(person_id, "Contract")
        return contract_of(
            this,
            card,
            ground=reached.get(person_id),
            choices=_choices(actor, person_id, cards.values()),
        )


def contract_of(
    this: Act,
    card: PersonCard,
    *,
    ground: Ground | None = None,
    choices: tuple[PersonChoice, ...] = (),
) -> MyPage:
    """All that is planned for one person, inside another read's act, which notes the person."""
    actor, person_id = this.actor, card.person.id
    plans, times = _plans(actor, person_id), timeline(actor, person_id=person_id)
    shelf = person_shelf(actor, person_id=person_id)
    ahead = ahead_of(this, person_id, way_home_parts(actor.at), wait_parts())
    home = way_home_of(actor, parts=[one for one in ahead.also if "ward" in one])
    stay = stay_now(person_id, times.ongoing, home)
    told = _told(this, card)
    news = tuple(one for one in told if not one.read)[:NEWS]
    return MyPage(
        person=card.person,
        own=person_id == actor.person_id,
        ground=ground,
        choices=choices,
        next=_next(actor, plans, times, ahead.meetings, stay),
        plans=plans,
        matters=_sections(plans, Section.WHAT_MATTERS),
        goals=_goals(plans),
        doing=_doing(plans),
        done=_done(plans),
        if_worse=_sections(plans, Section.IF_WORSE),
        times=times,
        home=home,
        waits=my_waits(actor, parts=ahead.also),
        contacts=in_call_order(plans[0].contacts if plans else contacts_of(this, person_id)),
        measurements=_measured(shelf),
        medicines=tuple(Medicine(one, _medicine_day(one)) for one in shelf.medicines),
        listed_unit=card.person.listed_unit,
        meetings=ahead.meetings,
        waiting=ahead.waiting,
        advice=ahead.advice,
        news=news,
        more_news=len(told) > len(news),
        may_write=any(plan.may_comment for plan in plans),
    )


def _told(this: Act, card: PersonCard, limit: int = TOLD) -> tuple[NewsLine, ...]:
    """What the person has been told; one who acts for the person reads the person's name."""
    actor, person = this.actor, card.person
    if not actor.is_person:
        return ()
    found = news_of(this, person.id, limit=limit)
    if person.id == actor.person_id:
        return tuple(found)
    return tuple(replace(one, sentence=tell_others(one.sentence, _called(person))) for one in found)


def _called(person: PersonDetail) -> str:
    """The name that one says; the whole name where only that is known."""
    return person.called_name or person.name


def _plans(actor: Actor, person_id: UUID) -> tuple[PlanDetail, ...]:
    with act(actor, Action.PLAN_READ) as this:
        this.unchanged()  # a line is written by `plans_of` if there was a plan to show
        found = plans_of(this, person_id)
    return tuple(plan for plan in found if plan.status is not PlanStatus.ENDED)


MEASURED = 5
"""Sorts of measurements on the one page, those measured last."""


def _measured(shelf: PersonShelf) -> tuple[Measured, ...]:
    by_title: dict[str, list[Reading]] = {}
    for one in shelf.readings:
        by_title.setdefault(one.title, []).append(one)
    return tuple(_curved(found) for found in list(by_title.values())[:MEASURED])


def _curved(found: list[Reading]) -> Measured:
    """The latest of one sort, with a curve of those in the same unit."""
    latest = found[0]
    points = [
        Point(day, one.number)
        for one in reversed(found)
        if one.number is not None and one.unit == latest.unit and (day := _day(one.when))
    ]
    curve = draw_curve(points, latest.unit) if latest.number is not None else None
    return Measured(latest.title, latest.value, _day(latest.when), latest.source, curve)


def _medicine_day(one: MedicineLine) -> date | None:
    return _day(one.when)


def _day(when: str) -> date | None:
    """FHIR's text of a time → its day; a year or a month alone is no day."""
    try:
        return date.fromisoformat(when[: len("YYYY-MM-DD")])
    except ValueError:
        return None


def _choices(
    actor: Actor, person_id: UUID, cards: Iterable[PersonCard]
) -> tuple[PersonChoice, ...]:
    found = [
        PersonChoice(
            id=card.person.id,
            name=card.person.name,
            own=card.person.id == actor.person_id,
            current=card.person.id == person_id,
        )
        for card in cards
    ]
    found.sort(key=lambda one: (not one.own, one.name))
    return tuple(found) if len(found) > 1 else ()


# ── gathered over all plans ──


NEWS = 3
"""Sentences of what is new at the top of the page."""


def _next(
    actor: Actor,
    plans: Iterable[PlanDetail],
    times: Timeline,
    meetings: Iterable[ComingMeeting],
    stay: StayDetail | None,
) -> MyNext | None:
    steps = [step for plan in plans for step in _steps(plan)]
    steps += [_promised(one) for one in times.promised]
    return what_happens_next(
        stay=stay,
        bookings=times.upcoming,
        steps=steps,
        at=actor.at,
        meetings=[_gathering(one) for one in meetings],
    )


def _gathering(one: ComingMeeting) -> Gathering:
    return Gathering(one.starts_at, one.place, one.organiser, one.phone, one.video)


def _steps(plan: PlanDetail) -> list[Step]:
    easy = _easy(plan)
    steps = [
        Step(easy.get(one.key, one.what), one.owner, one.side, one.due_on, one.phone)
        for one in plan.activities
        if one.due_on and one.status in OPEN_ACTIVITIES
    ]
    if plan.follow_up_on and plan.status is PlanStatus.ACTIVE:
        unit, kind = plan.unit, HappeningKind.FOLLOW_UP
        steps.append(
            Step(plan.title, unit.name, unit.side, plan.follow_up_on, unit.phone, kind=kind)
        )
    return steps


def _promised(one: PromiseDetail) -> Step:
    unit, kind = one.unit, HappeningKind.PROMISE
    if unit is None:
        return Step(one.what, "", Side.REGION, one.latest_on, kind=kind)
    return Step(one.what, unit.name, unit.side, one.latest_on, unit.phone, kind=kind)


def _easy(plan: PlanDetail) -> Mapping[str, str]:
    """Easy wordings that hold, by place."""
    return {one.place: one.words for one in plan.easy if one.holds}


def _said(plan: PlanDetail, place: str, written: str) -> Said:
    easy = _easy(plan).get(place, "")
    return Said(easy, written, plan) if easy else Said(written, plan=plan)


def _sections(plans: Iterable[PlanDetail], section: Section) -> tuple[Said, ...]:
    found = ((plan, getattr(plan, section.value)) for plan in plans)
    return tuple(_said(plan, section.value, words) for plan, words in found if words)


def _goals(plans: Iterable[PlanDetail]) -> tuple[MyGoal, ...]:
    return tuple(
        MyGoal(_said(plan, goal.key, goal.words), goal, plan)
        for plan in plans
        for goal in plan.goals
        if _still_a_goal(goal)
    )


def _still_a_goal(goal: GoalDetail) -> bool:
    return goal.status is not GoalStatus.DROPPED


_ORDER = (
    OwnerKind.PERSON,
    OwnerKind.CLOSE,
    OwnerKind.REGION,
    OwnerKind.MUNICIPALITY,
    OwnerKind.OTHER,
)
"""As the person reads it: me and those close to me first, then those who owe me something."""


def _my(plan: PlanDetail, one: ActivityDetail) -> MyActivity:
    return MyActivity(_said(plan, one.key, one.what), one, plan)


def _doing(plans: Iterable[PlanDetail]) -> tuple[OwnerDoes, ...]:
    found = [
        _my(plan, one) for plan in plans for one in plan.activities if one.status in OPEN_ACTIVITIES
    ]
    found.sort(key=_soonest)
    parts = (
        OwnerDoes(owner, tuple(one for one in found if one.activity.owner_kind is owner))
        for owner in _ORDER
    )
    return tuple(part for part in parts if part.activities)


def _soonest(one: MyActivity) -> tuple[bool, date, int]:
    due = one.activity.due_on
    return due is None, due or date.max, one.activity.place


def _done(plans: Iterable[PlanDetail]) -> tuple[MyActivity, ...]:
    done = [
        (one.done_at, _my(plan, one)) for plan in plans for one in plan.activities if one.done_at
    ]
    return tuple(one for _at, one in sorted(done, key=lambda pair: pair[0], reverse=True))


_CALL_FIRST = (
    ContactKind.FAST_VARDKONTAKT,
    ContactKind.MAIN,
    ContactKind.FAST_LAKARKONTAKT,
)
"""In the order in which one would ring them."""


def in_call_order(found: Iterable[CareContactDetail]) -> tuple[CareContactDetail, ...]:
    """The person's contacts, the one to ring first before the others."""
    return tuple(sorted(found, key=lambda one: _CALL_FIRST.index(one.kind)))


def my_person(actor: Actor, *, person_id: UUID) -> PersonDetail:
    """The person, for a form on the own page."""
    with act(actor, Action.CONTRACT_READ) as this:
        card = person_card(this, person_id)
        this.note_person(person_id, "Contract", part="form")
        return card.person


def my_facts(actor: Actor, *, person_id: UUID) -> tuple[PersonDetail, bool]:
    """The person's own facts, and whether mail comes when there is something new."""
    with act(actor, Action.CONTRACT_READ) as this:
        card = person_card(this, person_id)
        this.note_person(person_id, "Contract", part="facts")
        return card.person, has_mail(this)


ALL_NEWS = 100
"""Sentences on the page of all that has been told, the newest."""


def my_news(actor: Actor, *, person_id: UUID) -> tuple[PersonDetail, tuple[NewsLine, ...]]:
    """All that the person has been told, the newest first."""
    with act(actor, Action.CONTRACT_READ) as this:
        card = person_card(this, person_id)
        this.note_person(person_id, "Contract", part="news")
        return card.person, _told(this, card, ALL_NEWS)


def my_times(actor: Actor, *, person_id: UUID) -> tuple[PersonDetail, Timeline]:
    """All the person's times, visits and stays, with whose they are."""
    with act(actor, Action.CONTRACT_READ) as this:
        card = person_card(this, person_id)
        this.note_person(person_id, "Contract", part="times")
        return card.person, timeline(actor, person_id=person_id)
