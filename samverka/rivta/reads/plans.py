"""Plans that are established or ended, as the contract has them. Drafts are no documents yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from samverka.careplans.reads import ActivityDetail, PlanDetail, list_plans, plan
from samverka.careplans.rules import KINDS, SECTION_WORDS, OwnerKind, PlanStatus, Section
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.identity import identity_from_system
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.organisations.reads import provider_names, unit_names
from samverka.people.reads import search_persons
from samverka.rivta.rules import Asked, Place, PlanFacts, WrongRequest

_NO_NUMBER = _("Patientens id är inte ett nummer av den typ som anges.")


def person_asked_for(actor: Actor, *, number: str, kind: str) -> UUID | None:
    """Who has the number; None for one whom the reader may not know.

    Raises:
        WrongRequest: it is no number of that kind.
    """
    try:
        found = identity_from_system(kind, number, today=local_date(actor.at))
    except Invalid as problem:
        raise WrongRequest(_NO_NUMBER) from problem
    if found is None:
        raise WrongRequest(_NO_NUMBER)
    persons = search_persons(actor.asking("Patient", "s"), text="", number=found)
    return persons[0].id if persons else None


def places(unit_ids: Iterable[UUID]) -> dict[UUID, Place]:
    """The units that are known by HSA-id, and whose care provider is too."""
    units = unit_names(set(unit_ids))
    providers = provider_names({one.provider_id for one in units.values()})
    made = {
        key: Place(one.hsa_id, one.name, providers[one.provider_id].hsa_id, one.phone, one.email, one.town)
        for key, one in units.items()
    }  # fmt: skip
    return {key: one for key, one in made.items() if one.known}


def plans_of(actor: Actor, *, person_id: UUID, asked: Asked) -> list[PlanFacts]:
    """The person's plans that the reader may see and has asked for. Blocks are kept here, not left to who asks."""
    if asked.contact_ids:
        return []  # no plan here belongs to one contact
    asking = actor.asking("CarePlan", "s")
    lines = [
        one
        for one in list_plans(asking, person_id=person_id)
        if not one.source and one.status is not PlanStatus.DRAFT
    ]
    known = places({one.unit_id for one in lines})
    wanted = [
        one.id for one in lines if one.unit_id in known and asked.of_place(known[one.unit_id])
    ]
    details = [plan(asking, plan_id=key) for key in wanted]
    made = [_facts(one, known[one.unit.id]) for one in details if one.unit.id in known]
    return [one for one in made if asked.within(one.made_at)]


def _facts(one: PlanDetail, place: Place) -> PlanFacts:
    return PlanFacts(
        id=str(one.id),
        title=one.title or str(one.kind_words),
        made_at=one.established_at or one.created_at,
        written_at=one.updated_at,
        written_by=one.updated_by,
        place=place,
        approved_for_patient=not one.not_for_patient,
        kind=KINDS[one.kind].national_code or "",
        text="\n".join(_lines(one)),
        signed_at=one.established_at,
        signed_by=one.established_by,
        others=tuple(part.hsa_id for part in one.parties if part.hsa_id),
    )


def _lines(one: PlanDetail) -> Iterator[str]:
    """The plan in words, as one reads it."""
    yield f"{one.title or one.kind_words} ({one.status_words})"
    texts = {
        Section.WHAT_MATTERS: one.what_matters,
        Section.STRENGTHS: one.strengths,
        Section.IF_WORSE: one.if_worse,
    }
    for section, text in texts.items():
        if text:
            yield f"{SECTION_WORDS[section]}: {text}"
    for goal in one.goals:
        yield f"{_('Mål')}: {goal.words} ({goal.status_words})"
    for each in one.activities:
        until = f", {each.due_on.isoformat()}" if each.due_on else ""
        yield f"{_('Insats')}: {each.what} – {_owner(one, each)}{until} ({each.status_words})"


def _owner(one: PlanDetail, each: ActivityDetail) -> str:
    """Who answers for it. The person is told by number alone; a protected person's near ones by no name."""
    if each.owner_kind is OwnerKind.PERSON:
        return ", ".join(filter(None, [str(_("personen själv")), each.owner_text]))
    if each.owner_kind is OwnerKind.CLOSE and one.person.protected:
        return str(_("en närstående"))
    return each.owner
