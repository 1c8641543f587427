"""Calls of the room `notices`."""

from __future__ import annotations

from datetime import timedelta

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.models import Account
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.notices import operations as notices
from samverka.notices import reads as notices_reads
from tests.factories.cast import NOW
from tests.house.calls.shape import (
    NOBODY,
    PERSON,
    SILENT,
    Call,
    administrator,
    later,
    patient,
    system,
)
from tests.house.furnished import House


def _told(house: House) -> None:
    """Karin has something new to read, and an address."""
    Account.objects.filter(id=house.patient.id).update(email="karin@example.org")
    with act(house.nurse, Action.PLAN_EDIT) as this:
        notices.tell_person(this, person_id=house.karin.id, sentence=_("Din plan har ändrats."))
        this.note_person(house.karin.id, "News")


def _addressed(house: House) -> None:
    """The ward has an address."""
    found = notices_reads.unit_settings(house.cast.administrator, unit_id=house.ids["home_unit_id"])
    notices.change_settings(
        house.cast.administrator,
        unit_id=found.unit_id,
        emails=["ward@region.example"],
        stand_in_id=found.stand_in_id,
        fallback_id=None,
        week=(),
        digest_hour=0,
        version=found.version,
    )


def _claimed(house: House) -> object:
    _addressed(house)
    return notices.claim_digests(system(house))[0].mailing_id


def _changed(house: House, actor: Actor) -> object:
    return notices.change_settings(
        actor,
        unit_id=house.ids["unit_id"],
        emails=[],
        stand_in_id=None,
        fallback_id=None,
        week=(),
        digest_hour=None,
        version=0,
    )


CALLS: dict[str, Call] = {
    "take_task": Call(lambda house, actor: notices.take_task(actor, task_id=house.ids["task_id"])),
    "give_task": Call(
        lambda house, actor: notices.give_task(
            actor,
            task_id=house.ids["task_id"],
            staff_id=house.cast.physician.staff_id,
            reason="Semester",
        )
    ),
    "hand_over_task": Call(
        lambda house, actor: notices.hand_over_task(
            actor,
            task_id=house.ids["task_id"],
            unit_id=house.cast.units["psychiatry"].id,
            reason="Semester",
        )
    ),
    "finish_task": Call(
        lambda house, actor: notices.finish_task(actor, task_id=house.ids["task_id"])
    ),
    "undo_task": Call(
        lambda house, actor: notices.undo_task(actor, task_id=house.ids["done_task_id"])
    ),
    "note_seen": Call(lambda house, actor: notices.note_seen(actor, task_id=house.ids["task_id"])),
    "note_shown": Call(
        lambda house, actor: notices.note_shown(actor, task_ids=[house.ids["task_id"]]), SILENT
    ),
    "step_in": Call(
        lambda house, actor: notices.step_in(actor, home_unit_id=house.ids["home_unit_id"])
    ),
    "note_news_read": Call(
        lambda house, actor, _told: notices.note_news_read(actor, person_id=house.karin.id),
        by=patient,
        prepared=_told,
    ),
    "change_settings": Call(_changed, NOBODY, administrator),
    "send_on_unopened": Call(
        lambda house, actor: notices.send_on_unopened(later(actor, days=9)), PERSON, system
    ),
    "claim_digests": Call(
        lambda house, actor, _addressed: notices.claim_digests(actor),
        NOBODY,
        system,
        prepared=_addressed,
    ),
    "claim_words": Call(
        lambda house, actor, _told: notices.claim_words(later(actor, hours=1)),
        NOBODY,
        system,
        prepared=_told,
    ),
    "claim_letters": Call(
        lambda house, actor: notices.claim_letters(actor, accounts=[house.cast.leader.id]),
        NOBODY,
        system,
    ),
    "note_mail": Call(
        lambda house, actor, mailing: notices.note_mail(actor, mailing_id=mailing),
        NOBODY,
        system,
        prepared=_claimed,
    ),
    "reads.unit_tasks": Call(lambda house, actor: notices_reads.unit_tasks(actor)),
    "reads.task": Call(
        lambda house, actor: notices_reads.task(actor, task_id=house.ids["task_id"])
    ),
    "reads.changes": Call(
        lambda house, actor: notices_reads.changes(actor, known="", since=NOW - timedelta(days=1)),
        NOBODY,
    ),
    "reads.unit_settings": Call(
        lambda house, actor: notices_reads.unit_settings(actor, unit_id=house.ids["unit_id"]),
        NOBODY,
        administrator,
    ),
    "reads.unit_statistics": Call(
        lambda house, actor: notices_reads.unit_statistics(actor, unit_id=house.ids["unit_id"]),
        NOBODY,
        administrator,
    ),
}
