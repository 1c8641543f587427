"""Rows: measures and their versions, exports, curves as they may be shown, notes on them, sets. No person."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samverka.access.guarded import Guarded, choices
from samverka.indicators.rules.kept import AreaKind, Origin, SnapshotStatus, Split


class MeasureVersion(Guarded):
    """One version of a measure. Nothing here is changed afterwards; a new version is a new row.

    Attributes:
        definition: the measure as data, complete.
        current: the version that pages show; one for each code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    origin = models.CharField(max_length=8, choices=choices(Origin))
    current = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="measure_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(current=True), name="measure_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class Snapshot(Guarded):
    """One export to the warehouse, and what was found on the way.

    Attributes:
        id: its name, also on every row of the facts: "2026-11-22T0300".
        counts: fact → rows written.
        quality: what the drawer of data quality shows: one object for each kind of fault, with counts.
        sums: fact → all its rows, first and last day, and shares (of 1) without municipality, sex, age.
    """

    id = models.CharField(primary_key=True, max_length=40)
    county = models.CharField(max_length=2)
    status = models.CharField(max_length=8, choices=choices(SnapshotStatus))
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    engine = models.CharField(max_length=60, blank=True, default="")
    counts = models.JSONField(default=dict)
    quality = models.JSONField(default=list)
    sums = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.id


class Curve(Guarded):
    """One measure for one area and one part of its people, period by period: as it may be shown.

    Disclosure control has been at it: a hidden point has a status and no numbers.

    Attributes:
        area: code of the county or municipality, or HSA-id of the unit; "00" the nation.
        part: which part of the split: "female", "65-79", "elderly"; empty for all.
        snapshot: the export that last changed it. One that a later export did not change stands as it is.
        points: objects with period (first day), status (shown, hidden, missing, refused), and where shown
            numerator, denominator, value, low, high (numbers as text, exact to the measure's decimals + 2).
    """

    id = models.BigAutoField(primary_key=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="curves")
    measure = models.ForeignKey(MeasureVersion, on_delete=models.PROTECT, related_name="curves")
    area_kind = models.CharField(max_length=16, choices=choices(AreaKind))
    area = models.CharField(max_length=40)
    split = models.CharField(max_length=8, choices=choices(Split), default=Split.ALL)
    part = models.CharField(max_length=24, blank=True, default="")
    points = models.JSONField()
    current = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["measure", "area_kind", "split"],
                condition=Q(current=True),
                name="curve_current",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "measure", "area_kind", "area", "split", "part"],
                name="curve_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.area}"


class Given(Guarded):
    """Cells that have left the house: the release log that disclosure control reckons with.

    Attributes:
        groups: the cells (area, parting, part) and the first days of the periods that a night told of
            anew; `counts`: for each period what cells said, and which were hidden for the first time.
    """

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=60)
    snapshot = models.CharField(max_length=40)
    groups = models.JSONField()
    counts = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code", "at"], name="given_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.snapshot}"


class Note(Guarded):
    """A note on a curve: what was changed that day. `code` empty: on every measure of the area."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=60, blank=True, default="")
    area_kind = models.CharField(max_length=16, choices=choices(AreaKind))
    area = models.CharField(max_length=40)
    on = models.DateField()
    words = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area_kind", "area", "on"], name="note_area")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="note_has_words")]

    def __str__(self) -> str:
        return str(self.id)


class FigureSet(Guarded):
    """Ten measures (or fewer) that a county, a municipality or a unit follows, in its own order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    area_kind = models.CharField(max_length=16, choices=choices(AreaKind))
    area = models.CharField(max_length=40)
    codes = ArrayField(models.CharField(max_length=60))
    published = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_kind", "area"], name="figure_set_one")]

    def __str__(self) -> str:
        return self.name
