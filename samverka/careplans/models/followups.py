"""What keeps a plan alive: follow-ups, reasons for changes, merging, a carer's plan, templates."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, choices
from samverka.careplans.models.columns import link, plan_part
from samverka.careplans.rules import QUESTION_LENGTH, Group
from samverka.kernel.actor import Side
from samverka.organisations.rules import UnitKind


class FollowUp(Guarded):
    """A follow-up of the whole plan: when, who took part, what the person says. Never changed.

    `answers`: question → answer. `number`: the version of the plan that it made.
    """

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="follow_ups")
    person = link("people.Person", related_name="+")
    on = models.DateField()
    took_part = models.TextField()
    answers = models.JSONField(default=dict)
    words = models.TextField(blank=True, default="")
    next_on = models.DateField(null=True, blank=True)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.UUIDField()
    unit_name = models.CharField(max_length=200, blank=True, default="")
    side = models.CharField(max_length=16, choices=choices(Side))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(took_part=""), name="follow_up_has_party"),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("on")),
                name="follow_up_next_is_later",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ChangeReason(Guarded):
    """Why a version was made, in the words of the one who made it. Written once."""

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="reasons")
    person = link("people.Person", related_name="+")
    number = models.PositiveIntegerField()
    why = models.TextField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="change_reason_once"),
            models.CheckConstraint(condition=~Q(why=""), name="change_reason_has_words"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MergeAsk(Guarded):
    """A wish to let `other` become part of `plan`; those who keep `other` answer."""

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="+")
    other = link("careplans.Plan", related_name="+")
    person = link("people.Person", related_name="+")
    why = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, default="")
    agreed = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(plan=F("other")), name="merge_is_of_two"),
            models.UniqueConstraint(
                fields=["plan", "other"],
                condition=Q(answered_at__isnull=True),
                name="merge_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, agreed__isnull=True)
                | Q(answered_at__isnull=False, agreed__isnull=False),
                name="merge_answered_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CarerLink(Guarded):
    """That one plan is a carer's own, and another that of the one cared for.

    It is held with the carer's plan and never shown to one who may not see both plans.
    """

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="+")
    person = link("people.Person", related_name="+")
    cared_plan = link("careplans.Plan", related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(plan=F("cared_plan")), name="carer_link_of_two"),
            models.UniqueConstraint(
                fields=["plan", "cared_plan"],
                condition=Q(ended_at__isnull=True),
                name="carer_link_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PlanTemplate(Guarded):
    """The county's own words for a group's template; a group without a row has the shipped ones."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.CharField(max_length=16, choices=choices(Group), unique=True)
    questions = ArrayField(models.CharField(max_length=QUESTION_LENGTH))
    parties = ArrayField(models.CharField(max_length=24, choices=choices(UnitKind)))
    prompts = ArrayField(models.CharField(max_length=QUESTION_LENGTH))
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.group
