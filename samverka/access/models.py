"""Rows of the gate: accounts, relations, consents, blocks, openings, disclosures, proxies.

People and organisations stand on a higher storey, so these rows name them by id, without foreign keys.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samverka.access.guarded import GatePath, Guarded, GuardedQuerySet, choices
from samverka.access.rules import (
    BlockKind,
    Capacity,
    ConsentForm,
    ConsentKind,
    OpeningKind,
    Protection,
    ProxyKind,
    RelationKind,
)


class CurrentQuerySet(GuardedQuerySet):
    """Rows that hold from `since` until `until`."""

    def current(self, at: datetime) -> CurrentQuerySet:
        """Those in force at the time."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


class AccountManager(BaseUserManager["Account"]):
    """Makes log-in accounts."""

    def create_user(self, username: str, password: str | None = None, **extra: Any) -> Account:
        """A new account; without a password it can only be opened by the demo or a passkey."""
        account = self.model(username=username, **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A log-in. Who it is in the house: `person_id` (people), or staff that point here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True, default="")
    name = models.CharField(max_length=200)
    person_id = models.UUIDField(null=True, blank=True, unique=True)
    is_active = models.BooleanField(default=True)
    large_text = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="sv")

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    # No superusers and no staff flag: there is no admin site (it would be a door without a gate).
    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.username


class Subject(Guarded):
    """What the gate must know about a person. Kept by `people`, one row per person."""

    gate: ClassVar[GatePath | None] = GatePath.directory()

    person_id = models.UUIDField(primary_key=True)
    birth_date = models.DateField(null=True, blank=True)
    protection = models.CharField(
        max_length=16, choices=choices(Protection), default=Protection.NONE
    )
    capacity = models.CharField(max_length=16, choices=choices(Capacity), default=Capacity.CAPABLE)
    capacity_assessed_by = models.CharField(max_length=200, blank=True, default="")
    capacity_reason = models.TextField(blank=True, default="")
    attitude_known = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.person_id)


class Relation(Guarded):
    """Care relation: a unit has to do with a person."""

    gate: ClassVar[GatePath | None] = GatePath.directory()
    objects: ClassVar[models.Manager[Any]] = CurrentQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    provider_id = models.UUIDField()
    unit_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=choices(RelationKind))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["unit_id", "person_id"], name="relation_unit_person"),
            models.Index(fields=["person_id", "provider_id"], name="relation_person_provider"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "unit_id", "kind"],
                condition=Q(until__isnull=True),
                name="relation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="relation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class Consent(Guarded):
    """A person's consent: to whom, for what, not for what, until when; revocable at any time."""

    gate: ClassVar[GatePath | None] = GatePath.directory()
    objects: ClassVar[models.Manager[Any]] = CurrentQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=choices(ConsentKind))
    reader_providers = ArrayField(models.UUIDField())
    plan_id = models.UUIDField(null=True, blank=True)
    covers = models.TextField(blank=True, default="")
    not_covered = models.TextField(blank=True, default="")
    form = models.CharField(max_length=8, choices=choices(ConsentForm))
    given_by = models.CharField(max_length=200)
    taken_by = models.CharField(max_length=200)
    taken_at_provider_id = models.UUIDField(null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="consent_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_by=""),
                name="consent_withdrawn_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class Block(Guarded):
    """A block (spärr) that the person has asked for."""

    gate: ClassVar[GatePath | None] = GatePath.directory()
    objects: ClassVar[models.Manager[Any]] = CurrentQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=choices(BlockKind))
    provider_id = models.UUIDField()
    unit_id = models.UUIDField(null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    asked_by = models.CharField(max_length=200)
    removed_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=BlockKind.OUTER) | Q(unit_id__isnull=False),
                name="block_inner_has_unit",
            ),
            models.UniqueConstraint(
                fields=["person_id", "kind", "provider_id", "unit_id"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="block_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class Opening(Guarded):
    """A reader's own, logged opening for a limited time: active choice, emergency, lifted block."""

    gate: ClassVar[GatePath | None] = GatePath.directory()
    objects: ClassVar[models.Manager[Any]] = CurrentQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16, choices=choices(OpeningKind))
    person_id = models.UUIDField()
    account_id = models.UUIDField()
    unit_id = models.UUIDField()
    target_unit_id = models.UUIDField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account_id", "person_id"], name="opening_reader_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=OpeningKind.LIFT) | Q(target_unit_id__isnull=False),
                name="opening_lift_has_target",
            ),
            models.CheckConstraint(
                condition=Q(kind=OpeningKind.CHOICE) | ~Q(reason=""),
                name="opening_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class Grant(Guarded):
    """A unit takes part in the care that one record is about.

    Without `section` it is a record of the unit's own care provider (PDL 4:1): it is opened, and no other,
    without an active choice; a block stands all the same. With `section` the law says that the unit is to be
    given it (as LUS 2:1), whoever keeps it: neither consent nor block has a say.

    Attributes:
        provider_id: the care provider of the unit.
        reason: a code of the room that keeps the record, as "party" or "meeting".
    """

    gate: ClassVar[GatePath | None] = GatePath.directory()
    objects: ClassVar[models.Manager[Any]] = CurrentQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    provider_id = models.UUIDField()
    unit_id = models.UUIDField()
    object_id = models.UUIDField()
    object_type = models.CharField(max_length=40)
    reason = models.CharField(max_length=16)
    section = models.CharField(max_length=60, blank=True, default="")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit_id", "person_id"], name="grant_unit_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "unit_id", "reason"],
                condition=Q(until__isnull=True),
                name="grant_one_open",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="grant_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


class Disclosure(Guarded):
    """Utlämnande: which record was given to which care provider, when, on which consent (PDL 3:11).

    The receiver keeps what it was given, whatever happens afterwards.

    Attributes:
        version: the record's version as it was given.
        through: up to this version nothing of what was given has changed.
        content: what was given, if it was not the whole version; null: the whole version as it stands.
        digest: SHA-256 of what was given, in canonical JSON, so that it can be shown to be the same.
        stopped_at: nothing more is given from then.
    """

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    object_id = models.UUIDField()
    object_type = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    through = models.PositiveIntegerField()
    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    provider_id = models.UUIDField()
    consent_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_id", "provider_id"], name="disclosure_object"),
            models.Index(fields=["person_id", "provider_id"], name="disclosure_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "provider_id", "version"], name="disclosure_once"
            ),
            models.CheckConstraint(
                condition=Q(through__gte=models.F("version")), name="disclosure_through_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


class Proxy(Guarded):
    """One person acts for another: guardian, representative (ombud), trustee; with scope and end."""

    gate: ClassVar[GatePath | None] = GatePath.directory()
    objects: ClassVar[models.Manager[Any]] = CurrentQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(db_index=True)
    proxy_person_id = models.UUIDField(db_index=True)
    # As the person knows it: the net rightly hides the other one's own rows from the person.
    proxy_name = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=16, choices=choices(ProxyKind))
    scopes = ArrayField(models.CharField(max_length=16), default=list)
    withheld_reason = models.TextField(blank=True, default="")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    granted_by = models.CharField(max_length=200)
    ended_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(person_id=models.F("proxy_person_id")), name="proxy_is_another"
            ),
            models.UniqueConstraint(
                fields=["person_id", "proxy_person_id", "kind"],
                condition=Q(until__isnull=True),
                name="proxy_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class CountySetting(Guarded):
    """The county's own value of a legal parameter that the law leaves open, from a day on."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=60)
    value = models.PositiveIntegerField()
    valid_from = models.DateField()
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="county_setting_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="county_setting_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"
