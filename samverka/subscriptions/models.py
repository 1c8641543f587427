"""Rows: subscriptions, what has happened and is to be spread, notices, hosts that are allowed.

Accounts, assignments and persons stand on higher storeys or in the gate's room, so they are named by id.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samverka.access.guarded import GatePath, Guarded, choices
from samverka.subscriptions.rules import Cause, Channel, Level, NoticeState, SubscriptionState


class Subscription(Guarded):
    """One subscriber's wish to be told.

    `account_id` with `assignment_id`: who asks the gate when something is to be told; `narrowing`: what the client
    that it came by has been let do (`kernel.narrowing`).
    `events`: the number of the last notice; `rest_until`: after failures nothing is tried before that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account_id = models.UUIDField()
    assignment_id = models.UUIDField(null=True, blank=True)
    narrowing = models.JSONField(null=True, blank=True)
    name = models.CharField(max_length=200)
    unit_id = models.UUIDField(null=True, blank=True)
    unit_name = models.CharField(max_length=200, blank=True, default="")
    provider_id = models.UUIDField(null=True, blank=True)
    purpose = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=choices(SubscriptionState))
    topic = models.CharField(max_length=40, blank=True, default="")
    criteria = models.TextField()
    filters = models.JSONField(default=list)
    kinds = ArrayField(models.CharField(max_length=64))
    channel = models.CharField(max_length=12, choices=choices(Channel))
    endpoint = models.CharField(max_length=1000, blank=True, default="")
    headers = models.BinaryField(default=b"")
    header_names = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    level = models.CharField(max_length=16, choices=choices(Level))
    media = models.CharField(max_length=60, blank=True, default="")
    heartbeat = models.PositiveIntegerField(null=True, blank=True)
    timeout = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    end_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    events = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    rest_until = models.DateTimeField(null=True, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    fault = models.JSONField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "made_at"], name="subscription_subscriber"),
            models.Index(fields=["provider_id", "made_at"], name="subscription_provider"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Happening(Guarded):
    """Something that happened, written in its own transaction; gone when it has been spread to those who wait for it."""

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    resource_id = models.UUIDField(null=True, blank=True)
    number = models.PositiveIntegerField(default=0)
    cause = models.CharField(max_length=12, choices=choices(Cause))
    providers = ArrayField(models.UUIDField(), default=list, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Notice(Guarded):
    """One thing to tell one subscriber. Without a `number` until the gate has said that it may be told.

    `due_at`: after a refusal it is not tried before that; `taken_until`: somebody is sending it.
    """

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.BigAutoField(primary_key=True)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, db_index=False)
    number = models.PositiveBigIntegerField(null=True, blank=True)
    person_id = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    cause = models.CharField(max_length=12, choices=choices(Cause))
    providers = ArrayField(models.UUIDField(), default=list, blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=choices(NoticeState))
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["subscription", "id"],
                condition=Q(state="waiting"),
                name="notice_waiting",
            ),
            models.Index(
                fields=["subscription", "person_id", "id"],
                condition=Q(state="waiting"),
                name="notice_order",
            ),
            models.Index(
                fields=["ended_at"], condition=Q(ended_at__isnull=False), name="notice_ended"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "number"], name="notice_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.id}"


class Host(Guarded):
    """A server inside our walls that notices may be sent to all the same."""

    name = models.CharField(max_length=253, primary_key=True)
    reason = models.CharField(max_length=300)
    allowed_at = models.DateTimeField()
    allowed_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name
