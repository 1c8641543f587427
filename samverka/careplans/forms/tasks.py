"""Why a task is moved so."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.careplans.rules.tasks import NEEDS_REASON, TASK_WORDS_LENGTH, TaskStatus


class TaskForm(forms.Form):
    """The reason for a no; else what one wants to say, if anything."""

    reason = forms.CharField(
        label=_("Varför?"),
        max_length=TASK_WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, to: TaskStatus) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["reason"].required = to in NEEDS_REASON
