"""Forms for meetings and calls: parsing and friendly words. The operations decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.careplans.forms.choices import choices, let_choose, let_choose_units, near_units
from samverka.careplans.operations import Attendee, Invited, MeetingFacts
from samverka.careplans.reads import (
    AttendanceLine,
    CallLine,
    MeetingDetail,
    MeetingEnd,
    PlanDetail,
)
from samverka.careplans.rules import meetings as rules
from samverka.careplans.rules.meetings import Answer, CallStatus, Invitee
from samverka.organisations.reads import UnitDetail
from samverka.web.form_rendering import Folded, MomentField

LENGTHS = {
    "30": _("30 minuter"),
    "45": _("45 minuter"),
    "60": _("1 timme"),
    "90": _("1 timme och 30 minuter"),
    "120": _("2 timmar"),
}


class MeetingForm(forms.Form):
    """When, where and why."""

    starts_at = MomentField(label=_("När börjar mötet?"))
    length = forms.ChoiceField(label=_("Hur långt är det?"), choices=list(LENGTHS.items()))
    place = forms.CharField(label=_("Plats"), max_length=rules.LINE, required=False)
    link = forms.CharField(
        label=_("Länk till videomöte"),
        max_length=rules.LINK_LENGTH,
        required=False,
        help_text=_("Börjar med https://"),
    )
    purpose = forms.CharField(
        label=_("Vad ska mötet handla om?"),
        max_length=rules.PURPOSE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Visas bara för dem som får läsa planen."),
    )
    led_by = forms.CharField(label=_("Vem leder mötet?"), max_length=rules.LINE, required=False)

    def facts(self) -> MeetingFacts:
        """What the operation takes."""
        data = self.cleaned_data
        starts: datetime = data["starts_at"]
        return MeetingFacts(
            starts_at=starts,
            ends_at=starts + timedelta(minutes=int(data["length"])),
            place=data["place"],
            link=data["link"],
            purpose=data["purpose"],
            led_by=data["led_by"],
        )


def meeting_initial(meeting: MeetingDetail) -> dict[str, Any]:
    """A meeting's facts, to begin with."""
    minutes = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    nearest = min(LENGTHS, key=lambda one: abs(int(one) - minutes))
    return {
        "starts_at": meeting.starts_at,
        "length": nearest,
        "place": meeting.place,
        "link": meeting.link,
        "purpose": meeting.purpose,
        "led_by": meeting.led_by,
    }


class Called(NamedTuple):
    """Who is called already: they are not called again."""

    units: frozenset[UUID]
    person: bool


NOBODY = Called(frozenset(), person=False)


def called_to(meeting: MeetingDetail) -> Called:
    """Those whose call stands, whatever they have answered."""
    stands = [one for one in meeting.calls if one.status in rules.STANDING_CALLS]
    return Called(
        frozenset(one.unit_id for one in stands if one.invitee is Invitee.UNIT),
        person=any(one.invitee is Invitee.PERSON for one in stands),
    )


class InviteForm(forms.Form):
    """Who is to come."""

    units = forms.MultipleChoiceField(
        label=_("Kalla de som deltar i planen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    more = forms.MultipleChoiceField(
        label=_("Kalla fler enheter"),
        required=False,
        widget=Folded,
        help_text=_(
            "En enhet som personen inte har samtyckt till får bara veta att ni vill mötas."
        ),
    )
    person = forms.BooleanField(label=_("Bjud in personen"), required=False, initial=True)
    wished = forms.MultipleChoiceField(
        label=_("Bjud in dem som personen vill ha med"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=_("Bjud in närstående och andra"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("En på varje rad, till exempel: Eva, dotter."),
    )

    def __init__(
        self,
        *args: Any,
        plan: PlanDetail,
        units: Iterable[UnitDetail],
        own: UUID,
        wished: Iterable[str] = (),
        consented: frozenset[UUID] = frozenset(),
        called: Called = NOBODY,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [one for one in units if one.id not in called.units]
        if called.person:
            del self.fields["person"]
        names = [(one, one) for one in wished]
        let_choose(self, "wished", names)
        if not names:
            del self.fields["wished"]
        parties = [(str(one.unit_id), one.name) for one in plan.parties if one.unit_id != own]
        parties = [one for one in parties if UUID(one[0]) not in called.units]
        known = {unit for unit, _name in parties} | {str(own)}
        # Those whom the person has said yes to are called, whether they take part yet or not.
        yes = [(str(one.id), one.name) for one in offered if one.id in consented]
        parties += [one for one in yes if one[0] not in known]
        known |= {unit for unit, _name in parties}
        let_choose(self, "units", parties)
        rest = (one for one in offered if str(one.id) not in known)
        first = "" if parties else gettext("Vilka enheter ska kallas?")
        let_choose_units(self, "more", rest, near_units(plan), first)
        self.fields["units"].initial = [unit for unit, _name in parties]
        if not parties:
            del self.fields["units"]

    def invited(self) -> Invited:
        """What the operation takes."""
        data = self.cleaned_data
        lines = [one.strip() for one in data["others"].splitlines()]
        return Invited(
            units=tuple(UUID(one) for one in [*data.get("units", []), *data["more"]]),
            person=data.get("person", False),
            others=tuple(one for one in [*data.get("wished", []), *lines] if one),
        )


class NewMeetingForm(MeetingForm, InviteForm):
    """A new meeting, and who is to come."""

    field_order = ("starts_at", "length", "place", "link", "units", "more", "person", "wished", "others",
                   "purpose", "led_by")  # fmt: skip


class AnswerForm(forms.Form):
    """The answer to a call."""

    answer = forms.ChoiceField(label=_("Svar"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Varför inte, eller när passar det?"),
        required=False,
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    time = MomentField(label=_("En annan tid som passar"), required=False)

    def __init__(self, *args: Any, for_person: bool, acts_for: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = rules.PERSON_ANSWER_WORDS if for_person else rules.ANSWER_WORDS
        if acts_for:
            words = rules.BEHALF_ANSWER_WORDS
            self.fields["answer"].label = gettext("Svar för %(name)s") % {"name": acts_for}
        let_choose(self, "answer", choices(words, rules.ANSWERS))

    def value(self) -> Answer:
        """What the operation takes."""
        data = self.cleaned_data
        return Answer(CallStatus(data["answer"]), data["reason"], data["time"])


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = forms.CharField(
        label=_("Varför ställs mötet in?"),
        required=False,
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


THERE = {"": _("Inte noterat"), "yes": _("Var med"), "no": _("Var inte med")}
"""What one can say of each who was called; nobody is absent because nobody said anything."""


class PeopleForm(forms.Form):
    """Who was at the meeting: a line for each who was called, and others in words."""

    others = forms.CharField(
        label=_("Andra som var med"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("En på varje rad: namn, roll. Till exempel: Eva Åström, dotter."),
    )

    def __init__(self, *args: Any, found: MeetingEnd, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = found.meeting
        self.calls = _own_and_called(meeting)
        noted, writers = list(meeting.attendances), list(found.writers)
        answers = {one.name: one.status for one in meeting.calls}
        for at, (name, unit) in enumerate(self.calls):
            known = _taken(noted, name, unit)
            wrote = _taken(writers, name, unit)
            there, who = _suggested(name, known, wrote, answers.get(name), first=at == 0)
            self.fields[f"there_{at}"] = forms.ChoiceField(
                label=name, required=False, choices=list(THERE.items()), initial=there
            )
            self.fields[f"who_{at}"] = forms.CharField(
                label=_("Vem, och i vilken roll"),
                required=False,
                max_length=rules.LINE,
                initial=who,
            )
        named = {one.name for one in meeting.attendances}
        rest = [one for one in noted if one.present]
        rest += [one for one in writers if one.name not in named]
        lines = [f"{one.name}, {one.role}".rstrip(", ") for one in rest]
        self.fields["others"].initial = "\n".join(dict.fromkeys(lines))
        self.order_fields([name for name in self.fields if name not in ("others", "now")])

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each who was called: whether there, and who."""
        return [(self[f"there_{at}"], self[f"who_{at}"]) for at in range(len(self.calls))]

    def attendees(self) -> list[Attendee]:
        """What the operation takes: only those of whom something is said."""
        data = self.cleaned_data
        found = []
        for at, (name, unit) in enumerate(self.calls):
            who, _sep, role = (one.strip() for one in data[f"who_{at}"].partition(","))
            there = data[f"there_{at}"] or ("yes" if who else "")
            if there:
                said = (role or name) if who else ""
                found.append(Attendee(who or name, said, there == "yes", unit_id=unit))
        for line in data["others"].splitlines():
            name, _sep, role = line.partition(",")
            found.append(Attendee(name.strip(), role.strip()))
        return found


def _taken(lines: list[AttendanceLine], name: str, unit: UUID | None) -> AttendanceLine | None:
    """The line about this unit or person, taken out of those that are left."""
    for one in lines:
        if (unit is not None and one.unit_id == unit) or name in (one.name, one.role):
            lines.remove(one)
            return one
    return None


def _suggested(
    name: str,
    known: AttendanceLine | None,
    wrote: AttendanceLine | None,
    answer: CallStatus | None,
    *,
    first: bool,
) -> tuple[str, str]:
    """What the line begins with: what is noted, else who wrote at the table, else the answer."""
    if known is not None:
        role = known.role if known.role != name else ""
        who = f"{known.name}, {role}".rstrip(", ") if known.name != name else ""
        return ("yes" if known.present else "no"), who
    if wrote is not None:
        return "yes", wrote.name if wrote.name != name else ""
    if answer is CallStatus.DECLINED:
        return "no", ""
    return ("yes" if first or answer is CallStatus.ACCEPTED else ""), ""


class HoldForm(PeopleForm):
    """Who was there, and that one meets now if the time has not come."""

    now = forms.BooleanField(
        label=_("Vi möts nu, inte på den tid som står i kallelsen"), required=False
    )

    def __init__(self, *args: Any, found: MeetingEnd, early: bool, **kwargs: Any) -> None:
        super().__init__(*args, found=found, **kwargs)
        if not early:
            del self.fields["now"]

    @property
    def meets_now(self) -> bool:
        """Whether one meets before the time."""
        return bool(self.cleaned_data.get("now"))


def _own_and_called(meeting: MeetingDetail) -> list[tuple[str, UUID | None]]:
    named = [(one.name, _unit_of(one)) for one in meeting.calls]
    return list(dict.fromkeys([(meeting.unit.name, meeting.unit.id), *named]))


def _unit_of(call: CallLine) -> UUID | None:
    return call.unit_id if call.invitee is Invitee.UNIT else None
