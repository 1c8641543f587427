"""A furnished house: one real record for every kind of address, and those who may not see it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from samverka.access import operations as access
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.models import Account
from samverka.access.roles import Role
from samverka.access.rules import BlockKind, ConsentForm, ConsentKind, ProxyKind, RelationKind
from samverka.careplans import operations as careplans
from samverka.careplans.models import MergeAsk
from samverka.careplans.reads import MeetingDetail, PlanDetail
from samverka.careplans.reads import plan as careplan
from samverka.careplans.rules import ContactKind, PlanKind, Section, SelfCareFacts, Term
from samverka.careplans.rules.disclosing import PartKind
from samverka.careplans.rules.meetings import Invitee
from samverka.config.registry import REGISTRY
from samverka.contacts import operations as contacts
from samverka.contacts.rules import BookingFacts, PromiseFacts
from samverka.contract import operations as contract
from samverka.contract.rules import SAMPLE_SIZES
from samverka.kernel.actor import Actor
from samverka.notices import operations as notices
from samverka.notices.reads import unit_tasks
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.organisations import operations as organisations
from samverka.organisations.reads import staff_actor
from samverka.people import operations as people
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail, person
from samverka.people.rules import RelativeKind
from samverka.resources.operations import run_import
from samverka.resources.reads import list_imports, person_resources
from samverka.web.operations import keep_draft
from tests.factories.cast import (
    KARINS_NUMBER,
    NOW,
    Cast,
    county,
    make_person,
    person_login,
    relate,
)
from tests.factories.grants import laid
from tests.house.admitted import admitted
from tests.house.asked import asked
from tests.house.awaited import awaited
from tests.house.let_in import let_in
from tests.house.reported import reported
from tests.house.subscribed import subscribed
from tests.indicators.pages.curves import publish as publish_figures

BLOOD = BookingFacts(starts_at=NOW + timedelta(days=3), what="Blodprov", place="Krokom")
SAMPLES = PromiseFacts(what="Ta nya prover", latest_on=(NOW + timedelta(days=30)).date())
SELF_CARE = SelfCareFacts(
    what="Ta på strumporna",
    how="Gör det före frukost.",
    call_when="Ring om foten svullnar.",
    risks="Inga kända.",
    judged_on=NOW.date(),
    reassess_on=NOW.date() + timedelta(days=60),
)


@dataclass(frozen=True)
class House:
    """Who is there, and the id of one record of each kind. All of it is Karin's."""

    cast: Cast
    karin: PersonDetail
    plan: PlanDetail
    patient: Actor
    """Karin on her own page."""
    neighbour: Actor
    """Another person on the own page, who has to do with the same unit."""
    daughter: Actor
    """Acts for Karin, may read."""
    bare: Actor
    """Works at Karin's unit, without any permission."""
    newcomer: Account
    """Has a log-in and no assignment."""
    ids: dict[str, UUID]
    """By the name of the URL's argument."""

    @property
    def nurse(self) -> Actor:
        """Karin's district nurse, who keeps the plan."""
        return self.cast.region_nurse


def furnish() -> House:
    """Build it by operations, as in life."""
    cast = county()
    nurse = cast.region_nurse
    karin = make_person(nurse, identity=KARINS_NUMBER)
    relate(cast.municipal_nurse, karin)
    relate(cast.ward_nurse, karin)
    relate(cast.needs_assessor, karin, RelationKind.INVESTIGATION)
    neighbour = make_person(nurse, PersonFacts(given_name="Nils", family_name="Ek"))
    daughter = make_person(nurse, PersonFacts(given_name="Eva", family_name="Åström"))
    plan = _plan(cast, karin)
    patient = person_login(karin)
    ids = {"person_id": karin.id, "plan_id": plan.id, "goal_id": plan.goals[0].id}
    ids |= {"activity_id": plan.activities[0].id, "party_id": _guest(cast, plan)}
    ids |= _rights(cast, karin, daughter, patient) | _around(cast, karin, plan, patient)
    ids |= {"note_id": publish_figures(cast.analyst)}
    ids |= asked(cast, plan, patient) | admitted(cast, karin.id)
    ids |= awaited(cast, karin.id)
    ids |= laid(cast) | reported(cast) | subscribed(cast) | let_in(cast, patient)
    plan = _written_last(nurse, plan.id)
    return House(
        cast=cast,
        karin=karin,
        plan=plan,
        patient=patient,
        neighbour=person_login(neighbour),
        daughter=person_login(daughter),
        bare=_bare(cast),
        newcomer=Account.objects.create_user("newcomer", name="Ny Anställd"),
        ids=ids,
    )


def _plan(cast: Cast, karin: PersonDetail) -> PlanDetail:
    nurse = cast.region_nurse
    plan = careplans.start_plan(
        nurse, person_id=karin.id, kind=PlanKind.CARE, what_matters="Att kunna gå till affären."
    )
    plan = careplans.add_goal(
        nurse, plan_id=plan.id, words="Gå själv till affären", term=Term.SHORT
    )
    careplans.add_party(nurse, plan_id=plan.id, unit_id=cast.units["home_care"].id)
    return careplans.add_activity(
        nurse,
        plan_id=plan.id,
        what="Träna balans",
        owner=careplans.Owner(unit_id=nurse.unit_id),
        due_on=date(2026, 12, 4),
    )


def _written_last(nurse: Actor, plan_id: UUID) -> PlanDetail:
    """The house's plan is the newest one, whatever the ids: the pages begin with it."""
    later = replace(nurse, at=nurse.at + timedelta(seconds=1))
    version = careplan(later, plan_id=plan_id).version
    return careplans.write_section(
        later, plan_id=plan_id, section=Section.STRENGTHS, text="Envis.", version=version
    )


def _guest(cast: Cast, plan: PlanDetail) -> UUID:
    """A part that can be ended: not the keeper's."""
    guest = cast.units["home_care"].id
    return next(one.id for one in plan.parties if one.unit_id == guest)


def _rights(
    cast: Cast, karin: PersonDetail, daughter: PersonDetail, patient: Actor
) -> dict[str, UUID]:
    """Consent to a provider that is not the other side's, and a block of a unit that has nothing."""
    consent = access.give_consent(
        patient,
        person_id=karin.id,
        kind=ConsentKind.SVOD,
        reader_providers=[cast.other_municipality.provider_id or UUID(int=0)],
        form=ConsentForm.DIGITAL,
        given_by=karin.name,
    )
    psychiatry = cast.units["psychiatry"]
    block = access.set_block(
        patient,
        person_id=karin.id,
        kind=BlockKind.INNER,
        provider_id=psychiatry.provider_id,
        unit_id=psychiatry.id,
    )
    proxy = access.grant_proxy(
        patient, person_id=karin.id, proxy_person_id=daughter.id, kind=ProxyKind.REPRESENTATIVE
    )
    relation = access.open_relation(
        cast.region_nurse, person_id=karin.id, kind=RelationKind.LISTED, reason="Listad"
    )
    return {"consent_id": consent.id, "block_id": block.id, "proxy_id": proxy.id,
            "relation_id": relation.id}  # fmt: skip


def _around(cast: Cast, karin: PersonDetail, plan: PlanDetail, patient: Actor) -> dict[str, UUID]:
    nurse = cast.region_nurse
    people.note_relative(nurse, person_id=karin.id, name="Eva", kind=RelativeKind.DAUGHTER)
    relative = person(nurse, person_id=karin.id).relatives[0]
    commented = careplans.comment_plan(patient, plan_id=plan.id, words="Jag vill börja i maj.")
    contact = careplans.appoint_contact(nurse, person_id=karin.id, kind=ContactKind.MAIN)
    booking = contacts.book_time(nurse, person_id=karin.id, facts=BLOOD)
    cancelled = contacts.book_time(
        nurse, person_id=karin.id, facts=replace(BLOOD, what="Vaccination")
    )
    contacts.cancel_booking(nurse, booking_id=cancelled.id)
    promised = contacts.promise_time(nurse, person_id=karin.id, facts=SAMPLES)
    kept = contacts.promise_time(nurse, person_id=karin.id, facts=SAMPLES)
    contacts.keep_promise(nurse, promise_id=kept.id)
    later = cast.at(cast.log_reviewer, hours=1)
    check = contract.draw_check(later, month=NOW.date(), count=min(SAMPLE_SIZES))
    run = _imported(cast.administrator)
    held, ahead = _meeting(cast, plan, nurse, held=True), _meeting(cast, plan, nurse, held=False)
    flags = person_resources(nurse, person_id=karin.id, kind="Flag")
    part = careplans.KeptBack(PartKind.SECTION, Section.STRENGTHS.value)
    kept_back = careplans.keep_back(nurse, plan_id=plan.id, parts=[part])
    return (
        _tasks(cast, karin)
        | _alive(cast, karin, contact.id)
        | {
            "withheld_id": kept_back.withheld[0].id,
            "resource_id": flags[0].id,
            "relative_id": relative.id,
            "comment_id": commented.comments[0].id,
            "contact_id": contact.id,
            "booking_id": booking.id,
            "cancelled_id": cancelled.id,
            "promise_id": promised.id,
            "kept_id": kept.id,
            "check_id": check.id,
            "draft_id": keep_draft(nurse, path="/planer/", fields={"words": ["Om Karin"]}).id,
            "run_id": run,
            "meeting_id": ahead.id,
            "call_id": next(one.id for one in ahead.calls if one.invitee is Invitee.PERSON),
            "confirmation_id": next(one.id for one in held.confirmations if one.may_confirm),
            "unit_id": nurse.unit_id or UUID(int=0),
            "assignment_id": nurse.assignment_id or UUID(int=0),
        }
    )


def _tasks(cast: Cast, karin: PersonDetail) -> dict[str, UUID]:
    """What the health centre must do, one of them done; and what the ward has not opened in time."""
    nurse, ward = cast.region_nurse, cast.ward_nurse
    notices.change_settings(
        cast.administrator, unit_id=ward.unit_id or UUID(int=0), emails=[], week=(), digest_hour=7,
        stand_in_id=nurse.unit_id, fallback_id=None, version=0,
    )  # fmt: skip
    for actor, keys in ((nurse, ("open", "done")), (ward, ("late",))):
        about = About("Stay", uuid4(), karin.id, f"/personer/{karin.id}/")
        wanted = [
            TaskWanted(key, TaskKind.STAY, actor.unit_id, actor.provider_id, "se över planen",
                       wait_limit=timedelta())
            for key in keys
            if actor.unit_id and actor.provider_id
        ]  # fmt: skip
        with act(cast.municipal_nurse, Action.PLAN_EDIT) as this:
            notices.keep_tasks(this, about=about, wanted=wanted)
            this.note_person(karin.id, "Stay")
    first, second = (one for one in unit_tasks(nurse) if one.kind is TaskKind.STAY)
    notices.finish_task(nurse, task_id=second.id)
    notices.send_on_unopened(cast.system)
    return {
        "task_id": first.id,
        "done_task_id": second.id,
        "home_unit_id": ward.unit_id or UUID(int=0),
    }


def _alive(cast: Cast, karin: PersonDetail, contact_id: UUID) -> dict[str, UUID]:
    """An absence and a handing over ahead, a wish, and two plans that are asked to become one."""
    nurse, assessor = cast.region_nurse, cast.needs_assessor
    ahead = NOW.date() + timedelta(days=30)
    (away,) = careplans.note_absence(nurse, contact_ids=[contact_id], since=ahead, until=ahead)
    handed = careplans.hand_over_contacts(
        nurse,
        contact_ids=[contact_id],
        assignment_id=cast.physician.assignment_id or UUID(int=0),
        on=ahead,
    )
    wish = careplans.ask_for_contact(
        nurse, person_id=karin.id, kind=ContactKind.FAST_VARDKONTAKT, wish="Någon som lyssnar"
    )
    ours = _given_plan(nurse, karin, cast.units["assessment"].id)
    theirs = _given_plan(assessor, karin, cast.units["health_centre"].id)
    careplans.merge_plans(
        nurse, plan_id=ours, other_id=theirs, why="Karin vill ha en plan.", person_wants=True
    )
    carer = make_person(
        assessor,
        PersonFacts(given_name="Bertil", family_name="Quist"),
        relation=RelationKind.INVESTIGATION,
    )
    return {
        "absence_id": away.id,
        "hand_over_id": handed.id,
        "wish_id": wish.id,
        "ask_id": _ask_of(assessor, ours),
        "advice_id": careplans.advise_self_care(nurse, person_id=karin.id, facts=SELF_CARE).id,
        "cared_id": ours,
        "their_plan_id": theirs,
        "carer_person_id": carer.id,
    }


def _given_plan(actor: Actor, karin: PersonDetail, to: UUID) -> UUID:
    """A plan that one side keeps and has given to the other."""
    made = careplans.start_plan(actor, person_id=karin.id, kind=PlanKind.SIP)
    consent = careplans.ConsentGiven(given_by=karin.name)
    return careplans.share_plan(actor, plan_id=made.id, unit_ids=[to], consent=consent).id


def _meeting(cast: Cast, plan: PlanDetail, nurse: Actor, *, held: bool) -> MeetingDetail:
    """A meeting ahead, or one that is over and waits for everyone's word."""
    begins = nurse.at + timedelta(days=6)
    facts = careplans.MeetingFacts(begins, begins + timedelta(hours=1), place="Rum 2")
    invited = careplans.Invited(units=(cast.units["home_care"].id,))
    made = careplans.call_meeting(nurse, plan_id=plan.id, facts=facts, invited=invited)
    return careplans.hold_meeting(nurse, meeting_id=made.id, now=True) if held else made


def _imported(administrator: Actor) -> UUID:
    with tempfile.TemporaryDirectory() as folder:
        run_import(
            administrator,
            paths=[patient_file(Path(folder))],
            source="labb",
            registry=REGISTRY,
        )
    return list_imports(administrator)[0].id


def _bare(cast: Cast) -> Actor:
    """An assignment at the right unit whose only role gives no right to see anyone."""
    builder = replace(cast.system, at=NOW - timedelta(days=20))
    account = Account.objects.create_user("bare", name="Rut Tom")
    staff = organisations.register_staff(
        builder, given_name="Rut", family_name="Tom", account_id=account.id
    )
    given = organisations.give_assignment(
        builder,
        staff_id=staff.id,
        unit_id=cast.region_nurse.unit_id or UUID(int=0),
        profession="Vaktmästare",
        roles=(Role.PROTECTED,),
    )
    return staff_actor(given, account.id, NOW)


def patient_file(folder: Path, number: str = KARINS_NUMBER.value) -> Path:
    """A FHIR file about Karin with something that no room works with."""
    patient = {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [
            {"system": "http://electronichealth.se/identifier/personnummer", "value": number}
        ],
        "name": [{"family": "Åström", "given": ["Karin"]}],
    }
    flag = {
        "resourceType": "Flag",
        "id": "f1",
        "status": "active",
        "code": {"text": "Hör dåligt"},
        "subject": {"reference": "Patient/p1"},
    }
    weight = {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "code": {"text": "Vikt"},
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-11-18T08:00:00+01:00",
        "valueQuantity": {"value": 61, "unit": "kg"},
    }
    path = folder / "karin.ndjson"
    path.write_text("\n".join(json.dumps(one) for one in (patient, flag, weight)))
    return path


def _ask_of(actor: Actor, plan_id: UUID) -> UUID:
    """The question about the plan, seen by one who may."""
    with act(actor, Action.PLAN_READ) as this:
        this.unchanged()
        found: UUID = MergeAsk.objects.get(plan_id=plan_id).id
        return found
