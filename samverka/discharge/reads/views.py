"""A case as its page shows it: with its steps; and what its forms let one choose among."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.discharge.models import Case, Copy, Heard
from samverka.discharge.reads.after import AfterLine, Readmission, after_line, readmission_of
from samverka.discharge.reads.case_days import CaseDays, days_of
from samverka.discharge.reads.cases import case_detail, whole_cases
from samverka.discharge.reads.facts import facts_of, limits_at
from samverka.discharge.reads.items import ItemDetail, items_of, left_of
from samverka.discharge.reads.liability_facts import with_stay_facts
from samverka.discharge.reads.medicines import Medicines, medicines_of
from samverka.discharge.reads.routes import (
    Proposal,
    Proposals,
    ask,
    doubts,
    propose,
    unit_receives,
)
from samverka.discharge.reads.values import CaseDetail, CopyDetail
from samverka.discharge.rules import clocks
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import CaseStatus, Part
from samverka.discharge.rules.messages import MESSAGES, MessageKind
from samverka.discharge.rules.steps import Step, is_late, list_steps, step_for
from samverka.discharge.rules.suspecting import Suspicion
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, list_units

Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case and what comes next in it.

    Attributes:
        own: the own unit's next step; `steps`: all of them.
        waits: "Dag 2 av 3", empty before the notice of readiness.
        late: the law's deadline of the step that is shown has been passed; `slow`: another one.
        items: the list "ready to go home"; `left`: what of it is not in place.
        medicines, readmission: on the case's own page only.
        days: the days after the notice of readiness, with their reasons; only where they were asked for.
    """

    case: CaseDetail
    steps: tuple[Step, ...]
    own: Step | None
    waits: Text | str
    late: bool
    slow: bool
    items: tuple[ItemDetail, ...] = ()
    left: tuple[ItemDetail, ...] = ()
    after: AfterLine | None = None
    medicines: Medicines | None = None
    readmission: Readmission | None = None
    days: CaseDays | None = None

    @property
    def shown(self) -> Step | None:
        """The own step if there is one, else the case's most pressing."""
        return self.own or next(iter(self.steps), None)

    @property
    def tone(self) -> str:
        """How the clock is shown: red only where the law's deadline has been passed."""
        return "danger" if self.late else "warning" if self.slow else "neutral"


def case_view(actor: Actor, *, case_id: UUID) -> CaseView:
    """One case, with its next steps, and the days after the notice of readiness."""
    with act(actor, Action.CASE_READ) as this:
        whole = this.row(with_stay_facts(whole_cases()), id=case_id)
        this.note(whole)
        return replace(
            view_of(this, whole),
            medicines=medicines_of(this, whole),
            readmission=readmission_of(this, whole),
            days=days_of(this, whole),
        )


def view_of(this: Act, whole: Any) -> CaseView:
    """A case of `whole_cases` that has passed the gate, with its next steps."""
    limits = limits_at(this.actor.at)
    items = items_of(this, whole)
    steps = tuple(list_steps(facts_of(whole), limits))
    sent = whole.ready_sent_at if whole.status == CaseStatus.READY else None
    today = local_date(this.actor.at)
    own = step_for(steps, this.actor.unit_id) if this.actor.unit_id else None
    return CaseView(
        case=case_detail(this, whole, whole),
        steps=steps,
        own=own,
        waits=clocks.waits_in_words(sent, today, limits.call_days) if sent else "",
        late=is_late(own or next(iter(steps), None), this.actor.at, by_law=True),
        slow=is_late(own or next(iter(steps), None), this.actor.at, by_law=False),
        items=items,
        left=left_of(items),
        after=after_line(this.actor, whole),
    )


@dataclass(frozen=True, slots=True)
class Receiver:
    """A unit that the form lets one choose.

    Attributes:
        chosen: ticked from the beginning.
        why: the reasons why it is proposed, in words.
    """

    unit: UnitDetail
    chosen: bool
    why: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who can have a message.

    Attributes:
        proposed: those who take part or are pointed at; `near`: others of the municipality.
        others: the rest of the county, by owner, for the one that is missing from the list.
        warnings: parts that nobody takes.
        doubts: what looks wrong about those that are chosen now.
    """

    proposed: tuple[Receiver, ...]
    near: tuple[Receiver, ...] = ()
    others: Choices = field(default_factory=list)
    warnings: tuple[Text, ...] = ()
    doubts: tuple[Suspicion, ...] = ()


def case_and_receivers(
    actor: Actor, *, case_id: UUID, kind: MessageKind, chosen: frozenset[UUID] | None = None
) -> tuple[CaseView, Receivers]:
    """A case, and who can have the message: those who take part, and for the first message those proposed.

    Args:
        chosen: who has been ticked on the form; None: those that are ticked from the beginning.
    """
    with act(actor, Action.CASE_READ) as this:
        row = this.row(whole_cases(), id=case_id)
        this.note(row)
        found = view_of(this, row)
        taking = [Receiver(unit, chosen=True) for unit in _taking(found.case, kind, actor)]
        if kind is not MessageKind.ADMISSION:
            return found, Receivers(tuple(taking))
        having = _having(found.case)
        taking = [
            Receiver(one.unit, chosen=False, why=(HAS_IT,)) if one.unit.id in having else one
            for one in taking
        ]
        return found, _first(this, row, taking, chosen)


def _taking(case: CaseDetail, kind: MessageKind, actor: Actor) -> list[UnitDetail]:
    allowed = MESSAGES[kind].receivers
    taking = [(one.unit, one.part) for one in case.units] + [(case.ward, Part.WARD)]
    return [unit for unit, part in taking if part in allowed and unit.id != actor.unit_id]


def _having(case: CaseDetail) -> set[UUID]:
    """Units that have the admission message: they are not told once more."""
    said = (one for one in case.messages if one.kind is MessageKind.ADMISSION)
    return {
        copy.unit_id
        for one in said
        for copy in one.copies
        if copy.fate in (Fate.WAITING, Fate.RECEIPTED)
    }


HAS_IT = _("Har redan fått det.")


def _first(
    this: Act, row: Case, taking: list[Receiver], chosen: frozenset[UUID] | None
) -> Receivers:
    asked = ask(this, row)
    found = propose(row, asked)
    known = {one.unit.id for one in taking}
    near_or_far = _with_heard(found, row)
    new = [one for one in near_or_far if one.unit.id not in known]
    proposed = [*taking, *(Receiver(one.unit, one.wanted, one.why) for one in new if one.why)]
    near = [Receiver(one.unit, one.wanted) for one in new if not one.why]
    ticked = chosen
    if ticked is None:
        ticked = frozenset(one.unit.id for one in proposed if one.chosen)
    looked_at = [one.unit for one in (*proposed, *near) if one.unit.id in ticked - known]
    looked_at += [one for one in found.others if one.id in ticked - known]
    return Receivers(
        proposed=tuple(proposed),
        near=tuple(near),
        others=_by_owner(found.others, this.actor.unit_id),
        warnings=tuple(found.warnings),
        doubts=tuple(doubts(row, asked, looked_at)),
    )


def _with_heard(found: Proposals, row: Case) -> list[Proposal]:
    """Those that the ward's own record system has named come ticked, wherever in the county they lie."""
    heard = Heard.objects.filter(case=row).values_list("units", flat=True).first()
    named = {UUID(str(one)) for one in heard or ()}
    if not named:
        return list(found.near)
    near = [
        replace(one, wanted=True, why=(*one.why, HEARD)) if one.unit.id in named else one
        for one in found.near
    ]
    parts = ((one, unit_receives(one)) for one in found.others if one.id in named)
    return [*near, *(Proposal(one, part, True, (HEARD,)) for one, part in parts if part)]


HEARD = _("Avdelningens journalsystem har angett enheten.")


def copy_and_units(
    actor: Actor, *, copy_id: UUID, chosen: UUID | None = None
) -> tuple[CaseDetail, CopyDetail, Choices, tuple[Suspicion, ...]]:
    """The own unit's copy, its case, the units that it could belong to, and what looks wrong about one.

    Args:
        chosen: the unit that has been chosen on the form.
    """
    with act(actor, Action.CASE_READ) as this:
        copy: Copy = this.row(Copy.objects.select_related("message"), id=copy_id)
        row = this.row(whole_cases(), id=copy.message.case_id)
        this.note(row)
        found = case_detail(this, row, row)
        own = (one for message in found.messages for one in message.copies if one.own)
        shown = next((one for one in own if one.id == copy_id), None)
        if shown is None:  # the person may read the case; the copy is the unit's
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        units = list_units(actor)
        taking = {one.unit.id for one in found.units}
        right = [one for one in units if one.id == chosen and one.id not in taking]
        looked_at = doubts(row, ask(this, row), right) if right else []
        return found, shown, _by_owner(units, actor.unit_id), tuple(looked_at)


def _by_owner(units: Iterable[UnitDetail], own: UUID | None) -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in units:
        if one.id != own and unit_receives(one) is not None:
            groups.setdefault(one.organisation_name, []).append((str(one.id), one.name))
    return sorted(groups.items())
