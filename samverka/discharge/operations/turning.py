"""What is done with a case because of what the hospital's own system has told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from samverka.access import operations as access
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.access.rules import RelationKind
from samverka.discharge.models import Case, Leave
from samverka.discharge.operations.closing import end_case
from samverka.discharge.operations.keeping import let_read, move_copies, standing_units, touch
from samverka.discharge.operations.opening import (
    AdmissionFacts,
    living,
    new_case,
    open_case,
    take_over_case,
)
from samverka.discharge.operations.sending import Letter, send_message
from samverka.discharge.rules.hearing import StayFacts, Turn
from samverka.discharge.rules.kinds import INSIDE, LINE, CaseStatus, CloseReason, Secrecy
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail

TESTED = _(
    "Regionens beslut: vårdens system får lämna att personen har permission, är utskriven eller "
    "inskriven av misstag, till dem som redan är underrättade om vårdtiden."
)
"""What the county has come to where it lets a record system's word go on by itself (OSL 25:1)."""

KEPT = _("Vårdens system har sagt det. Ingen annan har fått det än.")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of whom. `by`: the job, at the ward whose stay it is."""

    by: Actor
    person_id: UUID
    ward: UnitDetail
    stay: StayFacts


def _expect(told: Told, case: Case | None) -> Case:
    """Someone is to come: the ward sees it on its board, and nobody else is told."""
    with act(told.by, Action.CASE_OPEN) as this:
        row = new_case(this, uuid4(), living(told.person_id), told.ward)
        row.status = CaseStatus.EXPECTED
        row.estimated_at = told.stay.estimated_at
        row.source, row.source_id = told.stay.source[:LINE], told.stay.source_id
        row.save(force_insert=True)
        let_read(this, row, told.ward, PLANNED_HERE)
        this.note(row, version=row.version, status=row.status)
        return row


PLANNED_HERE = "4 kap. 1 § patientdatalagen (2008:355)"
"""The ward takes part in the care that is planned there."""


def _open(told: Told, case: Case | None) -> Case:
    assert told.stay.admitted_at is not None  # said by check_heard
    facts = AdmissionFacts(
        admitted_at=told.stay.admitted_at,
        estimated_at=told.stay.estimated_at,
        psychiatric=told.stay.psychiatric,
        source=told.stay.source[:LINE],
        source_id=told.stay.source_id,
    )
    return _again(open_case(told.by, person_id=told.person_id, facts=facts).id)


def _move(told: Told, case: Case | None) -> Case:
    assert case is not None
    if case.status in INSIDE:
        return _again(take_over_case(told.by, person_id=told.person_id).id)
    with act(told.by, Action.CASE_OPEN) as this:
        access.open_relation(told.by, person_id=told.person_id, kind=RelationKind.CARE)
        case.unit_id, case.branch = told.ward.id, told.ward.branch.value
        case.provider_id = told.ward.provider_id
        let_read(this, case, told.ward, PLANNED_HERE)
        move_copies(this, case)
        touch(this, case, moved=True)
        return case


def _readmit(told: Told, case: Case | None) -> Case:
    """The time of admission is put right; a judgement made before it shows that something is wrong."""
    assert case is not None
    assert told.stay.admitted_at is not None
    if case.ready_at is not None and case.ready_at < told.stay.admitted_at:
        raise NotNow(
            _("Personen bedömdes utskrivningsklar före den nya tiden för inskrivning."),
            mend=_("Rätta tiden i vårdens system, eller bedömningen i ärendet."),
        )
    with act(told.by, Action.CASE_EDIT) as this:
        case.admitted_at = told.stay.admitted_at
        touch(this, case, admitted=told.stay.admitted_at.isoformat())
        return case


def _estimate(told: Told, case: Case | None) -> Case:
    assert case is not None
    assert told.stay.estimated_at is not None
    if sends_on(told.by) and standing_units(case).exists():
        body = {Fact.ESTIMATED.value: told.stay.estimated_at.isoformat()}
        return _sent(told.by, case, MessageKind.ESTIMATE, Letter(body))
    with act(told.by, Action.CASE_EDIT) as this:
        case.estimated_at = told.stay.estimated_at
        touch(this, case, estimated=told.stay.estimated_at.isoformat())
        return case


def _leave(told: Told, case: Case | None) -> Case:
    """A leave with both its times is kept; one without an end cannot be told to anyone."""
    assert case is not None
    starts, ends = told.stay.leave_from, told.stay.leave_to
    if starts is None or ends is None:
        return case
    if Leave.objects.filter(case=case, starts_at=starts, ends_at=ends).exists():
        return case
    if sends_on(told.by) and standing_units(case).exists():
        body = {Fact.LEAVE_FROM.value: starts.isoformat(), Fact.LEAVE_TO.value: ends.isoformat()}
        return _sent(told.by, case, MessageKind.LEAVE, _tested(body))
    with act(told.by, Action.CASE_EDIT) as this:
        Leave.objects.filter(case=case, message=None, withdrawn_at=None).update(
            withdrawn_at=told.by.at
        )
        Leave(case=case, person_id=told.person_id, starts_at=starts, ends_at=ends).save(
            force_insert=True
        )
        touch(this, case, leave=True)
        return case


def _end(told: Told, case: Case | None) -> Case:
    """The person has gone home. What has happened stands in the case; who is told, the county decides."""
    assert case is not None
    assert told.stay.discharged_at is not None
    body = {
        Fact.DISCHARGED.value: told.stay.discharged_at.isoformat(),
        Fact.GOES_TO.value: told.stay.goes_to[:LINE],
    }
    return _sent(told.by, case, MessageKind.DISCHARGE, _tested(body, alone=not sends_on(told.by)))


def _died(told: Told, case: Case | None) -> Case:
    """The person died in the hospital: the case ends then, and nobody is asked to call home."""
    assert case is not None
    assert told.stay.discharged_at is not None
    with act(told.by, Action.CASE_EDIT) as this:
        end_case(this, case, CloseReason.DIED, told.stay.discharged_at)
        touch(this, case, closed=str(CloseReason.DIED))
        return case


def _cancel(told: Told, case: Case | None) -> Case:
    """Never was, or was written in error. Where others have been told, the ward takes it back."""
    assert case is not None
    alone = not standing_units(case).exists()
    if not alone and not sends_on(told.by):
        return case
    body = {Fact.REASON.value: str(_("Makulerat i vårdens system."))}
    return _sent(told.by, case, MessageKind.WITHDRAWN, _tested(body, alone=alone))


TURNS: Mapping[Turn, Callable[[Told, Case | None], Case]] = {
    Turn.EXPECT: _expect,
    Turn.OPEN: _open,
    Turn.MOVE: _move,
    Turn.READMIT: _readmit,
    Turn.ESTIMATE: _estimate,
    Turn.LEAVE: _leave,
    Turn.END: _end,
    Turn.DIED: _died,
    Turn.CANCEL: _cancel,
}


def sends_on(by: Actor) -> bool:
    """Whether the county lets the record system's word go on to others by itself."""
    return bool(county_value(Key.DISCHARGE_FEED, local_date(by.at)))


def _tested(body: dict[str, str], *, alone: bool = False) -> Letter:
    note = str(KEPT if alone else TESTED)
    found: dict[str, object] = dict(body)
    return Letter(found, ground=Secrecy.HARM_TEST, note=note, alone=alone)


def _sent(by: Actor, case: Case, kind: MessageKind, letter: Letter) -> Case:
    send_message(by, case_id=case.id, kind=kind, letter=letter)
    return _again(case.id)


def _again(case_id: UUID) -> Case:
    row: Case = Case.objects.select_for_update(of=("self",)).get(id=case_id)
    return row
