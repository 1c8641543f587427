"""Rows: checks of the log, and what staff wrote down for a person. All else is kept in other rooms."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samverka.access.guarded import Guarded, Held, choices
from samverka.contract.rules import BehalfKind, BehalfWay, CheckKind, CheckOutcome


class LogCheck(Guarded):
    """One check of a care provider's log: which lines, by whom, and what came of it (PDL 4:3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(
        "organisations.Provider", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=choices(CheckKind))
    month = models.DateField(null=True, blank=True)
    wanted = models.JSONField(default=dict)
    event_ids = ArrayField(models.BigIntegerField(), default=list)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)
    begun_by_id = models.UUIDField()
    outcome = models.CharField(
        max_length=8, choices=choices(CheckOutcome), default=CheckOutcome.OPEN
    )
    words = models.TextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["provider", "-begun_at"], name="logcheck_provider")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=CheckOutcome.OPEN, closed_at__isnull=True)
                | ~Q(outcome=CheckOutcome.OPEN) & Q(closed_at__isnull=False) & ~Q(words=""),
                name="logcheck_closed_with_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Behalf(Held):
    """Something that staff wrote down for a person who rang, came or wrote. Held by their unit.

    What was said is kept where it belongs: `kind` says as what, `thing_id` which.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(
        "organisations.Provider", on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=choices(BehalfKind))
    thing_id = models.UUIDField()
    who = models.CharField(max_length=200)
    way = models.CharField(max_length=8, choices=choices(BehalfWay))
    at = models.DateTimeField()
    entered_by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="behalf_person")]
        constraints = [models.CheckConstraint(condition=~Q(who=""), name="behalf_by_someone")]

    def __str__(self) -> str:
        return str(self.id)
