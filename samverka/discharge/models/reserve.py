"""The reserve list of a unit: the key that locks it, and when it was written."""

from __future__ import annotations

import uuid

from django.db import models

from samverka.access.guarded import Guarded
from samverka.discharge.rules.kinds import LINE


class ReserveKey(Guarded):
    """One unit's password, as a key that is wrapped in the server's own secret; never the password itself.

    Attributes:
        shown: the cases of the last list with their versions: who is new on the next is written in the log.
        fault: why the last list could not be written; empty if it could.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.OneToOneField("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    salt = models.BinaryField()
    wrapped = models.BinaryField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=LINE)
    written_at = models.DateTimeField(null=True, blank=True)
    cases = models.PositiveIntegerField(default=0)
    shown = models.JSONField(default=dict)
    fault = models.CharField(max_length=LINE, blank=True, default="")

    def __str__(self) -> str:
        return str(self.id)
