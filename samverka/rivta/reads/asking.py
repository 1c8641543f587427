"""Who may ask a contract at all."""

from __future__ import annotations

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed
from samverka.rivta.rules import CONTACTS, PLANS, Contract

_ASKED = {PLANS: ("CarePlan", Action.PLAN_LIST), CONTACTS: ("Encounter", Action.CONTACT_LIST)}


def require_contract(actor: Actor, *, contract: Contract) -> None:
    """Say no to one who may not ask, whomever it is about: "nothing is there" would be another answer, and a dangerous one.

    Raises:
        NotAllowed: the role or the token's scopes let it not. The refusal is a line in the trail.
    """
    for kind, action in (("Patient", Action.PERSON_SEARCH), _ASKED[contract]):
        with act(_asking(actor, kind), action) as this:
            this.require_permission()
            this.unchanged()


def _asking(actor: Actor, kind: str) -> Actor:
    try:
        return actor.asking(kind, "s")
    except NotAllowed:  # refused by the act, which writes the line
        return actor
