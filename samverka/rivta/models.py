"""Rows: persons whose line in the engagement index is to be told anew."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samverka.access.guarded import GatePath, Guarded


class IndexTask(Guarded):
    """Something of a person has changed, and the engagement index is to be told; gone when the index has taken it.

    Written in the transaction that changed it. `due_at`: not before that, after a refusal or while it is being sent.
    """

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], name="index_task_due")]

    def __str__(self) -> str:
        return str(self.id)
