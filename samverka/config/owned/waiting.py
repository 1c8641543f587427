"""ServiceRequest and Appointment of those who wait: read here, changed on the page of the wait.

An answer to an offer may begin a pause, and then the law asks what the person was told and when (HSF 6:2).
R4 has no place for that, so a client that wrote the answer alone would make a pause that does not hold.
"""

from __future__ import annotations

from uuid import UUID

from samverka.access.actions import Action
from samverka.config.owned.values import Keeps, Owned, Standing
from samverka.guarantee import fhir, reads
from samverka.guarantee.reads import Published
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _

ROOM = "guarantee"
_ON_THE_PAGE = _("En väntan och dess erbjudna tider ändras på sidan för väntan, inte härifrån.")


def read_wait(actor: Actor, key: UUID) -> Standing:
    """A wait, as the request that it stands for."""
    one = reads.wait(actor, wait_id=key)
    return Standing(fhir.service_request(one), one)


def read_offer(actor: Actor, key: UUID) -> Standing:
    """A time that the person was offered, with the answer."""
    one = reads.wait_of_offer(actor, offer_id=key)
    offer = next(offer for offer in one.offers if offer.id == key)
    return Standing(fhir.appointment(one, offer), one)


def _is(what: Published) -> Keeps:
    def keeps(actor: Actor, key: UUID) -> bool:
        return reads.is_published(actor, what=what, key=key)

    return keeps


WAITING = (
    Owned(
        kind="ServiceRequest",
        what="a wait that began here, until its last day or target date: changed on the wait's page",
        room=ROOM,
        action=Action.GUARANTEE_READ,
        read=read_wait,
        keeps=_is(Published.WAIT),
        refusal=_ON_THE_PAGE,
    ),
    Owned(
        kind="Appointment",
        what="a time offered to one who waits, the day alone, and the answer: changed on the wait's page",
        room=ROOM,
        action=Action.GUARANTEE_READ,
        read=read_offer,
        keeps=_is(Published.OFFER),
        refusal=_ON_THE_PAGE,
    ),
)
