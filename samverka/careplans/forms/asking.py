"""Forms for asking for a plan and for the answer. The operations decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.careplans import rules
from samverka.careplans.forms.choices import (
    Choices,
    choices,
    let_choose,
    template_choices,
    unit_groups,
)
from samverka.careplans.rules import Group, PlanKind, RefusalGround, RequestSource
from samverka.kernel.actor import Actor
from samverka.organisations.reads import UnitDetail
from samverka.web.door import translated


class AskForm(forms.Form):
    """Staff ask for a plan: five fields; a sixth only where another care provider is asked."""

    source = forms.ChoiceField(label=_("Vem vill ha en plan?"))
    asked_by = forms.CharField(
        label=_("Namn"),
        required=False,
        max_length=rules.NAME_LENGTH,
        help_text=_("Behövs för ombud, närstående och andra. Ni skriver åt dem."),
    )
    kind = forms.ChoiceField(label=_("Vilken plan?"))
    unit = forms.ChoiceField(label=_("Vem ska svara?"))
    reason = forms.CharField(
        label=_("Varför behövs en plan?"),
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv så att personen kan läsa det."),
    )
    agreed = forms.BooleanField(
        label=_("Personen vet om det och säger ja till att vi frågar den andra vårdgivaren"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        units: Iterable[UnitDetail],
        near: frozenset[UUID] = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        found = list(units)
        let_choose(self, "source", choices(rules.SOURCE_WORDS))
        let_choose(
            self, "kind", [(one.value, translated(rules.KINDS[one].words)) for one in PlanKind]
        )
        let_choose(self, "unit", _with_own_first(found, actor.unit_id, near))
        if not self._asks_others(found, actor):
            del self.fields["agreed"]

    def _asks_others(self, units: list[UnitDetail], actor: Actor) -> bool:
        """The question of consent shows only when a unit of another care provider has been chosen."""
        chosen = self.data.get("unit") if self.is_bound else None
        own = {str(one.id) for one in units if one.provider_id == actor.provider_id}
        return bool(chosen) and chosen not in own

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "source": RequestSource(data["source"]),
            "asked_by": data["asked_by"],
            "kind": PlanKind(data["kind"]),
            "unit_id": UUID(data["unit"]),
            "reason": data["reason"],
            "agreed": bool(data.get("agreed")),
        }


def _with_own_first(units: list[UnitDetail], own: UUID | None, near: frozenset[UUID]) -> Choices:
    mine = [one for one in units if one.id == own]
    first: Choices = [(str(one.id), one.name) for one in mine]
    return [*first, *unit_groups((one for one in units if one.id != own), near)]


class MyAskForm(forms.Form):
    """The person asks for a plan: why, and whom if nobody is given."""

    reason = forms.CharField(
        label=_("Berätta varför du vill ha en plan"),
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ett par ord räcker."),
    )
    unit = forms.ChoiceField(label=_("Vem ska svara dig?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, units: Iterable[UnitDetail], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(one.id), one.name) for one in units]
        let_choose(self, "unit", found)
        if not found:
            del self.fields["unit"]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        unit = self.cleaned_data.get("unit")
        return {"reason": self.cleaned_data["reason"], "unit_id": UUID(unit) if unit else None}


class AcceptForm(forms.Form):
    """Begin a new plan, or name one that covers the need."""

    plan = forms.ChoiceField(label=_("Vilken plan?"), required=False)
    template = forms.ChoiceField(
        label=_("Vem gäller planen?"),
        required=False,
        help_text=_("Ger frågor att ställa i en ny plan. Inget skrivs in av sig självt."),
    )

    def __init__(
        self, *args: Any, plans: Iterable[tuple[UUID, str]], kind: PlanKind, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(key), title) for key, title in plans]
        let_choose(self, "plan", [("", gettext("Börja en ny plan")), *found])
        if not found:
            del self.fields["plan"]
        let_choose(self, "template", template_choices(kind))
        if not rules.offered(kind):
            del self.fields["template"]

    def template_group(self) -> Group | None:
        """The group chosen for a new plan; None: none."""
        chosen = self.cleaned_data.get("template")
        return Group(chosen) if chosen else None

    def plan_id(self) -> UUID | None:
        """The plan chosen; None: a new one."""
        chosen = self.cleaned_data.get("plan")
        return UUID(chosen) if chosen else None


class RefuseForm(forms.Form):
    """Say no, with a reason that the person reads."""

    ground = forms.ChoiceField(label=_("Skäl"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Skriv till personen varför"),
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Personen läser orden som de står, och kan be om en plan igen."),
    )

    def __init__(self, *args: Any, own_wish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words: Mapping[RefusalGround, str] = {
            ground: spec.words
            for ground, spec in rules.REFUSAL_GROUNDS.items()
            if spec.of_substance or not own_wish
        }
        let_choose(self, "ground", choices(words))

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {
            "ground": RefusalGround(self.cleaned_data["ground"]),
            "reason": self.cleaned_data["reason"],
        }
