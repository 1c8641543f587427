"""Forms for what is kept back when a plan is given out. The operations decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.careplans.forms.choices import Choices, let_choose
from samverka.careplans.forms.writing import ActivityForm, GoalForm
from samverka.careplans.operations import KeptBack
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import SECTION_WORDS
from samverka.careplans.rules.disclosing import WITHHOLDABLE, PartKind
from samverka.web.door import translated


def _withheld_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Lämnas inte ut"),
        required=False,
        help_text=_("Då ser bara er egen organisation och personen det. Välj det när du skriver."),
    )


class NewGoalForm(GoalForm):
    """A goal that is written now."""

    withheld = _withheld_field()

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return super().values() | {"withheld": self.cleaned_data["withheld"]}


class NewActivityForm(ActivityForm):
    """An activity that is written now."""

    withheld = _withheld_field()

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return super().values() | {"withheld": self.cleaned_data["withheld"]}


class KeepBackForm(forms.Form):
    """Which parts are not given out, and to whom."""

    parts = forms.MultipleChoiceField(
        label=_("Vad ska inte lämnas ut?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en del av planen.")},
    )
    providers = forms.MultipleChoiceField(
        label=_("Till vilka ska det inte lämnas ut?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Välj ingen, så lämnas det inte ut till någon annan."),
    )
    reason = forms.CharField(
        label=_("Varför?"),
        required=False,
        max_length=500,
        help_text=_("Till exempel att personen inte vill. Det står kvar hos er."),
    )

    def __init__(self, *args: Any, plan: PlanDetail, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "parts", _parts(plan))
        others = {one.provider_id: one.provider_name for one in plan.parties}
        others.pop(plan.unit.provider_id, None)
        let_choose(self, "providers", [(str(key), name) for key, name in others.items()])
        if not others:
            del self.fields["providers"]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        chosen = (one.partition(":") for one in data["parts"])
        return {
            "parts": [KeptBack(PartKind(kind), key) for kind, _sep, key in chosen],
            "providers": [UUID(one) for one in data.get("providers", [])],
            "reason": data["reason"],
        }


def _parts(plan: PlanDetail) -> Choices:
    """All that can be kept back and is not already."""
    kept = {(one.part, one.key) for one in plan.withheld}
    found = [
        (PartKind.SECTION, section.value, translated(SECTION_WORDS[section]))
        for section in WITHHOLDABLE
    ]
    found += [(PartKind.GOAL, one.key, gettext("Mål: %s") % one.words) for one in plan.goals]
    found += [
        (PartKind.ACTIVITY, one.key, gettext("Insats: %s") % one.what) for one in plan.activities
    ]
    found += [
        (PartKind.PARTY, str(one.unit_id), gettext("Att %s deltar") % one.name)
        for one in plan.parties
        if one.provider_id != plan.unit.provider_id
    ]
    return [(f"{part.value}:{key}", words) for part, key, words in found if (part, key) not in kept]
