"""Rows: persons, identity numbers, addresses, relatives."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from samverka.access.guarded import GatePath, Guarded, choices
from samverka.access.rules import Protection
from samverka.kernel.identity import IdentityKind
from samverka.people.rules import AddressKind, Gender, RelativeKind


class Person(Guarded):
    """A person with one home county. Stable id; identity numbers come and go (PN-6)."""

    gate: ClassVar[GatePath | None] = GatePath.directory("id")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    called_name = models.CharField(max_length=100, blank=True, default="")
    middle_name = models.CharField(max_length=100, blank=True, default="")
    search_name = models.CharField(max_length=210)
    sort_name = models.CharField(max_length=210, db_index=True)
    birth_date = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=8, choices=choices(Gender), default=Gender.UNKNOWN)
    deceased_on = models.DateField(null=True, blank=True)
    protection = models.CharField(
        max_length=16, choices=choices(Protection), default=Protection.NONE
    )
    county_code = models.CharField(max_length=2, blank=True, default="")
    municipality_code = models.CharField(max_length=4, blank=True, default="")
    street = models.CharField(max_length=200, blank=True, default="")
    postal_code = models.CharField(max_length=10, blank=True, default="")
    town = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=60, blank=True, default="")
    address_kind = models.CharField(
        max_length=16, choices=choices(AddressKind), blank=True, default=""
    )
    phone = models.CharField(max_length=30, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=8, default="sv")
    interpreter = models.BooleanField(default=False)
    care_language = models.CharField(max_length=8, blank=True, default="")
    listed_unit = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["birth_date"], name="person_birth_date")]

    def __str__(self) -> str:
        return str(self.id)  # never the name: rows are printed in logs


class Identity(Guarded):
    """An identity number of a person, current or former."""

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities")
    kind = models.CharField(max_length=24, choices=choices(IdentityKind))
    value = models.CharField(max_length=40)
    domain = models.CharField(max_length=200, blank=True, default="")
    current = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value", "domain"], name="identity_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Listing(Guarded):
    """Where the person is or was listed (listning, HSL 7:3). One at a time; the former stay."""

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="listings")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    special_reason = models.TextField(blank=True, default="")
    noted_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until__isnull=True), name="listing_one"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Relative(Guarded):
    """Someone close to the person, as the person wants them noted."""

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relatives")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=choices(RelativeKind))
    phone = models.CharField(max_length=30, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    relative_person_id = models.UUIDField(null=True, blank=True)
    first_contact = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)
