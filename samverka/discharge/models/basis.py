"""The basis for invoices: what a municipality owes for a period, by what it was reckoned, who contests it.

The sums stand on the basis, which names nobody. What belongs to one stay stands on a row of its own,
with its person: so the trail, the net and an answer to the person reach it.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, choices
from samverka.discharge.models.columns import link
from samverka.discharge.rules.invoicing import BasisStatus
from samverka.discharge.rules.kinds import LINE


class InvoiceBasis(Guarded):
    """What one municipality owes for a month or a quarter (LUS 5 chap.).

    Attributes:
        first, last: the days of the period, both included.
        number: 1 for the first; a basis that has been sent is put right by one with the next number.
        snapshot: terms, amounts, moment and sums, without what belongs to a single stay.
        kronor: None as soon as the amount of a year is unknown.
        locked_at: when it was sent; from then on nothing in it changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality_code = models.CharField(max_length=4)
    first = models.DateField()
    last = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=8, choices=choices(BasisStatus), default=BasisStatus.DRAFT)
    snapshot = models.JSONField(default=dict)
    days = models.DecimalField(max_digits=12, decimal_places=4)
    kronor = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=LINE)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.CharField(max_length=LINE, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality_code", "first", "number"], name="basis_numbered"
            ),
            models.UniqueConstraint(
                fields=["municipality_code", "first"],
                condition=Q(status=BasisStatus.DRAFT),
                name="basis_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(status=BasisStatus.DRAFT, locked_at__isnull=True)
                | Q(status=BasisStatus.LOCKED, locked_at__isnull=False),
                name="basis_locked_at",
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="basis_period"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class BasisStay(Guarded):
    """One stay in a basis: the facts that it was judged by, and what came out of them.

    Attributes:
        result: the stay's days with their reasons, and its part of the sum.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    basis = link("discharge.InvoiceBasis", related_name="stays")
    case = link("discharge.Case", related_name="+")
    person = link("people.Person", related_name="+")
    place = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    result = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["basis", "case"], name="basis_stay_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Objection(Guarded):
    """The municipality contests one case, and what the region decided.

    Attributes:
        upheld: None while it waits; if upheld, none of the stay's days count.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = link("discharge.Case", related_name="objections")
    person = link("people.Person", related_name="+")
    municipality_code = models.CharField(max_length=4)
    reason = models.CharField(max_length=2000)
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=LINE)
    upheld = models.BooleanField(null=True, blank=True)
    words = models.CharField(max_length=2000, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=LINE, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "municipality_code"],
                condition=Q(upheld__isnull=True),
                name="objection_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(upheld__isnull=True, decided_at__isnull=True)
                | Q(upheld__isnull=False, decided_at__isnull=False) & ~Q(words=""),
                name="objection_decided_in_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CountyRate(Guarded):
    """What one day costs in a year (LUS 5:6), as the county has entered it; the newest of a year holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    kronor = models.DecimalField(max_digits=10, decimal_places=2)
    source = models.CharField(max_length=LINE)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=LINE)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(replaced_at__isnull=True), name="rate_one_a_year"
            ),
            models.CheckConstraint(condition=Q(kronor__gt=0), name="rate_above_zero"),
        ]

    def __str__(self) -> str:
        return str(self.year)
