"""One form per kind of message, made from the table: what it must hold, what it may, who gets it, on what ground."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.discharge.operations import Letter
from samverka.discharge.reads import CaseDetail, ItemDetail, Receiver, Receivers
from samverka.discharge.rules.kinds import (
    LINE,
    SECRECY_WORDS,
    TRACK_WORDS,
    WORDS,
    Part,
    Secrecy,
    Track,
)
from samverka.discharge.rules.messages import (
    FACT_WORDS,
    MESSAGES,
    Fact,
    MessageKind,
    MessageSpec,
    grounds_for,
)
from samverka.discharge.rules.sending import DAYS, MOMENTS
from samverka.discharge.rules.suspecting import Suspicion
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput, Folded, MomentField

PLANNED = frozenset({Fact.BEFORE, Fact.NOW, Fact.HELP, Fact.REHAB, Fact.RISKS, Fact.WISHES})
"""What the planning form asks in words."""
LONG = PLANNED | {Fact.SUMMARY, Fact.MEDICINES, Fact.AIDS, Fact.WORDS, Fact.PLAN_START}
FILLED_IN = frozenset({Fact.NAME, Fact.NUMBER, Fact.ADDRESS})
"""What the system knows already: never asked for."""
FILLED_IN_FOR = frozenset({(MessageKind.CALL, Fact.CONTACT)})


TICK = _("Kryssa för det du har kontrollerat, eller välj bort enheten.")


class SendForm(forms.Form):
    """What a kind of message asks for, and nothing else."""

    def __init__(
        self,
        *args: Any,
        kind: MessageKind,
        receivers: Receivers,
        left: Sequence[ItemDetail] = (),
        part: Part | None = None,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.kind, self.spec = kind, MESSAGES[kind]
        for fact in (*self.spec.needs, *self.spec.may):
            if fact in FILLED_IN or (kind, fact) in FILLED_IN_FOR:
                continue
            if fact is Fact.ANYWAY and not left:
                continue
            self.fields[fact.value] = field_of(fact, required=fact in self.spec.needs)
        if receivers.proposed or receivers.near:
            self.fields["units"] = _units(receivers)
            self.fields["units"].required = not self.data.get("other")
        if receivers.others:
            self.fields["other"] = _other(receivers)
        self.doubts = {one.key for one in receivers.doubts}
        if self.doubts:
            self.fields["checked"] = _doubts(receivers.doubts)
        if len(self.spec.grounds) > 1:
            self.fields["ground"] = ground_field(grounds_for(kind, part))
            self.fields["note"] = forms.CharField(
                label=_("Vad prövningen kom fram till"), max_length=500, required=False,
                help_text=_("Behövs när personen inte har samtyckt."),
            )  # fmt: skip

    def letter(self, sent_at: datetime | None = None) -> Letter:
        """What the operation takes."""
        data = self.cleaned_data
        body = body_of(self.spec, data)
        ground = data.get("ground")
        return Letter(
            body=body,
            units=tuple(UUID(one) for one in [*data.get("units", ()), data.get("other")] if one),
            ground=Secrecy(ground) if ground else None,
            note=data.get("note", ""),
            sent_at=sent_at,
            checked=frozenset(data.get("checked", ())),
        )

    def clean(self) -> dict[str, Any]:
        """Every doubt about a receiver has been looked at."""
        data: dict[str, Any] = super().clean() or {}
        left = self.doubts - set(data.get("checked", ()))
        if left and "checked" not in self.errors:
            self.add_error("checked", TICK)
        return data


def chosen_units(data: QueryDict) -> frozenset[UUID]:
    """The units that are ticked on a form that was sent; nonsense is left out."""
    found = set()
    for one in [*data.getlist("units"), data.get("other", "")]:
        try:
            found.add(UUID(str(one)))
        except ValueError:
            continue
    return frozenset(found)


def chosen_unit(data: QueryDict) -> UUID | None:
    """The unit that is chosen on a form with one; nonsense is none."""
    try:
        return UUID(data.get("unit", ""))
    except ValueError:
        return None


def body_of(spec: MessageSpec, data: Mapping[str, Any]) -> dict[str, object]:
    """What a form holds of what its message may hold; empty fields are left out."""
    return {
        fact.value: _said(data[fact.value])
        for fact in (*spec.needs, *spec.may)
        if fact not in FILLED_IN and data.get(fact.value) not in (None, "")
    }


def _said(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def field_of(fact: Fact, *, required: bool) -> forms.Field:
    """What is asked for one thing in a message."""
    label = translated(FACT_WORDS[fact])
    given: dict[str, Any] = {"label": label[:1].upper() + label[1:], "required": required}
    if fact is Fact.TRACK:
        return _tracks(given)
    if fact in DAYS:
        return forms.DateField(widget=DayInput, **given)
    if fact in MOMENTS:
        return MomentField(**given)
    if fact in LONG:
        return forms.CharField(max_length=WORDS, widget=forms.Textarea(attrs={"rows": 4}), **given)
    return forms.CharField(max_length=LINE, **given)


def _tracks(given: dict[str, Any]) -> forms.Field:
    known = [(one.value, translated(TRACK_WORDS[one])) for one in Track]
    choices = [("", gettext("Vet inte än")), *known]
    return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **given)


def _units(receivers: Receivers) -> forms.Field:
    proposed = [(str(one.unit.id), _label(one)) for one in receivers.proposed]
    near = [(str(one.unit.id), one.unit.name) for one in receivers.near]
    groups = [(gettext("Andra i kommunen"), near)] if near else []
    return forms.MultipleChoiceField(
        label=_("Vilka ska få det?"),
        error_messages={"required": _("Välj minst en mottagare.")},
        widget=Folded(wide_open=True),
        choices=[*proposed, *groups],
        initial=[str(one.unit.id) for one in receivers.proposed if one.chosen],
    )


def _label(one: Receiver) -> str:
    """The unit's name, and under it why it is proposed."""
    if not one.why:
        return one.unit.name
    why = " ".join(translated(text) for text in one.why)
    return format_html('{}<span class="choice-why">{}</span>', one.unit.name, why)


def _other(receivers: Receivers) -> forms.Field:
    return forms.ChoiceField(
        label=_("En enhet till, om den saknas i listan"),
        required=False,
        choices=[("", _("Ingen fler")), *receivers.others],
    )


def _doubts(found: Iterable[Suspicion]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=_("Stämmer mottagaren?"),
        error_messages={"required": TICK},
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.key, translated(one.words)) for one in found],
        help_text=_("Kryssa för varje rad när du har kontrollerat att det är rätt."),
    )


def ground_field(grounds: Iterable[Secrecy]) -> forms.Field:
    """On which of these grounds it may be given."""
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
    found |= _said_before(case, kind)
    if len(MESSAGES[kind].grounds) > 1:
        found["ground"] = MESSAGES[kind].grounds[0].value
    return found


_AGAIN = {
    MessageKind.FORM: (MessageKind.FORM, tuple(PLANNED)),
    MessageKind.INFORMATION: (MessageKind.INFORMATION, (Fact.SUMMARY, Fact.MEDICINES, Fact.AIDS)),
    MessageKind.PATIENT: (MessageKind.INFORMATION, (Fact.MEDICINES,)),
}
"""Kind → the message whose words it begins with, and which of them: nothing is typed twice."""


def _said_before(case: CaseDetail, kind: MessageKind) -> dict[str, Any]:
    """What has been written before in the case: by the own unit, and how it was before, by those who know."""
    found: dict[str, Any] = {Fact.TRACK.value: case.track.value if case.track else ""}
    before_it = (one for one in case.messages if one.kind is MessageKind.BEFORE)
    told = [one for one in before_it if one.withdrawn_at is None]
    if told and kind is MessageKind.FORM:
        found[Fact.BEFORE.value] = told[-1].body.get(Fact.WORDS.value, "")
    before, facts = _AGAIN.get(kind, (None, ()))
    said = [one for one in case.messages if one.own and one.kind is before]
    if said:
        body = said[-1].body
        found |= {one.value: body[one.value] for one in facts if one.value in body}
    return found


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Varför?"), max_length=500)


BACK = "tillbaka"
"""On the form, instead of a unit: to whoever sent it."""


class WrongForm(ReasonForm):
    """A message that came wrong: back, or on to the right unit."""

    unit = forms.ChoiceField(label=_("Vart ska det?"))

    field_order = ("unit", "reason")

    def __init__(
        self, *args: Any, units: Any, doubts: Sequence[Suspicion] = (), **given: Any
    ) -> None:
        super().__init__(*args, **given)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(BACK, _("Tillbaka till avsändaren")), *units]
        self.names: dict[str, str] = {key: name for _owner, group in units for key, name in group}
        self.doubts = {one.key for one in doubts}
        if self.doubts:
            self.fields["checked"] = _doubts(doubts)

    def clean(self) -> dict[str, Any]:
        """Every doubt about the unit has been looked at."""
        data: dict[str, Any] = super().clean() or {}
        if self.doubts - set(data.get("checked", ())) and "checked" not in self.errors:
            self.add_error("checked", TICK)
        return data

    def checked(self) -> frozenset[str]:
        """The doubts that have been ticked."""
        return frozenset(self.cleaned_data.get("checked", ()))

    def unit_id(self) -> UUID | None:
        """The right unit, if one was chosen."""
        unit = self.cleaned_data["unit"]
        return None if unit == BACK else UUID(unit)

    def unit_name(self) -> str:
        """Its name; empty if the message goes back."""
        return self.names.get(self.cleaned_data["unit"], "")
