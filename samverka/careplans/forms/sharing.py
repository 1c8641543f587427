"""Forms for sharing, ending, comments and contacts. The operations decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.access.rules import ConsentForm
from samverka.careplans import rules
from samverka.careplans.forms.choices import (
    Choices,
    choices,
    let_choose,
    let_choose_units,
    near_units,
)
from samverka.careplans.operations import ConsentGiven
from samverka.careplans.reads import PlanDetail
from samverka.kernel.calendar import end_of_day
from samverka.organisations.reads import AssignmentDetail, UnitDetail
from samverka.web.form_rendering import DayInput, Folded

FORM_WORDS = {
    ConsentForm.ORAL: _("Muntligt"),
    ConsentForm.WRITTEN: _("Skriftligt"),
    ConsentForm.DIGITAL: _("Digitalt"),
}


class ShareForm(forms.Form):
    """To whom the plan is given, and the person's consent to it."""

    parties = forms.MultipleChoiceField(
        label=_("Deltar i planen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unit = forms.MultipleChoiceField(label=_("Fler enheter"), required=False, widget=Folded)
    given_by = forms.CharField(label=_("Vem har samtyckt?"), max_length=200)
    form = forms.ChoiceField(label=_("Hur gavs samtycket?"), widget=forms.RadioSelect)
    not_covered = forms.CharField(
        label=_("Vad ska inte delas?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Fråga alltid. Det som personen inte vill dela skrivs inte i planen."),
    )
    until = forms.DateField(
        label=_("Gäller till och med"),
        required=False,
        widget=DayInput,
        help_text=_("Lämna tomt om samtycket gäller tills det återkallas."),
    )

    def __init__(
        self, *args: Any, plan: PlanDetail, units: Iterable[UnitDetail], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        waiting = [
            (str(one.unit_id), one.name)
            for one in plan.parties
            if not one.shared and one.provider_id != plan.unit.provider_id
        ]
        known = {str(one.unit_id) for one in plan.parties}
        others = [
            unit
            for unit in units
            if str(unit.id) not in known and unit.provider_id != plan.unit.provider_id
        ]
        let_choose(self, "parties", waiting)
        first = "" if waiting else gettext("Vem ska få planen?")
        self.fields["unit"].required = not waiting
        let_choose_units(self, "unit", others, near_units(plan), first)
        let_choose(self, "form", [(one.value, words) for one, words in FORM_WORDS.items()])
        if not waiting:
            del self.fields["parties"]

    def unit_ids(self) -> list[UUID]:
        """The units chosen."""
        data = self.cleaned_data
        return [UUID(one) for one in [*data.get("parties", []), *data["unit"]]]

    def consent(self) -> ConsentGiven:
        """The consent as the operation takes it."""
        data = self.cleaned_data
        until: datetime | None = end_of_day(data["until"]) if data["until"] else None
        return ConsentGiven(
            given_by=data["given_by"],
            form=ConsentForm(data["form"]),
            not_covered=data["not_covered"],
            until=until,
        )


class WithdrawForm(forms.Form):
    """The person has changed their mind."""

    by = forms.CharField(label=_("Vem har återkallat?"), max_length=200)


class EndForm(forms.Form):
    """Why the plan ends."""

    reason = forms.CharField(
        label=_("Varför avslutas planen?"),
        max_length=rules.END_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    what_next = forms.CharField(
        label=_("Vad händer nu?"),
        required=False,
        max_length=rules.END_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Personen läser det. Skriv kort och rakt."),
    )
    to_whom = forms.CharField(
        label=_("Vem vänder sig personen till?"), required=False, max_length=rules.OWNER_LENGTH
    )


# ── words and contacts ──


class CommentForm(forms.Form):
    """Something about the plan."""

    words = forms.CharField(
        label=_("Skriv något om planen"),
        max_length=rules.COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alla som läser planen ser det."),
    )
    about = forms.ChoiceField(label=_("Vad gäller det?"), required=False)

    def __init__(self, *args: Any, plan: PlanDetail, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = [(f"goal:{one.id}", one.words) for one in plan.goals]
        activities = [(f"activity:{one.id}", one.what) for one in plan.activities]
        groups: Choices = [("", gettext("Hela planen"))]
        groups += [(gettext("Mål"), goals)] if goals else []
        groups += [(gettext("Insatser"), activities)] if activities else []
        let_choose(self, "about", groups)

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        kind, _sep, key = self.cleaned_data["about"].partition(":")
        return {
            "words": self.cleaned_data["words"],
            "goal_id": UUID(key) if kind == "goal" else None,
            "activity_id": UUID(key) if kind == "activity" else None,
        }


class ReplyForm(forms.Form):
    """An answer to what the person has written."""

    words = forms.CharField(
        label=_("Ert svar"),
        max_length=rules.COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skriv med korta, vanliga ord. Personen ser svaret och vem som har skrivit."),
    )


class ContactForm(forms.Form):
    """Appoint a contact of the own unit."""

    kind = forms.ChoiceField(label=_("Vilken kontakt?"), widget=forms.RadioSelect)
    assignment = forms.ChoiceField(label=_("Vem?"))

    def __init__(self, *args: Any, staff: Iterable[AssignmentDetail], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "kind", choices(rules.CONTACT_WORDS))
        people = [(str(one.id), f"{one.staff_name}, {one.profession}") for one in staff]
        let_choose(self, "assignment", people)

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "kind": rules.ContactKind(data["kind"]),
            "assignment_id": UUID(data["assignment"]),
        }
