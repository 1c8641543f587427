"""Forms for absence, handing over, and answers to wishes for a contact. The operations decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.careplans import rules
from samverka.careplans.forms.choices import let_choose
from samverka.careplans.reads import ContactLine
from samverka.organisations.reads import AssignmentDetail
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput


class ContactsForm(forms.Form):
    """Which of the unit's contacts it is about."""

    contacts = forms.MultipleChoiceField(
        label=_("Vilka personer?"),
        error_messages={"required": _("Välj minst en person i listan.")},
        widget=forms.CheckboxSelectMultiple,
    )
    assignment = forms.ChoiceField(label=_("Vilken kollega?"), required=False)

    def __init__(
        self,
        *args: Any,
        lines: Iterable[ContactLine],
        staff: Iterable[AssignmentDetail],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.contact.id), _named(one)) for one in lines]
        let_choose(self, "contacts", named)
        colleagues = [(str(one.id), f"{one.staff_name}, {one.profession}") for one in staff]
        let_choose(self, "assignment", [("", gettext("Ingen än")), *colleagues])

    def contact_ids(self) -> list[UUID]:
        """Those that were ticked."""
        return [UUID(one) for one in self.cleaned_data["contacts"]]

    def assignment_id(self) -> UUID | None:
        """The colleague; None for nobody yet."""
        chosen = self.cleaned_data["assignment"]
        return UUID(chosen) if chosen else None


def _named(one: ContactLine) -> str:
    kind = translated(one.contact.kind_words)
    return f"{one.person.name} · {kind}, {one.contact.name}"


class AbsenceForm(ContactsForm):
    """From when to when, and who stands in."""

    since = forms.DateField(label=_("Borta från"), widget=DayInput)
    until = forms.DateField(label=_("Till och med"), widget=DayInput)
    field_order = ("contacts", "since", "until", "assignment")

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "contact_ids": self.contact_ids(),
            "since": data["since"],
            "until": data["until"],
            "assignment_id": self.assignment_id(),
        }


class HandOverForm(ContactsForm):
    """To whom, and from when."""

    on = forms.DateField(label=_("Från och med"), widget=DayInput)
    field_order = ("contacts", "assignment", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignment"]
        field.required = True
        field.error_messages["required"] = gettext("Välj en kollega.")

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {
            "contact_ids": self.contact_ids(),
            "assignment_id": self.assignment_id(),
            "on": self.cleaned_data["on"],
        }


class WishForm(forms.Form):
    """The answer to one who has asked for a contact."""

    granted = forms.ChoiceField(label=_("Vad svarar ni?"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Svar till personen"),
        required=False,
        max_length=rules.WISH_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Personen läser det på sin sida."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(
            self,
            "granted",
            [("yes", gettext("Ja, kontakten är utsedd")), ("no", gettext("Nej, inte nu"))],
        )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {"granted": data["granted"] == "yes", "answer": data["answer"]}
