"""Forms for persons: find, register, correct, relatives and representatives."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from samverka.access.rules import Capacity, Protection, ProxyKind
from samverka.kernel.identity import PERSON_KINDS, IdentityNumber, parse_identity
from samverka.kernel.problems import Invalid
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from samverka.people.rules import (
    LANGUAGES,
    MINORITY_LANGUAGES,
    PROTECTION_WORDS,
    PROXY_WORDS,
    RELATIVE_WORDS,
    SCOPE_WORDS,
    Gender,
    RelativeKind,
)
from samverka.web.door import translated

_said = lazy(translated, str)

SWEDEN = ZoneInfo("Europe/Stockholm")


def number_in(text: str, today: date) -> IdentityNumber | None:
    """The identity number in a search, or None when the text is not one."""
    if sum(sign.isdigit() for sign in text) < len("YYMMDDNNN"):
        return None
    try:
        return parse_identity(text, today=today, allowed=PERSON_KINDS, from_register=True)
    except Invalid:
        return None


class NumberField(forms.CharField):
    """An identity number, with the kernel's own refusals. The form gives `today`."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("max_length", 40)
        widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
        super().__init__(widget=widget, **given)


class DatedForm(forms.Form):
    """A form that must know what day it is."""

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        self.today = today
        super().__init__(*args, **given)

    def number(self, name: str) -> IdentityNumber | None:
        """Parse a `NumberField`, saying what is wrong on the field."""
        text = self.cleaned_data.get(name, "")
        if not text:
            return None
        try:
            return parse_identity(text, today=self.today, allowed=PERSON_KINDS)
        except Invalid as problem:
            mend = f" {translated(problem.mend)}" if problem.mend else ""
            raise forms.ValidationError(translated(problem.message) + mend) from problem


class FactsForm(DatedForm):
    """What is known of a person."""

    given_name = forms.CharField(label=_("Förnamn"), max_length=100)
    family_name = forms.CharField(label=_("Efternamn"), max_length=100)
    called_name = forms.CharField(label=_("Tilltalsnamn"), max_length=100, required=False)
    gender = forms.ChoiceField(
        label=_("Kön"),
        choices=[
            (Gender.FEMALE, _("Kvinna")),
            (Gender.MALE, _("Man")),
            (Gender.OTHER, _("Annat")),
            (Gender.UNKNOWN, _("Inte känt")),
        ],
        initial=Gender.UNKNOWN,
    )
    street = forms.CharField(label=_("Gatuadress"), max_length=200, required=False)
    postal_code = forms.CharField(label=_("Postnummer"), max_length=10, required=False)
    town = forms.CharField(label=_("Postort"), max_length=100, required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-post"), required=False)
    language = forms.ChoiceField(
        label=_("Språk"),
        choices=[(code, _said(words)) for code, words in LANGUAGES.items()],
        initial="sv",
    )
    interpreter = forms.BooleanField(label=_("Behöver tolk"), required=False)
    care_language = forms.ChoiceField(
        label=_("Vill ha vård och omsorg på"),
        choices=[("", _("Ingen särskild önskan")),
                 *[(code, _said(LANGUAGES[code])) for code in sorted(MINORITY_LANGUAGES)]],
        required=False,
        help_text=_("Samiska, finska eller meänkieli, enligt lagen om nationella minoriteter."),
    )  # fmt: skip
    protection = forms.ChoiceField(
        label=_("Skyddade personuppgifter"),
        choices=[(kind.value, _said(words)) for kind, words in PROTECTION_WORDS.items()],
        initial=Protection.NONE,
    )

    def facts(self, **known: Any) -> PersonFacts:
        """The facts as the operation takes them."""
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in PersonFacts.__dataclass_fields__
        }
        values["gender"] = Gender(values["gender"])
        values["protection"] = Protection(values["protection"])
        return PersonFacts(**known | values)


class RegisterForm(FactsForm):
    """A person who seeks the unit."""

    first_names = ("identity", "given_name", "family_name", "reason")

    identity = NumberField(
        label=_("Personnummer"),
        help_text=_(
            "Eller samordningsnummer eller reservnummer. Lämna tomt om inget nummer finns."
        ),
        required=False,
    )
    reason = forms.CharField(
        label=_("Varför kommer personen till er?"),
        max_length=300,
        help_text=_("Till exempel remiss, inskrivning eller ansökan om hemtjänst. Syns i loggen."),
    )

    def clean_identity(self) -> IdentityNumber | None:
        """The number, or what is wrong with it."""
        return self.number("identity")

    def first(self) -> list[forms.BoundField]:
        """What is asked at once: enough to begin."""
        return [self[name] for name in self.first_names]

    def more(self) -> list[forms.BoundField]:
        """What can wait; shown when one opens it, or when something in it is wrong."""
        return [self[name] for name in self.fields if name not in self.first_names]

    def more_is_wrong(self) -> bool:
        """Whether the folded part holds something to mend."""
        return any(field.errors for field in self.more())


class JoinForm(DatedForm):
    """The real number of one who was met under a reserve number."""

    identity = NumberField(label=_("Personnummer eller samordningsnummer"))

    def clean_identity(self) -> IdentityNumber | None:
        """The number, or what is wrong with it."""
        return self.number("identity")


class EditForm(FactsForm):
    """Correct what is known of a person."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def facts_initial(person: PersonDetail) -> dict[str, Any]:
    """A person's facts, to begin with."""
    names = [name for name in FactsForm.base_fields if hasattr(person, name)]
    return {name: getattr(person, name) for name in names} | {"version": person.version}


class RelativeForm(forms.Form):
    """Someone close to the person."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Vem är det?"),
        choices=[(kind.value, _said(words)) for kind, words in RELATIVE_WORDS.items()],
    )
    phone = forms.CharField(label=_("Telefon"), max_length=30, required=False)
    note = forms.CharField(
        label=_("Bra att veta"), max_length=300, required=False,
        help_text=_("Till exempel: har nyckel, ring helst på kvällen."),
    )  # fmt: skip
    first_contact = forms.BooleanField(label=_("Ring först"), required=False)

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return self.cleaned_data | {"kind": RelativeKind(self.cleaned_data["kind"])}


class ProxyForm(DatedForm):
    """One who acts for the person."""

    identity = NumberField(label=_("Ombudets personnummer"))
    proxy_name = forms.CharField(
        label=_("Ombudets namn"),
        max_length=200,
        required=False,
        help_text=_("Behövs bara om ombudet inte finns här förut."),
    )
    kind = forms.ChoiceField(
        label=_("Roll"),
        choices=[(kind.value, _said(words)) for kind, words in PROXY_WORDS.items()],
    )
    scopes = forms.MultipleChoiceField(
        label=_("Får göra"),
        choices=[(code, _said(SCOPE_WORDS[code])) for code in ("read", "write")],
        widget=forms.CheckboxSelectMultiple,
        initial=["read"],
    )
    until = forms.DateField(
        label=_("Gäller till och med"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Lämna tomt om det gäller tills vidare."),
    )

    def clean_identity(self) -> IdentityNumber | None:
        """The number, or what is wrong with it."""
        return self.number("identity")

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        kind = ProxyKind(self.cleaned_data["kind"])
        scopes = set(self.cleaned_data["scopes"])
        if kind is ProxyKind.GUARDIAN:
            scopes |= {"guardian"}
        until = self.cleaned_data["until"]
        return {
            "proxy_number": self.cleaned_data["identity"],
            "proxy_name": self.cleaned_data["proxy_name"],
            "kind": kind,
            "scopes": frozenset(scopes),
            "until": datetime.combine(until, time.max, SWEDEN) if until else None,
        }


class CapacityForm(forms.Form):
    """Documented judgement of the ability to consent."""

    capacity = forms.ChoiceField(
        label=_("Kan personen samtycka?"),
        choices=[
            (Capacity.CAPABLE, _("Ja")),
            (Capacity.CHILD_UNABLE, _("Nej, barn som inte själv kan samtycka")),
            (Capacity.LASTING, _("Nej, och inte bara tillfälligt")),
            (Capacity.TEMPORARY, _("Nej, men bara tillfälligt")),
        ],
        widget=forms.RadioSelect,
    )
    attitude_known = forms.BooleanField(
        label=_(
            "Personens inställning är utredd, och inget talar för att personen skulle säga nej"
        ),
        required=False,
    )
    reason = forms.CharField(
        label=_("Vad bygger bedömningen på?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return self.cleaned_data | {"capacity": Capacity(self.cleaned_data["capacity"])}


class ListingForm(forms.Form):
    """The person's choice of health centre."""

    special_reason = forms.CharField(
        label=_("Särskilda skäl, om personen redan har bytt två gånger på ett år"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )
