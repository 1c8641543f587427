"""What every change of a wait shares: the way in, the judgement kept, the unit's tasks, the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.act import Act
from samverka.access.county import county_value
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.contacts.rules import OWN_SOURCE
from samverka.guarantee import fhir
from samverka.guarantee.models import Noted, Wait, WaitChange
from samverka.guarantee.reads import WaitDetail, full_waits, start_rule, wait_detail
from samverka.guarantee.rules import Scope, judge_clock, judge_scope
from samverka.guarantee.rules.keeping import WaitFacts, check_facts, check_reason, level_of
from samverka.guarantee.rules.turns import reminds
from samverka.kernel.actor import ActorKind
from samverka.kernel.calendar import end_of_day, local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotFound
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.organisations.reads import UnitDetail, unit_names, unit_place
from samverka.organisations.rules import UnitKind
from samverka.people.reads import full_persons


def check_clock(this: Act) -> None:
    """Raise unless it is the clock, or an import, that acts: no role does its work."""
    if this.actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NO_PERMISSION])


def own_wait(this: Act, wait_id: UUID) -> Wait:
    """The wait, locked, kept by the actor's own unit.

    Raises:
        NotFound: there is none, or the actor may not know of it.
        NotAllowed: another unit keeps it.
    """
    row: Wait = this.row(Wait.objects, lock=True, id=wait_id)
    if this.actor.is_staff and row.unit_id != this.actor.unit_id:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
    return row


def own_part(this: Act, model: type[Noted], part_id: UUID) -> Any:
    """An offer, a pause or a contact of a wait that the own unit keeps; the wait is locked.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    part = this.row(model.objects, id=part_id)
    own_wait(this, part.wait_id)
    return part


def full_wait(this: Act, wait_id: UUID) -> WaitDetail:
    """The wait as it stands now, with all its parts."""
    row = full_waits().get(id=wait_id)
    return wait_detail(row, this.actor, this.decide(row))


def noted(this: Act, row: Wait) -> dict[str, Any]:
    """Who writes a new part of a wait, and when."""
    return {
        "wait": row,
        "person_id": row.person_id,
        "noted_at": this.actor.at,
        "noted_by": this.actor.name,
    }


def saved(this: Act, row: Wait, **said: object) -> WaitDetail:
    """Judge the wait anew, keep what the list is sorted by, see to the unit's tasks, leave the line."""
    row.version, row.changed_at = row.version + 1, this.actor.at
    row.save()
    return judged(this, row, **said)


def judged(this: Act, row: Wait, **said: object) -> WaitDetail:
    """The same without a new version: a day has passed, nothing was said."""
    found = full_wait(this, row.id)
    row.status = found.clock.status.value
    row.last_day = found.clock.last_day or found.clock.target
    row.judged_on = found.clock.today
    row.save(update_fields=["status", "last_day", "judged_on"])
    keep_wait_tasks(this, row, found)
    _publish(this, row, found)
    this.note(row, **said)
    return found


def _publish(this: Act, row: Wait, found: WaitDetail) -> None:
    """What is written here goes on the shelf; what was received lies there already, word for word."""
    forms = [fhir.service_request(found)] if row.source == OWN_SOURCE else []
    forms += [fhir.appointment(found, one) for one in found.offers if not one.received]
    this.publish_all([(one, row) for one in forms])


def keep_wait_tasks(this: Act, row: Wait, found: WaitDetail) -> None:
    """The unit's task: once when the limit comes near, once when it has passed."""
    about = About(
        object_type="Wait",
        object_id=row.id,
        person_id=row.person_id,
        address=f"/vardgaranti/{row.id}/",
        not_for_patient=row.not_for_patient,
    )
    keep_tasks(this, about=about, wanted=_wanted(row, found))


def _wanted(row: Wait, found: WaitDetail) -> list[TaskWanted]:
    step = found.step
    if step is None or not reminds(step):
        return []
    due = step.due_on
    return [
        TaskWanted(
            key="passed" if step.late else step.doing.value,
            kind=TaskKind.WAIT,
            unit_id=row.unit_id,
            provider_id=row.provider_id,
            verb=step.verb,
            due_at=end_of_day(due) if due else None,
        )
    ]


# ── a new wait ──


def the_unit(unit_id: UUID | None) -> UnitDetail:
    """The unit that is to keep a wait.

    Raises:
        Invalid: nobody has said which.
    """
    found = unit_names({unit_id}) if unit_id else {}
    if unit_id not in found:
        raise Invalid(_("Ange vilken enhet som personen väntar på."), where="unit")
    return found[unit_id]


def new_wait(this: Act, person_id: UUID, unit: UnitDetail, facts: WaitFacts, **more: Any) -> Wait:
    """A wait that is not saved yet: who it is about and what the guarantee makes of that.

    Raises:
        Invalid, NotFound: facts that cannot be; no such person.
    """
    person = full_persons().filter(id=person_id).first()
    if person is None:
        raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
    primary = unit.kind is UnitKind.HEALTH_CENTRE
    at = this.actor.at
    row = Wait(
        person_id=person_id,
        provider_id=unit.provider_id,
        unit_id=unit.id,
        branch=unit.branch.value,
        level=level_of(facts.part, primary=primary).value,
        in_choice_system=primary,
        listed_unit_id=person.listed_unit_id,
        registered_at=at,
        registered_by=this.actor.name,
        changed_at=at,
        judged_on=local_date(at),
        **told(facts),
        **more,
    )
    scope = scope_of(person, unit, local_date(at))
    row.of_region, row.residence = scope.holds, scope.residence.value
    row.source_id = row.source_id or str(row.id)
    put(row, facts, this)
    return row


def told(facts: WaitFacts) -> dict[str, Any]:
    """The facts as columns."""
    found = asdict(facts)
    del found["part"]
    return found | {"kind": facts.part.value, "matter": facts.matter.value}


def put(row: Wait, facts: WaitFacts, this: Act) -> None:
    """Write the facts on the row, judged at once so that what cannot be is refused."""
    for name, value in told(facts).items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    rule = start_rule(row)
    check_facts(facts, rule, this.actor.at)
    clock = judge_clock(rule, this.actor.at)
    row.status, row.last_day = clock.status.value, clock.last_day or clock.target


def scope_of(person: Any, unit: UnitDetail, on: date) -> Scope:
    """Whether the region's guarantee holds for the person (HSL 8:1–2)."""
    return judge_scope(
        county_code=person.county_code,
        municipality_code=person.municipality_code,
        region_code=unit_place(unit.id).county_code,
        unknown_counts=bool(county_value(Key.GUARANTEE_UNKNOWN, on)),
    )


# ── what stood before ──


def keep_change(this: Act, row: Wait, before: Mapping[str, object], reason: str) -> None:
    """Keep what the wait said before, with the reason.

    Raises:
        Invalid: nobody has said why.
    """
    check_reason(reason)
    WaitChange(
        wait=row,
        person_id=row.person_id,
        at=this.actor.at,
        by=this.actor.name,
        before={name: "" if value is None else str(value) for name, value in before.items()},
        reason=reason.strip(),
    ).save(force_insert=True)
