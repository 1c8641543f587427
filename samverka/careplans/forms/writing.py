"""Forms for what is written in a plan. The operations decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.careplans import rules
from samverka.careplans.forms.choices import (
    Choice,
    Choices,
    choices,
    let_choose,
    near_units,
    unit_groups,
)
from samverka.careplans.operations import Owner
from samverka.careplans.reads import ActivityDetail, GoalDetail, PlanDetail
from samverka.careplans.rules import (
    ActivityStatus,
    GoalStatus,
    Group,
    OwnerKind,
    PlanKind,
    Section,
    Term,
)
from samverka.organisations.reads import UnitDetail
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput


class NewPlanForm(forms.Form):
    """Begin a plan."""

    what_matters = forms.CharField(
        label=_("Vad är viktigt för mig?"),
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

    template = forms.ChoiceField(
        label=_("Vem gäller planen?"),
        required=False,
        help_text=_("Ger frågor att ställa. Inget skrivs in i planen av sig självt."),
    )
    field_order = ("what_matters", "kind", "template", "title", "asked_by")

    def __init__(self, *args: Any, kinds: Iterable[PlanKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(
            self, "kind", [(kind.value, translated(rules.KINDS[kind].words)) for kind in kinds]
        )
        let_choose(
            self, "template", [("", gettext("Ingen särskild grupp")), *choices(rules.GROUP_WORDS)]
        )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        group = self.cleaned_data["template"]
        return self.cleaned_data | {
            "kind": PlanKind(self.cleaned_data["kind"]),
            "template": Group(group) if group else None,
        }


class WhyForm(forms.Form):
    """What a form that changes a plan that holds asks last. A draft has nothing yet to explain."""

    why = forms.CharField(
        label=_("Varför ändras det?"),
        required=False,
        max_length=rules.WHY_LENGTH,
        help_text=_("Står sedan i planens versioner. Behöver inte fyllas i."),
    )

    def __init__(self, *args: Any, asks_why: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.pop("why")
        if asks_why:
            self.fields["why"] = field

    def why_changed(self) -> str:
        """The reason; empty for none."""
        return str(self.cleaned_data.get("why", ""))


# ── the plan's own texts and facts ──


class SectionForm(WhyForm):
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
    Section.NEEDS: _("Vad personen behöver hjälp med, och vilka frågor som ska lösas."),
    Section.ATTITUDE: _("Vad personen säger ja och nej till, med egna ord."),
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
        let_choose(self, "organisation", responsible_choices(plan))

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


class GoalForm(WhyForm):
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
        let_choose(self, "term", choices(rules.TERM_WORDS))

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        found = {name: self.cleaned_data[name] for name in ("words", "reach_by")}
        return found | {"term": Term(self.cleaned_data["term"]), "why": self.why_changed()}


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
        let_choose(self, "status", choices(rules.GOAL_WORDS))

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

PERSON, CLOSE, OTHER = "person", "close", "other"
NO_OWNER = _("Varje insats behöver någon som ansvarar. Välj en enhet, personen eller någon annan.")


class ActivityForm(WhyForm):
    """Who does what until when. An owner is obligatory; the operation says so in words."""

    what = forms.CharField(
        label=_("Vad ska göras?"),
        max_length=rules.LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ChoiceField(label=_("Vem ansvarar?"), error_messages={"required": NO_OWNER})
    owner_text = forms.CharField(
        label=_("Om det är en närstående eller någon annan: vem?"),
        max_length=rules.OWNER_LENGTH,
        required=False,
        help_text=_("Till exempel Per, sonen, en förening eller en myndighet."),
    )
    due_on = forms.DateField(label=_("Klart senast"), required=False, widget=DayInput)
    goal = forms.ChoiceField(label=_("Hör till målet"), required=False)
    preventive = forms.BooleanField(label=_("Förebyggande"), required=False)
    rehabilitating = forms.BooleanField(label=_("Rehabiliterande"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, plan: PlanDetail, units: Iterable[UnitDetail], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "owner", _owner_choices(plan, units))
        goals = [(str(goal.id), goal.words) for goal in plan.goals]
        let_choose(self, "goal", [("", gettext("Inget särskilt mål")), *goals])

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "what": data["what"],
            "owner": _owner(data["owner"], data["owner_text"]),
            "due_on": data["due_on"],
            "goal_id": UUID(data["goal"]) if data["goal"] else None,
            "preventive": data["preventive"],
            "rehabilitating": data["rehabilitating"],
            "why": self.why_changed(),
        }


def _owner(chosen: str, text: str) -> Owner:
    if chosen in (PERSON, CLOSE, OTHER):
        return Owner(kind=OwnerKind(chosen), text=text)
    return Owner(unit_id=UUID(chosen)) if chosen else Owner()


def _owner_choices(plan: PlanDetail, units: Iterable[UnitDetail]) -> Choices:
    """First those who take part already, then the person and others, then all units."""
    ours = [(str(one.unit_id), one.name) for one in plan.parties]
    known = {key for key, _name in ours}
    named = (OwnerKind.CLOSE, OwnerKind.OTHER)
    person = [
        (PERSON, plan.person.name),
        *((one.value, translated(rules.OWNER_WORDS[one])) for one in named),
    ]
    return [
        ("", gettext("Välj vem som ansvarar")),
        (gettext("Deltar i planen"), ours),
        (gettext("Personen och andra"), person),
        *unit_groups((one for one in units if str(one.id) not in known), near_units(plan)),
    ]


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
        let_choose(self, "status", choices(rules.ACTIVITY_WORDS))

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
        "rehabilitating": one.rehabilitating,
        "status": one.status.value,
        "outcome": one.outcome,
        "version": one.version,
    }
