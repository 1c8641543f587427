"""Rows of the trail. The application's database role may insert and select, never update or delete."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from samverka.audit.rules import Line


class AppendOnly(RuntimeError):
    """The trail was to be changed: a fault in the program."""


class TrailQuerySet(models.QuerySet[Any]):
    """No change, no removal."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnly("The trail is never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("The trail is never removed here: see the retention command.")


class Event(models.Model):
    """One line: who did what with whose data, when, where, on what ground."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    mode = models.CharField(max_length=1)
    outcome = models.PositiveSmallIntegerField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=36)
    actor_name = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=100)
    unit_id = models.CharField(max_length=36)
    unit_name = models.CharField(max_length=200)
    provider_id = models.CharField(max_length=36)
    provider_name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=12)
    request_id = models.CharField(max_length=40)
    person_id = models.CharField(max_length=36, blank=True)
    object_type = models.CharField(max_length=40, blank=True)
    object_ids = ArrayField(models.CharField(max_length=64), default=list)
    ground = models.CharField(max_length=24, blank=True)
    detail = models.JSONField(default=dict)

    objects = TrailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-at"], name="event_person"),
            models.Index(fields=["provider_id", "-at"], name="event_provider"),
            models.Index(fields=["actor_id", "-at"], name="event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("The trail is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly("The trail is never removed here.")

    def line(self) -> Line:
        """The row as the plain value that the seal is computed over."""
        values = {name: getattr(self, name) for name in Line.__dataclass_fields__}
        return Line(**values | {"object_ids": tuple(self.object_ids)})


class Batch(models.Model):
    """A sealed batch: `root` hashes `previous` and its leaves."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    signature = models.CharField(max_length=128, blank=True, default="")

    objects = TrailQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.number}"


class Leaf(models.Model):
    """Which line stands in which batch, and its hash."""

    event_id = models.BigIntegerField(primary_key=True)
    batch_number = models.BigIntegerField(db_index=True)
    hash = models.CharField(max_length=64)

    objects = TrailQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.event_id}"
