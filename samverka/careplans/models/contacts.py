"""The person's contacts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded
from samverka.careplans.models.columns import choices, link
from samverka.careplans.rules import ContactKind


class CareContact(Guarded):
    """Whom the person can turn to. All who may know of the person may know of the contact.

    A unit has one contact of a kind for a person; several units can each have theirs (PL 6:2). There
    is one fast läkarkontakt, where the person is listed (PL 6:3, HSL 7:3).
    """

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = link("people.Person", related_name="+")
    kind = models.CharField(max_length=24, choices=choices(ContactKind))
    unit = link("organisations.Unit", related_name="+")
    staff = link("organisations.Staff", related_name="+")
    profession = models.CharField(max_length=100)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    appointed_by = models.CharField(max_length=200)
    ended_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["staff", "unit"], condition=Q(until__isnull=True), name="contact_of_staff"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "unit"],
                condition=Q(until__isnull=True),
                name="contact_one_per_unit",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until__isnull=True, kind=ContactKind.FAST_LAKARKONTAKT),
                name="contact_one_doctor",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="contact_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
