"""Meetings about a plan: called, answered, held, confirmed; and the tasks that someone takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from samverka.careplans import operations as careplans
from samverka.careplans.operations import Attendee, Invited, MeetingFacts
from samverka.careplans.reads import MeetingDetail
from samverka.careplans.rules.meetings import Answer, Invitee
from samverka.demo import script as s
from samverka.demo.scene import Scene
from samverka.demo.walk.perform import perform
from samverka.kernel.actor import Actor


@perform.register
def _(event: s.MeetingCalled, scene: Scene) -> None:
    scene.meetings[event.key] = careplans.call_meeting(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        facts=_facts(event, scene),
        invited=Invited(
            units=tuple(scene.county.units[key].id for key in event.units),
            relatives=event.relatives,
            others=event.others,
        ),
    )


def _facts(event: s.MeetingCalled, scene: Scene) -> MeetingFacts:
    starts: datetime = event.starts.at(scene.today)
    return MeetingFacts(
        starts_at=starts,
        ends_at=starts + timedelta(minutes=event.minutes),
        place=event.place,
        link=event.link,
        purpose=event.purpose,
    )


@perform.register
def _(event: s.CallAnswered, scene: Scene) -> None:
    actor, meeting = scene.actor(event), scene.meetings[event.meeting]
    careplans.answer_call(
        actor,
        call_id=next(_own_calls(event, actor, meeting)),
        answer=Answer(event.answer, event.reason, scene.moment(event.time)),
    )


def _own_calls(event: s.CallAnswered, actor: Actor, meeting: MeetingDetail) -> Iterator[UUID]:
    for one in meeting.calls:
        if event.name:
            own = one.name == event.name
        elif actor.is_staff:
            own = one.invitee is Invitee.UNIT and one.unit_id == actor.unit_id
        else:
            own = one.invitee is Invitee.PERSON
        if own:
            yield one.id


@perform.register
def _(event: s.MeetingHeld, scene: Scene) -> None:
    """Who was there is noted before the read-out, as one does it."""
    actor, meeting_id = scene.actor(event), scene.meetings[event.meeting].id
    attendees = [
        Attendee(name, role, present=present, unit_id=scene.county.units[key].id if key else None)
        for present, those in ((True, event.there), (False, event.absent))
        for name, role, key in those
    ]
    careplans.note_attendance(actor, meeting_id=meeting_id, attendees=attendees)
    scene.meetings[event.meeting] = careplans.hold_meeting(actor, meeting_id=meeting_id)


@perform.register
def _(event: s.AgreedConfirmed, scene: Scene) -> None:
    actor, meeting = scene.actor(event), scene.meetings[event.meeting]
    mine = next(
        one.id
        for one in meeting.confirmations
        if (one.unit_id == actor.unit_id and one.party is Invitee.UNIT)
        or (actor.is_person and one.party is Invitee.PERSON)
    )
    careplans.confirm_agreed(actor, confirmation_id=mine)
