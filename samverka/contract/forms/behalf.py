"""Forms of what staff write down for a person who rings, comes or writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.careplans.rules import (
    CARE_CONTACTS,
    COMMENT_KIND_WORDS,
    CONTACT_WORDS,
    CommentKind,
    ContactKind,
)
from samverka.contract.forms.own import DURATIONS, LASTING, About, about_of
from samverka.contract.forms.parts import (
    BlockPart,
    DatedForm,
    ProxyPart,
    lines,
    named,
    number_field,
    said,
)
from samverka.contract.rules import BEHALF_WAY_WORDS, BehalfWay, Told
from samverka.kernel.calendar import end_of_day
from samverka.organisations.reads import ProviderDetail
from samverka.web.form_rendering import DayInput


class ToldForm(DatedForm):
    """Who said it, and how; the other forms add what was said."""

    who = forms.ChoiceField(label=_("På uppdrag av"), widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("Hur?"),
        choices=[(way.value, said(words)) for way, words in BEHALF_WAY_WORDS.items()],
        widget=forms.RadioSelect,
        initial=BehalfWay.PHONE.value,
    )

    def __init__(self, *args: Any, sayers: Iterable[str], **given: Any) -> None:
        super().__init__(*args, **given)
        names = list(sayers)
        self.fields["who"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        self.fields["who"].initial = names[0]

    def told(self) -> Told:
        """Who said it, and how."""
        return Told(self.cleaned_data["who"], BehalfWay(self.cleaned_data["way"]))


class BehalfWordsForm(ToldForm):
    """A question, a comment or a wish to change."""

    kind = forms.ChoiceField(
        label=_("Vad vill personen?"),
        choices=[(kind.value, said(words)) for kind, words in COMMENT_KIND_WORDS.items()],
        widget=forms.RadioSelect,
        initial=CommentKind.QUESTION.value,
    )
    about = forms.ChoiceField(label=_("Vad gäller det?"))
    words = forms.CharField(
        label=_("Vad sa personen?"),
        widget=lines(4),
        max_length=2000,
        help_text=_("Skriv med personens egna ord."),
    )

    def __init__(self, *args: Any, abouts: Iterable[About], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["about"].choices = [(one.key, one.words) for one in abouts]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        kind = CommentKind(self.cleaned_data["kind"])
        told = {"kind": kind, "words": self.cleaned_data["words"], "told": self.told()}
        return told | about_of(self.cleaned_data["about"])


class BehalfWishForm(ToldForm):
    """A contact that the person asks for (PL 6:2–3)."""

    kind = forms.ChoiceField(
        label=_("Vem vill personen ha?"),
        choices=[(kind.value, said(CONTACT_WORDS[kind])) for kind in CARE_CONTACTS],
        widget=forms.RadioSelect,
        initial=ContactKind.FAST_VARDKONTAKT.value,
    )
    wish = forms.CharField(
        label=_("Vad sa personen?"), max_length=1000, required=False, widget=lines(3)
    )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        kind = ContactKind(self.cleaned_data["kind"])
        return {"told": self.told(), "kind": kind, "wish": self.cleaned_data["wish"]}


class BehalfConsentForm(ToldForm):
    """The person lets care providers read."""

    readers = forms.MultipleChoiceField(
        label=_("Vem får läsa?"), widget=forms.CheckboxSelectMultiple
    )
    lasting = forms.ChoiceField(
        label=_("Hur länge?"), choices=LASTING, widget=forms.RadioSelect, initial="365"
    )

    def __init__(self, *args: Any, providers: Iterable[ProviderDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["readers"].choices = named(providers)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        days = DURATIONS[self.cleaned_data["lasting"]]
        return {
            "told": self.told(),
            "reader_providers": [UUID(one) for one in self.cleaned_data["readers"]],
            "until": end_of_day(self.today + timedelta(days=days)) if days else None,
        }


class BehalfWithdrawForm(ToldForm):
    """The person takes a consent back. `key`: there is one such form for each consent on the page."""

    def __init__(self, *args: Any, key: object = "", **given: Any) -> None:
        super().__init__(*args, auto_id=f"id_{key}_%s", **given)


class BehalfBlockForm(BlockPart, ToldForm):
    """The person closes what a unit of the own care provider holds."""

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {"told": self.told()} | self.block()


class BehalfProxyForm(ProxyPart, ToldForm):
    """The person lets someone read, and perhaps write."""

    proxy_name = forms.CharField(label=_("Ombudets namn"), max_length=200)
    identity = number_field(_("Ombudets personnummer"))
    may_write = forms.BooleanField(label=_("Får också skriva åt personen"), required=False)
    until = forms.DateField(
        label=_("Sista dag"),
        required=False,
        widget=DayInput,
        help_text=_("Lämna tomt om det gäller tills vidare."),
    )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {"told": self.told()} | self.proxy()
