"""What was said in a case, to whom, and what became of each copy. Nothing here is ever changed or taken away."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, Held, choices
from samverka.discharge.models.columns import link
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import LINE, Part, Secrecy
from samverka.discharge.rules.messages import MessageKind


class Message(Guarded):
    """One message in a case. A correction is a new message that names the one that it corrects.

    Attributes:
        body: what it holds, by the names of `rules.messages.Fact`; times as ISO 8601.
        sent_at: when it was sent; `entered_at`: when it came into the system, later if it was sent by the
            reserve routine.
        late: it was due before it was sent.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = link("discharge.Case", related_name="messages")
    person = link("people.Person", related_name="+")
    kind = models.CharField(max_length=12, choices=choices(MessageKind))
    unit = link("organisations.Unit", related_name="+")
    part = models.CharField(max_length=20, choices=choices(Part))
    body = models.JSONField(default=dict)
    secrecy = models.CharField(max_length=12, choices=choices(Secrecy))
    secrecy_note = models.CharField(max_length=500, blank=True, default="")
    sent_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    sent_by = models.CharField(max_length=LINE)
    due_at = models.DateTimeField(null=True, blank=True)
    late = models.BooleanField(default=False)
    corrects = link("discharge.Message", null=True, blank=True, related_name="corrections")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=LINE, blank=True, default="")
    withdrawn_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["case", "sent_at"], name="message_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_at__gte=F("sent_at")), name="message_entered_after_sent"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="message_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Copy(Held):
    """One message at one of its receivers, held by that unit, with its one fate.

    Attributes:
        stand_ins: the units in the chain that read and receipt it too, when nobody has in time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = link("discharge.Message", related_name="copies")
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    part = models.CharField(max_length=20, choices=choices(Part))
    fate = models.CharField(max_length=12, choices=choices(Fate), default=Fate.WAITING)
    sent_at = models.DateTimeField()
    receipted_at = models.DateTimeField(null=True, blank=True)
    receipted_by = models.CharField(max_length=LINE, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=LINE, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    forwarded_to = link("organisations.Unit", null=True, blank=True, related_name="+")
    came_from = link("discharge.Copy", null=True, blank=True, related_name="went_on")
    escalated_at = models.DateTimeField(null=True, blank=True)
    stand_ins = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "sent_at"], name="copy_unit"),
            models.Index(
                fields=["sent_at"], condition=Q(fate=Fate.WAITING), name="copy_unreceipted"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["message", "unit"], name="copy_once"),
            models.CheckConstraint(
                condition=~Q(fate=Fate.RECEIPTED) | Q(receipted_at__isnull=False),
                name="copy_receipted_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(fate__in=[Fate.RETURNED, Fate.FORWARDED, Fate.WITHDRAWN])
                | Q(ended_at__isnull=False),
                name="copy_ended_pair",
            ),
            models.CheckConstraint(
                condition=Q(receipted_at__isnull=True) | Q(receipted_at__gte=F("sent_at")),
                name="copy_receipt_after_sent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
