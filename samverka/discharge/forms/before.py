"""How things were at home, for the ward that gets the person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.discharge.forms.sending import ground_field
from samverka.discharge.rules.kinds import WORDS, Part, Secrecy
from samverka.discharge.rules.messages import MessageKind, grounds_for
from samverka.organisations.reads import UnitDetail


class BeforeForm(forms.Form):
    """Which ward, and what it needs to know."""

    unit = forms.ChoiceField(label=_("Vilken avdelning?"))
    words = forms.CharField(
        label=_("Hur det var hemma"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Vad personen klarar själv, vilken hjälp som ges och vem som kan svara på mer."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, wards: Iterable[UnitDetail], part: Part | None, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.id), one.name) for one in wards]
        self.fields["ground"] = ground_field(grounds_for(MessageKind.BEFORE, part))
        self.fields["note"] = forms.CharField(
            label=_("Vad prövningen kom fram till"), max_length=500, required=False,
            help_text=_("Behövs när personen inte har samtyckt."),
        )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "unit_id": UUID(data["unit"]),
            "words": data["words"],
            "ground": Secrecy(data["ground"]),
            "note": data["note"],
        }
