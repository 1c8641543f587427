"""Forms for plans: parsing and friendly words. The operations decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samverka.access.rules import ConsentForm
from samverka.careplans import rules
from samverka.careplans.operations import ConsentGiven, Owner
from samverka.careplans.reads import ActivityDetail, GoalDetail, PlanDetail
from samverka.careplans.rules import ActivityStatus, GoalStatus, OwnerKind, PlanKind, Section, Term
from samverka.kernel.actor import Side
from samverka.kernel.calendar import end_of_day
from samverka.organisations.reads import AssignmentDetail, UnitDetail
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput

Choice = tuple[str, str]
Choices = list[Choice | tuple[str, list[Choice]]]


def _choices(words: Mapping[Any, str], only: Iterable[Any] | None = None) -> list[Choice]:
    return [(code.value, translated(words[code])) for code in (only or words)]


def _set(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class NewPlanForm(forms.Form):
    """Begin a plan."""

    what_matters = forms.CharField(
        label=rules.SECTION_WORDS[Section.WHAT_MATTERS],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Med personens egna ord. Det går att fylla på senare."),
    )
    kind = forms.ChoiceField(label=_("Vilken plan?"))
    title = forms.CharField(
        label=_("Planens namn"),
        max_length=rules.SECTION_LENGTH[Section.TITLE],
        required=False,
        help_text=_("Lämna tomt för att använda planens vanliga namn."),
    )
    asked_by = forms.CharField(
        label=_("Vem såg eller bad om behovet?"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(
            self,
            "kind",
            [(kind.value, translated(spec.words)) for kind, spec in rules.KINDS.items()],
        )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return self.cleaned_data | {"kind": PlanKind(self.cleaned_data["kind"])}


# ── the plan's own texts and facts ──


class SectionForm(forms.Form):
    """One of the plan's texts."""

    text = forms.CharField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label = translated(rules.SECTION_WORDS[section])
        if section is not Section.TITLE:
            field.widget = forms.Textarea(attrs={"rows": 7})
        field.help_text = HELP.get(section, "")


HELP = {
    Section.WHAT_MATTERS: _("Med personens egna ord."),
    Section.STRENGTHS: _("Det personen klarar, tycker om och har stöd av: vanor, nätverk, hjälpmedel."),
    Section.IF_WORSE: _("Tecken att vara uppmärksam på, vad personen kan göra själv, vem man ringer."),
}  # fmt: skip


class FollowUpForm(forms.Form):
    """The day of follow-up."""

    follow_up_on = forms.DateField(label=_("Dag för uppföljning"), widget=DayInput)


class ResponsibleForm(forms.Form):
    """Which huvudman has the overall responsibility."""

    organisation = forms.ChoiceField(label=_("Övergripande ansvar"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, plan: PlanDetail, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "organisation", responsible_choices(plan))

    def organisation_id(self) -> UUID:
        """The one chosen."""
        return UUID(self.cleaned_data["organisation"])


def responsible_choices(plan: PlanDetail) -> list[Choice]:
    """The huvudmän that take part in the plan."""
    found = {
        str(one.organisation_id): one.organisation_name
        for one in plan.parties
        if one.side in rules.HUVUDMAN
    }
    return sorted(found.items(), key=lambda choice: choice[1])


# ── goals ──


class GoalForm(forms.Form):
    """A goal."""

    words = forms.CharField(
        label=_("Målet med personens egna ord"),
        max_length=rules.LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    term = forms.ChoiceField(label=_("När?"), widget=forms.RadioSelect)
    reach_by = forms.DateField(label=_("Till vilken dag"), required=False, widget=DayInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "term", _choices(rules.TERM_WORDS))

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        found = {name: self.cleaned_data[name] for name in ("words", "reach_by")}
        return found | {"term": Term(self.cleaned_data["term"])}


def goal_initial(goal: GoalDetail) -> dict[str, Any]:
    """An open goal's facts, to begin with."""
    return {
        "words": goal.words,
        "term": goal.term.value,
        "reach_by": goal.reach_by,
        "version": goal.version,
    }


class OutcomeForm(forms.Form):
    """How it went with a goal."""

    status = forms.ChoiceField(label=_("Hur gick det?"), widget=forms.RadioSelect)
    outcome = forms.CharField(
        label=_("Med personens egna ord"),
        max_length=rules.LINE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "status", _choices(rules.GOAL_WORDS))

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return {
            "status": GoalStatus(self.cleaned_data["status"]),
            "outcome": self.cleaned_data["outcome"],
        }


def outcome_initial(goal: GoalDetail) -> dict[str, Any]:
    """What is noted of a goal already."""
    return {"status": goal.status.value, "outcome": goal.outcome, "version": goal.version}


# ── activities ──

PERSON, OTHER = "person", "other"


class ActivityForm(forms.Form):
    """Who does what until when. An owner is obligatory; the operation says so in words."""

    what = forms.CharField(
        label=_("Vad ska göras?"),
        max_length=rules.LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ChoiceField(label=_("Vem ansvarar?"), required=False)
    owner_text = forms.CharField(
        label=_("Om det är någon annan: vem?"),
        max_length=rules.OWNER_LENGTH,
        required=False,
        help_text=_("Till exempel en närstående, en förening eller en myndighet."),
    )
    due_on = forms.DateField(label=_("Klart senast"), required=False, widget=DayInput)
    goal = forms.ChoiceField(label=_("Hör till målet"), required=False)
    preventive = forms.BooleanField(label=_("Förebyggande eller rehabiliterande"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, plan: PlanDetail, units: Iterable[UnitDetail], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "owner", _owner_choices(plan, units))
        goals = [(str(goal.id), goal.words) for goal in plan.goals]
        _set(self, "goal", [("", _now("Inget särskilt mål")), *goals])

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "what": data["what"],
            "owner": _owner(data["owner"], data["owner_text"]),
            "due_on": data["due_on"],
            "goal_id": UUID(data["goal"]) if data["goal"] else None,
            "preventive": data["preventive"],
        }


def _owner(chosen: str, text: str) -> Owner:
    if chosen in (PERSON, OTHER):
        return Owner(kind=OwnerKind(chosen), text=text)
    return Owner(unit_id=UUID(chosen)) if chosen else Owner()


def _owner_choices(plan: PlanDetail, units: Iterable[UnitDetail]) -> Choices:
    """First those who take part already, then the person and others, then all units."""
    ours = [(str(one.unit_id), one.name) for one in plan.parties]
    known = {key for key, _name in ours}
    person = [(PERSON, plan.person.name), (OTHER, translated(rules.OWNER_WORDS[OwnerKind.OTHER]))]
    return [
        ("", _now("Välj vem som ansvarar")),
        (_now("Deltar i planen"), ours),
        (_now("Personen och andra"), person),
        *unit_groups(unit for unit in units if str(unit.id) not in known),
    ]


def unit_groups(units: Iterable[UnitDetail]) -> Choices:
    """Units by organisation, the region first."""
    groups: dict[tuple[bool, str], list[Choice]] = {}
    for unit in units:
        key = (unit.side is not Side.REGION, unit.organisation_name)
        groups.setdefault(key, []).append((str(unit.id), unit.name))
    return [(name, groups[later, name]) for later, name in sorted(groups)]


class EditActivityForm(ActivityForm):
    """An activity, and how far it has come."""

    status = forms.ChoiceField(label=_("Läge"))
    outcome = forms.CharField(
        label=_("Hur gick det?"),
        max_length=rules.LINE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "status", _choices(rules.ACTIVITY_WORDS))

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return super().values() | {
            "status": ActivityStatus(self.cleaned_data["status"]),
            "outcome": self.cleaned_data["outcome"],
        }


def activity_initial(one: ActivityDetail) -> dict[str, Any]:
    """An activity's facts, to begin with."""
    unit = str(one.owner_unit_id) if one.owner_unit_id else one.owner_kind.value
    return {
        "what": one.what,
        "owner": unit,
        "owner_text": one.owner_text,
        "due_on": one.due_on,
        "goal": str(one.goal_id or ""),
        "preventive": one.preventive,
        "status": one.status.value,
        "outcome": one.outcome,
        "version": one.version,
    }


# ── sharing ──

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
    unit = forms.ChoiceField(label=_("En enhet till"), required=False)
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
        _set(self, "parties", waiting)
        _set(self, "unit", [("", _now("Ingen fler")), *unit_groups(others)])
        _set(self, "form", [(one.value, words) for one, words in FORM_WORDS.items()])
        if not waiting:
            del self.fields["parties"]

    def unit_ids(self) -> list[UUID]:
        """The units chosen."""
        data = self.cleaned_data
        chosen = [*data.get("parties", []), data["unit"]]
        return [UUID(one) for one in chosen if one]

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
        groups: Choices = [("", _now("Hela planen"))]
        groups += [(_now("Mål"), goals)] if goals else []
        groups += [(_now("Insatser"), activities)] if activities else []
        _set(self, "about", groups)

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        kind, _sep, key = self.cleaned_data["about"].partition(":")
        return {
            "words": self.cleaned_data["words"],
            "goal_id": UUID(key) if kind == "goal" else None,
            "activity_id": UUID(key) if kind == "activity" else None,
        }


class ContactForm(forms.Form):
    """Appoint a contact of the own unit."""

    kind = forms.ChoiceField(label=_("Vilken kontakt?"), widget=forms.RadioSelect)
    assignment = forms.ChoiceField(label=_("Vem?"))

    def __init__(self, *args: Any, staff: Iterable[AssignmentDetail], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "kind", _choices(rules.CONTACT_WORDS))
        people = [(str(one.id), f"{one.staff_name}, {one.profession}") for one in staff]
        _set(self, "assignment", people)

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "kind": rules.ContactKind(data["kind"]),
            "assignment_id": UUID(data["assignment"]),
        }
