"""Invitations, undertakings and questions between those who have a plan together."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from samverka.access.guarded import GatePath, Guarded, choices
from samverka.careplans.models.columns import link, plan_part
from samverka.careplans.rules.tasks import NEEDS_REASON, OPEN_ASKS, TaskSort, TaskStatus


class PlanTask(Guarded):
    """A unit is asked to take part in a plan, to do something in it, or to answer a question about that.

    `requester` asks, `owner` is asked; those two and the ones who keep the plan know of it.

    Attributes:
        what: what was asked, in words; of an activity as it was written then.
        from_version: the plan's version that it came with: one that has the plan as it was given knows of it from there.
    """

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="tasks")
    person = link("people.Person", related_name="+")
    sort = models.CharField(max_length=16, choices=choices(TaskSort))
    status = models.CharField(max_length=16, choices=choices(TaskStatus))
    requester = link("organisations.Unit", related_name="+")
    owner = link("organisations.Unit", related_name="+")
    activity = link("careplans.Activity", null=True, blank=True, related_name="tasks")
    part_of = link("careplans.PlanTask", null=True, blank=True, related_name="questions")
    what = models.TextField(blank=True, default="")
    due_on = models.DateField(null=True, blank=True)
    from_version = models.PositiveIntegerField()
    reason = models.TextField(blank=True, default="")
    answer = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "status"], name="plan_task_owner"),
            models.Index(fields=["plan", "owner"], name="plan_task_plan"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "owner"],
                condition=Q(sort=TaskSort.INVITATION, status__in=sorted(OPEN_ASKS)),
                name="plan_task_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(NEEDS_REASON)) | ~Q(reason=""),
                name="plan_task_no_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(sort=TaskSort.QUESTION, part_of__isnull=False)
                | ~Q(sort=TaskSort.QUESTION) & Q(part_of__isnull=True),
                name="plan_task_question_has_parent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
