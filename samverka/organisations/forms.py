"""Forms for units, staff and assignments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from samverka.access.roles import Role
from samverka.kernel.parameters import Certainty, Unit
from samverka.kernel.text import Text
from samverka.organisations.reads import UnitDetail
from samverka.organisations.rules import UNIT_WORDS, UnitKind
from samverka.web.door import translated

_said = lazy(translated, str)

ROLE_WORDS = {
    Role.CARE: _("Vård: läsa och skriva"),
    Role.CARE_SUPPORT: _("Omvårdnad: läsa och följa planen"),
    Role.SOCIAL: _("Socialtjänst: läsa och skriva"),
    Role.MANAGER: _("Chef"),
    Role.BLOCK_OFFICER: _("Behörig att häva spärr"),
    Role.LOG_REVIEWER: _("Granska loggar"),
    Role.ADMINISTRATOR: _("Administrera enheter och import"),
    Role.INTEGRATION: _("System utan användare"),
    Role.CONNECTED: _("Annat system: få besked om ändringar"),
    Role.PROTECTED: _("Se skyddade adresser"),
}


PARAMETER_UNITS = {
    Unit.YEARS: _("år"),
    Unit.MONTHS: _("månader"),
    Unit.DAYS: _("dygn"),
    Unit.HOURS: _("timmar"),
    Unit.MINUTES: _("minuter"),
    Unit.TIMES: "",
    Unit.YES_NO: _("(1 är ja, 0 är nej)"),
    Unit.TENTHS_OF_DAYS: _("tiondels dygn"),
    Unit.KRONOR: _("kronor"),
    Unit.CHOICE: "",
}

PARAMETER_TOPICS = (
    (_("Planer och möten"), ("plan", "call", "meeting")),
    (_("Kontakter och listning"), ("contact", "listing")),
    (_("Utskrivning från sjukhus"), ("discharge",)),
    (_("Betalningsansvar vid utskrivning"), ("liability",)),
    (_("Vårdgaranti"), ("guarantee",)),
    (_("Uppgifter till enheten"), ("notice",)),
    (_("Samtycke, behörighet och logg"), ("consent", "emergency", "active-choice", "log")),
    (_("Barn och ålder"), ("child", "guardian", "personnummer")),
    (_("Utbyte med andra system"), ("fhir", "subscription")),
)
"""The headings of the county's settings, and how the names of those under each begin."""

OTHER_PARAMETERS = _("Övrigt")

CERTAINTY_WORDS = {
    Certainty.HIGH: _("Läst i lagen eller i en officiell text."),
    Certainty.MEDIUM: _("Enligt en trovärdig källa, eller en tydlig följd av lagen."),
    Certainty.LOW: _("Osäkert: lagen säger inget exakt. Länet bör besluta."),
}


class CountyForm(forms.Form):
    """The county's own value from a day on.

    Args:
        choices: what the values 1, 2, 3 … mean; empty for a number.
        unit: what a number counts.
    """

    value = forms.IntegerField(label=_("Värde"), min_value=0)
    valid_from = forms.DateField(
        label=_("Gäller från"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(
        label=_("Vem har bestämt, och varför?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )

    def __init__(
        self, *args: Any, choices: Sequence[Text] = (), unit: Unit = Unit.TIMES, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        value = self.fields["value"]
        if choices:
            said = [_said(one) for one in choices]
            value.widget = forms.Select(choices=list(enumerate(said, start=1)))
        if unit is Unit.TENTHS_OF_DAYS:
            value.help_text = _("Skriv i tiondels dygn: 30 är 3,0 dygn.")


class UnitForm(forms.Form):
    """A care unit."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Slag"), choices=[(kind.value, _said(words)) for kind, words in UNIT_WORDS.items()]
    )
    town = forms.CharField(label=_("Ort"), max_length=100, required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=30, required=False)
    phone_hours = forms.CharField(
        label=_("Telefontid"),
        max_length=100,
        required=False,
        help_text=_("Till exempel vardagar 8–16."),
    )
    email = forms.EmailField(
        label=_("E-post"),
        required=False,
        help_text=_("Dit går påminnelser, aldrig personuppgifter."),
    )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return self.cleaned_data | {"kind": UnitKind(self.cleaned_data["kind"])}


class CloseForm(forms.Form):
    """Who takes over when a unit closes."""

    successor = forms.ChoiceField(
        label=_("Vem tar över?"),
        required=False,
        help_text=_("Meddelanden till den stängda enheten går dit. Lämna tomt om ingen tar över."),
    )

    def __init__(self, *args: Any, units: Iterable[UnitDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in units:
            groups.setdefault(one.organisation_name, []).append((str(one.id), one.name))
        field = self.fields["successor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Ingen tar över")), *sorted(groups.items())]

    def successor_id(self) -> UUID | None:
        """The unit, if one was chosen."""
        chosen = self.cleaned_data["successor"]
        return UUID(chosen) if chosen else None


class StaffForm(forms.Form):
    """One of the staff with a log-in and an assignment."""

    given_name = forms.CharField(label=_("Förnamn"), max_length=100)
    family_name = forms.CharField(label=_("Efternamn"), max_length=100)
    hsa_id = forms.CharField(label=_("HSA-id"), max_length=31, required=False)
    username = forms.CharField(
        label=_("Användarnamn"), max_length=64, help_text=_("Aldrig ett personnummer.")
    )
    password = forms.CharField(
        label=_("Första lösenord"),
        min_length=12,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Minst tolv tecken. Vid första inloggningen väljs också en andra faktor."),
    )
    profession = forms.CharField(label=_("Yrke"), max_length=100)
    roles = forms.MultipleChoiceField(
        label=_("Roller"),
        choices=[(role.value, words) for role, words in ROLE_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def roles_chosen(self) -> tuple[Role, ...]:
        """The roles as the operation takes them."""
        return tuple(Role(code) for code in self.cleaned_data["roles"])


def unit_initial(unit: UnitDetail) -> dict[str, Any]:
    """An open unit's facts, to begin with."""
    names = ("name", "town", "phone", "phone_hours", "email")
    return {name: getattr(unit, name) for name in names} | {"kind": unit.kind.value}
