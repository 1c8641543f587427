"""Rows: booked times, visits, stays, referrals. One row per thing in the system it came from."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import Held, choices
from samverka.contacts.rules import (
    OWN_SOURCE,
    BookingStatus,
    ReferralStatus,
    VisitStatus,
    Way,
)


class Contact(Held):
    """What the four have in common. `unit` holds the record; `source_id` is its name in the source."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(
        "organisations.Provider", on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200, default=OWN_SOURCE)
    source_id = models.CharField(max_length=800)
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


class Booking(Contact):
    """A booked time (FHIR Appointment)."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    what = models.CharField(max_length=500, blank=True, default="")
    way = models.CharField(max_length=8, choices=choices(Way), default=Way.CLINIC)
    place = models.CharField(max_length=300, blank=True, default="")
    practitioner = models.CharField(max_length=200, blank=True, default="")
    bring = models.TextField(blank=True, default="")
    status = models.CharField(
        max_length=16, choices=choices(BookingStatus), default=BookingStatus.BOOKED
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=200, blank=True, default="")
    cancel_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "starts_at"], name="booking_person_start")]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="booking_once"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="booking_ends_after_start",
            ),
        ]


class Visit(Contact):
    """A visit, at a clinic, at home or at a distance (FHIR Encounter, not in-patient)."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    what = models.CharField(max_length=500, blank=True, default="")
    way = models.CharField(max_length=8, choices=choices(Way), default=Way.CLINIC)
    place = models.CharField(max_length=300, blank=True, default="")
    practitioner = models.CharField(max_length=200, blank=True, default="")
    outcome = models.TextField(blank=True, default="")
    status = models.CharField(
        max_length=16, choices=choices(VisitStatus), default=VisitStatus.FINISHED
    )

    class Meta:
        indexes = [models.Index(fields=["person", "starts_at"], name="visit_person_start")]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="visit_once"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="visit_ends_after_start",
            ),
        ]


class Stay(Contact):
    """An in-patient stay (FHIR Encounter of class IMP, ACUTE, NONAC or OBSENC)."""

    admitted_at = models.DateTimeField()
    discharged_at = models.DateTimeField(null=True, blank=True)
    expected_end_at = models.DateTimeField(null=True, blank=True)
    ward = models.CharField(max_length=300, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    status = models.CharField(
        max_length=16, choices=choices(VisitStatus), default=VisitStatus.IN_PROGRESS
    )

    class Meta:
        indexes = [models.Index(fields=["person", "admitted_at"], name="stay_person_admitted")]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="stay_once"),
            models.CheckConstraint(
                condition=Q(discharged_at__isnull=True) | Q(discharged_at__gte=F("admitted_at")),
                name="stay_ends_after_start",
            ),
        ]


class Referral(Contact):
    """A referral or an order (FHIR ServiceRequest)."""

    issued_at = models.DateTimeField()
    what = models.CharField(max_length=500, blank=True, default="")
    to_whom = models.CharField(max_length=300, blank=True, default="")
    practitioner = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(
        max_length=16, choices=choices(ReferralStatus), default=ReferralStatus.ACTIVE
    )

    class Meta:
        indexes = [models.Index(fields=["person", "issued_at"], name="referral_person_issued")]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="referral_once")
        ]


class Promise(Contact):
    """A time that the unit has promised but not booked (FHIR Appointment, proposed).

    Whether it is booked, kept or passed is told by the booking and the day: no clock writes here.
    """

    what = models.CharField(max_length=500)
    latest_on = models.DateField()
    way = models.CharField(max_length=8, choices=choices(Way), default=Way.CLINIC)
    bring = models.TextField(blank=True, default="")
    made_by = models.CharField(max_length=200, blank=True, default="")
    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_by = models.CharField(max_length=200, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True, default="")
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "latest_on"], name="promise_person_latest")]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="promise_once"),
            models.CheckConstraint(condition=~Q(what=""), name="promise_has_words"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="promise_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(kept_at__isnull=True),
                name="promise_kept_or_withdrawn",
            ),
        ]
