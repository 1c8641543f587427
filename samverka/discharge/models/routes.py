"""Where messages go: a table that the units keep themselves."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import Guarded, choices
from samverka.discharge.models.columns import link
from samverka.discharge.rules.kinds import LINE, Part


class Route(Guarded):
    """One line: who is told about persons of a municipality or area who need a part's help.

    Attributes:
        municipality_code: empty: the whole county, as the last resort (a named fallback).
        area: post town, in small letters; empty: the whole municipality.
        psychiatric: None: both.
        under, from_age: ages (years); None: all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    part = models.CharField(max_length=20, choices=choices(Part))
    municipality_code = models.CharField(max_length=4, blank=True, default="")
    area = models.CharField(max_length=100, blank=True, default="")
    psychiatric = models.BooleanField(null=True, blank=True)
    from_age = models.PositiveSmallIntegerField(null=True, blank=True)
    under = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = link("organisations.Unit", related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    kept_by = models.CharField(max_length=LINE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "municipality_code", "area", "psychiatric", "from_age", "under"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="route_one_open",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="route_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
