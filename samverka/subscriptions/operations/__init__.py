"""Every change of the room."""

from samverka.subscriptions.operations.asking import (
    change_subscription,
    make_subscription,
    remove_subscription,
)
from samverka.subscriptions.operations.binding import Token, bind_socket, make_token
from samverka.subscriptions.operations.delivering import (
    due_subscriptions,
    note_failed,
    note_sent,
    take_notice,
)
from samverka.subscriptions.operations.greeting import (
    note_greeted,
    note_heartbeat,
    sweep,
    take_handshake,
    take_heartbeat,
)
from samverka.subscriptions.operations.hearing import HAPPENED, tell
from samverka.subscriptions.operations.mending import (
    allow_host,
    forbid_host,
    stop_subscription,
    try_again,
)
from samverka.subscriptions.operations.parcels import Failure, Parcel
from samverka.subscriptions.operations.spreading import WAITING, spread

__all__ = [
    "HAPPENED",
    "WAITING",
    "Failure",
    "Parcel",
    "Token",
    "allow_host",
    "bind_socket",
    "change_subscription",
    "due_subscriptions",
    "forbid_host",
    "make_subscription",
    "make_token",
    "note_failed",
    "note_greeted",
    "note_heartbeat",
    "note_sent",
    "remove_subscription",
    "spread",
    "stop_subscription",
    "sweep",
    "take_handshake",
    "take_heartbeat",
    "take_notice",
    "tell",
    "try_again",
]
