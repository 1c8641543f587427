"""What several of the room's forms do alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from samverka.access.rules import BlockKind
from samverka.kernel.calendar import end_of_day
from samverka.kernel.identity import IdentityNumber, parse_identity
from samverka.kernel.problems import Invalid
from samverka.organisations.reads import ProviderDetail, UnitDetail
from samverka.web.door import translated

Choices = list[tuple[str, str]]

said = lazy(translated, str)
"""A sentence of the rules, in the language of whoever opens the form."""


def lines(rows: int) -> forms.Textarea:
    """A box of so many rows."""
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


def named(providers: Iterable[ProviderDetail]) -> Choices:
    """Care providers to choose among."""
    return [(str(one.id), one.name) for one in providers]


class BlockPart(forms.Form):
    """What is closed, and to whom."""

    unit = forms.ChoiceField(label=_("Vilken enhets uppgifter?"))
    kind = forms.ChoiceField(
        label=_("Vem ska inte kunna läsa?"),
        choices=[
            (BlockKind.INNER.value, _("Andra enheter hos oss (inre spärr)")),
            (BlockKind.OUTER.value, _("Andra vårdgivare (yttre spärr)")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, units: Iterable[UnitDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["unit"].choices = [(str(one.id), one.name) for one in units]  # type: ignore[attr-defined]

    def block(self) -> dict[str, Any]:
        """The block, as the operation takes it."""
        return {
            "unit_id": UUID(self.cleaned_data["unit"]),
            "kind": BlockKind(self.cleaned_data["kind"]),
        }


class ProxyPart(DatedForm):
    """Someone who may act for the person; the form has the fields in the words of its reader."""

    def clean_identity(self) -> IdentityNumber | None:
        """The number, or what is wrong with it."""
        return parsed_number(self, "identity")

    def proxy(self) -> dict[str, Any]:
        """The one who may act, as the operation takes it."""
        until = self.cleaned_data["until"]
        write = {"write"} if self.cleaned_data["may_write"] else set()
        return {
            "proxy_number": self.cleaned_data["identity"],
            "proxy_name": self.cleaned_data["proxy_name"],
            "scopes": frozenset({"read"} | write),
            "until": end_of_day(until) if until else None,
        }
