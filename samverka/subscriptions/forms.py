"""Form for a server inside our walls."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class HostForm(forms.Form):
    """A server that notices may be sent to though it stands inside our walls."""

    name = forms.CharField(
        label=_("Serverns namn"), max_length=253, help_text=_("Till exempel notis.kommun.se.")
    )
    reason = forms.CharField(
        label=_("Vems är den, och vem har godkänt den?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
