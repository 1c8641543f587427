"""Rows: tasks of units, news for persons, units' settings, mail that has gone.

Persons, units and accounts stand on higher storeys or in the gate's room, so they are named by id.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samverka.access.guarded import GatePath, Guarded, Held, choices
from samverka.notices.rules import STANDING, TaskKind, TaskStatus


class Task(Held):
    """One thing that one unit must do about one person.

    `home_unit_id`: the unit that the process asked; `unit_id`: the one on whose list it stands, after
    it was handed over. `level` above 0: the same task on the list of the next in the chain, because
    nobody opened it in time; `manager_at`: since when it is on the manager's list, because nobody in
    the whole chain did. `before`: what the last step changed, so that it can be taken back.
    Never available through SVOD: a worklist is the unit's own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    provider_id = models.UUIDField()
    unit_id = models.UUIDField()
    home_unit_id = models.UUIDField()
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField()
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=choices(TaskKind))
    status = models.CharField(
        max_length=8, choices=choices(TaskStatus), default=TaskStatus.OPEN.value
    )
    verb = models.JSONField()
    address = models.CharField(max_length=200, blank=True, default="")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    escalate_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    manager_at = models.DateTimeField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    shown_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.CharField(max_length=200, blank=True, default="")
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=200, blank=True, default="")
    taken_by_id = models.UUIDField(null=True, blank=True)
    handed_reason = models.CharField(max_length=500, blank=True, default="")
    handed_by = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True, default="")
    stepped_at = models.DateTimeField(null=True, blank=True)
    stepped_by_id = models.UUIDField(null=True, blank=True)
    before = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["unit_id", "due_at"],
                condition=Q(ended_at__isnull=True),
                name="task_unit_open",
            ),
            models.Index(fields=["object_id"], name="task_object"),
            models.Index(
                fields=["escalate_at"],
                condition=Q(ended_at__isnull=True, escalated_at__isnull=True, seen_at__isnull=True),
                name="task_unread",
            ),
            models.Index(fields=["unit_id", "opened_at"], name="task_unit_month"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "key", "level"],
                condition=Q(ended_at__isnull=True),
                name="task_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, status__in=sorted(STANDING))
                | Q(ended_at__isnull=False) & ~Q(status__in=sorted(STANDING)),
                name="task_ended_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class News(Guarded):
    """A sentence to the person about something new; read on the own page."""

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    sentence = models.JSONField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person_id", "-at"], name="news_person")]

    def __str__(self) -> str:
        return str(self.id)


class UnitSettings(Guarded):
    """How a unit wants its notices. `hours`: weekday by weekday, [from, to] or null; empty: always."""

    unit_id = models.UUIDField(primary_key=True)
    provider_id = models.UUIDField()
    emails = ArrayField(models.EmailField(), default=list, blank=True)
    stand_in_id = models.UUIDField(null=True, blank=True)
    fallback_id = models.UUIDField(null=True, blank=True)
    hours = models.JSONField(default=list, blank=True)
    digest_hour = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.unit_id)


class Mailing(Guarded):
    """That a mail was sent to a unit or an account on a day: claimed first, so never sent twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    receiver_id = models.UUIDField()
    day = models.DateField()
    state = models.CharField(max_length=8)
    tries = models.PositiveSmallIntegerField(default=1)
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receiver_id", "day"], name="mailing_once_a_day")
        ]

    def __str__(self) -> str:
        return str(self.id)
