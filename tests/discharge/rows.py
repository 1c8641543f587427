"""A stay written as rows, as they would be had everything been sent then: for stays of years gone by.

Operations take their time from who acts, so a whole stay of 2023 by operations needs its own cast of
that year. The rows are those that the operations leave behind.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.discharge.models import (
    Case,
    CaseUnit,
    Copy,
    Hindrance,
    Message,
    Readiness,
)
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import CaseStatus, Part, Secrecy
from samverka.discharge.rules.liability import StayFacts
from samverka.discharge.rules.messages import MessageKind
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import PersonDetail
from tests.factories.cast import Cast, relate


def write_stay(cast: Cast, person: PersonDetail, facts: StayFacts) -> Case:
    """The rows of a stay whose facts are given; municipalities are those of the cast's units."""
    relate(cast.ward_nurse, person)
    with act(cast.ward_nurse, Action.CASE_OPEN) as this:
        case = _case(cast, person, facts)
        case.save(force_insert=True)
        this.note(case)
        _units(cast, case, facts)
        for notice in facts.admission_notices:
            _said(cast, case, MessageKind.ADMISSION, notice.at, notice.municipalities,
                  open_care=notice.open_care)  # fmt: skip
        for ready in facts.ready:
            first = min((one.at for one in ready.sent), default=ready.judged_at)
            Readiness(
                case=case, person_id=case.person_id, judged_at=ready.judged_at,
                judged_by=ready.physician, sent_at=first, withdrawn_at=ready.withdrawn_at,
            ).save(force_insert=True)  # fmt: skip
            for sent in ready.sent:
                _said(cast, case, MessageKind.READY, sent.at, sent.municipalities,
                      open_care=sent.open_care)  # fmt: skip
        for call in facts.calls:
            debtor = frozenset({facts.deciding or facts.registered})
            _said(cast, case, MessageKind.CALL, call.at, debtor, open_care=False,
                  contact="Anna Berg" if call.by_regional_contact else None)  # fmt: skip
        for span in facts.blocked:
            Hindrance(
                case=case, person_id=case.person_id, first=span.first, last=span.last,
                reason="Ingen fast vårdkontakt", part=Part.SOCIAL,
                unit_id=cast.units["assessment"].id, noted_at=facts.admitted_at, noted_by="Sara Ek",
            ).save(force_insert=True)  # fmt: skip
    return case


def _case(cast: Cast, person: PersonDetail, facts: StayFacts) -> Case:
    made = uuid4()
    return Case(
        id=made, number=f"U{made.hex[:8].upper()}", person_id=person.id,
        provider_id=cast.units["ward"].provider_id, unit_id=cast.units["ward"].id, branch="health",
        status=CaseStatus.HOME if facts.discharged_at else CaseStatus.ADMITTED,
        psychiatric=facts.psychiatric, compulsory=facts.open_compulsory,
        municipality_code=facts.registered or "", deciding_code=facts.deciding or "",
        sip_needed=facts.sip_required if facts.sip_judged else None,
        needs_judged_at=facts.need_judged_at, refused_help=facts.refused,
        opened_at=facts.admitted_at, opened_by="Omar Haddad", admitted_at=facts.admitted_at,
        discharged_at=facts.discharged_at, changed_at=facts.admitted_at,
    )  # fmt: skip


def _units(cast: Cast, case: Case, facts: StayFacts) -> None:
    wanted = [] if facts.no_municipality else ["assessment"]
    wanted += ["home_health"] if facts.needs_municipal_health else []
    for key in wanted:
        unit = cast.units[key]
        CaseUnit(
            case=case, person_id=case.person_id, unit_id=unit.id, provider_id=unit.provider_id,
            part=Part.MUNICIPAL_HEALTH if key == "home_health" else Part.SOCIAL,
            since=facts.admitted_at,
        ).save(force_insert=True)  # fmt: skip


def _said(cast, case, kind, moment, municipalities, *, open_care, contact=None) -> Message:
    row = Message(
        case=case, person_id=case.person_id, kind=kind, unit_id=cast.units["ward"].id,
        part=Part.WARD, secrecy=Secrecy.DUTY, sent_at=moment, entered_at=moment,
        sent_by="Omar Haddad", body={} if kind is not MessageKind.CALL else {"contact": contact},
    )  # fmt: skip
    row.save(force_insert=True)
    for code in sorted(municipalities):
        _copy(row, _unit_in(cast, code), Part.SOCIAL if code == "2309" else Part.MUNICIPAL_HEALTH)
    if open_care:
        _copy(row, cast.units["health_centre"], Part.OPEN_CARE)
    return row


def _unit_in(cast: Cast, code: str) -> UnitDetail:
    return {"2309": cast.units["assessment"], "2321": cast.units["are_home_health"]}[code]


def _copy(row: Message, unit: UnitDetail, part: Part) -> None:
    Copy(
        message=row, person_id=row.person_id, provider_id=unit.provider_id, unit_id=unit.id,
        branch=unit.branch.value, published=False, part=part, fate=Fate.RECEIPTED,
        sent_at=row.sent_at, receipted_at=row.sent_at + timedelta(minutes=5),
        receipted_by="Sara Ek",
    ).save(force_insert=True)  # fmt: skip
