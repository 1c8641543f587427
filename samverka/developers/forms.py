"""Forms: the request to try, and the words that types are sought by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.developers.rules.requests import METHODS, Request


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(
        attrs={"rows": rows, "spellcheck": "false", "autocomplete": "off", "class": "verbatim"}
    )


class RequestForm(forms.Form):
    """A request, as it is to be sent."""

    method = forms.ChoiceField(label=_("Metod"), choices=[(one, one) for one in METHODS])
    address = forms.CharField(
        label=_("Adress"),
        max_length=4000,
        widget=forms.TextInput(
            attrs={
                "spellcheck": "false",
                "autocomplete": "off",
                "autocapitalize": "off",
                "class": "verbatim",
            }
        ),
    )
    headers = forms.CharField(
        label=_("Rubriker"),
        required=False,
        max_length=4000,
        widget=_area(2),
        help_text=_("En på varje rad. Vem som frågar läggs till av sig själv."),
    )
    body = forms.CharField(
        label=_("Innehåll"), required=False, max_length=1_000_000, widget=_area(12)
    )


def initial(request: Request) -> dict[str, Any]:
    """The form filled in with an example."""
    return {
        "method": request.method,
        "address": request.address or "/",
        "headers": request.heading_lines,
        "body": request.body,
    }
