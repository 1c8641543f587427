"""Rows: organisations (huvudmän), care providers, units, staff, assignments. No person's care data."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samverka.access.guarded import Guarded, choices
from samverka.access.models import CurrentQuerySet
from samverka.kernel.actor import Branch
from samverka.organisations.rules import OrganisationKind, UnitKind


class Organisation(Guarded):
    """Huvudman: a region, a municipality, or a private company."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=16, choices=choices(OrganisationKind))
    organisation_number = models.CharField(max_length=10, blank=True, default="")
    municipality_code = models.CharField(max_length=4, blank=True, default="")
    county_code = models.CharField(max_length=2, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Provider(Guarded):
    """Care provider: an independent branch of an organisation that answers for its own records.

    Vårdgivare (health, school health), omsorgsgivare (social), or IFO (OSL 8:2, PDL 2:6, SVOD 4:1).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(max_length=200, unique=True)
    branch = models.CharField(max_length=16, choices=choices(Branch))
    hsa_id = models.CharField(max_length=31, unique=True, null=True, blank=True)
    connected = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Unit(Guarded):
    """Care unit (vårdenhet) of a care provider, in a real town. `successor`: who took over when it closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=choices(UnitKind))
    hsa_id = models.CharField(max_length=31, unique=True, null=True, blank=True)
    municipality_code = models.CharField(max_length=4, blank=True, default="")
    town = models.CharField(max_length=100, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    phone_hours = models.CharField(max_length=100, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    closed = models.BooleanField(default=False)
    successor = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "name"], name="unit_name_in_provider")
        ]

    def __str__(self) -> str:
        return self.name


class Staff(Guarded):
    """One who works in care or social services. `account_id`: the log-in, if any."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    hsa_id = models.CharField(max_length=31, unique=True, null=True, blank=True)
    account = models.OneToOneField(
        "access.Account", on_delete=models.SET_NULL, null=True, blank=True
    )

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Assignment(Guarded):
    """Medarbetaruppdrag: what one of the staff does, at which unit, with which roles, how long."""

    objects: ClassVar[models.Manager[Any]] = CurrentQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    profession = models.CharField(max_length=100)
    roles = ArrayField(models.CharField(max_length=24))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "unit", "profession"],
                condition=Q(until__isnull=True),
                name="assignment_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.profession}"
