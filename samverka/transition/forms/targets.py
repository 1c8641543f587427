"""A target picture, an action and how it goes: parsing and friendly messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.transition.reads.targets import TargetDetail
from samverka.transition.rules.targets import ACTION_WORDS, TARGET_WORDS, ActionStatus, TargetKind
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput


class TargetForm(forms.Form):
    """A decision: new, or a new version."""

    kind = forms.ChoiceField(label=_("Slag"))
    title = forms.CharField(label=_("Namn"), max_length=200)
    decided_on = forms.DateField(label=_("Beslutad"), widget=DayInput())
    decided_by = forms.CharField(
        label=_("Beslutad av"), max_length=200, help_text=_("Fullmäktige, nämnd eller styrelse.")
    )
    shared = forms.BooleanField(
        label=_("Regionen och kommunerna står bakom den tillsammans"), required=False
    )
    backers = forms.MultipleChoiceField(
        label=_("De här står bakom den"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea)
    link = forms.CharField(label=_("Länk"), required=False, max_length=500)
    file = forms.FileField(label=_("Fil"), required=False, help_text=_("PDF eller Word."))
    why = forms.CharField(label=_("Varför den ändras"), required=False, max_length=500)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        names: Iterable[str],
        found: TargetDetail | None = None,
    ) -> None:
        super().__init__(data, files, initial=_initial(found))
        kinds = [(one.value, translated(said)) for one, said in TARGET_WORDS.items()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["backers"].choices = [(one, one) for one in names]  # type: ignore[attr-defined]
        for gone in ("why", "version") if found is None else ("kind",):
            del self.fields[gone]

    def values(self) -> dict[str, Any]:
        """What the operation wants."""
        given = dict(self.cleaned_data)
        if "kind" in given:
            given["kind"] = TargetKind(given["kind"])
        file = given.pop("file", None)
        if file is not None:
            given |= {"file": file.read(), "file_name": file.name}
        return given


def _initial(found: TargetDetail | None) -> dict[str, Any]:
    if found is None:
        return {}
    one = found.current
    return {
        "title": one.title,
        "decided_on": one.decided_on,
        "decided_by": one.decided_by,
        "shared": found.line.shared,
        "backers": list(one.backers),
        "text": one.text,
        "link": one.link,
        "version": found.version,
    }


class ActionForm(forms.Form):
    """A new action."""

    what = forms.CharField(label=_("Vad ska göras"), max_length=300)
    owner = forms.CharField(label=_("Ansvarig"), max_length=200)
    due = forms.DateField(label=_("Klart senast"), required=False, widget=DayInput())
    measure = forms.CharField(
        label=_("Mått"),
        required=False,
        max_length=60,
        help_text=_("Måttets kod i Läget, till exempel fallskador-65."),
    )


class FollowUpForm(forms.Form):
    """How an action goes."""

    status = forms.ChoiceField(label=_("Läge"))
    words = forms.CharField(label=_("Så går det"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices = [(one.value, translated(said)) for one, said in ACTION_WORDS.items()]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the operation wants."""
        return self.cleaned_data | {"status": ActionStatus(self.cleaned_data["status"])}
