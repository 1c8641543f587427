"""Kronor as people write them: with spaces, or in millions as agreements do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.kernel.problems import Invalid
from samverka.transition.rules.grants import read_kronor
from samverka.web.door import translated

KRONOR_HELP = _("Hela kronor, eller miljoner: 6394,5 mnkr.")


class KronorField(forms.CharField):
    """Whole kronor; None where nothing is written."""

    def __init__(self, *, least: int = 0, **given: Any) -> None:
        self.least = least
        super().__init__(max_length=40, **given)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A narrow field of digits, but letters can be written."""
        return {**super().widget_attrs(widget), "inputmode": "text", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """An amount of ours stands with its thousands apart; what somebody typed stands as it was."""
        return f"{value:,}".replace(",", " ") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """The kronor, or what is wrong and how to write it."""
        written = super().clean(value)
        if not written:
            return None
        try:
            kronor: int = read_kronor(written)
        except Invalid as problem:
            words = [translated(text) for text in (problem.message, problem.mend) if text]
            raise forms.ValidationError(" ".join(words)) from problem
        if kronor < self.least:
            raise forms.ValidationError(_("Skriv ett belopp över noll."))
        return kronor
