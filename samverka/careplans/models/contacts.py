"""The person's contacts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, Held, choices
from samverka.careplans.models.columns import link
from samverka.careplans.rules import ContactKind


class CareContact(Guarded):
    """Whom the person can turn to. All who may know of the person may know of the contact.

    A unit has one contact of a kind for a person; several units can each have theirs (PL 6:2). There
    is one fast läkarkontakt, where the person is listed (PL 6:3, HSL 7:3).
    """

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = link("people.Person", related_name="+")
    kind = models.CharField(max_length=24, choices=choices(ContactKind))
    unit = link("organisations.Unit", related_name="+")
    staff = link("organisations.Staff", related_name="+")
    profession = models.CharField(max_length=100)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    appointed_by = models.CharField(max_length=200)
    ended_by = models.CharField(max_length=200, blank=True, default="")
    # Since when it is known that the one who is does not work at the unit any more.
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["staff", "unit"], condition=Q(until__isnull=True), name="contact_of_staff"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "unit"],
                condition=Q(until__isnull=True),
                name="contact_one_per_unit",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until__isnull=True, kind=ContactKind.FAST_LAKARKONTAKT),
                name="contact_one_doctor",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="contact_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Absence(Guarded):
    """A contact is away from the first day to the last, and who stands in; None: nobody yet."""

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = link("careplans.CareContact", related_name="absences")
    person = link("people.Person", related_name="+")
    since = models.DateField()
    until = models.DateField()
    stand_in = link("organisations.Staff", null=True, blank=True, related_name="+")
    profession = models.CharField(max_length=100, blank=True, default="")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["contact", "since"],
                condition=Q(ended_at__isnull=True),
                name="absence_of_contact",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_ends_after")
        ]

    def __str__(self) -> str:
        return str(self.id)


class ContactWish(Held):
    """The person asks for a contact, or for another one (PL 6:2–3). The unit answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    kind = models.CharField(max_length=24, choices=choices(ContactKind))
    wish = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_person = models.BooleanField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, default="")
    granted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(answered_at__isnull=True),
                name="contact_wish_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, granted__isnull=True)
                | Q(answered_at__isnull=False, granted__isnull=False),
                name="contact_wish_answered_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ContactNeed(Held):
    """The unit has been told that the person is admitted and must appoint someone (LUS 2:5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    since = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit"],
                condition=Q(met_at__isnull=True),
                name="contact_need_one_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class HandOver(Guarded):
    """Contacts of a unit are given to a colleague from a day on. `done_at` None: the day has not come."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = link("organisations.Unit", related_name="+")
    to_staff = link("organisations.Staff", related_name="+")
    profession = models.CharField(max_length=100)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.UUIDField()
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["on"],
                condition=Q(done_at__isnull=True, undone_at__isnull=True),
                name="hand_over_waiting",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class HandOverPart(Guarded):
    """One person's contact in a handing over: whose it was, and whose it became."""

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hand_over = link("careplans.HandOver", related_name="parts")
    person = link("people.Person", related_name="+")
    contact = link("careplans.CareContact", related_name="+")
    new_contact = link("careplans.CareContact", null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "contact"], name="hand_over_part_once")
        ]

    def __str__(self) -> str:
        return str(self.id)
