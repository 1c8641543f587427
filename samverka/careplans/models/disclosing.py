"""What is kept back when a plan is given out."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, choices
from samverka.careplans.models.columns import link, plan_part
from samverka.careplans.rules.disclosing import PartKind


class WithheldPart(Guarded):
    """A part of a plan that is not given to some, or to any, other care provider (OSL 10:1).

    Attributes:
        key: the section's code, the goal's or activity's id, or the unit's id of a party.
        provider: whose author keeps it back.
        receivers: care providers that are not given it; empty: no other than the author's.
    """

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="withheld")
    person = link("people.Person", related_name="+")
    part = models.CharField(max_length=12, choices=choices(PartKind))
    key = models.CharField(max_length=64)
    provider = link("organisations.Provider", related_name="+")
    receivers = ArrayField(models.UUIDField(), default=list)
    reason = models.CharField(max_length=500, blank=True, default="")
    since = models.DateTimeField()
    by = models.CharField(max_length=200)
    until = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "part", "key", "provider"],
                condition=Q(until__isnull=True),
                name="withheld_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="withheld_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
