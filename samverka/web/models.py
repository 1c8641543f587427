"""What someone had typed when the session ended, kept until the same account is back."""

from __future__ import annotations

import uuid

from django.db import models

from samverka.access.guarded import Guarded


class Draft(Guarded):
    """A form that was sent too late. No person is joined to it: it is its writer's, not a record.

    `fields`: name → list of texts, as a form sends them. Never passwords, never tokens.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account_id = models.UUIDField()
    path = models.CharField(max_length=500)
    fields = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "path"], name="one_draft_per_form"),
        ]

    def __str__(self) -> str:
        return self.path
