"""Where messages go: a table that the units keep themselves."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import Guarded, choices
from samverka.discharge.models.columns import link
from samverka.discharge.rules.kinds import LINE, Part
from samverka.discharge.rules.routing import Need


class Route(Guarded):
    """One line: who is told about persons of a municipality or area who need a part's help.

    Attributes:
        county_code: whose table the line is in.
        municipality_code: empty: the whole county, as the last resort (a named fallback). It can be a
            municipality outside the county; then `reach` says how the unit reaches it.
        area: post town, in small letters; empty: the whole municipality.
        psychiatric: None: both.
        under, from_age: ages (years); None: all.
        need: kind of social services help with a door of its own; empty: all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    part = models.CharField(max_length=20, choices=choices(Part))
    county_code = models.CharField(max_length=2)
    municipality_code = models.CharField(max_length=4, blank=True, default="")
    area = models.CharField(max_length=100, blank=True, default="")
    psychiatric = models.BooleanField(null=True, blank=True)
    from_age = models.PositiveSmallIntegerField(null=True, blank=True)
    under = models.PositiveSmallIntegerField(null=True, blank=True)
    need = models.CharField(max_length=8, choices=choices(Need), blank=True, default="")
    reach = models.CharField(max_length=LINE, blank=True, default="")
    unit = link("organisations.Unit", related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    kept_by = models.CharField(max_length=LINE)
    ended_by = models.CharField(max_length=LINE, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "county_code",
                    "part",
                    "municipality_code",
                    "area",
                    "psychiatric",
                    "from_age",
                    "under",
                    "need",
                ],
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
