"""Days when something that the region's open care answers for is not there, or unclear (LUS 5:5)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, choices
from samverka.discharge.models.columns import link
from samverka.discharge.rules.kinds import LINE, Part


class Hindrance(Guarded):
    """One hindrance in a case, from a day on, as the one who met it wrote it down.

    Attributes:
        last: the last day, itself included; None while it lasts.
        part: what the unit that noted it is in the case.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = link("discharge.Case", related_name="hindrances")
    person = link("people.Person", related_name="+")
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500)
    part = models.CharField(max_length=20, choices=choices(Part))
    unit = link("organisations.Unit", related_name="+")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=LINE)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=LINE, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")),
                name="hindrance_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hindrance_has_reason"),
        ]

    def __str__(self) -> str:
        return str(self.id)
