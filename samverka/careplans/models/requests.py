"""Asking for a plan, consent to it, what the person wrote before the meeting, and answered suggestions."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samverka.access.guarded import GatePath, Guarded, Held, choices
from samverka.access.rules import ConsentForm
from samverka.careplans.models.columns import link, plan_part
from samverka.careplans.rules import (
    ConsentStatus,
    PlanKind,
    PrepPart,
    RefusalGround,
    RequestSource,
    RequestStatus,
    Route,
    SuggestionAnswerKind,
    VoiceAnswer,
    VoiceKind,
)
from samverka.kernel.actor import Side

STORED_CONSENT = (
    ConsentStatus.ASKED,
    ConsentStatus.GIVEN,
    ConsentStatus.REFUSED,
    ConsentStatus.NOT_POSSIBLE,
)
"""What a row can say; that a yes was taken back or ran out stands on the legal row."""


class PlanRequest(Held):
    """Someone asks for a plan. Held by the unit that shall answer; each time it is asked is a row.

    `from_*`: the unit whose staff wrote it; empty when the person, or a proxy, did on the own page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    kind = models.CharField(max_length=24, choices=choices(PlanKind))
    source = models.CharField(max_length=16, choices=choices(RequestSource))
    asked_by = models.CharField(max_length=200)
    own_wish = models.BooleanField()
    route = models.CharField(max_length=16, choices=choices(Route), default=Route.CHOSEN)
    reason = models.TextField()
    status = models.CharField(
        max_length=16, choices=choices(RequestStatus), default=RequestStatus.ASKED
    )
    asked_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)
    written_by_id = models.UUIDField()
    from_unit = link("organisations.Unit", null=True, blank=True, related_name="+")
    from_side = models.CharField(max_length=16, choices=choices(Side))
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, default="")
    ground = models.CharField(max_length=16, choices=choices(RefusalGround), blank=True, default="")
    answer = models.TextField(blank=True, default="")
    plan = link("careplans.Plan", null=True, blank=True, related_name="+")
    again = link("careplans.PlanRequest", null=True, blank=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["person", "-asked_at"], name="request_person"),
            models.Index(
                fields=["unit", "due_at"], condition=Q(status="asked"), name="request_unit_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="request_has_reason"),
            models.CheckConstraint(
                condition=~Q(status=RequestStatus.REFUSED) | ~Q(answer="") & ~Q(ground=""),
                name="request_no_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=RequestStatus.ACCEPTED) | Q(plan__isnull=False),
                name="request_yes_has_plan",
            ),
            models.CheckConstraint(
                condition=Q(status=RequestStatus.ASKED, answered_at__isnull=True)
                | ~Q(status=RequestStatus.ASKED) & Q(answered_at__isnull=False),
                name="request_answered_pair",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "kind"],
                condition=Q(status="asked"),
                name="request_one_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class RequestCopy(Held):
    """What staff who asked another unit keep of it: their own copy, with the answer that came back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    request = models.OneToOneField(
        "careplans.PlanRequest", on_delete=models.PROTECT, related_name="copy"
    )
    to_unit = link("organisations.Unit", related_name="+")
    kind = models.CharField(max_length=24, choices=choices(PlanKind))
    asked_by = models.CharField(max_length=200)
    reason = models.TextField()
    status = models.CharField(max_length=16, choices=choices(RequestStatus))
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, default="")
    answer = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "unit"], name="request_copy_person")]

    def __str__(self) -> str:
        return str(self.id)


class SuggestionAnswer(Held):
    """What a unit answered to the suggestion that a person may need a plan; it is not asked again until then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    answer = models.CharField(max_length=16, choices=choices(SuggestionAnswerKind))
    reason = models.TextField(blank=True, default="")
    until = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["unit", "person", "-until"], name="suggestion_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=SuggestionAnswerKind.ASKED) | ~Q(reason=""),
                name="suggestion_no_has_reason",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class ConsentAsk(Guarded):
    """The question of consent to one plan: what, to whom, not what, until when; and what was answered.

    The yes itself is the legal row (`consent_id`, access): taken back or run out is read from there.
    """

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="consent_asks")
    person = link("people.Person", related_name="+")
    number = models.PositiveIntegerField()
    status = models.CharField(
        max_length=16, choices=[(one.value, one.value) for one in STORED_CONSENT]
    )
    units = ArrayField(models.UUIDField(), default=list)
    covers = models.TextField(blank=True, default="")
    not_covered = models.TextField(blank=True, default="")
    until = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    asked_unit = models.CharField(max_length=200, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, default="")
    written_by = models.CharField(max_length=200, blank=True, default="")
    form = models.CharField(max_length=8, choices=choices(ConsentForm), blank=True, default="")
    reason = models.TextField(blank=True, default="")
    decided_by = models.CharField(max_length=200, blank=True, default="")
    consent_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="consent_ask_number"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(status="asked"), name="consent_one_question"
            ),
            models.CheckConstraint(
                condition=~Q(status=ConsentStatus.GIVEN) | Q(consent_id__isnull=False),
                name="consent_yes_has_row",
            ),
            models.CheckConstraint(
                condition=~Q(status=ConsentStatus.NOT_POSSIBLE) | ~Q(decided_by="") & ~Q(reason=""),
                name="consent_unable_has_ground",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ConsentVoice(Guarded):
    """A guardian's answer, or the child's own view with the judgement of age and maturity."""

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.BigAutoField(primary_key=True)
    plan = link("careplans.Plan", related_name="consent_voices")
    person = link("people.Person", related_name="+")
    kind = models.CharField(max_length=16, choices=choices(VoiceKind))
    name = models.CharField(max_length=200)
    answer = models.CharField(max_length=16, choices=choices(VoiceAnswer))
    view = models.TextField(blank=True, default="")
    judgement = models.TextField(blank=True, default="")
    form = models.CharField(max_length=8, choices=choices(ConsentForm))
    at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["plan", "id"], name="consent_voice_plan")]

    def __str__(self) -> str:
        return str(self.id)


class Preparation(Guarded):
    """What the person wants to have said before a meeting about the plan; a draft until it is sent."""

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="preparations")
    person = link("people.Person", related_name="+")
    for_staff = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "for_staff"],
                condition=Q(sent_at__isnull=True),
                name="preparation_one_draft",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class PreparationWords(Guarded):
    """The answer to one question, in the writer's own words; never changed once it is sent."""

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    preparation = link("careplans.Preparation", related_name="words")
    plan = link("careplans.Plan", related_name="+")
    person = link("people.Person", related_name="+")
    part = models.CharField(max_length=16, choices=choices(PrepPart))
    words = models.TextField(blank=True, default="")
    by = models.CharField(max_length=200)
    by_id = models.UUIDField()
    on_behalf_of = models.CharField(max_length=200, blank=True, default="")
    written_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=200, blank=True, default="")
    taken_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["preparation", "part"], name="preparation_part_once")
        ]

    def __str__(self) -> str:
        return str(self.id)
