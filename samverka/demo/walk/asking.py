"""A plan is asked for, the person consents or not, and writes at home."""

from __future__ import annotations

from uuid import UUID

from samverka.careplans import operations as careplans
from samverka.careplans import reads as plans
from samverka.careplans.operations import sharing
from samverka.careplans.rules.disclosing import PartKind
from samverka.demo import script as s
from samverka.demo.scene import Scene
from samverka.demo.walk.perform import perform


@perform.register
def _(event: s.PlanAsked, scene: Scene) -> None:
    """Where another care provider is asked, the person has been told and agrees."""
    made = careplans.ask_for_plan(
        scene.actor(event),
        person_id=scene.person_id(event),
        reason=event.reason,
        kind=event.kind,
        source=event.source,
        asked_by=event.asked_by,
        unit_id=scene.county.units[event.to].id if event.to else None,
        agreed=True,
        again_id=scene.asks[event.again] if event.again else None,
    )
    scene.asks[event.key] = made.id


@perform.register
def _(event: s.AskGranted, scene: Scene) -> None:
    careplans.accept_request(
        scene.actor(event),
        request_id=scene.asks[event.ask],
        plan_id=scene.plans[event.plan].id,
    )


@perform.register
def _(event: s.AskRefused, scene: Scene) -> None:
    careplans.refuse_request(
        scene.actor(event),
        request_id=scene.asks[event.ask],
        ground=event.ground,
        reason=event.reason,
    )


# ── consent ──


@perform.register
def _(event: s.ConsentAsked, scene: Scene) -> None:
    careplans.ask_consent(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        unit_ids=[scene.county.units[key].id for key in event.units],
        covers=event.covers,
        not_covered=event.not_covered,
        until=scene.moment(event.until),
    )


@perform.register
def _(event: s.ConsentAnswered, scene: Scene) -> None:
    careplans.answer_consent(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        yes=event.yes,
        words=event.words,
    )


@perform.register
def _(event: s.ConsentRefused, scene: Scene) -> None:
    careplans.note_refusal(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        said_by=scene.name_of(scene.whom(event)),
        reason=event.reason,
    )


@perform.register
def _(event: s.VoiceNoted, scene: Scene) -> None:
    careplans.note_voice(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        kind=event.kind,
        name=scene.name_of(event.said_by),
        answer=event.answer,
        view=event.view,
        judgement=event.judgement,
        form=event.form,
    )


@perform.register
def _(event: s.KeptBack, scene: Scene) -> None:
    scene.plans[event.plan] = careplans.keep_back(
        scene.actor(event),
        plan_id=scene.plans[event.plan].id,
        parts=[sharing.KeptBack(*_part(event, scene))],
        providers=[scene.county.providers[key] for key in event.providers],
        reason=event.reason,
    )


def _part(event: s.KeptBack, scene: Scene) -> tuple[PartKind, str]:
    if event.section is not None:
        return PartKind.SECTION, event.section.value
    if event.goal:
        return PartKind.GOAL, str(scene.goals[event.plan, event.goal])
    return PartKind.ACTIVITY, str(scene.activities[event.plan, event.activity])


# ── prepared at home ──


@perform.register
def _(event: s.Prepared, scene: Scene) -> None:
    actor, plan_id = scene.actor(event), scene.plans[event.plan].id
    for part, words in event.words:
        careplans.write_preparation(actor, plan_id=plan_id, part=part, words=words)
    if event.sent:
        careplans.send_preparation(actor, plan_id=plan_id)


@perform.register
def _(event: s.PreparedTaken, scene: Scene) -> None:
    """Each answer changes the plan, so it is read again after each."""
    actor, plan_id = scene.actor(event), scene.plans[event.plan].id
    for words_id in _words(event, scene, plan_id):
        careplans.take_words(actor, words_id=words_id)
    careplans.read_preparation(actor, preparation_of=plan_id)
    scene.plans[event.plan] = plans.plan(actor, plan_id=plan_id)


def _words(event: s.PreparedTaken, scene: Scene, plan_id: UUID) -> list[UUID]:
    sent = plans.preparation(scene.actor(event), plan_id=plan_id).sent
    by_part = {one.part: one.id for one in sent}
    return [by_part[part] for part in event.parts]


@perform.register
def _(event: s.EasyWritten, scene: Scene) -> None:
    if event.section is not None:
        place = event.section.value
    elif event.goal:
        place = str(scene.goals[event.plan, event.goal])
    else:
        place = str(scene.activities[event.plan, event.activity])
    scene.plans[event.plan] = careplans.write_easy(
        scene.actor(event), plan_id=scene.plans[event.plan].id, place=place, words=event.words
    )
