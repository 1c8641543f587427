"""A system at the health centre that is told of alerts on a socket."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from samverka.access.models import Account
from samverka.access.roles import Role
from samverka.kernel.actor import Actor
from samverka.organisations import operations as organisations
from samverka.organisations.reads import actor_for, staff_actor
from samverka.subscriptions import operations
from samverka.subscriptions.models import Subscription
from samverka.subscriptions.rules import Channel, Wanted
from tests.factories.cast import NOW, Cast, system

WANTED = Wanted(
    criteria="Flag?date=gt2020",
    topic=None,
    filters=("Flag?date=gt2020",),
    channel=Channel.WEBSOCKET,
)


def subscribed(cast: Cast) -> dict[str, UUID]:
    """Its subscription."""
    builder = system(NOW - timedelta(days=30))
    account = Account.objects.create_user("journal-system", name="Journalsystemet")
    staff = organisations.register_staff(
        builder, given_name="Systemet", family_name="Journal", account_id=account.id
    )
    assignment = organisations.give_assignment(
        builder,
        staff_id=staff.id,
        unit_id=cast.units["health_centre"].id,
        profession="System",
        roles=(Role.CARE, Role.CONNECTED),
    )
    actor = staff_actor(assignment, account.id, NOW)
    return {"subscription_id": operations.make_subscription(actor, wanted=WANTED).id}


def subscriber(subscription_id: UUID) -> Actor:
    """The one who subscribes."""
    row = Subscription.objects.get(id=subscription_id)
    found = actor_for(row.account_id, row.assignment_id, at=NOW, request_id="")
    assert found is not None
    return found
