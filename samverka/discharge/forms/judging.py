"""The admission message with the physician's judgement: who may be needed is who is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.discharge.forms.sending import SendForm
from samverka.discharge.operations import Judgement
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.kinds import LINE
from samverka.discharge.rules.messages import MessageKind
from samverka.web.form_rendering import MomentInput

_SIP = (("", _("Vet inte än")), ("yes", _("Ja")), ("no", _("Nej")))


class AdmissionForm(SendForm):
    """Five fields at most: who, when home, which physician, when, and whether a SIP is needed."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["judged_by"] = forms.CharField(
            label=_("Läkare som bedömde"), max_length=LINE,
            help_text=_("Läkaren bedömer vilka som kan behövas hemma: de som du kryssar för."),
        )  # fmt: skip
        self.fields["judged_at"] = forms.DateTimeField(
            label=_("När läkaren bedömde"), widget=MomentInput
        )
        self.fields["sip_needed"] = forms.ChoiceField(
            label=_("Behövs hjälp från både region och kommun (SIP)?"),
            required=False,
            choices=_SIP,
            widget=forms.RadioSelect,
        )

    def judgement(self) -> Judgement:
        """What the operation takes."""
        data = self.cleaned_data
        return Judgement(
            judged_by=data["judged_by"],
            judged_at=data["judged_at"],
            sip_needed={"yes": True, "no": False}.get(data["sip_needed"]),
        )


def judged_initial(case: CaseDetail, kind: MessageKind) -> dict[str, Any]:
    """What has been judged already; else the time of the admission."""
    if kind is not MessageKind.ADMISSION:
        return {}
    sip = {True: "yes", False: "no", None: ""}[case.sip_needed]
    return {
        "judged_by": case.needs_judged_by,
        "judged_at": case.needs_judged_at or case.admitted_at,
        "sip_needed": sip,
    }
