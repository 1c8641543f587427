"""Forms of the person's own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.access.rules import BlockKind, ConsentForm, ConsentKind
from samverka.careplans.rules import CommentKind, ContactKind
from samverka.contract.forms.parts import (
    DatedForm,
    ProxyPart,
    lines,
    named,
    number_field,
)
from samverka.kernel.calendar import end_of_day
from samverka.organisations.reads import ProviderDetail, UnitDetail
from samverka.people.operations import OwnFacts
from samverka.people.rules import LANGUAGES, MINORITY_LANGUAGES
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput, Folded


@dataclass(frozen=True, slots=True)
class About:
    """Something that one can write about: a plan, a goal or an activity. `key`: for the form."""

    key: str
    words: Any


def about_key(plan_id: UUID, goal_id: UUID | None = None, activity_id: UUID | None = None) -> str:
    """What one writes about, as the form sends it."""
    if goal_id:
        return f"{plan_id}:goal:{goal_id}"
    return f"{plan_id}:activity:{activity_id}" if activity_id else str(plan_id)


def about_of(key: str) -> dict[str, UUID | None]:
    """What the operation takes: the plan, and the part if it is one."""
    plan, _colon, part = key.partition(":")
    kind, _colon, part_id = part.partition(":")
    return {
        "plan_id": UUID(plan),
        "goal_id": UUID(part_id) if kind == "goal" else None,
        "activity_id": UUID(part_id) if kind == "activity" else None,
    }


class WordsForm(forms.Form):
    """A question, a comment or a wish to change, to those who keep the plan."""

    kind = forms.ChoiceField(
        label=_("Vad vill du?"),
        choices=[
            (CommentKind.QUESTION.value, _("Fråga något")),
            (CommentKind.COMMENT.value, _("Berätta något")),
            (CommentKind.CHANGE.value, _("Ändra något")),
        ],
        widget=forms.RadioSelect,
        initial=CommentKind.QUESTION.value,
    )
    about = forms.CharField(label=_("Vad gäller det?"), widget=forms.Select)
    words = forms.CharField(label=_("Skriv här"), max_length=2000, widget=lines(4))

    def offer(self, abouts: Iterable[About]) -> None:
        """What one can write about, to choose among."""
        found = [(one.key, one.words) for one in abouts]
        self.fields["about"].widget.choices = found

    def clean_about(self) -> dict[str, UUID | None]:
        """What it is about; that the plan has such a part the operation says."""
        try:
            return about_of(self.cleaned_data["about"])
        except ValueError as problem:
            raise forms.ValidationError(_("Välj något i listan.")) from problem

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        kind = CommentKind(self.cleaned_data["kind"])
        found: dict[str, Any] = self.cleaned_data["about"]
        return found | {"kind": kind, "words": self.cleaned_data["words"]}


class MyFactsForm(forms.Form):
    """How the person can be reached, and in which language."""

    phone = forms.CharField(label=_("Telefon"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-post"), required=False)
    mail = forms.BooleanField(
        label=_("Mejla mig när det finns något nytt"),
        required=False,
        help_text=_("I mejlet står bara att det finns något nytt. Det står inget om dig."),
    )
    language = forms.ChoiceField(label=_("Mitt språk"))
    interpreter = forms.BooleanField(label=_("Jag behöver tolk"), required=False)
    care_language = forms.ChoiceField(
        label=_("Språk som jag helst vill ha i vården"),
        required=False,
        help_text=_("Du har rätt att be om samiska, finska eller meänkieli."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        words = {code: translated(said) for code, said in LANGUAGES.items()}
        wished = [(code, words[code]) for code in sorted(MINORITY_LANGUAGES)]
        self.fields["language"].choices = list(words.items())  # type: ignore[attr-defined]
        self.fields["care_language"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Ingen särskild önskan")),
            *wished,
        ]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        said = dict(self.cleaned_data)
        mail, version = said.pop("mail"), said.pop("version")
        return {"facts": OwnFacts(**said), "mail": mail, "version": version}


LASTING = [
    ("183", _("Ett halvt år")),
    ("365", _("Ett år")),
    ("always", _("Tills jag säger nej")),
]
DURATIONS = {"183": 183, "365": 365, "always": None}
"""How long the person can let others read (days)."""


class WishForm(forms.Form):
    """A contact that the person asks for (PL 6:2–3)."""

    kind = forms.ChoiceField(
        label=_("Vem vill du ha?"),
        choices=[
            (ContactKind.FAST_VARDKONTAKT.value, _("En fast kontakt i vården")),
            (ContactKind.FAST_LAKARKONTAKT.value, _("En fast läkare")),
        ],
        widget=forms.RadioSelect,
        initial=ContactKind.FAST_VARDKONTAKT.value,
    )
    wish = forms.CharField(
        label=_("Hur vill du ha det?"),
        max_length=1000,
        required=False,
        widget=lines(3),
        help_text=_("Du behöver inte skriva något här."),
    )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {"kind": ContactKind(self.cleaned_data["kind"]), "wish": self.cleaned_data["wish"]}


class MyConsentForm(DatedForm):
    """The person lets care providers read."""

    readers = forms.MultipleChoiceField(label=_("Vem får läsa?"), widget=Folded)
    lasting = forms.ChoiceField(
        label=_("Hur länge?"),
        choices=LASTING,
        widget=forms.RadioSelect,
        initial="365",
    )

    def __init__(
        self,
        *args: Any,
        near: Iterable[ProviderDetail],
        others: Iterable[ProviderDetail],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        first, rest = list(named(near)), list(named(others))
        shown = [*first, (gettext("Visa fler"), rest)] if first and rest else [*first, *rest]
        self.fields["readers"].choices = shown  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        days = DURATIONS[self.cleaned_data["lasting"]]
        return {
            "kind": ConsentKind.SVOD,
            "reader_providers": [UUID(one) for one in self.cleaned_data["readers"]],
            "form": ConsentForm.DIGITAL,
            "until": end_of_day(self.today + timedelta(days=days)) if days else None,
        }


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


class MyProxyForm(ProxyPart):
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

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return self.proxy()
