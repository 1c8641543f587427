"""The form for one question before the meeting. The operation decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from samverka.careplans.rules import PART_LENGTH, PREP_PARTS, PrepPart
from samverka.web.door import translated


class PrepForm(forms.Form):
    """One question, one answer."""

    words = forms.CharField(
        required=False, max_length=PART_LENGTH, widget=forms.Textarea(attrs={"rows": 8})
    )
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, part: PrepPart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spec = PREP_PARTS[part]
        self.fields["words"].label = translated(spec.ask)
        self.fields["words"].help_text = translated(spec.help)

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {
            "words": self.cleaned_data["words"],
            "seen_at": _moment(self.cleaned_data["seen_at"]),
        }


def _moment(text: str) -> datetime | None:
    """When the text that the writer began from was written; nonsense counts as none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
