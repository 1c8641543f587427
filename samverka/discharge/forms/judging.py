"""The physician's judgement, by itself and with the admission message: who may be needed is who is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.discharge.forms.opening import track_choices
from samverka.discharge.forms.sending import SendForm
from samverka.discharge.operations import Judgement
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.kinds import LINE, PART_WORDS, RECEIVING, Part, Track
from samverka.discharge.rules.messages import MessageKind
from samverka.web.door import translated
from samverka.web.form_rendering import MomentField

_PARTS = tuple(one for one in Part if one in RECEIVING)
_SIP = (("", _("Vet inte än")), ("yes", _("Ja")), ("no", _("Nej")))
_SAID = {"yes": True, "no": False, "": None}


def _judged_by(help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=_("Läkare som bedömde"), max_length=LINE, help_text=help_text)


def _judged_at() -> MomentField:
    return MomentField(label=_("När läkaren bedömde"))


def _sip_needed() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Behövs hjälp från både region och kommun (SIP)?"),
        required=False,
        choices=_SIP,
        widget=forms.RadioSelect,
    )


class JudgeForm(forms.Form):
    """Who may be needed, by which physician, when; and what else was said on the same round."""

    parts = forms.MultipleChoiceField(
        label=_("Vilka kan behövas?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    judged_by = _judged_by()
    judged_at = _judged_at()
    sip_needed = _sip_needed()
    track = forms.ChoiceField(
        label=_("Hur mycket hjälp behövs hemma?"), required=False, widget=forms.RadioSelect
    )
    psychiatric = forms.BooleanField(label=_("Psykiatrisk vård"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        parts, track = self.fields["parts"], self.fields["track"]
        assert isinstance(parts, forms.MultipleChoiceField)
        assert isinstance(track, forms.ChoiceField)
        parts.choices = [(one.value, translated(PART_WORDS[one])) for one in _PARTS]
        track.choices = track_choices()

    def judged(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "parts": {Part(one) for one in data["parts"]},
            "judged_by": data["judged_by"],
            "judged_at": data["judged_at"],
            "sip_needed": _SAID[data["sip_needed"]],
            "track": Track(data["track"]) if data["track"] else None,
            "psychiatric": data["psychiatric"],
        }


def judged_before(case: CaseDetail) -> dict[str, Any]:
    """What has been judged already; else the time of the admission."""
    return _judged(case) | {
        "parts": [one.value for one in case.needs],
        "track": case.track.value if case.track else "",
        "psychiatric": case.psychiatric,
    }


class AdmissionForm(SendForm):
    """Five fields at most: who, when home, which physician, when, and whether a SIP is needed."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["judged_by"] = _judged_by(
            _("Läkaren bedömer vilka som kan behövas hemma: de som du kryssar för.")
        )
        self.fields["judged_at"] = _judged_at()
        self.fields["sip_needed"] = _sip_needed()

    def judgement(self) -> Judgement:
        """What the operation takes."""
        data = self.cleaned_data
        return Judgement(
            judged_by=data["judged_by"],
            judged_at=data["judged_at"],
            sip_needed=_SAID[data["sip_needed"]],
        )


def judged_initial(case: CaseDetail, kind: MessageKind) -> dict[str, Any]:
    """What has been judged already, for the message that says it."""
    return _judged(case) if kind is MessageKind.ADMISSION else {}


def _judged(case: CaseDetail) -> dict[str, Any]:
    return {
        "judged_by": case.needs_judged_by,
        "judged_at": case.needs_judged_at or case.admitted_at,
        "sip_needed": {True: "yes", False: "no", None: ""}[case.sip_needed],
    }
