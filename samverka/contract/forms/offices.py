"""Forms of offices: lifting a block, and looking through the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.access.reads import LogFilter
from samverka.contract.forms.parts import Choices, DatedForm, lines, number_field, parsed_number
from samverka.contract.rules import OUTCOME_WORDS, SAMPLE_SIZES, CheckOutcome
from samverka.kernel.identity import IdentityNumber
from samverka.organisations.reads import AssignmentDetail, UnitDetail


class FindForm(DatedForm):
    """One person by identity number, in the body of the request."""

    identity = number_field(_("Personnummer"))

    def clean_identity(self) -> IdentityNumber | None:
        """The number, or what is wrong with it."""
        return parsed_number(self, "identity")


class LiftForm(forms.Form):
    """An authorised officer opens a block for one reader (PDL 4:5)."""

    unit = forms.ChoiceField(label=_("Vilken spärr?"), widget=forms.RadioSelect)
    reader = forms.ChoiceField(label=_("För vem?"))
    ground = forms.ChoiceField(
        label=_("Vilket skäl ger lagen?"),
        choices=[
            ("consent", _("Personen samtycker till att spärren hävs")),
            ("need", _("Samtycke kan inte fås, och vården är oundgängligen nödvändig")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Beskriv skälet"), widget=lines(3), max_length=1000)

    def __init__(
        self,
        *args: Any,
        units: Iterable[UnitDetail],
        readers: Iterable[AssignmentDetail],
        **given: Any,
    ) -> None:
        self.readers = {str(one.id): one for one in readers if one.account_id}
        super().__init__(*args, **given)
        self.fields["unit"].choices = [(str(one.id), one.name) for one in units]  # type: ignore[attr-defined]
        self.fields["reader"].choices = [  # type: ignore[attr-defined]
            (key, f"{one.staff_name}, {one.profession.lower()}, {one.unit.name}")
            for key, one in self.readers.items()
        ]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        reader = self.readers[self.cleaned_data["reader"]]
        ground = dict(self.fields["ground"].choices)[self.cleaned_data["ground"]]  # type: ignore[attr-defined]
        return {
            "target_unit_id": UUID(self.cleaned_data["unit"]),
            "for_account_id": reader.account_id,
            "for_unit_id": reader.unit.id,
            "reason": f"{ground}. {self.cleaned_data['reason']}",
        }


class LogSearchForm(DatedForm):
    """What a log reviewer looks for."""

    emergency = forms.BooleanField(label=_("Nödöppningar"), required=False)
    refused = forms.BooleanField(label=_("Stoppade försök"), required=False)
    without_relation = forms.BooleanField(label=_("Utan vårdrelation"), required=False)
    identity = number_field(_("Personens personnummer"), required=False)
    staff = forms.CharField(label=_("Medarbetare"), max_length=36, required=False,
                            widget=forms.HiddenInput)  # fmt: skip

    def clean_identity(self) -> IdentityNumber | None:
        """The number, or what is wrong with it."""
        return parsed_number(self, "identity")

    def wanted(self, person_id: str) -> LogFilter:
        """What the read takes."""
        values = self.cleaned_data
        return LogFilter(
            person_id=person_id,
            actor_id=values["staff"],
            emergency=values["emergency"],
            refused=values["refused"],
            without_relation=values["without_relation"],
        )


class DrawForm(forms.Form):
    """Draw lines of a month by lot."""

    month = forms.ChoiceField(label=_("Månad"))
    count = forms.TypedChoiceField(
        label=_("Antal rader"),
        choices=[(str(number), str(number)) for number in SAMPLE_SIZES],
        coerce=int,
        initial=str(SAMPLE_SIZES[1]),
    )

    def __init__(self, *args: Any, months: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["month"].choices = months  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {
            "month": date.fromisoformat(self.cleaned_data["month"]),
            "count": self.cleaned_data["count"],
        }


class CloseForm(forms.Form):
    """What a check showed."""

    outcome = forms.ChoiceField(
        label=_("Vad visade kontrollen?"),
        choices=[
            (one.value, words)
            for one, words in OUTCOME_WORDS.items()
            if one is not CheckOutcome.OPEN
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Vad såg du, och vad gör ni nu?"), widget=lines(4), max_length=4000
    )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {
            "outcome": CheckOutcome(self.cleaned_data["outcome"]),
            "words": self.cleaned_data["words"],
        }
