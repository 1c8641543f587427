"""Forms: what an administrator registers of a client, and a developer's request."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from samverka.access.roles import Role
from samverka.connections.operations import ClientFacts
from samverka.connections.reads import ClientDetail
from samverka.connections.rules.clients import BACKEND_ROLES, KIND_WORDS, PURPOSES, ClientKind
from samverka.kernel.actor import Purpose
from samverka.organisations.forms import ROLE_WORDS
from samverka.organisations.reads import UnitDetail
from samverka.people.forms import NumberField
from samverka.web.door import translated

_said = lazy(translated, str)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "autocomplete": "off"})


_PARTS = (
    (_("Om appen"), ("name", "about", "maker", "contact", "kind")),
    (_("Vad den får"), ("scopes", "unit")),
    (_("En app med användare"), ("redirects", "launch_address")),
    (_("Den som kan hålla en hemlighet"), ("keys",)),
    (_("Ett system utan användare"), ("roles", "purposes")),
)
"""Which fields stand together, in order."""


class RequestForm(forms.Form):
    """What a developer tells of an app."""

    name = forms.CharField(label=_("Appens namn"), max_length=100)
    about = forms.CharField(
        label=_("Vad den är till för"),
        max_length=300,
        help_text=_("Det här läser personen innan den säger ja."),
    )
    maker = forms.CharField(label=_("Vem som har gjort den"), max_length=100)
    contact = forms.EmailField(
        label=_("Kontakt vid fel"), help_text=_("En e-postadress som någon läser.")
    )
    kind = forms.ChoiceField(
        label=_("Sort"), choices=[(one.value, _said(words)) for one, words in KIND_WORDS.items()]
    )
    scopes = forms.CharField(
        label=_("Vad den högst får be om"),
        widget=_area(3),
        max_length=4000,
        help_text=_(
            "Med mellanslag, till exempel: launch/patient openid fhirUser patient/CarePlan.rs"
        ),
    )
    redirects = forms.CharField(
        label=_("Vart svaret skickas"),
        widget=_area(3),
        required=False,
        max_length=4000,
        help_text=_("En adress på varje rad. Ett system utan användare har ingen."),
    )
    keys = forms.CharField(
        label=_("Publik nyckel"),
        widget=_area(5),
        required=False,
        max_length=20_000,
        help_text=_("En JWK eller ett JWK Set. Aldrig den hemliga delen."),
    )

    def parts(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields under their headings."""
        found = [
            (title, [self[one] for one in names if one in self.fields]) for title, names in _PARTS
        ]
        return [(title, fields) for title, fields in found if fields]

    def facts(self) -> ClientFacts:
        """As the operation takes them."""
        told = self.cleaned_data
        return ClientFacts(
            name=told["name"],
            kind=ClientKind(told["kind"]),
            scopes=told["scopes"],
            about=told["about"],
            maker=told["maker"],
            contact=told["contact"],
            redirects=_lines(told["redirects"]),
            launch_address=told.get("launch_address", ""),
            keys=told["keys"],
            roles=[Role(one) for one in told.get("roles", [])],
            purposes=[Purpose(one) for one in told.get("purposes", [])],
        )


class ClientForm(RequestForm):
    """What an administrator registers."""

    unit = forms.ChoiceField(label=_("Enhet"), help_text=_("Ett system läser som den här enheten."))
    launch_address = forms.CharField(
        label=_("Adress för Öppna i app"),
        required=False,
        max_length=500,
        help_text=_("Tom, om appen inte ska öppnas från en persons sida."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roll för ett system utan användare"),
        required=False,
        choices=[(one.value, ROLE_WORDS[one]) for one in BACKEND_ROLES],
        widget=forms.CheckboxSelectMultiple,
    )
    purposes = forms.MultipleChoiceField(
        label=_("Vad ett system utan användare får läsa för"),
        required=False,
        choices=[(one.value, _said(words)) for one, words in PURPOSES.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, units: list[UnitDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        for name in ("about", "maker", "contact"):
            self.fields[name].required = False
        chosen = self.fields["unit"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(str(one.id), f"{one.name} ({one.provider_name})") for one in units]

    def unit_id(self) -> UUID:
        """The unit that was chosen."""
        return UUID(self.cleaned_data["unit"])


class UnitChoice(forms.Form):
    """At which unit a client that has asked is let in."""

    unit = forms.ChoiceField(label=_("Enhet"))

    def __init__(self, *args: Any, units: list[UnitDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        chosen = self.fields["unit"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(str(one.id), f"{one.name} ({one.provider_name})") for one in units]


def client_initial(client: ClientDetail) -> dict[str, Any]:
    """A client's facts, to begin with."""
    names = ("name", "about", "maker", "contact", "scopes", "launch_address")
    return {name: getattr(client, name) for name in names} | {
        "kind": client.kind.value,
        "unit": str(client.unit_id or ""),
        "redirects": "\n".join(client.redirects),
        "roles": [one.value for one in client.roles],
        "purposes": [one.value for one in client.purposes],
    }


class AnswerForm(forms.Form):
    """As whom one answers an app, and for whom."""

    who = forms.ChoiceField(label=_("Du svarar som"), widget=forms.RadioSelect)
    person = forms.ChoiceField(label=_("Vem gäller det?"), widget=forms.RadioSelect, required=False)
    number = NumberField(
        label=_("Personnummer för den det gäller"),
        required=False,
        help_text=_("Personen ska vara känd på din enhet."),
    )

    def __init__(
        self,
        *args: Any,
        whos: list[tuple[str, str]],
        persons: list[tuple[str, str]],
        by_number: bool,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        for name, choices in (("who", whos), ("person", persons)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if len(persons) < 2:
            del self.fields["person"]
        if not by_number:
            del self.fields["number"]
