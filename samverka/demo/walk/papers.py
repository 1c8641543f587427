"""Consents, blocks and openings."""

from __future__ import annotations

from samverka.access import operations as access
from samverka.demo import script as s
from samverka.demo.scene import Scene
from samverka.demo.walk.perform import perform


@perform.register
def _(event: s.ConsentGiven, scene: Scene) -> None:
    """A consent to a plan is noted where the plan is handed out: see `plans`."""
    if event.plan:
        scene.told[event.key] = event
        return
    made = access.give_consent(
        scene.actor(event),
        person_id=scene.person_id(event),
        kind=event.kind,
        reader_providers=[scene.county.providers[key] for key in event.readers],
        form=event.form,
        given_by=scene.name_of(event.given_by or scene.whom(event)),
        covers=event.covers,
        not_covered=event.not_covered,
        until=scene.moment(event.until),
    )
    scene.consents[event.key] = made.id


@perform.register
def _(event: s.ConsentWithdrawn, scene: Scene) -> None:
    access.withdraw_consent(
        scene.actor(event),
        consent_id=scene.consents[event.consent],
        by=scene.name_of(scene.whom(event)),
    )


@perform.register
def _(event: s.Blocked, scene: Scene) -> None:
    access.set_block(
        scene.actor(event),
        person_id=scene.person_id(event),
        kind=event.kind,
        provider_id=scene.county.providers[event.provider],
        unit_id=scene.county.units[event.unit].id if event.unit else None,
        asked_by=scene.name_of(scene.whom(event)),
    )


@perform.register
def _(event: s.EmergencyOpened, scene: Scene) -> None:
    access.open_emergency(scene.actor(event), person_id=scene.person_id(event), reason=event.reason)
