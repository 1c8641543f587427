"""Calls of the room `careplans`: follow-ups, merging, carers, templates, the unit's contacts, the clock."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from samverka.careplans import operations as careplans
from samverka.careplans import reads as careplans_reads
from samverka.careplans.rules import (
    ActivityStatus,
    ContactKind,
    EventKind,
    Group,
    PlanKind,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.organisations.rules import UnitKind
from tests.house.calls.shape import About, Call, later, system
from tests.house.furnished import SELF_CARE, House


def _administrator(house: House) -> Actor:
    return house.cast.administrator


def _assessor(house: House) -> Actor:
    return house.cast.needs_assessor


def _held(house: House, actor: Actor) -> UUID:
    """A plan that holds: the furnished one is a draft."""
    return careplans.activate_plan(actor, plan_id=house.plan.id).id


def _followed(house: House, actor: Actor) -> object:
    today = local_date(actor.at)
    return careplans.follow_up_plan(
        actor, plan_id=_held(house, actor), on=today, took_part="Karin",
        next_on=today + timedelta(days=90),
    )  # fmt: skip


def _explained(house: House, actor: Actor) -> object:
    made = careplans.set_no_others(actor, plan_id=house.plan.id, nobody=True)
    return careplans.explain_change(
        actor, plan_id=house.plan.id, version=made.version, why="Inget annat behövs."
    )


def _lss(house: House, actor: Actor) -> object:
    made = careplans.start_plan(actor, person_id=house.karin.id, kind=PlanKind.LSS)
    return careplans.note_told(actor, plan_id=made.id)


def _merged(house: House, actor: Actor) -> object:
    other = careplans.start_plan(actor, person_id=house.karin.id, kind=PlanKind.CARE)
    return careplans.merge_plans(
        actor, plan_id=house.plan.id, other_id=other.id, why="Samma sak.", person_wants=True
    )


def _carer(house: House, actor: Actor) -> UUID:
    """Another person's own plan as a carer."""
    assert house.neighbour.person_id is not None
    return careplans.start_plan(
        actor, person_id=house.ids["carer_person_id"], kind=PlanKind.CARER
    ).id


def _link(house: House, actor: Actor, plan: UUID) -> object:
    return careplans.link_carer(actor, plan_id=plan, cared_plan_id=house.ids["their_plan_id"])


def _linked(house: House) -> UUID:
    plan = _carer(house, _assessor(house))
    _link(house, _assessor(house), plan)
    return plan


def _unlink(house: House, actor: Actor, plan: UUID) -> object:
    return careplans.unlink_carer(actor, plan_id=plan, cared_plan_id=house.ids["their_plan_id"])


def _template(_house: House, actor: Actor) -> object:
    return careplans.edit_template(
        actor, group=Group.ELDERLY, version=0, questions=["Hur har du det?"],
        parties=[UnitKind.HOME_CARE], prompts=["Promenader"],
    )  # fmt: skip


def _absence(house: House, actor: Actor) -> object:
    today = local_date(actor.at)
    return careplans.note_absence(
        actor, contact_ids=[house.ids["contact_id"]], since=today, until=today
    )


def _answered(house: House, actor: Actor) -> object:
    careplans.appoint_contact(
        later(actor, hours=1), person_id=house.karin.id, kind=ContactKind.FAST_VARDKONTAKT
    )
    return careplans.answer_wish(later(actor, hours=2), wish_id=house.ids["wish_id"], granted=True)


def _handed(house: House, actor: Actor) -> object:
    return careplans.hand_over_contacts(
        actor,
        contact_ids=[house.ids["contact_id"]],
        assignment_id=house.cast.physician.assignment_id or UUID(int=0),
        on=local_date(actor.at),
    )


CALLS: dict[str, Call] = {
    "follow_up_plan": Call(_followed),
    "follow_up_activity": Call(
        lambda house, actor: careplans.follow_up_activity(
            actor,
            activity_id=house.ids["activity_id"],
            version=1,
            status=ActivityStatus.DONE,
            outcome="Gick bra.",
        )
    ),
    "explain_change": Call(_explained),
    "choose_template": Call(
        lambda house, actor: careplans.choose_template(actor, plan_id=house.plan.id, template=None)
    ),
    "note_told": Call(_lss, by=_assessor),
    "note_event": Call(
        lambda house, actor: careplans.note_event(
            actor, person_id=house.karin.id, event=EventKind.ADMITTED, on=local_date(actor.at)
        ),
        About.PERSON,
        by=system,
    ),
    "merge_plans": Call(_merged),
    "answer_merge": Call(
        lambda house, actor: careplans.answer_merge(
            actor, ask_id=house.ids["ask_id"], agreed=False, answer="Inte nu."
        ),
        by=_assessor,
    ),
    "link_carer": Call(_link, by=_assessor, prepared=lambda house: _carer(house, _assessor(house))),
    "unlink_carer": Call(_unlink, by=_assessor, prepared=_linked),
    "edit_template": Call(_template, About.NOBODY, by=_administrator),
    "reset_template": Call(
        lambda house, actor: careplans.reset_template(actor, group=Group.ELDERLY),
        About.NOBODY,
        by=_administrator,
    ),
    "note_absence": Call(_absence),
    "end_absence": Call(
        lambda house, actor: careplans.end_absence(actor, absence_id=house.ids["absence_id"])
    ),
    "hand_over_contacts": Call(_handed),
    "undo_hand_over": Call(
        lambda house, actor: careplans.undo_hand_over(actor, hand_over_id=house.ids["hand_over_id"])
    ),
    "ask_for_contact": Call(
        lambda house, actor: careplans.ask_for_contact(
            actor, person_id=house.karin.id, kind=ContactKind.FAST_LAKARKONTAKT
        )
    ),
    "answer_wish": Call(_answered),
    "advise_self_care": Call(
        lambda house, actor: careplans.advise_self_care(
            actor, person_id=house.karin.id, facts=SELF_CARE
        )
    ),
    "change_self_care": Call(
        lambda house, actor: careplans.change_self_care(
            actor, advice_id=house.ids["advice_id"], facts=SELF_CARE, version=1
        )
    ),
    "end_self_care": Call(
        lambda house, actor: careplans.end_self_care(
            actor, advice_id=house.ids["advice_id"], reason="Foten är bra."
        )
    ),
    "reads.self_care": Call(
        lambda house, actor: careplans_reads.self_care(actor, advice_id=house.ids["advice_id"])
    ),
    "reads.person_self_care": Call(
        lambda house, actor: careplans_reads.person_self_care(actor, person_id=house.karin.id)
    ),
    "reads.judges": Call(lambda _house, actor: careplans_reads.judges(actor), About.NOBODY),
    "reads.may_advise": Call(lambda _house, actor: careplans_reads.may_advise(actor), About.SILENT),
    "note_need": Call(
        lambda house, actor: careplans.note_need(
            actor, person_id=house.karin.id, unit_id=house.nurse.unit_id or UUID(int=0)
        ),
        About.PERSON,
        by=system,
    ),
    "drop_need": Call(
        lambda house, actor: careplans.drop_need(
            actor, person_id=house.karin.id, unit_id=house.nurse.unit_id or UUID(int=0)
        ),
        About.PERSON,
        by=system,
    ),
    "watch_plans": Call(
        lambda _house, actor: careplans.watch_plans(actor), About.SILENT, by=system
    ),
    "watch_hand_overs": Call(
        lambda _house, actor: careplans.watch_hand_overs(later(actor, days=90)),
        About.PERSON,
        by=system,
    ),
    "watch_contacts": Call(
        lambda _house, actor: careplans.watch_contacts(actor), About.SILENT, by=system
    ),
    "reads.follow_ups": Call(
        lambda house, actor: careplans_reads.follow_ups(actor, plan_id=house.plan.id)
    ),
    "reads.plan_and_merge_choices": Call(
        lambda house, actor: careplans_reads.plan_and_merge_choices(actor, plan_id=house.plan.id)
    ),
    "reads.merge_choices": Call(
        lambda house, actor: careplans_reads.merge_choices(actor, plan_id=house.plan.id)
    ),
    "reads.merge_ask": Call(
        lambda house, actor: careplans_reads.merge_ask(actor, ask_id=house.ids["ask_id"])
    ),
    "reads.carer_plans": Call(
        lambda house, actor: careplans_reads.carer_plans(actor, plan_id=house.plan.id)
    ),
    "reads.carer_choices": Call(
        lambda house, actor: careplans_reads.carer_choices(actor, plan_id=house.plan.id)
    ),
    "reads.list_templates": Call(
        lambda _house, actor: careplans_reads.list_templates(actor), About.NOBODY
    ),
    "reads.template": Call(
        lambda _house, actor: careplans_reads.template(actor, group=Group.ELDERLY), About.NOBODY
    ),
    "reads.contacts_to_give": Call(lambda _house, actor: careplans_reads.contacts_to_give(actor)),
    "reads.unit_contacts": Call(lambda _house, actor: careplans_reads.unit_contacts(actor)),
    "reads.wish": Call(
        lambda house, actor: careplans_reads.wish(actor, wish_id=house.ids["wish_id"])
    ),
}
