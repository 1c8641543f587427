"""Advice on self-care, every wording."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, Held
from samverka.careplans.models.columns import link
from samverka.careplans.rules.selfcare import SELF_CARE_LINE


class SelfCare(Held):
    """What licensed staff have judged that the person can do alone or with help (EGV 2 §).

    Held by the unit of the one who judged: the judgement is health care (EGV 5 §).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    version = models.PositiveIntegerField(default=1)
    what = models.CharField(max_length=SELF_CARE_LINE)
    how = models.TextField()
    helper = models.CharField(max_length=SELF_CARE_LINE, blank=True, default="")
    call_when = models.TextField()
    whom = models.CharField(max_length=SELF_CARE_LINE, blank=True, default="")
    wish = models.TextField(blank=True, default="")
    risks = models.TextField()
    judged_by = models.CharField(max_length=200)
    profession = models.CharField(max_length=100)
    judged_on = models.DateField()
    reassess_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True, default="")
    end_reason = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "ended_at"], name="self_care_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(end_reason=""), name="self_care_end_reason"
            ),
            models.CheckConstraint(
                condition=Q(reassess_on__gte=F("judged_on")), name="self_care_judged_anew_after"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SelfCareVersion(Guarded):
    """One wording of an advice: who wrote it, who had judged, why it was changed. Never changed itself."""

    gate: ClassVar[GatePath | None] = GatePath.through("advice")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advice = link("careplans.SelfCare", related_name="versions")
    person = link("people.Person", related_name="+")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    judged_by = models.CharField(max_length=200)
    profession = models.CharField(max_length=100)
    why = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advice", "number"], name="self_care_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.advice_id} {self.number}"
