"""Rows: target pictures and strategies with their versions, actions and how they go. No person."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samverka.access.guarded import Guarded, choices
from samverka.transition.rules.targets import ActionStatus, TargetKind

NAME = 200


class Target(Guarded):
    """A target picture or a strategy. What it says is in its versions. `shared`: region and municipalities stand behind it together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    county = models.CharField(max_length=2)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    kind = models.CharField(max_length=8, choices=choices(TargetKind))
    shared = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    def __str__(self) -> str:
        return str(self.id)


class TargetVersion(Guarded):
    """What a target picture said from a decision on. Never changed.

    Attributes:
        backers: names of the organisations that stand behind it.
        file: the decision itself, as it was decided.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=NAME)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=NAME)
    backers = ArrayField(models.CharField(max_length=NAME), default=list, blank=True)
    text = models.TextField(blank=True, default="")
    link = models.CharField(max_length=500, blank=True, default="")
    file = models.BinaryField(null=True, blank=True)
    file_name = models.CharField(max_length=NAME, blank=True, default="")
    why = models.CharField(max_length=500, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "number"], name="target_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.number}"


class TargetAction(Guarded):
    """Something that is done to get there. `measure`: code of the figure that shall move."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="actions")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=NAME)
    measure = models.CharField(max_length=60, blank=True, default="")
    due = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=8, choices=choices(ActionStatus), default=ActionStatus.PLANNED.value
    )
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    class Meta:
        indexes = [models.Index(fields=["target", "due"], name="target_action_due")]

    def __str__(self) -> str:
        return str(self.id)


class TargetFollowUp(Guarded):
    """How an action went at a follow-up. Never changed."""

    id = models.BigAutoField(primary_key=True)
    action = models.ForeignKey(TargetAction, on_delete=models.PROTECT, related_name="follow_ups")
    status = models.CharField(max_length=8, choices=choices(ActionStatus))
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="follow_up_has_words")]

    def __str__(self) -> str:
        return str(self.id)
