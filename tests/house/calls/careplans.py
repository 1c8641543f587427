"""Calls of the room `careplans`."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from samverka.access import operations as access
from samverka.access.rules import ConsentForm, ConsentKind
from samverka.careplans import operations as careplans
from samverka.careplans import reads as careplans_reads
from samverka.careplans.reads import MeetingDetail
from samverka.careplans.rules import (
    ContactKind,
    GoalStatus,
    OwnerKind,
    PlanKind,
    PlanStatus,
    ReceivedPlan,
    Section,
    Term,
)
from samverka.careplans.rules.disclosing import PartKind
from samverka.careplans.rules.meetings import Answer, CallStatus, Invitee
from samverka.careplans.rules.tasks import TaskStatus
from samverka.kernel.actor import Actor
from tests.house.calls.shape import (
    NOBODY,
    About,
    Call,
    later,
    system,
)
from tests.house.furnished import House


def _undone(house: House, actor: Actor) -> object:
    done = careplans.set_no_others(actor, plan_id=house.plan.id, nobody=True)
    return careplans.undo_change(actor, plan_id=house.plan.id, version=done.version)


def _activated(house: House, actor: Actor) -> object:
    return careplans.activate_plan(actor, plan_id=house.plan.id)


def _sip(house: House, actor: Actor) -> UUID:
    return careplans.start_plan(actor, person_id=house.karin.id, kind=PlanKind.SIP).id


def _shared(house: House, actor: Actor) -> UUID:
    plan = _sip(house, actor)
    careplans.share_plan(
        actor,
        plan_id=plan,
        unit_ids=[house.cast.units["home_health"].id],
        consent=careplans.ConsentGiven(given_by="Karin"),
    )
    return plan


def _party_removed(house: House, actor: Actor) -> object:
    shown = careplans.add_party(
        actor, plan_id=house.plan.id, unit_id=house.cast.units["home_health"].id
    )
    added = next(one for one in shown.parties if one.unit_id != actor.unit_id)
    return careplans.remove_party(actor, party_id=added.id)


def _meeting(house: House, actor: Actor) -> MeetingDetail:
    """A meeting about the house's own plan; with a unit of the same care provider."""
    facts = careplans.MeetingFacts(
        actor.at + timedelta(days=5), actor.at + timedelta(days=5, hours=1), place="Rum 2"
    )
    invited = careplans.Invited(units=(house.cast.units["home_health"].id,))
    return careplans.call_meeting(actor, plan_id=house.plan.id, facts=facts, invited=invited)


def _called(house: House, actor: Actor) -> UUID:
    """The person's own call, which the unit that called holds."""
    found = _meeting(house, actor).calls
    return next(one.id for one in found if one.invitee is Invitee.PERSON)


def _held(house: House, actor: Actor) -> UUID:
    made = careplans.hold_meeting(actor, meeting_id=_meeting(house, actor).id, now=True)
    return next(one.id for one in made.confirmations if one.may_confirm)


def _consented(house: House, actor: Actor) -> UUID:
    """A consent that nobody has acted on yet."""
    plan, unit = _sip(house, actor), house.cast.units["home_health"]
    careplans.add_party(actor, plan_id=plan, unit_id=unit.id)
    access.give_consent(
        actor,
        person_id=house.karin.id,
        kind=ConsentKind.PLAN,
        reader_providers=[unit.provider_id],
        form=ConsentForm.ORAL,
        given_by="Karin",
        plan_id=plan,
    )
    return plan


def _given_out(house: House, actor: Actor) -> object:
    part = careplans.KeptBack(PartKind.SECTION, "if_worse")
    kept = careplans.keep_back(actor, plan_id=house.plan.id, parts=[part])
    return careplans.give_out(actor, withheld_id=kept.withheld[0].id)


def _task(house: House, actor: Actor) -> UUID:
    """Another care provider is asked to take part in the house's own plan."""
    unit = house.cast.units["are_home_health"]
    return careplans.ask_to_join(actor, plan_id=house.plan.id, unit_id=unit.id).id


def _consent_asked(house: House) -> UUID:
    units = [house.cast.units["are_home_health"].id]
    page = careplans.ask_consent(house.nurse, plan_id=house.plan.id, unit_ids=units)
    assert page.current is not None
    return page.current.id


CALLS: dict[str, Call] = {
    "call_meeting": Call(_meeting),
    "call_more": Call(
        lambda house, actor: careplans.call_more(
            actor,
            meeting_id=_meeting(house, actor).id,
            invited=careplans.Invited(relatives=("Eva",)),
        )
    ),
    "move_meeting": Call(
        lambda house, actor: careplans.move_meeting(
            actor,
            meeting_id=_meeting(house, actor).id,
            facts=careplans.MeetingFacts(
                actor.at + timedelta(days=6), actor.at + timedelta(days=6, hours=1), place="Rum 3"
            ),
        )
    ),
    "withdraw_call": Call(
        lambda house, actor: careplans.withdraw_call(actor, call_id=_called(house, actor))
    ),
    "cancel_meeting": Call(
        lambda house, actor: careplans.cancel_meeting(
            actor, meeting_id=_meeting(house, actor).id, reason="Sjuk"
        )
    ),
    "answer_call": Call(
        lambda house, actor: careplans.answer_call(
            actor, call_id=_called(house, actor), answer=Answer(CallStatus.ACCEPTED)
        )
    ),
    "remind_calls": Call(
        lambda house, actor: careplans.remind_calls(actor), by=system, about=About.SILENT
    ),
    "note_attendance": Call(
        lambda house, actor: careplans.note_attendance(
            actor, meeting_id=_meeting(house, actor).id, attendees=[careplans.Attendee("Eva")]
        )
    ),
    "hold_meeting": Call(_held),
    "confirm_agreed": Call(
        lambda house, actor: careplans.confirm_agreed(actor, confirmation_id=_held(house, actor))
    ),
    "write_live": Call(
        lambda house, actor: careplans.write_live(
            actor, plan_id=house.plan.id, key="strengths", base="", text="Klarar trappan"
        )
    ),
    "settle_plan": Call(lambda house, actor: careplans.settle_plan(actor, plan_id=house.plan.id)),
    "settle_rested": Call(
        lambda house, actor: careplans.settle_rested(actor), by=system, about=About.SILENT
    ),
    "show_presence": Call(
        lambda house, actor: careplans.show_presence(actor, plan_id=house.plan.id),
        about=About.SILENT,
    ),
    "reads.call": Call(
        lambda house, actor, made: careplans_reads.call(actor, call_id=made),
        prepared=lambda house: _called(house, house.nurse),
    ),
    "reads.meeting": Call(
        lambda house, actor, made: careplans_reads.meeting(actor, meeting_id=made.id),
        prepared=lambda house: _meeting(house, house.nurse),
    ),
    "reads.meeting_at_end": Call(
        lambda house, actor, made: careplans_reads.meeting_at_end(actor, meeting_id=made.id),
        prepared=lambda house: _meeting(house, house.nurse),
    ),
    "reads.live": Call(
        lambda house, actor, made: careplans_reads.live(actor, meeting_id=made.id),
        prepared=lambda house: _meeting(house, house.nurse),
    ),
    "reads.live_and_units": Call(
        lambda house, actor, made: careplans_reads.live_and_units(actor, meeting_id=made.id),
        prepared=lambda house: _meeting(house, house.nurse),
    ),
    "reads.plan_and_meetings": Call(
        lambda house, actor: careplans_reads.plan_and_meetings(actor, plan_id=house.plan.id)
    ),
    "reads.plan_to_call": Call(
        lambda house, actor: careplans_reads.plan_to_call(actor, plan_id=house.plan.id)
    ),
    "reads.meeting_to_call": Call(
        lambda house, actor: careplans_reads.meeting_to_call(
            actor, meeting_id=house.ids["meeting_id"]
        )
    ),
    "reads.list_meetings": Call(
        lambda house, actor: careplans_reads.list_meetings(actor, plan_id=house.plan.id)
    ),
    "ask_to_join": Call(_task),
    "ask_to_do": Call(
        lambda house, actor: careplans.ask_to_do(
            actor,
            plan_id=house.plan.id,
            what="Larm",
            unit_id=house.cast.units["are_home_health"].id,
        )
    ),
    "ask_back": Call(
        lambda house, actor: careplans.ask_back(
            actor, task_id=_task(house, actor), words="Vilken dag?"
        )
    ),
    "move_task": Call(
        lambda house, actor: careplans.move_task(
            actor, task_id=_task(house, actor), to=TaskStatus.CANCELLED
        )
    ),
    "reads.plan_task": Call(
        lambda house, actor, made: careplans_reads.plan_task(actor, task_id=made),
        prepared=lambda house: _task(house, house.nurse),
    ),
    "reads.plan_tasks": Call(
        lambda house, actor, made: careplans_reads.plan_tasks(
            actor, wanted=careplans_reads.TasksWanted(ids=frozenset({made}))
        ),
        prepared=lambda house: _task(house, house.nurse),
    ),
    "approve_plan": Call(
        lambda house, actor: careplans.approve_plan(actor, approval_id=house.ids["approval_id"])
    ),
    "ask_for_change": Call(
        lambda house, actor: careplans.ask_for_change(
            actor, approval_id=house.ids["approval_id"], words="Tisdagar"
        )
    ),
    "start_plan": Call(_sip),
    "write_section": Call(
        lambda house, actor: careplans.write_section(
            actor,
            plan_id=house.plan.id,
            section=Section.STRENGTHS,
            text="Klarar trappan.",
            version=house.plan.version,
        )
    ),
    "set_follow_up": Call(
        lambda house, actor: careplans.set_follow_up(
            actor, plan_id=house.plan.id, day=date(2027, 2, 1)
        )
    ),
    "set_responsible": Call(
        lambda house, actor: careplans.set_responsible(
            actor,
            plan_id=house.plan.id,
            organisation_id=house.cast.units["health_centre"].organisation_id,
        )
    ),
    "set_no_others": Call(
        lambda house, actor: careplans.set_no_others(actor, plan_id=house.plan.id, nobody=True)
    ),
    "activate_plan": Call(_activated),
    "end_plan": Call(
        lambda house, actor: careplans.end_plan(actor, plan_id=house.plan.id, reason="Klar")
    ),
    "undo_change": Call(_undone),
    "add_goal": Call(
        lambda house, actor: careplans.add_goal(
            actor, plan_id=house.plan.id, words="Sova gott", term=Term.LONG
        )
    ),
    "edit_goal": Call(
        lambda house, actor: careplans.edit_goal(
            actor, goal_id=house.ids["goal_id"], version=1, words="Gå ut", term=Term.SHORT
        )
    ),
    "follow_up_goal": Call(
        lambda house, actor: careplans.follow_up_goal(
            actor,
            goal_id=house.ids["goal_id"],
            version=1,
            status=GoalStatus.REACHED,
            outcome="Det gick bra.",
        )
    ),
    "add_activity": Call(
        lambda house, actor: careplans.add_activity(
            actor,
            plan_id=house.plan.id,
            what="Gå ut varje dag",
            owner=careplans.Owner(kind=OwnerKind.PERSON),
        )
    ),
    "edit_activity": Call(
        lambda house, actor: careplans.edit_activity(
            actor,
            activity_id=house.ids["activity_id"],
            version=1,
            what="Träna balans hemma",
            owner=careplans.Owner(unit_id=house.nurse.unit_id),
        )
    ),
    "finish_activity": Call(
        lambda house, actor: careplans.finish_activity(
            actor, activity_id=house.ids["activity_id"], outcome="Klart"
        )
    ),
    "add_party": Call(
        lambda house, actor: careplans.add_party(
            actor, plan_id=house.plan.id, unit_id=house.cast.units["home_health"].id
        )
    ),
    "remove_party": Call(_party_removed),
    "share_plan": Call(_shared),
    "withdraw_sharing": Call(
        lambda house, actor: careplans.withdraw_sharing(
            actor, plan_id=_shared(house, actor), by="Karin"
        )
    ),
    "send_plan": Call(
        lambda house, actor: careplans.send_plan(actor, plan_id=_consented(house, actor))
    ),
    "keep_back": Call(
        lambda house, actor: careplans.keep_back(
            actor, plan_id=house.plan.id, parts=[careplans.KeptBack(PartKind.SECTION, "strengths")]
        )
    ),
    "give_out": Call(_given_out),
    "write_easy": Call(
        lambda house, actor: careplans.write_easy(
            actor, plan_id=house.plan.id, place="what_matters", words="Gå till affären."
        )
    ),
    "comment_plan": Call(
        lambda house, actor: careplans.comment_plan(actor, plan_id=house.plan.id, words="Hej")
    ),
    "answer_comment": Call(
        lambda house, actor: careplans.answer_comment(
            actor, comment_id=house.ids["comment_id"], words="Vi ringer dig."
        )
    ),
    "handle_comment": Call(
        lambda house, actor: careplans.handle_comment(actor, comment_id=house.ids["comment_id"])
    ),
    "appoint_contact": Call(
        lambda house, actor: careplans.appoint_contact(
            actor, person_id=house.karin.id, kind=ContactKind.FAST_VARDKONTAKT
        )
    ),
    "end_contact": Call(
        lambda house, actor: careplans.end_contact(actor, contact_id=house.ids["contact_id"])
    ),
    "receive_plan": Call(
        lambda house, actor: careplans.receive_plan(
            actor,
            person_id=house.karin.id,
            received=ReceivedPlan(
                source_id="7", kind=PlanKind.CARE, status=PlanStatus.ACTIVE, title="Vårdplan"
            ),
            source="journal",
            unit_id=house.nurse.unit_id,
        ),
        by=system,
    ),
    "reads.plan_of_goal": Call(
        lambda house, actor: careplans_reads.plan_of_goal(actor, goal_id=house.ids["goal_id"])
    ),
    "reads.plan_of_comment": Call(
        lambda house, actor: careplans_reads.plan_of_comment(
            actor, comment_id=house.ids["comment_id"]
        )
    ),
    "reads.consent_of_ask": Call(
        lambda house, actor, ask: careplans_reads.consent_of_ask(actor, ask_id=ask),
        prepared=_consent_asked,
    ),
    "reads.is_kept": Call(
        lambda house, actor: careplans_reads.is_kept(
            actor, what=careplans_reads.Kept.PLAN, key=house.plan.id
        ),
        About.SILENT,
    ),
    "reads.plan_briefs": Call(
        lambda house, actor: careplans_reads.plan_briefs(actor, person_id=house.karin.id)
    ),
    "reads.plan": Call(lambda house, actor: careplans_reads.plan(actor, plan_id=house.plan.id)),
    "reads.plan_and_units": Call(
        lambda house, actor: careplans_reads.plan_and_units(actor, plan_id=house.plan.id)
    ),
    "reads.list_plans": Call(
        lambda house, actor: careplans_reads.list_plans(actor, person_id=house.karin.id)
    ),
    "reads.contact_to_be": Call(
        lambda house, actor: careplans_reads.contact_to_be(actor, person_id=house.karin.id)
    ),
    "reads.person_plans": Call(
        lambda house, actor: careplans_reads.person_plans(actor, person_id=house.karin.id)
    ),
    "reads.history": Call(
        lambda house, actor: careplans_reads.history(actor, plan_id=house.plan.id)
    ),
    "reads.history_and_words": Call(
        lambda house, actor: careplans_reads.history_and_words(actor, plan_id=house.plan.id)
    ),
    "reads.compare_versions": Call(
        lambda house, actor: careplans_reads.compare_versions(
            actor, plan_id=house.plan.id, old=1, new=2
        )
    ),
    "reads.list_contacts": Call(
        lambda house, actor: careplans_reads.list_contacts(actor, person_id=house.karin.id)
    ),
    "reads.contact": Call(
        lambda house, actor: careplans_reads.contact(actor, contact_id=house.ids["contact_id"])
    ),
    "reads.worklist": Call(lambda house, actor: careplans_reads.worklist(later(actor, days=20))),
    "publish_plans": Call(lambda house, actor: careplans.publish_plans(actor), NOBODY, system),
}
