"""Forms of the room: parsing and friendly messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from samverka.access.reads import LogFilter
from samverka.access.rules import BlockKind, ConsentForm, ConsentKind, RelationKind
from samverka.contract.rules import OUTCOME_WORDS, SAMPLE_SIZES, CheckOutcome
from samverka.kernel.calendar import end_of_day
from samverka.kernel.identity import IdentityNumber, parse_identity
from samverka.kernel.problems import Invalid
from samverka.organisations.reads import AssignmentDetail, ProviderDetail, UnitDetail
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput

Choices = list[tuple[str, str]]


_said = lazy(translated, str)
"""A sentence of the rules, in the language of whoever opens the form."""


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DatedForm(forms.Form):
    """A form that must know what day it is."""

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        self.today = today
        super().__init__(*args, **given)


def number_field(label: Any, **given: Any) -> forms.CharField:
    """A field for an identity number."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
    return forms.CharField(label=label, max_length=40, widget=widget, **given)


def parsed_number(form: DatedForm, name: str) -> IdentityNumber | None:
    """Parse an identity number, saying what is wrong on its field."""
    text = form.cleaned_data.get(name, "")
    if not text:
        return None
    try:
        return parse_identity(text, today=form.today)
    except Invalid as problem:
        mend = f" {translated(problem.mend)}" if problem.mend else ""
        raise forms.ValidationError(translated(problem.message) + mend) from problem


# ── the person ──


class WordsForm(forms.Form):
    """A question or a comment to those who keep the plan."""

    plan = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(label=_("Skriv här"), max_length=2000, widget=_lines(4))


DURATIONS = {"183": 183, "365": 365, "always": None}
"""How long the person can let others read (days)."""


class MyConsentForm(DatedForm):
    """The person lets care providers read."""

    readers = forms.MultipleChoiceField(
        label=_("Vem får läsa?"), widget=forms.CheckboxSelectMultiple
    )
    lasting = forms.ChoiceField(
        label=_("Hur länge?"),
        choices=[
            ("183", _("Ett halvt år")),
            ("365", _("Ett år")),
            ("always", _("Tills jag säger nej")),
        ],
        widget=forms.RadioSelect,
        initial="365",
    )

    def __init__(self, *args: Any, providers: Iterable[ProviderDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["readers"].choices = _named(providers)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        days = DURATIONS[self.cleaned_data["lasting"]]
        return {
            "kind": ConsentKind.SVOD,
            "reader_providers": [UUID(one) for one in self.cleaned_data["readers"]],
            "form": ConsentForm.DIGITAL,
            "until": end_of_day(self.today + timedelta(days=days)) if days else None,
        }


def _named(providers: Iterable[ProviderDetail]) -> Choices:
    return [(str(one.id), one.name) for one in providers]


class MyBlockForm(forms.Form):
    """The person closes what a unit has written."""

    unit = forms.ChoiceField(label=_("Vems uppgifter vill du spärra?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("Vem ska inte få läsa?"),
        choices=[
            (BlockKind.INNER.value, _("Andra enheter hos samma vårdgivare")),
            (BlockKind.OUTER.value, _("Alla andra vårdgivare")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Regionens vård är en vårdgivare. Kommunens vård är en annan."),
    )

    def __init__(self, *args: Any, units: Iterable[UnitDetail], **given: Any) -> None:
        self.units = {str(one.id): one for one in units}
        super().__init__(*args, **given)
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (key, f"{one.name} ({one.provider_name})") for key, one in self.units.items()
        ]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        unit = self.units[self.cleaned_data["unit"]]
        kind = BlockKind(self.cleaned_data["kind"])
        return {"kind": kind, "provider_id": unit.provider_id, "unit_id": unit.id}


class MyProxyForm(DatedForm):
    """The person lets someone read, and perhaps write."""

    proxy_name = forms.CharField(label=_("Namn"), max_length=200)
    identity = number_field(_("Personnummer"))
    may_write = forms.BooleanField(label=_("Får också skriva frågor åt mig"), required=False)
    until = forms.DateField(
        label=_("Sista dag"),
        required=False,
        widget=DayInput,
        help_text=_("Lämna tomt om det gäller tills du säger nej."),
    )

    def clean_identity(self) -> IdentityNumber | None:
        """The number, or what is wrong with it."""
        return parsed_number(self, "identity")

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        until = self.cleaned_data["until"]
        write = {"write"} if self.cleaned_data["may_write"] else set()
        return {
            "proxy_number": self.cleaned_data["identity"],
            "proxy_name": self.cleaned_data["proxy_name"],
            "scopes": frozenset({"read"} | write),
            "until": end_of_day(until) if until else None,
        }


# ── staff ──


class EmergencyForm(forms.Form):
    """Why other care providers' records must be read now."""

    reason = forms.CharField(
        label=_("Varför måste du läsa nu?"),
        widget=_lines(3),
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
    covers = forms.CharField(label=_("Vad omfattar samtycket?"), widget=_lines(2), required=False)
    not_covered = forms.CharField(label=_("Vad omfattas inte?"), widget=_lines(2), required=False)
    until = forms.DateField(
        label=_("Gäller till och med"),
        required=False,
        widget=DayInput,
        help_text=_("Lämna tomt om det gäller tills vidare."),
    )

    def __init__(self, *args: Any, providers: Iterable[ProviderDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["readers"].choices = _named(providers)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        values, until = dict(self.cleaned_data), self.cleaned_data["until"]
        return values | {
            "kind": ConsentKind.SVOD,
            "reader_providers": [UUID(one) for one in values.pop("readers")],
            "form": ConsentForm(values["form"]),
            "until": end_of_day(until) if until else None,
        }


class StaffBlockForm(forms.Form):
    """Staff block what a unit of the own care provider holds, because the person asks for it."""

    unit = forms.ChoiceField(label=_("Vilken enhets uppgifter?"))
    kind = forms.ChoiceField(
        label=_("Vem ska inte kunna läsa?"),
        choices=[
            (BlockKind.INNER.value, _("Andra enheter hos oss (inre spärr)")),
            (BlockKind.OUTER.value, _("Andra vårdgivare (yttre spärr)")),
        ],
        widget=forms.RadioSelect,
    )
    asked_by = forms.CharField(label=_("Vem bad om spärren?"), max_length=200)

    def __init__(self, *args: Any, units: Iterable[UnitDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["unit"].choices = [(str(one.id), one.name) for one in units]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {
            "unit_id": UUID(self.cleaned_data["unit"]),
            "kind": BlockKind(self.cleaned_data["kind"]),
            "asked_by": self.cleaned_data["asked_by"],
        }


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


# ── offices ──


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
    reason = forms.CharField(label=_("Beskriv skälet"), widget=_lines(3), max_length=1000)

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
        label=_("Vad såg du, och vad gör ni nu?"), widget=_lines(4), max_length=4000
    )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {
            "outcome": CheckOutcome(self.cleaned_data["outcome"]),
            "words": self.cleaned_data["words"],
        }
