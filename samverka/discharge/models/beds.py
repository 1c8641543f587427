"""How many places a ward has, from a day on: what days are divided by. About nobody."""

from __future__ import annotations

import uuid

from django.db import models

from samverka.access.guarded import Guarded
from samverka.discharge.models.columns import link
from samverka.discharge.rules.kinds import LINE


class WardBeds(Guarded):
    """The places of a ward from a day on; the latest day that has come holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = link("organisations.Unit", related_name="+")
    since = models.DateField()
    beds = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=LINE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "since"], name="ward_beds_once_a_day")
        ]

    def __str__(self) -> str:
        return str(self.id)
