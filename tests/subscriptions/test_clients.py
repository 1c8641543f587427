"""A client that came by a token: told within what it has been let read, and as long as it is let in."""

from __future__ import annotations

from typing import Any

import pytest

from samverka.access.roles import Role
from samverka.config.subscribing import whom
from samverka.connections.models import Client, Connection
from samverka.connections.reads import actor_of_token
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed
from samverka.subscriptions.models import Subscription
from samverka.subscriptions.reads.subscriptions import own_rows, subscriber_of
from samverka.subscriptions.rules import SubscriptionState
from tests.connections.letting import make_client, make_token, writing
from tests.factories.cast import NOW, Cast
from tests.subscriptions.conftest import Receiver, Teller, asked, subscribe, write

pytestmark = pytest.mark.django_db

SCOPES = "system/Subscription.cruds system/CarePlan.rs system/Task.rs"


def client_of(cast: Cast) -> Client:
    return make_client(
        cast.units["health_centre"].id,
        kind="backend",
        scopes=SCOPES,
        roles=[Role.CARE.value, Role.INTEGRATION.value],
        purposes=["TREAT"],
    )


def actor_of(client: Client, scopes: str = SCOPES) -> Actor:
    found = actor_of_token(make_token(client, None, scopes), at=NOW, request_id="1")
    assert found is not None
    return found.asking("Subscription", "c")


def wanted(plan: Any, receiver: Receiver) -> dict[str, Any]:
    return asked(criteria=f"CarePlan?subject=Patient/{plan.person_id}", url=receiver.url)


def test_it_is_told_as_the_client_that_it_is(
    cast: Cast, plan: Any, receiver: Receiver, teller: Teller
) -> None:
    actor = actor_of(client_of(cast))
    subscribe(actor, wanted(plan, receiver))
    teller.run()
    write(cast, plan, "Nytt", minutes=1)
    teller.pass_(minutes=1).run()
    assert receiver.events == [(1, f"CarePlan/{plan.id}")]
    again = whom(subscriber_of(Subscription.objects.get()), NOW)
    assert again is not None
    assert (again.id, again.name, again.unit_id) == (actor.id, actor.name, actor.unit_id)


def test_what_its_scopes_do_not_hold_is_refused(cast: Cast, plan: Any, receiver: Receiver) -> None:
    actor = actor_of(client_of(cast), "system/Subscription.cruds system/Task.rs")
    with pytest.raises(NotAllowed):
        subscribe(actor, wanted(plan, receiver))


@pytest.mark.parametrize("closed", ["client", "connection"])
def test_a_client_that_is_closed_is_told_nothing(
    cast: Cast, plan: Any, receiver: Receiver, teller: Teller, closed: str
) -> None:
    client = client_of(cast)
    subscribe(actor_of(client), wanted(plan, receiver))
    teller.run()
    write(cast, plan, "Nytt", minutes=1)
    with writing():
        if closed == "client":
            Client.objects.filter(id=client.id).update(status="closed")
        else:
            Connection.objects.filter(client=client).update(ended_at=NOW)
    teller.pass_(minutes=1).run()
    assert receiver.events == []
    assert Subscription.objects.get().state == SubscriptionState.OFF


def test_one_client_does_not_see_anothers(cast: Cast, plan: Any, receiver: Receiver) -> None:
    first, second = actor_of(client_of(cast)), actor_of(client_of(cast))
    subscribe(first, wanted(plan, receiver))
    assert own_rows(first).exists()
    assert not own_rows(second).exists()
