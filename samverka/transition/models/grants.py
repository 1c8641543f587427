"""Rows: agreements, pots, populations, distributions, awards and where the money went. No person."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import Guarded, choices
from samverka.transition.rules.grants import KeyKind, MovementKind, Residual
from samverka.transition.rules.grants.choosing import DistributionStatus, Receiver

NAME = 200
SOURCE = 300


class GrantAgreement(Guarded):
    """An agreement between the state and SKR, of one year or several.

    Attributes:
        told: the total in kronor as its text says it; the pots may add up to something else.
        fixed: kronor of the fixed part each year; None where the agreement has none.
        region_percent: the regions' part of the fixed part; the rest is the municipalities'.
        invented: an example, not an agreement that exists.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=NAME, unique=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    told = models.BigIntegerField(null=True, blank=True)
    fixed = models.BigIntegerField(null=True, blank=True)
    region_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    invented = models.BooleanField(default=False)
    source = models.CharField(max_length=SOURCE, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="grant_agreement_years"
            )
        ]

    def __str__(self) -> str:
        return self.name


class GrantDocument(Guarded):
    """A document of an agreement: where it is, and what it says that matters here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(
        GrantAgreement, on_delete=models.PROTECT, related_name="documents"
    )
    title = models.CharField(max_length=NAME)
    link = models.CharField(max_length=500, blank=True, default="")
    dated = models.DateField(null=True, blank=True)
    said = models.CharField(max_length=1000, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "title"], name="grant_document_once")
        ]

    def __str__(self) -> str:
        return self.title


class GrantPot(Guarded):
    """What one area of an agreement holds for one side in one year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(GrantAgreement, on_delete=models.PROTECT, related_name="pots")
    year = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=NAME)
    receiver = models.CharField(max_length=12, choices=choices(Receiver))
    kronor = models.BigIntegerField()
    source = models.CharField(max_length=SOURCE, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "year", "area", "receiver"], name="grant_pot_once"
            ),
            models.CheckConstraint(condition=Q(kronor__gte=0), name="grant_pot_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.year}"


class GrantPopulation(Guarded):
    """One version of a count of inhabitants. Never changed: a revised table is another version.

    Attributes:
        people: code → persons.
        faults: what was wrong in the file, in words; the good part was kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=NAME)
    version = models.CharField(max_length=60)
    counted_on = models.DateField()
    people = models.JSONField()
    told_total = models.BigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=SOURCE, blank=True, default="")
    faults = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="grant_population_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class GrantDistribution(Guarded):
    """One version of how a pot is shared out: key, limits, rounding, and what each recipient gets.

    Attributes:
        weights: code → weight, where the key is weights.
        kronor: the pot that it was reckoned with; a draft may try another.
        amounts: code → kronor.
        published: code → kronor of the published table, to compare with; empty where there is none.
        told: the sum as the published text says it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pot = models.ForeignKey(GrantPot, on_delete=models.PROTECT, related_name="distributions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=choices(DistributionStatus))
    kronor = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=choices(KeyKind))
    population = models.ForeignKey(
        GrantPopulation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    weights = models.JSONField(default=dict)
    key_source = models.CharField(max_length=SOURCE, blank=True, default="")
    floor = models.BigIntegerField(null=True, blank=True)
    ceiling = models.BigIntegerField(null=True, blank=True)
    residual = models.CharField(max_length=12, choices=choices(Residual))
    amounts = models.JSONField()
    published = models.JSONField(default=dict)
    published_source = models.CharField(max_length=SOURCE, blank=True, default="")
    told = models.BigIntegerField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pot", "number"], name="grant_distribution_once"),
            models.UniqueConstraint(
                fields=["pot"],
                condition=Q(status=DistributionStatus.CURRENT.value),
                name="grant_distribution_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pot_id} {self.number}"


class GrantAward(Guarded):
    """What one recipient was granted for one area and year, and the days to keep (all inclusive).

    Attributes:
        recipient: code of the region (two digits) or the municipality (four).
        invented: an example for the demo, not a decision.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(GrantAgreement, on_delete=models.PROTECT, related_name="awards")
    year = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=NAME)
    recipient = models.CharField(max_length=4)
    kronor = models.BigIntegerField()
    draw_from = models.DateField()
    draw_until = models.DateField()
    use_until = models.DateField()
    pay_back_by = models.DateField()
    source = models.CharField(max_length=SOURCE, blank=True, default="")
    invented = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    class Meta:
        indexes = [models.Index(fields=["recipient", "year"], name="grant_award_recipient")]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "year", "area", "recipient"], name="grant_award_once"
            ),
            models.CheckConstraint(condition=Q(kronor__gte=0), name="grant_award_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.area} {self.year}"


class GrantMovement(Guarded):
    """Drawn, used or paid back. Never changed: what was wrong is undone by another that names it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(GrantAward, on_delete=models.PROTECT, related_name="movements")
    number = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=choices(MovementKind))
    on = models.DateField()
    kronor = models.BigIntegerField()
    undoes = models.CharField(max_length=60, blank=True, default="")
    said = models.CharField(max_length=SOURCE, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="grant_movement_once"),
            models.CheckConstraint(condition=Q(kronor__gt=0), name="grant_movement_some"),
        ]

    def __str__(self) -> str:
        return self.number
