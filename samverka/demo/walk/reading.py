"""Someone reads, and the log shows it."""

from __future__ import annotations

from samverka.access.reads import own_log
from samverka.careplans import operations as careplans
from samverka.careplans import reads as plans
from samverka.contract import reads as contract
from samverka.demo import script as s
from samverka.demo.scene import Scene
from samverka.demo.walk.perform import perform


@perform.register
def _(event: s.Opened, scene: Scene) -> None:
    actor, person_id = scene.actor(event), scene.person_id(event)
    match event.page:
        case s.Page.PLAN:
            plans.plan(actor, plan_id=scene.plans[event.plan].id)
        case s.Page.OVERVIEW:
            contract.person_overview(actor, person_id=person_id)
        case s.Page.CONTRACT:
            contract.my_page(actor, person_id=person_id)
        case s.Page.LOG:
            own_log(actor, person_id=person_id)


@perform.register
def _(event: s.CommentsHandled, scene: Scene) -> None:
    actor = scene.actor(event)
    plan = plans.plan(actor, plan_id=scene.plans[event.plan].id)
    for comment in plan.comments:
        if comment.by_person and comment.handled_at is None:
            careplans.handle_comment(actor, comment_id=comment.id)


@perform.register
def _(event: s.Series | s.Medicines, scene: Scene) -> None:
    """Measurements and lists of medicines come in files, for all stories at once: see `build`."""
