"""Every read and operation called once, as one who may: a new one needs a line here."""

from __future__ import annotations

from tests.house.calls import (
    access,
    asking,
    careplans,
    connections,
    contacts,
    contract,
    discharge,
    following,
    grants,
    guarantee,
    indicators,
    notices,
    organisations,
    people,
    records,
    resources,
    rivta,
    subscriptions,
    transition,
    warehouse,
    web,
)
from tests.house.calls.shape import About, Call

__all__ = ["CALLS", "NOT_CALLED", "About", "Call"]

ROOMS: dict[str, dict[str, Call]] = {
    "access": access.CALLS,
    "careplans": careplans.CALLS | asking.CALLS | following.CALLS,
    "connections": connections.CALLS,
    "contacts": contacts.CALLS,
    "contract": contract.CALLS,
    "discharge": discharge.CALLS | records.CALLS,
    "indicators": indicators.CALLS | warehouse.CALLS,
    "guarantee": guarantee.CALLS,
    "notices": notices.CALLS,
    "organisations": organisations.CALLS,
    "people": people.CALLS,
    "resources": resources.CALLS,
    "rivta": rivta.CALLS,
    "subscriptions": subscriptions.CALLS,
    "transition": grants.CALLS | transition.CALLS,
    "web": web.CALLS,
}


def _full(room: str, name: str) -> str:
    return f"samverka.{room}.{name}" if "." in name else f"samverka.{room}.operations.{name}"


CALLS = {_full(room, name): call for room, calls in ROOMS.items() for name, call in calls.items()}

NOT_CALLED: dict[str, str] = {
    "samverka.audit.operations.write_lines": "writes the lines themselves",
    "samverka.audit.operations.seal_batch": "seals every line and shows none: tests/audit",
    "samverka.audit.operations.verify_chain": "recomputes hashes and shows none: tests/audit",
    "samverka.notices.operations.keep_tasks": "called by an act that leaves its own line",
    "samverka.notices.operations.send_on_late": "called by an act that leaves its own line",
    "samverka.notices.operations.tell_person": "called by an act that leaves its own line",
    "samverka.resources.operations.publish_resources": "called by an act that leaves its own line",
    "samverka.subscriptions.operations.tell": "called by an act that leaves its own line",
    "samverka.subscriptions.operations.spread": "the clock's own work: tests/subscriptions",
    "samverka.subscriptions.operations.due_subscriptions": "the clock's own work: tests/subscriptions",
    "samverka.subscriptions.operations.take_notice": "the clock's own work: tests/subscriptions",
    "samverka.subscriptions.operations.note_sent": "the clock's own work: tests/subscriptions",
    "samverka.subscriptions.operations.note_failed": "the clock's own work: tests/subscriptions",
    "samverka.subscriptions.operations.take_handshake": "the clock's own work: tests/subscriptions",
    "samverka.subscriptions.operations.note_greeted": "the clock's own work: tests/subscriptions",
    "samverka.subscriptions.operations.take_heartbeat": "the clock's own work: tests/subscriptions",
    "samverka.subscriptions.operations.note_heartbeat": "the clock's own work: tests/subscriptions",
    "samverka.subscriptions.operations.sweep": "the clock's own work: tests/subscriptions",
}
"""Reads and operations that leave no line of their own, and why."""
