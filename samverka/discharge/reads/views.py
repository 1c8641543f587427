"""A case as its page shows it: with its steps; and what its forms let one choose among."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case, Copy
from samverka.discharge.reads.cases import case_detail, whole_cases
from samverka.discharge.reads.facts import contacts_of, facts_of, limits_at
from samverka.discharge.reads.routes import Proposal, propose
from samverka.discharge.reads.values import CaseDetail, CopyDetail
from samverka.discharge.rules import clocks
from samverka.discharge.rules.kinds import CaseStatus, Part, part_of
from samverka.discharge.rules.messages import MESSAGES, MessageKind
from samverka.discharge.rules.steps import Step, list_steps, step_for
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, list_units
from samverka.people.reads import PersonDetail
from samverka.people.reads import person as person_read

Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case and what comes next in it.

    Attributes:
        own: the own unit's next step; `steps`: all of them.
        waits: "Dag 2 av 3", empty before the notice of readiness.
        late: the deadline of the step that is shown has been passed.
    """

    case: CaseDetail
    steps: tuple[Step, ...]
    own: Step | None
    waits: Text | str
    late: bool

    @property
    def shown(self) -> Step | None:
        """The own step if there is one, else the case's most pressing."""
        return self.own or next(iter(self.steps), None)


def case_view(actor: Actor, *, case_id: UUID) -> CaseView:
    """One case, with its next steps."""
    with act(actor, Action.CASE_READ) as this:
        row = this.row(Case.objects, id=case_id)
        this.note(row)
        return view_of(this, row)


def view_of(this: Act, row: Case) -> CaseView:
    """A case that has passed the gate, with its next steps."""
    whole, limits = whole_cases().get(id=row.id), limits_at(this.actor.at)
    steps = tuple(list_steps(facts_of(whole, contacts_of([whole])), limits))
    sent = whole.ready_sent_at if whole.status == CaseStatus.READY else None
    today = local_date(this.actor.at)
    own = step_for(steps, this.actor.unit_id) if this.actor.unit_id else None
    shown = own or next(iter(steps), None)
    return CaseView(
        case=case_detail(this, row),
        steps=steps,
        own=own,
        waits=clocks.waits_in_words(sent, today, limits.call_days) if sent else "",
        late=shown is not None and shown.overdue(this.actor.at),
    )


def person_to_admit(actor: Actor, *, person_id: UUID) -> PersonDetail:
    """Who is to be admitted: the ward has met the person, so the relation begins with the case."""
    return person_read(actor, person_id=person_id)


def case_and_receivers(
    actor: Actor, *, case_id: UUID, kind: MessageKind
) -> tuple[CaseView, list[tuple[UnitDetail, bool]]]:
    """A case, and who can have the message: those who take part, and for the first message those proposed."""
    with act(actor, Action.CASE_READ) as this:
        row = this.row(Case.objects, id=case_id)
        this.note(row)
        found = view_of(this, row)
        allowed = MESSAGES[kind].receivers
        taking = [(one.unit, one.part) for one in found.case.units]
        taking.append((found.case.ward, Part.WARD))
        chosen = [
            (unit, True) for unit, part in taking if part in allowed and unit.id != actor.unit_id
        ]
        if kind is MessageKind.ADMISSION:
            known = {unit.id for unit, _chosen in chosen}
            chosen += [
                (one.unit, one.wanted) for one in proposals(this, row) if one.unit.id not in known
            ]
        return found, chosen


def proposals(this: Act, row: Case) -> list[Proposal]:
    """Who the routing table says are to be told, and the others of the municipality to choose among."""
    return propose(this, row)


def suspicion(case: CaseDetail, units: Iterable[UnitDetail]) -> Text | None:
    """A sentence where a receiver looks wrong: a municipality in which the person does not live."""
    own = {code for code in (case.municipality_code, case.deciding_code) if code}
    for one in units:
        strange = one.municipality_code and one.municipality_code not in own
        if own and strange and part_of(one.kind, one.branch, one.side) in _MUNICIPAL:
            return _(
                "%(unit)s hör till en annan kommun än den som personen är folkbokförd i.",
                unit=one.name,
            )
    return None


_MUNICIPAL = frozenset({Part.MUNICIPAL_HEALTH, Part.SOCIAL})


def copy_and_units(actor: Actor, *, copy_id: UUID) -> tuple[CaseView, CopyDetail, Choices]:
    """The own unit's copy, its case, and the units that it could belong to."""
    with act(actor, Action.CASE_READ) as this:
        copy: Copy = this.row(Copy.objects, id=copy_id)
        row = this.row(Case.objects, id=copy.message.case_id)
        this.note(row)
        found = view_of(this, row)
        shown = next(
            one for message in found.case.messages for one in message.copies if one.id == copy_id
        )
        return found, shown, _by_owner(list_units(actor), actor.unit_id)


def _by_owner(units: Iterable[UnitDetail], own: UUID | None) -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in units:
        if one.id != own and part_of(one.kind, one.branch, one.side) in _RECEIVING:
            groups.setdefault(one.organisation_name, []).append((str(one.id), one.name))
    return sorted(groups.items())


_RECEIVING = frozenset(Part) - {Part.WARD}
