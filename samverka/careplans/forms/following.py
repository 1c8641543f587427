"""Forms for following up, merging, a carer's plan and templates. The operations decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.careplans import rules
from samverka.careplans.forms.choices import choices, let_choose, template_choices
from samverka.careplans.operations import ActivityResult, GoalResult
from samverka.careplans.reads import MergeChoice, PlanDetail, PlanLine, TemplateDetail
from samverka.careplans.rules import ActivityStatus, Answer, GoalStatus, Group, PlanKind, Question
from samverka.organisations.rules import UNIT_WORDS, UnitKind
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput


class GroupForm(forms.Form):
    """Which group's questions are at hand while the plan is begun."""

    template = forms.ChoiceField(
        label=_("Vem gäller planen?"),
        required=False,
        help_text=_("Ger frågor att ställa. Inget skrivs in i planen av sig självt."),
    )

    def __init__(self, *args: Any, kind: PlanKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "template", template_choices(kind))

    def group(self) -> Group | None:
        """The group chosen; None for no group."""
        chosen = self.cleaned_data["template"]
        return Group(chosen) if chosen else None


class ReviewForm(forms.Form):
    """A follow-up of the whole plan: every goal and every open activity in one form."""

    on = forms.DateField(label=_("Vilken dag följde ni upp planen?"), widget=DayInput)
    took_part = forms.CharField(
        label=_("Vilka var med?"),
        max_length=rules.LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    words = forms.CharField(
        label=_("Vad säger personen?"),
        required=False,
        max_length=rules.WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Med personens egna ord."),
    )
    next_on = forms.DateField(
        label=_("Nästa uppföljning"),
        required=False,
        widget=DayInput,
        help_text=_("Lämna tomt bara om planen ska avslutas."),
    )
    why = forms.CharField(
        label=_("Om planen ändras: varför?"), required=False, max_length=rules.WHY_LENGTH
    )

    def __init__(self, *args: Any, plan: PlanDetail, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = plan.goals
        self.activities = [one for one in plan.activities if one.status in rules.OPEN_ACTIVITIES]
        last = {name: self.fields.pop(name) for name in ("words", "next_on", "why")}
        for goal in self.goals:
            self._ask(f"goal_{goal.id}", gettext("Målet ”%s”") % goal.words, rules.GOAL_WORDS)
            self._begin(f"goal_{goal.id}", goal.status.value, goal.outcome, goal.version)
        for one in self.activities:
            self._ask(f"activity_{one.id}", one.what, rules.ACTIVITY_WORDS)
            self._begin(f"activity_{one.id}", one.status.value, one.outcome, one.version)
        for question, words in rules.QUESTIONS.items():
            self.fields[question.value] = forms.ChoiceField(
                label=translated(words),
                required=False,
                widget=forms.RadioSelect,
                choices=choices(rules.ANSWERS),
            )
        self.fields |= last

    def _ask(self, name: str, label: str, words: Any) -> None:
        self.fields[f"{name}_status"] = forms.ChoiceField(label=label, choices=choices(words))
        self.fields[name] = forms.CharField(
            label=gettext("Hur gick det?"),
            required=False,
            max_length=rules.LINE_LENGTH,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"{name}_version"] = forms.IntegerField(widget=forms.HiddenInput)

    def _begin(self, name: str, status: str, outcome: str, version: int) -> None:
        for part, value in (("_status", status), ("", outcome), ("_version", version)):
            self.initial[f"{name}{part}"] = value

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        found = {name: data[name] for name in ("on", "took_part", "words", "next_on", "why")}
        answers = {one: Answer(data[one.value]) for one in Question if data[one.value]}
        return found | {
            "answers": answers,
            "goals": list(self._goal_results()),
            "activities": list(self._activity_results()),
        }

    def _goal_results(self) -> Iterator[GoalResult]:
        data = self.cleaned_data
        for one in self.goals:
            name = f"goal_{one.id}"
            status = GoalStatus(data[f"{name}_status"])
            yield GoalResult(one.id, data[f"{name}_version"], status, data[name])

    def _activity_results(self) -> Iterator[ActivityResult]:
        data = self.cleaned_data
        for one in self.activities:
            name = f"activity_{one.id}"
            status = ActivityStatus(data[f"{name}_status"])
            yield ActivityResult(one.id, data[f"{name}_version"], status, data[name])


class ResultForm(forms.Form):
    """How it went with one activity."""

    status = forms.ChoiceField(label=_("Läge"), widget=forms.RadioSelect)
    outcome = forms.CharField(
        label=_("Hur gick det, med personens egna ord?"),
        max_length=rules.LINE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "status", choices(rules.ACTIVITY_WORDS))

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "status": ActivityStatus(data["status"]),
            "outcome": data["outcome"],
            "version": data["version"],
        }


class ExplainForm(forms.Form):
    """Why a version was made."""

    why = forms.CharField(
        label=_("Varför ändrade du planen?"),
        max_length=rules.WHY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alla som läser planen ser vad du skriver."),
    )


class MergeForm(forms.Form):
    """Which other plan becomes part of this one, and why."""

    other = forms.ChoiceField(
        label=_("Vilken plan ska bli en del av den här?"), widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Varför?"), max_length=rules.WHY_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    person_wants = forms.BooleanField(
        label=_("Vi har frågat personen, som vill ha en plan i stället för två"), required=False
    )

    def __init__(self, *args: Any, found: Iterable[MergeChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = [one for one in found if one.asked_at is None]
        let_choose(
            self,
            "other",
            [(str(one.plan.id), f"{one.plan.title} · {one.plan.unit_name}") for one in waiting],
        )

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "other_id": UUID(data["other"]),
            "why": data["why"],
            "person_wants": data["person_wants"],
        }


class MergeAnswerForm(forms.Form):
    """Yes or no to two plans becoming one."""

    agreed = forms.ChoiceField(label=_("Vad svarar ni?"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Om ni säger nej: varför?"),
        required=False,
        max_length=rules.WHY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "agreed", [("yes", gettext("Ja, låt dem bli en")), ("no", gettext("Nej"))])

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {"agreed": data["agreed"] == "yes", "answer": data["answer"]}


class CarerForm(forms.Form):
    """Which plan the one cared for has."""

    cared = forms.ChoiceField(
        label=_("Planen för den som får hjälp"),
        help_text=_("Bara den som får se båda planerna ser att de hör ihop."),
    )

    def __init__(self, *args: Any, plans: Iterable[PlanLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(one.id), f"{one.person.name} · {one.title}") for one in plans]
        let_choose(self, "cared", [("", gettext("Välj plan")), *found])

    def cared_id(self) -> UUID:
        """The plan chosen."""
        return UUID(self.cleaned_data["cared"])


class TemplateForm(forms.Form):
    """A group's template, a row a question."""

    questions = forms.CharField(
        label=_("Frågor att ställa"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("En fråga på varje rad. De visas bredvid planen och skrivs aldrig in i den."),
    )
    parties = forms.MultipleChoiceField(
        label=_("Kan behöva vara med"), required=False, widget=forms.CheckboxSelectMultiple
    )
    prompts = forms.CharField(
        label=_("Insatser att tänka på"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("En på varje rad. Ingen av dem har någon som ansvarar förrän den skrivs in."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "parties", choices(UNIT_WORDS))

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "questions": data["questions"].splitlines(),
            "prompts": data["prompts"].splitlines(),
            "parties": [UnitKind(one) for one in data["parties"]],
            "version": data["version"],
        }


def template_initial(template: TemplateDetail) -> dict[str, Any]:
    """A template's words, to begin with."""
    return {
        "questions": "\n".join(translated(one) for one in template.questions),
        "prompts": "\n".join(translated(one) for one in template.prompts),
        "parties": [one.value for one in template.parties],
        "version": template.version,
    }
