"""Forms of staff about one person: openings, consents, blocks, relations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.access.rules import ConsentForm, ConsentKind, RelationKind
from samverka.contract.forms.parts import BlockPart, DatedForm, lines, named
from samverka.kernel.calendar import end_of_day
from samverka.organisations.reads import ProviderDetail
from samverka.web.form_rendering import DayInput


class EmergencyForm(forms.Form):
    """Why other care providers' records must be read now."""

    reason = forms.CharField(
        label=_("Varför måste du läsa nu?"),
        widget=lines(3),
        max_length=1000,
        help_text=_("Beskriv faran för liv eller hälsa. Texten syns i loggen och för personen."),
    )


class StaffConsentForm(DatedForm):
    """Staff note a consent that the person has given."""

    readers = forms.MultipleChoiceField(
        label=_("Vem får läsa?"), widget=forms.CheckboxSelectMultiple
    )
    given_by = forms.CharField(label=_("Vem har samtyckt?"), max_length=200)
    form = forms.ChoiceField(
        label=_("Hur lämnades samtycket?"),
        choices=[(ConsentForm.ORAL.value, _("Muntligt")), (ConsentForm.WRITTEN.value, _("Skriftligt"))],
        widget=forms.RadioSelect,
        initial=ConsentForm.ORAL.value,
    )  # fmt: skip
    covers = forms.CharField(label=_("Vad omfattar samtycket?"), widget=lines(2), required=False)
    not_covered = forms.CharField(label=_("Vad omfattas inte?"), widget=lines(2), required=False)
    until = forms.DateField(
        label=_("Gäller till och med"),
        required=False,
        widget=DayInput,
        help_text=_("Lämna tomt om det gäller tills vidare."),
    )

    def __init__(self, *args: Any, providers: Iterable[ProviderDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["readers"].choices = named(providers)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        values, until = dict(self.cleaned_data), self.cleaned_data["until"]
        return values | {
            "kind": ConsentKind.SVOD,
            "reader_providers": [UUID(one) for one in values.pop("readers")],
            "form": ConsentForm(values["form"]),
            "until": end_of_day(until) if until else None,
        }


class StaffBlockForm(BlockPart):
    """Staff block what a unit of the own care provider holds, because the person asks for it."""

    asked_by = forms.CharField(label=_("Vem bad om spärren?"), max_length=200)

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return self.block() | {"asked_by": self.cleaned_data["asked_by"]}


class RelationForm(forms.Form):
    """Why the own unit has to do with the person."""

    kind = forms.ChoiceField(label=_("Varför har ni med personen att göra?"))
    reason = forms.CharField(
        label=_("Skäl"),
        max_length=300,
        help_text=_("Till exempel beviljad hemtjänst från 1 december. Syns i loggen."),
    )

    def __init__(self, *args: Any, kinds: Iterable[tuple[RelationKind, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = [(kind.value, words) for kind, words in kinds]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return self.cleaned_data | {"kind": RelationKind(self.cleaned_data["kind"])}
