"""Rows that can only be written inside an act, and that say what the gate must know about them."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from samverka.access.rules import Holding
from samverka.kernel.actor import Branch

if TYPE_CHECKING:
    from samverka.access.act import Act

current_act: ContextVar[Act | None] = ContextVar("current_act", default=None)
"""The act that is going on in this thread of work; None outside."""


class OutsideAct(RuntimeError):
    """A row was written past the gate: a fault in the program, never the user's."""


def demand_act(what: str) -> None:
    """Raise unless an act that may write is going on."""
    act = current_act.get()
    if act is None:
        raise OutsideAct(f"{what} outside an act: write an operation with `with act(…)`.")
    if not act.writes:
        raise OutsideAct(f"{what} inside the reading act {act.action}: use a changing action.")


def choices(enum: Any) -> list[tuple[str, str]]:
    """The stored codes of an enum, for a column; the words for them are in `rules`."""
    return [(item.value, item.value) for item in enum]


@dataclass(frozen=True, slots=True)
class GatePath:
    """Where on a row the gate finds what it must know, as lookup paths ("plan__person_id").

    `provider` None: the row is directory data about the person (who it is), not a record.
    `part`: it belongs to a record, and says nothing to one who only keeps a copy given before.
    `handed`: the column, and its values, of records that other care providers have only as they were
    disclosed to them.
    `kind`: where the shelf's rows say their FHIR type; None for a room's, which are asked for by a type.
    """

    person: str = "person_id"
    provider: str | None = "provider_id"
    unit: str | None = "unit_id"
    branch: str | None = "branch"
    object: str = "pk"
    published: str | None = "published"
    not_for_patient: str | None = "not_for_patient"
    part: bool = False
    handed: tuple[str, frozenset[str]] | None = None
    kind: str | None = None

    @classmethod
    def directory(cls, person: str = "person_id") -> GatePath:
        """A row that only says who the person is."""
        return cls(person, None, None, None, "pk", None, None)

    @classmethod
    def through(
        cls,
        parent: str,
        handed: tuple[str, frozenset[str]] | None = None,
        kind: str | None = None,
    ) -> GatePath:
        """A part of a record: the record decides."""
        return cls(
            person=f"{parent}__person_id",
            provider=f"{parent}__provider_id",
            unit=f"{parent}__unit_id",
            branch=f"{parent}__branch",
            object=f"{parent}__id",
            published=f"{parent}__published",
            not_for_patient=f"{parent}__not_for_patient",
            part=True,
            handed=(f"{parent}__{handed[0]}", handed[1]) if handed else None,
            kind=f"{parent}__{kind}" if kind else None,
        )

    @property
    def joins(self) -> tuple[str, ...]:
        """What to select along, so that asking the row costs no query."""
        head, sep, _tail = self.person.rpartition("__")
        return (head,) if sep else ()

    def holding(self, row: models.Model) -> Holding:
        """What the gate must know about this row."""
        branch = self._value(row, self.branch)
        return Holding(
            person_id=self._value(row, self.person),
            provider_id=self._value(row, self.provider),
            unit_id=self._value(row, self.unit),
            branch=Branch(branch) if branch else None,
            object_id=self._value(row, self.object),
            part=self.part,
            handed=self._handed(row),
            directory=self.provider is None,
            published=bool(self._value(row, self.published)) if self.published else True,
            not_for_patient=bool(self._value(row, self.not_for_patient)),
        )

    def kind_of(self, row: models.Model) -> str:
        """The FHIR type of a row of the shelf; "" for a room's."""
        return str(self._value(row, self.kind) or "")

    def _handed(self, row: models.Model) -> bool:
        if self.handed is None:
            return False
        column, values = self.handed
        return self._value(row, column) in values

    @staticmethod
    def _value(row: models.Model, path: str | None) -> Any:
        return _getter(path)(row) if path else None


@cache
def _getter(path: str) -> attrgetter[Any]:
    return attrgetter(path.replace("__", "."))


class GuardedQuerySet(models.QuerySet[Any]):
    """Bulk writes go round `save`, so they are walled too."""

    def update(self, **kwargs: Any) -> int:
        demand_act("update()")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        demand_act("delete()")
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        demand_act("bulk_create()")
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        demand_act("bulk_update()")
        return super().bulk_update(objs, *args, **kwargs)


class Guarded(models.Model):
    """A row that only an act may write. `gate` None: no person's data (units, staff)."""

    gate: ClassVar[GatePath | None] = None
    objects: ClassVar[models.Manager[Any]] = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        demand_act("save()")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        demand_act("delete()")
        return super().delete(*args, **kwargs)


class Held(Guarded):
    """A record about a person, held by a care provider. Rooms add `person`, `provider`, `unit`."""

    gate: ClassVar[GatePath | None] = GatePath()

    branch = models.CharField(max_length=16, choices=[(b.value, b.value) for b in Branch])
    published = models.BooleanField(default=True)
    not_for_patient = models.BooleanField(default=False)
    not_for_patient_reason = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
