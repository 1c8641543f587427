"""Calls of the room `subscriptions`."""

from __future__ import annotations

from uuid import UUID

from samverka.config.subscribing import reach
from samverka.kernel.actor import Actor
from samverka.subscriptions import operations, reads
from samverka.subscriptions.rules import SubscriptionState
from tests.house.calls.shape import NOBODY, SILENT, Call, administrator, system
from tests.house.furnished import House
from tests.house.subscribed import WANTED, subscriber


def _id(house: House) -> UUID:
    return house.ids["subscription_id"]


def _subscriber(house: House) -> Actor:
    return subscriber(_id(house))


def _changed(house: House, actor: Actor) -> object:
    return operations.change_subscription(
        actor,
        subscription_id=_id(house),
        version=1,
        wanted=WANTED,
        state=SubscriptionState.REQUESTED,
    )


def _token(house: House) -> str:
    return operations.make_token(_subscriber(house)).text


def _allowed(house: House) -> None:
    operations.allow_host(administrator(house), name="notis.krokom.se", reason="Egen")


CALLS: dict[str, Call] = {
    "make_subscription": Call(
        lambda house, actor: operations.make_subscription(actor, wanted=WANTED), NOBODY, _subscriber
    ),
    "change_subscription": Call(_changed, NOBODY, _subscriber),
    "remove_subscription": Call(
        lambda house, actor: operations.remove_subscription(actor, subscription_id=_id(house)),
        NOBODY,
        _subscriber,
    ),
    "make_token": Call(lambda house, actor: operations.make_token(actor), NOBODY, _subscriber),
    "bind_socket": Call(
        lambda house, actor, token: operations.bind_socket(actor, token=token, reach=reach()),
        NOBODY,
        system,
        _token,
    ),
    "try_again": Call(
        lambda house, actor: operations.try_again(actor, subscription_id=_id(house)),
        NOBODY,
        administrator,
    ),
    "stop_subscription": Call(
        lambda house, actor: operations.stop_subscription(actor, subscription_id=_id(house)),
        NOBODY,
        administrator,
    ),
    "allow_host": Call(
        lambda house, actor: operations.allow_host(actor, name="notis.krokom.se", reason="Egen"),
        NOBODY,
        administrator,
    ),
    "forbid_host": Call(
        lambda house, actor, _host: operations.forbid_host(actor, name="notis.krokom.se"),
        NOBODY,
        administrator,
        _allowed,
    ),
    "reads.subscription": Call(
        lambda house, actor: reads.subscription(actor, subscription_id=_id(house)),
        NOBODY,
        _subscriber,
    ),
    "reads.subscriptions": Call(
        lambda house, actor: reads.subscriptions(actor), NOBODY, _subscriber
    ),
    "reads.keeps_subscription": Call(
        lambda house, actor: reads.keeps_subscription(actor, subscription_id=_id(house)),
        SILENT,
        _subscriber,
    ),
    "reads.read_events": Call(
        lambda house, actor: reads.read_events(
            actor, subscription_id=_id(house), since=None, until=None, level=None, reach=reach()
        ),
        NOBODY,
        _subscriber,
    ),
    "reads.overview": Call(lambda house, actor: reads.overview(actor), NOBODY, administrator),
}
