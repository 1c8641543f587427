"""Easy wordings of a plan's parts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from samverka.access.guarded import GatePath, Guarded
from samverka.careplans.models.columns import link, plan_part


class EasyWords(Guarded):
    """A part of a plan in easy words, beside the original. A new wording replaces, and keeps, the old.

    `place`: a section's name, or the id of a goal or an activity. `original`: the text that was made
    easy; when the plan says something else the wording no longer holds and is not shown to the person.
    """

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="+")
    person = link("people.Person", related_name="+")
    place = models.CharField(max_length=40)
    words = models.TextField(blank=True, default="")
    original = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "place"], condition=Q(replaced_at__isnull=True), name="easy_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
