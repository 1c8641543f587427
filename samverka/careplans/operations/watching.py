"""What the clock brings: a day comes near, a handing over is due, one of the staff has left."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import Activity, CareContact, HandOver, HandOverPart, Plan
from samverka.careplans.operations.keeping import keep_plan_tasks
from samverka.careplans.operations.standins import do_hand_over, keep_contact_tasks
from samverka.careplans.reads.rows import full_plans
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date

BATCH = 100
"""So many at a time, so that no transaction is long (rows)."""


def watch_plans(actor: Actor) -> int:
    """Put plans on the worklist whose follow-up or activity has come near; returns how many."""
    with act(actor, Action.PLAN_WATCH) as this:
        this.require_permission()
        found = list(_coming(local_date(actor.at)).values_list("id", flat=True)[:BATCH])
        rows = list(full_plans(actor).filter(id__in=found))
        for row in rows:
            keep_plan_tasks(this, row)
        _note(this, rows)
        return len(rows)


def _coming(today: date) -> QuerySet[Any]:
    """Open plans with a day inside the time that is shown, but after that which was looked at."""
    until = today + rules.AHEAD
    dated = Activity.objects.filter(
        plan_id=OuterRef("pk"), status__in=sorted(rules.OPEN_ACTIVITIES), due_on__lte=until
    )
    new = dated.filter(Q(plan__tasks_until__isnull=True) | Q(due_on__gt=F("plan__tasks_until")))
    follow_up = Q(follow_up_on__lte=until) & (
        Q(tasks_until__isnull=True) | Q(follow_up_on__gt=F("tasks_until"))
    )
    found: QuerySet[Any] = Plan.objects.filter(
        follow_up | Exists(new), source="", status=rules.PlanStatus.ACTIVE
    )
    return found.order_by("id")


def _note(this: Act, rows: list[Any]) -> None:
    """A look that found nothing leaves no line."""
    for row in rows:
        this.decide(row)  # the line says on what ground
    if rows:
        this.note_list(rows)
    else:
        this.unchanged()


def watch_hand_overs(actor: Actor) -> int:
    """Do the handings over whose day has come; returns how many."""
    with act(actor, Action.PLAN_WATCH) as this:
        this.require_permission()
        due = HandOver.objects.filter(
            on__lte=local_date(actor.at), done_at__isnull=True, undone_at__isnull=True
        )
        rows = list(due.select_for_update(skip_locked=True).order_by("on", "id")[:BATCH])
        shown: list[Any] = []
        for row in rows:
            parts = HandOverPart.objects.select_related(
                "contact__staff", "contact__unit__provider__organisation"
            ).filter(hand_over=row)
            shown += parts
            do_hand_over(this, row, list(parts))
        _note(this, shown)
        return len(rows)


def watch_contacts(actor: Actor) -> int:
    """Let the contacts of those who have left a unit come up to be handed over; returns how many."""
    with act(actor, Action.PLAN_WATCH) as this:
        this.require_permission()
        contacts = CareContact.objects.filter(until__isnull=True)
        left = contacts.filter(~Exists(_at_work(actor)), left_at__isnull=True)
        back = contacts.filter(Exists(_at_work(actor)), left_at__isnull=False)
        rows = list((left | back).select_related("unit").order_by("id")[:BATCH])
        for row in rows:
            row.left_at = actor.at if row.left_at is None else None
            row.save(update_fields=["left_at"])
            keep_contact_tasks(this, row)
        _note(this, rows)
        return len(rows)


def _at_work(actor: Actor) -> QuerySet[Any]:
    """The contact, if the one who is still has an assignment at the unit."""
    goes_on = Q(staff__assignment__until__isnull=True) | Q(staff__assignment__until__gt=actor.at)
    found: QuerySet[Any] = CareContact.objects.filter(
        goes_on, pk=OuterRef("pk"), staff__assignment__unit_id=F("unit_id")
    )
    return found
