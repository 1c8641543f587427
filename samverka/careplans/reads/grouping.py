"""Templates of groups: the county's words where it has its own, else the shipped ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import PlanTemplate
from samverka.careplans.rules import Group
from samverka.kernel.actor import Actor
from samverka.kernel.text import Text
from samverka.organisations.rules import UNIT_WORDS, UnitKind


@dataclass(frozen=True, slots=True)
class TemplateDetail:
    """A group's template. `version` 0: as shipped."""

    group: Group
    words: Text
    questions: tuple[str, ...]
    parties: tuple[UnitKind, ...]
    party_words: tuple[Text, ...]
    prompts: tuple[str, ...]
    version: int
    changed_at: datetime | None = None
    changed_by: str = ""


def template_detail(group: Group, row: PlanTemplate | None) -> TemplateDetail:
    """Row → plain value; without a row the shipped words."""
    shipped = rules.TEMPLATES[group]
    parties = tuple(UnitKind(one) for one in row.parties) if row else shipped.parties
    return TemplateDetail(
        group=group,
        words=rules.GROUP_WORDS[group],
        questions=tuple(row.questions) if row else shipped.questions,
        parties=parties,
        party_words=tuple(UNIT_WORDS[one] for one in parties),
        prompts=tuple(row.prompts) if row else shipped.prompts,
        version=row.version if row else 0,
        changed_at=row.changed_at if row else None,
        changed_by=row.changed_by if row else "",
    )


def list_templates(actor: Actor) -> list[TemplateDetail]:
    """All groups' templates."""
    with act(actor, Action.COUNTY_READ) as this:  # the county's own; nothing for a person's page
        this.require_permission()
        rows = {row.group: row for row in PlanTemplate.objects.all()}
        this.note_general("PlanTemplate")
        return [template_detail(group, rows.get(group.value)) for group in Group]


def template(actor: Actor, *, group: Group) -> TemplateDetail:
    """One group's template."""
    with act(actor, Action.ORGANISATION_READ) as this:
        this.require_permission()
        this.note_general("PlanTemplate", group=group.value)
        return template_detail(group, PlanTemplate.objects.filter(group=group).first())
