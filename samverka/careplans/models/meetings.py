"""Meetings about a plan, calls to them, who was there and who stands by it; text that is being written."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, Held, choices
from samverka.careplans.models.columns import link, plan_part
from samverka.careplans.rules.meetings import (
    LINE,
    LINK_LENGTH,
    CallStatus,
    ConfirmStatus,
    Duty,
    Invitee,
    MeetingStatus,
)


class Meeting(Guarded):
    """A meeting about a plan. `round` grows with each new time: the sequence of the calendar file."""

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="meetings")
    person = link("people.Person", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    status = models.CharField(
        max_length=16, choices=choices(MeetingStatus), default=MeetingStatus.PLANNED
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=LINE, blank=True, default="")
    link = models.CharField(max_length=LINK_LENGTH, blank=True, default="")
    purpose = models.TextField(blank=True, default="")
    led_by = models.CharField(max_length=LINE, blank=True, default="")
    round = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=LINE)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.CharField(max_length=LINE, blank=True, default="")
    agreed_version = models.PositiveIntegerField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=LINE, blank=True, default="")
    cancel_reason = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "starts_at"], name="meeting_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(link=""), name="meeting_has_place_or_link"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[MeetingStatus.HELD, MeetingStatus.CONFIRMED])
                | Q(held_at__isnull=False, agreed_version__isnull=False),
                name="meeting_held_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Call(Held):
    """A call or an invitation to one meeting at one time, held by the unit that it is sent to.

    That of the person, a relative or another is held by the unit that sent it, which notes the answer.
    A new time makes a new call; the old one keeps the answer that it got.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = link("careplans.Meeting", related_name="calls")
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    invitee = models.CharField(max_length=16, choices=choices(Invitee))
    duty = models.CharField(max_length=16, choices=choices(Duty))
    name = models.CharField(max_length=LINE)
    round = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    status = models.CharField(max_length=16, choices=choices(CallStatus), default=CallStatus.SENT)
    answer = models.CharField(max_length=16, choices=choices(CallStatus), blank=True, default="")
    reason = models.TextField(blank=True, default="")
    other_time = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=LINE)
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=LINE, blank=True, default="")
    on_behalf = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["answer_by"], condition=Q(status=CallStatus.SENT), name="call_unanswered"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "unit", "round"],
                condition=Q(invitee=Invitee.UNIT) & ~Q(status=CallStatus.WITHDRAWN),
                name="call_once_per_unit",
            ),
            models.CheckConstraint(
                condition=~Q(answer=CallStatus.DECLINED) | ~Q(reason=""), name="call_no_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="call_answer_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Attendance(Guarded):
    """Someone who was at a meeting, or was called and was not."""

    gate: ClassVar[GatePath | None] = plan_part("meeting__plan")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = link("careplans.Meeting", related_name="attendances")
    person = link("people.Person", related_name="+")
    unit = link("organisations.Unit", null=True, blank=True, related_name="+")
    name = models.CharField(max_length=LINE)
    role = models.CharField(max_length=LINE, blank=True, default="")
    present = models.BooleanField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=LINE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "name"], name="attendance_once"),
            models.CheckConstraint(condition=~Q(name=""), name="attendance_has_name"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Confirmation(Held):
    """One party's word that it stands by what was agreed, held by the party's unit.

    The person's is held by the unit that keeps the plan, which can note it for the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = link("careplans.Meeting", related_name="confirmations")
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    party = models.CharField(max_length=16, choices=choices(Invitee))
    name = models.CharField(max_length=LINE)
    status = models.CharField(
        max_length=16, choices=choices(ConfirmStatus), default=ConfirmStatus.OPEN
    )
    confirm_by = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=LINE, blank=True, default="")
    on_behalf = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "unit", "party"], name="confirmation_once_per_party"
            ),
            models.CheckConstraint(
                condition=Q(status=ConfirmStatus.CONFIRMED, confirmed_at__isnull=False)
                | Q(status=ConfirmStatus.OPEN, confirmed_at__isnull=True),
                name="confirmation_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class LiveText(Guarded):
    """What stands in a text that is being written in right now, ahead of the plan's newest version.

    `key`: a section, `goal:<id>` or `activity:<id>`. `base`: what the plan said when the writing began, so
    that it can be put in even if someone has changed the plan beside it. The writer stands here because
    the version that is cut later is the writer's, not that of the one whose request cuts it. `given_to`: the
    other care providers to which it is noted as given as it stands now; no other is shown it.
    """

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.BigAutoField(primary_key=True)
    plan = link("careplans.Plan", related_name="live_texts")
    person = link("people.Person", related_name="+")
    key = models.CharField(max_length=64)
    text = models.TextField(blank=True, default="")
    base = models.TextField(blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    since = models.DateTimeField()
    at = models.DateTimeField()
    by = models.CharField(max_length=LINE)
    by_id = models.UUIDField()
    unit = link("organisations.Unit", null=True, blank=True, related_name="+")
    settled = models.BooleanField(default=False)
    given_to = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [models.Index(fields=["at"], condition=Q(settled=False), name="live_unsettled")]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="live_once_per_text")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.key}"


class LiveGiven(Guarded):
    """A text as it was given to other care providers while it was being written (PDL 3:11). Never changed.

    Noted in the same moment as the words are saved, so before any of them can be shown it.

    Attributes:
        version: the plan's version when it was written; `revision`: of the text, ahead of that version.
        receivers: the care providers; `consents`: on which consent, each in its receiver's place.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("plan")

    id = models.BigAutoField(primary_key=True)
    plan = link("careplans.Plan", related_name="+")
    person = link("people.Person", related_name="+")
    key = models.CharField(max_length=64)
    text = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    receivers = ArrayField(models.UUIDField())
    consents = ArrayField(models.UUIDField())
    at = models.DateTimeField()
    by = models.CharField(max_length=LINE)
    by_id = models.UUIDField()
    unit = link("organisations.Unit", null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "key", "revision"], name="live_given_once"),
            models.CheckConstraint(
                condition=Q(receivers__len=F("consents__len")) & Q(receivers__len__gt=0),
                name="live_given_on_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.key} {self.revision}"


class Presence(Guarded):
    """Who of the staff has a plan open in a meeting, and where they write. Swept when old.

    Kept over the meeting: who was at the table is suggested when one notes who was there.
    """

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.BigAutoField(primary_key=True)
    plan = link("careplans.Plan", related_name="presences")
    person = link("people.Person", related_name="+")
    account_id = models.UUIDField()
    unit = link("organisations.Unit", null=True, blank=True, related_name="+")
    name = models.CharField(max_length=LINE)
    key = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "account_id"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.account_id}"
