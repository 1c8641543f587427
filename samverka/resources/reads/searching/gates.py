"""What the reader may have, as a condition on a row of the shelf: the gate's own expression, once for each search."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from samverka.access.rules import Protection, RelationKind
from samverka.kernel.actor import Actor, Permission
from samverka.resources.reads.searching.conditions import R
from samverka.resources.reads.searching.laws import law, no_twin
from samverka.resources.reads.searching.sql import FALSE, TRUE, Sql, both, either, sql
from samverka.resources.reads.shown import PATIENT
from samverka.resources.rules.keys import OWN
from samverka.resources.rules.persons import ABOUT_NOBODY
from samverka.resources.rules.searching.query import (
    AllOf,
    AnyOf,
    Chain,
    Condition,
    Criterion,
    Reverse,
)


class Gates:
    """The gate of one reader, for every type that a search may come by."""

    def __init__(self, actor: Actor, twins: frozenset[str]) -> None:
        self.actor, self.twins = actor, twins

    def __call__(self, kind: str) -> Sql:
        if kind == PATIENT:
            return self._persons
        if kind in ABOUT_NOBODY:
            return self._common
        twins = [no_twin()] if kind in self.twins else []
        return both([self.records, *twins])

    def through(self, kind: str, within: Condition) -> Sql:
        """What a chain or `_has` may ask of: only what this reader has word for word.

        What a room shows in another text would be guessed at by asking: whether a plan that was given has changed since,
        or where a person lives now. So a condition does not reach through it.
        """
        if kind != PATIENT:
            return both([self(kind), sql("NOT %s", self.by_room)])
        if not self.actor.is_staff or _codes(within) <= WHO_ONE_IS:
            return self._persons
        actor = self.actor
        values = (actor.unit_id, actor.provider_id, actor.at, actor.at)
        return both([self._persons, sql(TAKES_PART, *values)])

    @property
    def _persons(self) -> Sql:
        """A person has one Patient: the one of the room that knows who the person is."""
        return law("persons", self.actor)

    @cached_property
    def records(self) -> Sql:
        said = both([law("records", self.actor), self._unprotected])
        return either([said, self._common])

    @cached_property
    def _common(self) -> Sql:
        return law("common", self.actor)

    @property
    def sees_protected(self) -> bool:
        """Whether word for word may be shown of a person with protected identity."""
        return not self.actor.is_staff or Permission.PERSON_PROTECTED in self.actor.permissions

    @cached_property
    def _unprotected(self) -> Sql:
        """Word for word is word for word: of a protected person only what a room can mask."""
        if self.sees_protected:
            return TRUE
        return either([Sql(f"{R}.source = '{OWN}'"), sql("NOT %s", PROTECTED)])

    @cached_property
    def by_room(self) -> Sql:
        """What the room must show: the reader may have another text of it than the shelf's newest."""
        if not self.actor.is_staff:
            return PUBLISHED if self.actor.is_person else FALSE
        kept = sql(f"{R}.provider_id IS DISTINCT FROM %s", self.actor.provider_id)
        ways = [kept] if self.sees_protected else [kept, PROTECTED]
        return both([PUBLISHED, either(ways)])

    @cached_property
    def rooms(self) -> Sql:
        """What a room may have to show to this reader: it decides itself, and shows what the reader has been given.

        What was given is named by the room's id, which the shelf's rows do not have; so whose they are must do here.
        """
        if not self.actor.is_staff:
            return both([self.by_room, self.records])
        actor = self.actor
        given = sql(GIVEN, actor.provider_id, actor.provider_id, actor.unit_id)
        some = either([self.by_room, given])  # of most there is nothing to ask
        whose = sql(
            "CASE WHEN %s THEN %s ELSE %s END",
            law("records", actor),
            self.by_room,
            both([self._known, given]),
        )
        return both([PUBLISHED, some, whose])

    @property
    def given(self) -> Sql:
        """What may have been given to this reader, of what the gate does not let through by itself."""
        if not self.actor.is_staff:
            return FALSE
        actor = self.actor
        given = sql(GIVEN, actor.provider_id, actor.provider_id, actor.unit_id)
        apart = sql("CASE WHEN %s THEN FALSE ELSE %s END", law("records", actor), self._known)
        return both([PUBLISHED, given, apart])

    @property
    def _known(self) -> Sql:
        """The own unit has to do with the person; of what the room then shows it asks what the client may have."""
        return law("known", replace(self.actor, narrowing=None))


PUBLISHED = Sql(f"({R}.source = '{OWN}' AND {R}.kind <> '{PATIENT}' AND {R}.person_id IS NOT NULL)")
PROTECTED = Sql(
    f"EXISTS (SELECT 1 FROM access_subject s WHERE s.person_id = {R}.person_id "
    f"AND s.protection <> '{Protection.NONE}')"
)


GIVEN = (
    f"(EXISTS (SELECT 1 FROM access_disclosure g WHERE g.person_id = {R}.person_id AND g.provider_id = %s) "
    f"OR EXISTS (SELECT 1 FROM access_grant g WHERE g.person_id = {R}.person_id AND g.provider_id = %s "
    "AND g.unit_id = %s))"
)
"""Something about the person has been given to the reader's care provider, or opened to the unit."""

TAKES_PART = (
    f"EXISTS (SELECT 1 FROM access_relation g WHERE g.person_id = {R}.person_id "
    "AND g.unit_id = %s AND g.provider_id = %s AND g.since <= %s AND (g.until IS NULL OR g.until > %s) "
    f"AND g.kind <> '{RelationKind.PLAN}')"
)
"""To others it is not told where the person lives now (`access.rules.keeps_only`)."""

WHO_ONE_IS = frozenset(
    [
        "_id",
        "active",
        "birthdate",
        "death-date",
        "deceased",
        "family",
        "gender",
        "given",
        "identifier",
        "name",
        "phonetic",
    ]
)
"""Parameters of a Patient that say nothing of where the person is."""


def _codes(one: Condition) -> frozenset[str]:
    match one:
        case Criterion() | Chain() | Reverse():
            return frozenset({one.code})
        case AnyOf() | AllOf():
            return frozenset(code for each in one.conditions for code in _codes(each))
