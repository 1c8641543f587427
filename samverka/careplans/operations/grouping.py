"""The county's own words for the templates of groups."""

from __future__ import annotations

from collections.abc import Sequence

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import PlanTemplate
from samverka.careplans.reads.grouping import TemplateDetail, template_detail
from samverka.careplans.rules import Group
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, Invalid
from samverka.kernel.text import text as _
from samverka.organisations.rules import UnitKind


def edit_template(
    actor: Actor,
    *,
    group: Group,
    version: int,
    questions: Sequence[str],
    parties: Sequence[UnitKind],
    prompts: Sequence[str],
) -> TemplateDetail:
    """Change what is asked and offered when a plan for one of the group is begun.

    Args:
        version: of the template that the writer began from; 0 for the shipped one.

    Raises:
        Conflict: someone changed the same template first.
    """
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        values = {
            "questions": rules.checked_lines(questions, "questions"),
            "parties": [one.value for one in dict.fromkeys(parties)],
            "prompts": rules.checked_lines(prompts, "prompts"),
        }
        if not values["parties"]:
            raise Invalid(_("Välj minst en sorts enhet."), where="parties")
        row = PlanTemplate.objects.select_for_update().filter(group=group).first()
        if (row.version if row else 0) != version:
            raise _conflict(row, values)
        row = row or PlanTemplate(group=group, version=0)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.changed_at, row.changed_by = actor.at, actor.name
        row.save()
        this.note_general("PlanTemplate", group=group.value)
        return template_detail(group, row)


def _conflict(row: PlanTemplate | None, mine: dict[str, list[str]]) -> Conflict:
    theirs = {name: getattr(row, name) for name in mine} if row else {}
    return Conflict(
        _("Någon annan har ändrat mallen medan du skrev. Jämför och spara igen."),
        mine=dict(mine),
        theirs=theirs,
    )


def reset_template(actor: Actor, *, group: Group) -> TemplateDetail:
    """Take back the words that the template was shipped with."""
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        PlanTemplate.objects.filter(group=group).delete()
        this.note_general("PlanTemplate", group=group.value, reset=True)
        return template_detail(group, None)
