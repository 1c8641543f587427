"""Gated fetches of requests for a plan: one, a person's, and where the person's own would go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samverka.access import reads as access
from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.careplans import rules
from samverka.careplans.models import Plan, PlanRequest, RequestCopy, SuggestionAnswer
from samverka.careplans.reads.contacts import contacts_of
from samverka.careplans.rules import (
    ContactKind,
    PlanKind,
    PlanStatus,
    RefusalGround,
    RequestSource,
    RequestStatus,
    RequestStepName,
    Route,
    SuggestionAnswerKind,
)
from samverka.kernel.actor import Actor, Side
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.text import Text
from samverka.organisations.reads import UnitDetail, list_units, unit_detail, unit_names
from samverka.people.reads import PersonCard, person_card


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """One request for a plan, with the unit that shall answer and its clock.

    Attributes:
        own_wish: the person's own wish, which weighs by itself.
        late: the time to answer has passed without an answer.
        plain: why not, to the person.
        again: it was asked before, and a no was the answer.
    """

    id: UUID
    person_id: UUID
    unit: UnitDetail
    kind: PlanKind
    kind_words: Text
    source: RequestSource
    source_words: Text
    asked_by: str
    own_wish: bool
    route: Route
    reason: str
    status: RequestStatus
    status_words: Text
    asked_at: datetime
    written_by: str
    from_unit: str
    from_unit_id: UUID | None
    from_side: Side
    due_at: datetime
    late: bool
    answered_at: datetime | None
    answered_by: str
    ground: RefusalGround | None
    plain: str
    answer: str
    plan_id: UUID | None
    again: bool
    may_answer: bool
    may_withdraw: bool
    may_ask_again: bool


@dataclass(frozen=True, slots=True)
class RequestCopyDetail:
    """What the own unit has asked another, and the answer that came back."""

    request_id: UUID
    to_unit: str
    to_side: Side
    kind_words: Text
    asked_by: str
    reason: str
    status: RequestStatus
    status_words: Text
    asked_at: datetime
    due_at: datetime
    late: bool
    answered_at: datetime | None
    answered_by: str
    answer: str
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class PersonRequests:
    """A person's requests as staff see them, and the units that can be asked.

    Attributes:
        near: those of the units that have to do with the person, as far as the reader may know.
    """

    card: PersonCard
    requests: tuple[RequestDetail, ...]
    copies: tuple[RequestCopyDetail, ...]
    units: tuple[UnitDetail, ...]
    near: frozenset[UUID]
    may_ask: bool


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request with its person, and the unit's open plans that could be the answer."""

    card: PersonCard
    request: RequestDetail
    plans: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class MyRequests:
    """The person's own requests, and who would answer a new one.

    Attributes:
        unit: who answers; None when the person chooses among `choices`.
        due_at: when a request made now would have its answer at the latest.
        asked_by: units that have asked whether the person wants a plan.
    """

    card: PersonCard
    own: bool
    requests: tuple[RequestDetail, ...]
    unit: UnitDetail | None
    route: Route
    choices: tuple[UnitDetail, ...]
    due_at: datetime
    asked_by: tuple[str, ...]
    may_ask: bool

    @property
    def waiting(self) -> tuple[RequestDetail, ...]:
        """Those that have no answer yet."""
        return tuple(one for one in self.requests if one.status is RequestStatus.ASKED)

    @property
    def answered(self) -> tuple[RequestDetail, ...]:
        """Those that have."""
        return tuple(one for one in self.requests if one.status is not RequestStatus.ASKED)


# ── rows → plain values ──


def request_rows() -> QuerySet[Any]:
    """Requests with all that a `RequestDetail` shows."""
    found: QuerySet[Any] = PlanRequest.objects.select_related(
        "unit__provider__organisation", "from_unit"
    )
    return found


def request_detail(row: Any, actor: Actor) -> RequestDetail:
    """Row → plain value, with what the actor may do with it."""
    status, source = RequestStatus(row.status), RequestSource(row.source)
    ground = RefusalGround(row.ground) if row.ground else None
    turns = turns_of(row, actor)
    return RequestDetail(
        id=row.id,
        person_id=row.person_id,
        unit=unit_detail(row.unit),
        kind=PlanKind(row.kind),
        kind_words=rules.KINDS[PlanKind(row.kind)].words,
        source=source,
        source_words=rules.SOURCE_WORDS[source],
        asked_by=row.asked_by,
        own_wish=row.own_wish,
        route=Route(row.route),
        reason=row.reason,
        status=status,
        status_words=rules.REQUEST_WORDS[status],
        asked_at=row.asked_at,
        written_by=row.written_by,
        from_unit=row.from_unit.name if row.from_unit else "",
        from_unit_id=row.from_unit_id,
        from_side=Side(row.from_side),
        due_at=row.due_at,
        late=rules.is_late(status, row.due_at, actor.at),
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        ground=ground,
        plain=rules.REFUSAL_GROUNDS[ground].plain if ground else "",
        answer=row.answer,
        plan_id=row.plan_id,
        again=row.again_id is not None,
        may_answer=_may(actor, Action.REQUEST_ANSWER, status, RequestStepName.REFUSE, turns),
        may_withdraw=_may(actor, Action.REQUEST_ASK, status, RequestStepName.WITHDRAW, turns),
        may_ask_again=_may(actor, Action.REQUEST_ASK, status, RequestStepName.ASK_AGAIN, turns),
    )


def turns_of(row: Any, actor: Actor) -> tuple[bool, bool]:
    """Whether the actor's unit shall answer, and whether the actor (or the own unit) asked."""
    if actor.is_staff:
        return row.unit_id == actor.unit_id, row.from_unit_id == actor.unit_id
    return False, bool(row.own_wish)


def _may(
    actor: Actor,
    action: Action,
    status: RequestStatus,
    name: RequestStepName,
    turns: tuple[bool, bool],
) -> bool:
    answers, asked = turns
    open_now = rules.may_request(status, name, actor.side, answers=answers, asked=asked)
    return open_now and permits(actor, action)


def _copy_detail(row: Any, at: datetime) -> RequestCopyDetail:
    status = RequestStatus(row.status)
    to_unit = unit_detail(row.to_unit)
    return RequestCopyDetail(
        request_id=row.request_id,
        to_unit=to_unit.name,
        to_side=to_unit.side,
        kind_words=rules.KINDS[PlanKind(row.kind)].words,
        asked_by=row.asked_by,
        reason=row.reason,
        status=status,
        status_words=rules.REQUEST_WORDS[status],
        asked_at=row.asked_at,
        due_at=row.due_at,
        late=rules.is_late(status, row.due_at, at),
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        answer=row.answer,
        may_withdraw=status is RequestStatus.ASKED,
    )


def answer_time(at: datetime) -> datetime:
    """When a request made now has its answer at the latest (the county's working days)."""
    return rules.answer_by(at, county_value(Key.PLAN_REQUEST_ANSWER, local_date(at)))


def words_answer_time(at: datetime) -> datetime:
    """When words of the person written now have their answer at the latest (the county's working days)."""
    return rules.answer_by(at, county_value(Key.WORDS_ANSWER, local_date(at)))


def asked_again_after(on: date) -> int:
    """How long a person who was asked is not suggested again (days)."""
    return county_value(Key.PLAN_ASKED_AGAIN, on)


# ── staff ──


def person_requests(actor: Actor, *, person_id: UUID) -> PersonRequests:
    """A person's requests as the own unit may see them, and whom a new one can be sent to."""
    with act(actor, Action.REQUEST_READ) as this:
        card = person_card(this, person_id)
        rows = this.rows(request_rows().filter(person_id=person_id), order=("-asked_at",))
        copies = RequestCopy.objects.select_related("to_unit__provider__organisation")
        copied = this.rows(copies.filter(person_id=person_id), order=("-asked_at",))
        this.note_person(person_id, "PlanRequest", shown=len(rows) + len(copied))
        return PersonRequests(
            card=card,
            requests=tuple(request_detail(row, actor) for row in rows),
            copies=tuple(_copy_detail(row, actor.at) for row in copied),
            units=tuple(list_units(actor)),
            near=_near(this, card),
            may_ask=permits(actor, Action.REQUEST_ASK),
        )


def _near(this: Act, card: PersonCard) -> frozenset[UUID]:
    """Where the person is listed and has contacts; that other units know the person is secret."""
    listed = card.person.listed_unit
    contacts = {one.unit_id for one in contacts_of(this, card.person.id)}
    return frozenset(contacts | ({listed.id} if listed else set()))


def plan_request(actor: Actor, *, request_id: UUID) -> RequestPage:
    """One request, with its person and the unit's open plans for the person."""
    with act(actor, Action.REQUEST_READ) as this:
        row = this.row(request_rows(), id=request_id)
        this.note(row)
        plans = Plan.objects.filter(person_id=row.person_id, source="")
        open_ones = this.rows(plans.exclude(status=PlanStatus.ENDED), order=("-updated_at",))
        return RequestPage(
            card=person_card(this, row.person_id),
            request=request_detail(row, actor),
            plans=tuple((one.id, one.title) for one in open_ones if one.unit_id == actor.unit_id),
        )


def asked_why(actor: Actor, *, plan_id: UUID) -> RequestDetail | None:
    """Why the plan was asked for, to those who may see the request; None: nobody asked, or it is not shown."""
    with act(actor, Action.REQUEST_READ) as this:
        rows = this.rows(request_rows().filter(plan_id=plan_id), order=("asked_at",), limit=1)
        this.note_list(rows, plan=str(plan_id))
        return request_detail(rows[0], actor) if rows else None


def has_sent(actor: Actor, *, request_id: UUID) -> bool:
    """Whether it is the own unit that has asked another. Shows nothing of it."""
    if actor.unit_id is None:
        return False
    with act(actor, Action.REQUEST_READ) as this:
        this.unchanged()
        own = RequestCopy.objects.filter(request_id=request_id, unit_id=actor.unit_id)
        return own.exists()


def sent_request(actor: Actor, *, request_id: UUID) -> RequestDetail:
    """What we have asked another unit, with the answer that came back.

    No more than the own copy says: the ground and the plan are told by those who answered.
    """
    with act(actor, Action.REQUEST_READ) as this:
        row = this.row(RequestCopy.objects, request_id=request_id)
        this.note(row)
        asked = request_detail(request_rows().get(id=request_id), actor)
        return replace(asked, ground=None, plain="", plan_id=None)


def open_requests(actor: Actor) -> list[RequestDetail]:
    """Requests that wait on the own unit, the most pressing first."""
    with act(actor, Action.REQUEST_READ) as this:
        this.require_permission()
        waiting = request_rows().filter(unit_id=actor.unit_id, status=RequestStatus.ASKED)
        rows = this.rows(waiting, order=("due_at",), limit=200)
        this.note_list(rows)
        return [request_detail(row, actor) for row in rows]


# ── the person ──


def my_requests(actor: Actor, *, person_id: UUID) -> MyRequests:
    """What the person has asked for, who answers, and when."""
    with act(actor, Action.REQUEST_READ) as this:
        card = person_card(this, person_id)
        rows = this.rows(request_rows().filter(person_id=person_id), order=("-asked_at",))
        routing = route_of(this, card, person_id)
        named = unit_names({*routing.choices, *filter(None, [routing.unit_id])})
        this.note_person(person_id, "PlanRequest", shown=len(rows))
        return MyRequests(
            card=card,
            own=person_id == actor.person_id,
            requests=tuple(request_detail(row, actor) for row in rows),
            unit=named.get(routing.unit_id) if routing.unit_id else None,
            route=routing.why,
            choices=tuple(named[one] for one in routing.choices if one in named),
            due_at=answer_time(actor.at),
            asked_by=_asked_by(this, person_id),
            may_ask=permits(actor, Action.REQUEST_ASK),
        )


def route_of(this: Act, card: PersonCard, person_id: UUID) -> rules.Routing:
    """Where a request of the person's would go, inside an act that notes the person."""
    contacts = [
        one.unit_id
        for one in contacts_of(this, person_id)
        if one.kind is ContactKind.FAST_VARDKONTAKT
    ]
    related = access.list_relations(this.actor, person_id=person_id)
    listed = card.person.listed_unit
    return rules.route(contacts, listed.id if listed else None, (one.unit_id for one in related))


def _asked_by(this: Act, person_id: UUID) -> tuple[str, ...]:
    today = local_date(this.actor.at)
    found = SuggestionAnswer.objects.select_related("unit").filter(
        person_id=person_id, answer=SuggestionAnswerKind.ASKED, until__gte=today
    )
    return tuple(dict.fromkeys(row.unit.name for row in this.rows(found, order=("-at",))))
