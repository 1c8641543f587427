"""Forms for advice on self-care. The operations decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.careplans import rules
from samverka.careplans.forms.choices import let_choose
from samverka.careplans.reads import SelfCareDetail
from samverka.organisations.reads import AssignmentDetail
from samverka.web.form_rendering import DayInput


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SelfCareForm(forms.Form):
    """One judgement: what, how, with whose help, whose judgement, whom to call, when it is judged anew."""

    what = forms.CharField(
        label=_("Vad ska personen göra?"),
        max_length=rules.SELF_CARE_LINE,
        help_text=_("Personen läser det på sin sida. Skriv korta, vanliga ord."),
    )
    how = forms.CharField(
        label=_("Hur går det till?"), max_length=rules.SELF_CARE_LENGTH, widget=_text(4)
    )
    helper = forms.CharField(
        label=_("Vem hjälper till?"),
        required=False,
        max_length=rules.SELF_CARE_LINE,
        help_text=_("Lämna tomt om personen gör det på egen hand."),
    )
    wish = forms.CharField(
        label=_("Vad vill personen själv?"),
        required=False,
        max_length=rules.SELF_CARE_LENGTH,
        widget=_text(2),
    )
    call_when = forms.CharField(
        label=_("När ska personen höra av sig?"),
        max_length=rules.SELF_CARE_LENGTH,
        widget=_text(2),
    )
    whom = forms.CharField(
        label=_("Till vem, om det inte är till er?"),
        required=False,
        max_length=rules.SELF_CARE_LINE,
        help_text=_("Lämna tomt om det är er enhet. Skriv annars namn och telefon."),
    )
    risks = forms.CharField(
        label=_("Vilka risker har ni vägt in?"),
        max_length=rules.SELF_CARE_LENGTH,
        widget=_text(2),
        help_text=_("Står inte på personens sida."),
    )
    assignment = forms.ChoiceField(label=_("Vem har bedömt?"))
    judged_on = forms.DateField(label=_("Vilken dag?"), widget=DayInput)
    reassess_on = forms.DateField(label=_("Bedöms på nytt senast"), widget=DayInput)

    def __init__(self, *args: Any, judges: Iterable[AssignmentDetail], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(one.id), f"{one.staff_name}, {one.profession}") for one in judges]
        let_choose(self, "assignment", people)

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "facts": rules.SelfCareFacts(**{name: data[name] for name in rules.PART_WORDS}),
            "assignment_id": UUID(data["assignment"]),
        }


class ChangeSelfCareForm(SelfCareForm):
    """The same judged anew, and why."""

    why = forms.CharField(
        label=_("Varför ändras det?"),
        required=False,
        max_length=rules.SELF_CARE_LENGTH,
        widget=_text(2),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {**super().values(), "why": data["why"], "version": data["version"]}


def self_care_initial(advice: SelfCareDetail) -> dict[str, Any]:
    """What the form begins with: the advice as it is now."""
    facts = {name: getattr(advice.facts, name) for name in rules.PART_WORDS}
    return {**facts, "version": advice.version}


class EndSelfCareForm(forms.Form):
    """Why the advice does not hold any more."""

    reason = forms.CharField(
        label=_("Varför gäller rådet inte längre?"),
        max_length=rules.SELF_CARE_LENGTH,
        widget=_text(2),
    )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {"reason": self.cleaned_data["reason"]}
