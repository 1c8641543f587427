"""`act`: the one way through. Gate, rule, store, audit and publish in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Any, Self, TypeAlias
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Manager, Model, QuerySet
from django.utils.module_loading import import_string

from samverka.access import gate, lasting, rules
from samverka.access.actions import Action, Mode, spec
from samverka.access.county import age_limits, hear
from samverka.access.gate.near import standing_near
from samverka.access.guarded import Guarded, current_act, demand_act
from samverka.access.noted import (
    Noted,
    RowLike,
    holding_of,
    key_of,
    line_of,
    named,
    only_read,
    path_of,
)
from samverka.access.rules import Decision, Ground, Holding
from samverka.access.telling import set_row_security as set_row_security
from samverka.access.telling import who
from samverka.audit.operations import write_lines
from samverka.audit.rules import Line, Outcome
from samverka.audit.trip import Call, Row, trip
from samverka.kernel.actor import Actor, ActorKind
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotAllowed, NotFound, Problem

NOBODY = UUID(int=0)
"""Asked about in place of one who does not exist."""

Rows: TypeAlias = QuerySet[Any] | Manager[Any]


class Unaudited(RuntimeError):
    """An act was left without a line in the trail: a fault in the program."""


def act(
    actor: Actor, action: Action, *, along: Sequence[Call] = (), about: Collection[UUID] = ()
) -> Act:
    """Begin an act: `with act(actor, Action.X) as this:`.

    Args:
        along: what is asked on the way in; the answers are `this.along`.
        about: whom it will be about, as far as that is known: what holds of them is asked on the way in too.
    """
    return Act(actor, action, along, about)


def permits(actor: Actor, action: Action) -> bool:
    """Whether the role lets the actor do this at all; with which record, the gate decides."""
    wanted = spec(action).person if actor.is_person else spec(action).staff
    return wanted is not None and wanted in actor.permissions


def apart() -> AbstractContextManager[object]:
    """Within an act: what is refused here is refused alone, and one can go on. Outside it nothing is needed."""
    return transaction.atomic() if current_act.get() else nullcontext()


class Act:
    """One read or change by one actor.

    Everything inside happens in one transaction and leaves at least one line in the trail, or does
    not happen. A refusal by the gate rolls back and then leaves a line of its own.
    """

    def __init__(
        self,
        actor: Actor,
        action: Action,
        along: Sequence[Call] = (),
        about: Collection[UUID] = (),
    ) -> None:
        self.actor = actor
        self.action = action
        self._asked = along
        self._about = about if actor.is_staff else ()
        self.along: list[list[Row]] = []
        self.spec = spec(action)
        self._noted = Noted()
        self._silent = False
        self._last: list[Call] = []
        self._decisions: dict[tuple[str, Any], Decision] = {}
        self._grounds: dict[UUID, Ground] = {}
        self._standings: dict[UUID, rules.Standing] = {}
        self._reached: dict[str | None, dict[UUID, Ground]] = {}
        self._refused: tuple[str, str, str, str] = ("", "", "", "")
        self._refused_in: Act | None = None

    @property
    def writes(self) -> bool:
        """Whether the action may change rows."""
        return self.spec.mode is not Mode.READ

    # ── the transaction ──

    def __enter__(self) -> Self:
        self._outer = current_act.get()
        self._whole = not connection.in_atomic_block
        self._atomic = transaction.atomic(savepoint=self._outer is None)
        self._atomic.__enter__()
        self._token = current_act.set(self)
        try:
            self._say_who()
        except BaseException as error:
            current_act.reset(self._token)
            self._atomic.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def _say_who(self) -> None:
        """Tell the database who asks, and ask on the same way what is to be asked first."""
        lasting.require()
        calls = [*self._asked, *([gate.asked(self.actor, self._about)] if self._about else [])]
        if self._outer is None or self._outer.actor != self.actor:
            said = who(self.actor)
            found = trip(*said, *calls)
            hear(json.loads(found[0][0][-1] or "[]"))
            found = found[len(said) :]
        else:  # an overview asks once what holds, however many reads it is made of
            self._standings, self._reached = self._outer._standings, self._outer._reached
            found = trip(*calls) if calls else []
        self.ages = age_limits(local_date(self.actor.at))
        self.along = found[: len(self._asked)]
        if self._about:
            self._standings |= gate.told(self.actor, self._about, found[-1], self.ages)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        current_act.reset(self._token)
        if error is None:
            error = self._close()
            kind = type(error) if error else None
        self._atomic.__exit__(kind, error, trace if error else None)
        if isinstance(error, NotFound | NotAllowed):
            self._tell_refusal(error)
        if self._outer is not None and error is None and self._outer.actor != self.actor:
            set_row_security(self._outer.actor)
        if trace is None and error is not None:
            raise error

    def _close(self) -> BaseException | None:
        if not self._noted.lines and not self._silent:
            return Unaudited(f"{self.action}: an act must leave a line: call this.note(…).")
        lines = [*self._noted.inside, *self._noted.lines]
        try:
            if (
                self._outer is not None
            ):  # one insert of lines for all; what is written may be read outside
                self._outer._noted.inside += lines
                if self._last:
                    trip(*self._last)
                return None
            # with nothing round it the transaction ends in the same way to the database
            last = self._whole and not connection.needs_rollback
            soon = not self._last and only_read(lines)
            write_lines(lines, along=self._last, last=last, soon=soon)
        except DatabaseError as fault:  # without its line the act must not happen
            return fault
        return None

    def _tell_refusal(self, error: Problem) -> None:
        """Only the outermost act writes: what an inner one wrote would be rolled back with it."""
        teller = self._refused_in or self
        if self._outer is None:
            teller._write_refusal(error)
        else:
            if any(self._refused):
                self._outer._refused = self._refused
            if self._outer._silent:  # it leaves the lines of those inside, so their refusals too
                self._outer._refused_in = teller

    def _write_refusal(self, error: Problem) -> None:
        person, object_type, object_id, refusal = self._refused
        detail = {"refusal": refusal or error.code}
        if self.actor.is_person and object_id:
            # Who guesses addresses is looked into by what was asked for, there or not.
            detail["asked"] = f"{object_type} {object_id}"
        line = self._line(
            person_id=person,
            object_type=object_type,
            object_ids=(object_id,) if object_id else (),
            outcome=Outcome.REFUSED,
            detail=detail,
        )
        whole = not connection.in_atomic_block
        with transaction.atomic():
            write_lines([line], last=whole)

    # ── 1 access ──

    def standing(self, person_id: UUID) -> rules.Standing:
        """What holds between the actor and the person, asked once per act."""
        self._ask([person_id])
        return self._standings[person_id]

    def _ask(self, persons: Iterable[UUID]) -> None:
        """See to it that what holds is known for all of the persons."""
        missing = {person for person in persons if person not in self._standings}
        if missing and self.actor.is_person and not self._standings:
            self._standings |= gate.own_standings(self.actor, self.ages)
            missing -= self._standings.keys()
        if missing:
            self._standings |= gate.standings(self.actor, missing, self.ages)

    def forget_standing(self, person_id: UUID) -> None:
        """After a change of relations, consents or blocks in this act."""
        self._standings.pop(person_id, None)
        self._reached.clear()
        if self.actor.is_person:  # what one reaches is asked for all at once
            self._standings.clear()

    def visible(self, queryset: Rows) -> QuerySet[Any]:
        """The gate as a filter."""
        queryset = queryset.all()
        reached = self.reach() if self.actor.is_person else {}
        found = gate.visible(self.actor, self.spec, queryset, self.ages, reached)
        joins = path_of(queryset.model).joins
        return found.select_related(*joins) if joins else found

    def reach(self) -> dict[UUID, Ground]:
        """The persons whose records a person may reach with this action's scope, asked once."""
        scope = self.spec.scope
        if scope not in self._reached:
            self._ask([self.actor.person_id] if self.actor.person_id else [])
            self._reached[scope] = gate.reached(self.actor, scope, self._standings)
        return self._reached[scope]

    def row(self, queryset: Rows, *, lock: bool = False, **lookup: Any) -> Any:
        """The one row, through the gate.

        Raises:
            NotFound: there is none, or the actor may not know of it: the same answer.
            NotAllowed: the actor may know of it but may not do this.
        """
        joins = path_of(queryset.model).joins
        wanted = queryset.filter(**lookup)
        wanted = wanted.select_related(*joins) if joins else wanted
        found = (wanted.select_for_update(of=("self",)) if lock else wanted).first()
        if found is None:
            self.standing(NOBODY)  # as much work as for one who is hidden: time tells nothing
            self._refused = ("", queryset.model.__name__, str(next(iter(lookup.values()), "")), "")
            raise NotFound(rules.REFUSAL_WORDS[rules.Refusal.UNKNOWN])
        self.require(found)
        return found

    def rows(
        self, queryset: Rows, *, order: tuple[str, ...] = (), limit: int | None = None
    ) -> list[Any]:
        """The rows that the actor may have, each decided on; at most `limit` (rows)."""
        wanted = self.visible(queryset)
        wanted = wanted.order_by(*order) if order else wanted
        return self._decided([list(wanted[:limit])])[0]

    def lists(self, *querysets: Rows, limit: int | None = None) -> list[list[Any]]:
        """The rows of each that the actor may have, at most `limit` of each; what holds is asked once for all."""
        return self._decided([list(self.visible(one)[:limit]) for one in querysets])

    def passed(self, found: Iterable[Any]) -> list[Any]:
        """Of rows that a statement with the gate's own expression has found, those that it lets through one by one."""
        return self._decided([list(found)])[0]

    def _decided(self, found: list[list[Any]]) -> list[list[Any]]:
        self._ask({path_of(type(row)).holding(row).person_id for rows in found for row in rows})
        every = (row for rows in found for row in rows)
        gate.look_ahead(self.actor, every, reading=not self.writes)
        return [[row for row in rows if self.decide(row).allowed] for rows in found]

    def decide(self, row: RowLike) -> Decision:
        """The gate's answer on one row (or one that is about to be made)."""
        holding = path_of(type(row)).holding(row)
        return self._decided_on(row, holding, self.standing(holding.person_id))

    def decided(self, row: RowLike) -> Decision:
        """The gate's answer on a row that has been decided on in this act."""
        return self._decisions.get(key_of(row)) or self.decide(row)

    def decide_near(self, row: RowLike, told: Sequence[str | None]) -> Decision | None:
        """The gate's answer on a row of the own unit's, out of what came with it; None where more has to be asked."""
        holding = path_of(type(row)).holding(row)
        standing = standing_near(self.actor, holding, told, self.ages)
        return self._decided_on(row, holding, standing) if standing else None

    def _decided_on(self, row: RowLike, holding: Holding, standing: rules.Standing) -> Decision:
        decision = rules.decide(self.spec, self.actor, holding, standing)
        if decision.allowed and self.actor.narrowing is not None and not self._lets(row):
            decision = Decision(allowed=False, refusal=self._not_let())
        self._decisions[key_of(row)] = decision
        if decision.ground is not None:
            self._grounds.setdefault(holding.person_id, decision.ground)
        return decision

    def _lets(self, row: RowLike) -> bool:
        return gate.lets(self.actor, row, path_of(type(row)), reading=not self.writes)

    def _not_let(self) -> rules.Refusal:
        """What is asked for is not known: a fault of ours, told. Else the client may not know that it is there."""
        asked = self.actor.narrowing and self.actor.narrowing.kind
        return rules.Refusal.UNKNOWN if asked else rules.Refusal.APP

    def require(self, row: Model, near: Sequence[str | None] = ()) -> Decision:
        """The gate's answer on one row; raises unless it is yes.

        Args:
            near: what has been asked along of the own unit and the person (`gate.near`); if that is not enough, all is asked.
        """
        decision = (self.decide_near(row, near) if near else None) or self.decide(row)
        if decision.allowed:
            return decision
        person = str(path_of(type(row)).holding(row).person_id)
        self._refused = (person, named(row), str(row.pk), str(decision.refusal))
        if decision.hidden:
            raise NotFound(rules.REFUSAL_WORDS[rules.Refusal.UNKNOWN])
        refusal = decision.refusal or rules.Refusal.UNKNOWN
        raise NotAllowed(rules.refusal_words(refusal, to_person=self.actor.is_person))

    def require_permission(self) -> None:
        """For what concerns no single person (units, own assignments, an empty search)."""
        refusal = rules.Refusal.NO_PERMISSION
        if permits(self.actor, self.action):
            if self.actor.narrowing is None or self.actor.narrowing.kind:
                return
            refusal = rules.Refusal.APP
        self._refused = ("", "", "", refusal)
        raise NotAllowed(rules.refusal_words(refusal, to_person=self.actor.is_person))

    def require_system(self) -> None:
        """For what the house does itself: no role may, whatever it has been given."""
        if self.actor.kind is not ActorKind.SYSTEM:
            self._refused = ("", "", "", rules.Refusal.NO_PERMISSION)
            raise NotAllowed(rules.REFUSAL_WORDS[rules.Refusal.NO_PERMISSION])

    # ── 3 store ──

    def add(self, row: Guarded) -> Any:
        """Save a new row that the gate lets the actor make."""
        self.require(row)
        row.save(force_insert=True)
        return row

    def at_the_end(self, calls: Sequence[Call]) -> None:
        """Write this when the act is left, in one way to the database with its lines. Nothing in the act reads it before."""
        demand_act("What is written at the end")
        self._last += calls

    # ── 4 audit ──

    def note(self, row: RowLike, **detail: object) -> None:
        """One line about one row that has passed the gate in this act."""
        holding = path_of(type(row)).holding(row)
        decision = self.decided(row)
        self._noted.lines.append(
            self._line(
                person_id=str(holding.person_id),
                object_type=named(row),
                object_ids=(str(row.pk),),
                ground=decision.ground or "",
                detail=detail,
            )
        )

    def note_list(self, rows: Iterable[Model], **detail: object) -> None:
        """One line per person shown in a list, written in one insert; one line if it was empty."""
        by_person: dict[UUID, list[Model]] = {}
        for row in rows:
            by_person.setdefault(path_of(type(row)).holding(row).person_id, []).append(row)
        for person, shown in by_person.items():
            decision = self._decisions.get(key_of(shown[0]))
            self._noted.lines.append(
                self._line(
                    person_id=str(person),
                    object_type=named(shown[0]),
                    object_ids=tuple(str(row.pk) for row in shown),
                    ground=(decision.ground or "") if decision else "",
                    detail=detail,
                )
            )
        if not by_person:
            self.note_general("", **detail)

    def note_person(self, person_id: UUID, object_type: str, **detail: object) -> None:
        """One line about a person without a single row (an empty list, a search by number).

        The ground is that of the first row about the person that the gate let through in this act.
        """
        self._noted.lines.append(
            self._line(
                person_id=str(person_id),
                object_type=object_type,
                ground=self._grounds.get(person_id, ""),
                detail=detail,
            )
        )

    def note_general(self, object_type: str, **detail: object) -> None:
        """One line about nothing personal (a unit, an empty list)."""
        self._noted.lines.append(self._line(object_type=object_type, detail=detail))

    def unchanged(self) -> None:
        """A poll that showed nothing new leaves no line (304)."""
        self._silent = True

    def nothing_shown(self) -> None:
        """The reader had it all before, so the reads inside leave no line either (304).

        Raises:
            Unaudited: something inside was no read: that can never go unsaid.
        """
        if self.writes or any(one.mode != Mode.READ.value for one in self._noted.inside):
            raise Unaudited(f"{self.action}: only what was read again can go unsaid.")
        self._noted.inside.clear()
        self._silent = True

    def _line(self, **told: Any) -> Line:
        return line_of(self.actor, self.action, **told)

    # ── 5 publish ──

    def publish(self, resource: Mapping[str, Any], row: Model) -> None:
        """Put the R4 form of a row that a room owns on the shelf, in this transaction."""
        self.publish_all([(resource, row)])

    def publish_all(self, made: Sequence[tuple[Mapping[str, Any], Model]]) -> None:
        """Put many on the shelf, all of them in two ways to the database.

        A row without a gate is no person's (a unit, one of the staff), and so is its R4 form. The shelf
        stands on a higher storey, so the act is told by name whom to hand it to.
        """
        drafts = [(resource, holding_of(row)) for resource, row in made]
        import_string(settings.SAMVERKA_PUBLISHER)(self, drafts)

    # ── 6 after ──

    def after(self, function: Callable[..., object], *args: object) -> None:
        """Do something when, and only when, the transaction has been committed."""
        transaction.on_commit(lambda: function(*args))
