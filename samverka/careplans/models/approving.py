"""What the units say of a plan that holds only when they have approved it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from samverka.access.guarded import GatePath, Guarded, choices
from samverka.careplans.models.columns import link
from samverka.careplans.rules import ApprovalStatus

_ASKED = Q(status=ApprovalStatus.ASKED, answered_at__isnull=True)
_ANSWERED = ~Q(status=ApprovalStatus.ASKED) & Q(answered_at__isnull=False)


class Approval(Guarded):
    """A unit's approval (justering) of one version of a plan (LPT 7 a §).

    `lapsed_at`: the plan was changed after that, or the unit was asked anew; the row stays.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("plan")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="approvals")
    person = link("people.Person", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    version = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    status = models.CharField(
        max_length=16, choices=choices(ApprovalStatus), default=ApprovalStatus.ASKED
    )
    words = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, default="")
    lapsed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "unit"],
                condition=Q(lapsed_at__isnull=True),
                name="approval_once_per_unit",
            ),
            models.CheckConstraint(condition=_ASKED | _ANSWERED, name="approval_pair"),
            models.CheckConstraint(
                condition=~Q(status=ApprovalStatus.CHANGE) | ~Q(words=""),
                name="approval_change_in_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
