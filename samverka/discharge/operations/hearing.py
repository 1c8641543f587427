"""The hospital's own system tells of a stay: the case opens, moves and ends without anyone typing.

What the law says that the ward sends is prepared for it. Only where the county has said so does the
word of a record system go on to others by itself (`Key.DISCHARGE_FEED`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case, Heard, Leave
from samverka.discharge.operations.heard import keep_heard
from samverka.discharge.operations.judging import Judgement, judge_needs, tell_of_admission
from samverka.discharge.operations.keeping import (
    check_clock,
    standing_units,
    unit_part,
    units_of,
)
from samverka.discharge.operations.sending import Letter
from samverka.discharge.operations.turning import TURNS, Told, sends_on
from samverka.discharge.rules import hearing as rules
from samverka.discharge.rules.hearing import CaseNow, Phase, StayFacts
from samverka.discharge.rules.kinds import INSIDE, LINE, CaseStatus, Part
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotNow, Problem
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail


@dataclass(frozen=True, slots=True)
class HeardDetail:
    """What became of it. `said`: why something was prepared for the ward, and not sent."""

    case_id: UUID | None
    said: str = ""


def hear_stay(actor: Actor, *, person_id: UUID, unit_id: UUID, stay: StayFacts) -> HeardDetail:
    """Take in what the hospital's own system tells of a stay. The same again changes nothing.

    Done by a job in the name of whoever runs that system's import, never by a person at a page.

    Raises:
        NotNow: the person is inside at another ward, has died, or the stay is over here.
        Invalid: the times cannot be true, or the unit is no ward.
    """
    with act(actor, Action.CASE_HEAR) as this:
        check_clock(this)
        ward = _ward(unit_id)
        if rules.is_history(stay, actor.at):
            this.unchanged()
            return HeardDetail(None)
        rules.check_heard(stay, actor.at)
        case = _case_of(person_id, ward, stay)
        now = _now(case)
        wanted = rules.turns(now, stay, ward.id)
        by = _as_ward(actor, ward)
        told = Told(by, person_id, ward, stay)
        for turn in wanted:
            case = TURNS[turn](told, case)
        if case is None:
            this.unchanged()
            return HeardDetail(None)
        said = _remember(this, by, case, stay) if rules.is_told_anew(now, stay) else ""
        this.note_person(person_id, "Case", case=str(case.id), heard=str(stay.phase))
        return HeardDetail(case.id, said)


def _ward(unit_id: UUID) -> UnitDetail:
    found = units_of([unit_id])
    if not found or unit_part(found[0]) is not Part.WARD:
        raise Invalid(
            _("Enheten är ingen vårdavdelning här."),
            where="Encounter.serviceProvider",
            mend=_("Skicka avdelningens HSA-id som serviceProvider eller location."),
        )
    return found[0]


def _as_ward(actor: Actor, ward: UnitDetail) -> Actor:
    """The job, at the ward whose stay it is."""
    return replace(
        actor,
        unit_id=ward.id,
        unit_name=ward.name,
        provider_id=ward.provider_id,
        branch=ward.branch,
    )


def _case_of(person_id: UUID, ward: UnitDetail, stay: StayFacts) -> Case | None:
    """The case of that stay, or the one that the ward has opened by hand before the system told of it."""
    rows = Case.objects.select_for_update(of=("self",))
    known = rows.filter(source=stay.source, source_id=stay.source_id).first()
    if known is not None:
        if known.person_id != person_id:
            raise NotNow(
                _("Vårdtiden gällde en annan person förut."),
                mend=_("Ta tillbaka den vårdtiden och skicka en ny, med eget id."),
            )
        found: Case | None = known
        return found
    if stay.phase in (Phase.PLANNED, Phase.CANCELLED):
        return None
    by_hand: Case | None = rows.filter(
        person_id=person_id, unit_id=ward.id, status__in=sorted(INSIDE), source_id=""
    ).first()
    return by_hand


def _now(case: Case | None) -> CaseNow | None:
    if case is None:
        return None
    heard = Heard.objects.filter(case=case).first()
    return CaseNow(
        status=CaseStatus(case.status),
        ward_id=case.unit_id,
        admitted_at=case.admitted_at,
        discharged_at=case.discharged_at,
        estimated_at=case.estimated_at,
        told_at=heard.told_at if heard else None,
    )


# ── what is remembered, and prepared ──


def _remember(this: Act, by: Actor, case: Case, stay: StayFacts) -> str:
    """Keep what was heard last, and what the ward has to tell because of it."""
    if not case.source_id:  # opened by hand: from now on it is that stay
        case.source, case.source_id = stay.source[:LINE], stay.source_id
        case.save(update_fields=["source", "source_id"])
    row = Heard.objects.filter(case=case).first() or Heard(case=case, person_id=case.person_id)
    row.phase, row.told_at = stay.phase, stay.told_at or row.told_at
    row.heard_at = this.actor.at
    row.units = [str(one) for one in stay.units] or row.units
    said = _admission(by, case, stay)
    case.refresh_from_db()
    row.untold = sorted({*row.untold, *_untold(by, case, row, stay)})
    row.save()
    keep_heard(this, case, row)
    return said


def _untold(by: Actor, case: Case, row: Heard, stay: StayFacts) -> set[str]:
    """What those who take part have not been told: it is the ward's to send."""
    if sends_on(by) or not standing_units(case).exists() or case.status not in INSIDE:
        return set()
    found = set()
    if stay.phase is Phase.CANCELLED:
        found.add(MessageKind.WITHDRAWN.value)
    if stay.phase is Phase.LEAVE and stay.leave_to is not None:
        told = Leave.objects.filter(case=case, message__isnull=False, withdrawn_at=None)
        if not told.filter(starts_at=stay.leave_from, ends_at=stay.leave_to).exists():
            found.add(MessageKind.LEAVE.value)
    if stay.estimated_at and not _is_told(case, stay):
        found.add(MessageKind.ESTIMATE.value)
    return found


def _is_told(case: Case, stay: StayFacts) -> bool:
    """Whether the last message that named a day to go home named that one."""
    kinds = [MessageKind.ADMISSION, MessageKind.ESTIMATE, MessageKind.NOT_READY]
    said = case.messages.filter(kind__in=kinds, withdrawn_at=None).order_by("sent_at")
    days = [one.body.get(Fact.ESTIMATED.value) for one in said]
    last = next(filter(None, reversed(days)), None)
    return stay.estimated_at is not None and last == stay.estimated_at.isoformat()


def _admission(by: Actor, case: Case, stay: StayFacts) -> str:
    """The admission message follows from what was told: sent if the county says so, else prepared (LUS 2:3)."""
    if not stay.units or case.status not in INSIDE or standing_units(case).exists():
        return ""
    units = units_of(stay.units)
    judgement = Judgement(stay.judged_by, stay.judged_at or stay.admitted_at or by.at)
    if not judgement.judged_by:
        return str(_("Det står inte vilken läkare som bedömde. Avdelningen skriver det."))
    said = _not_known(stay)
    if sends_on(by) and not said and case.estimated_at is not None:
        said = _send_admission(by, case, judgement, stay)
        if not said:
            return ""
    if case.needs_judged_at is None:
        judge_needs(
            by,
            case_id=case.id,
            parts={unit_part(one) for one in units},
            judged_by=judgement.judged_by,
            judged_at=judgement.judged_at,
        )
    return said


def _not_known(stay: StayFacts) -> str:
    """The law asks that all who are concerned are told: half of them is no message."""
    if not stay.missing:
        return ""
    names = ", ".join(stay.missing)
    return str(_("Det finns ingen sådan enhet här: %(names)s. Avdelningen väljer vem som får det.",
                 names=names))  # fmt: skip


def _send_admission(by: Actor, case: Case, judgement: Judgement, stay: StayFacts) -> str:
    """Send it; what stands in the way is said, and the ward has it prepared instead."""
    assert case.estimated_at is not None
    letter = Letter({Fact.ESTIMATED.value: case.estimated_at.isoformat()}, units=stay.units)
    try:
        with transaction.atomic():
            tell_of_admission(by, case_id=case.id, judgement=judgement, letter=letter)
    except Problem as problem:
        return str(
            _(
                "Inskrivningsmeddelandet är förberett men inte skickat: %(why)s",
                why=problem.message,
            )
        )
    return ""
