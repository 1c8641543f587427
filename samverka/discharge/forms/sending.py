"""One form per kind of message, made from the table: what it must hold, what it may, who gets it, on what ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.discharge.operations import Letter
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.kinds import LINE, SECRECY_WORDS, WORDS, Secrecy
from samverka.discharge.rules.messages import FACT_WORDS, MESSAGES, Fact, MessageKind
from samverka.organisations.reads import UnitDetail
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput, MomentInput

DAYS = frozenset({Fact.ESTIMATED})
MOMENTS = frozenset({Fact.JUDGED, Fact.LEAVE_FROM, Fact.LEAVE_TO, Fact.DISCHARGED})
LONG = frozenset({Fact.SUMMARY, Fact.MEDICINES, Fact.AIDS, Fact.WORDS, Fact.PLAN_START})
FILLED_IN = frozenset({Fact.NAME, Fact.NUMBER, Fact.ADDRESS})
"""What the system knows already: never asked for."""


class SendForm(forms.Form):
    """What a kind of message asks for, and nothing else."""

    def __init__(
        self, *args: Any, kind: MessageKind, units: Iterable[tuple[UnitDetail, bool]], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.kind, self.spec = kind, MESSAGES[kind]
        for fact in (*self.spec.needs, *self.spec.may):
            if fact not in FILLED_IN:
                self.fields[fact.value] = _field(fact, required=fact in self.spec.needs)
        found = list(units)
        if found:
            self.fields["units"] = _units(found)
        if len(self.spec.grounds) > 1:
            self.fields["ground"] = _grounds(self.spec.grounds)
            self.fields["note"] = forms.CharField(
                label=_("Vad prövningen kom fram till"), max_length=500, required=False,
                help_text=_("Behövs när personen inte har samtyckt."),
            )  # fmt: skip

    def letter(self, sent_at: datetime | None = None) -> Letter:
        """What the operation takes."""
        data = self.cleaned_data
        body = {
            fact.value: _said(data[fact.value])
            for fact in (*self.spec.needs, *self.spec.may)
            if fact not in FILLED_IN and data.get(fact.value) not in (None, "")
        }
        ground = data.get("ground")
        return Letter(
            body=body,
            units=tuple(UUID(one) for one in data.get("units", ())),
            ground=Secrecy(ground) if ground else None,
            note=data.get("note", ""),
            sent_at=sent_at,
        )


def _said(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _field(fact: Fact, *, required: bool) -> forms.Field:
    label = translated(FACT_WORDS[fact])
    given: dict[str, Any] = {"label": label[:1].upper() + label[1:], "required": required}
    if fact in DAYS:
        return forms.DateField(widget=DayInput, **given)
    if fact in MOMENTS:
        return forms.DateTimeField(widget=MomentInput, **given)
    if fact in LONG:
        return forms.CharField(max_length=WORDS, widget=forms.Textarea(attrs={"rows": 4}), **given)
    return forms.CharField(max_length=LINE, **given)


def _units(units: Sequence[tuple[UnitDetail, bool]]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=_("Vilka ska få det?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(one.id), one.name) for one, _chosen in units],
        initial=[str(one.id) for one, chosen in units if chosen],
    )


def _grounds(grounds: Iterable[Secrecy]) -> forms.Field:
    return forms.ChoiceField(
        label=_("Varför får det lämnas?"),
        widget=forms.RadioSelect,
        choices=[(one.value, translated(SECRECY_WORDS[one])) for one in grounds],
    )


JUDGED_BEFORE = timedelta(minutes=15)


def send_initial(case: CaseDetail, kind: MessageKind, now: datetime) -> dict[str, Any]:
    """What is known already, so that a message mostly needs one look and one press."""
    found: dict[str, Any] = {Fact.ESTIMATED.value: case.estimated_at}
    found[Fact.DISCHARGED.value] = now.replace(second=0, microsecond=0)
    judged = (now - JUDGED_BEFORE).replace(second=0, microsecond=0)
    found[Fact.JUDGED.value] = max(judged, case.admitted_at) if case.admitted_at else judged
    found[Fact.GOES_TO.value] = case.goes_to or gettext("hemmet")
    if len(MESSAGES[kind].grounds) > 1:
        found["ground"] = MESSAGES[kind].grounds[0].value
    return found


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Varför?"), max_length=500)


class WrongForm(ReasonForm):
    """A message that came wrong: back, or on to the right unit."""

    unit = forms.ChoiceField(
        label=_("Rätt enhet, om ni vet"),
        required=False,
        help_text=_("Lämna tomt för att skicka tillbaka till avsändaren."),
    )

    def __init__(self, *args: Any, units: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Tillbaka till avsändaren")), *units]

    def unit_id(self) -> UUID | None:
        """The right unit, if one was chosen."""
        return UUID(self.cleaned_data["unit"]) if self.cleaned_data["unit"] else None
