"""Rows of the room: cases, messages, routes."""

from samverka.discharge.models.cases import Case, CaseUnit, Leave, Readiness
from samverka.discharge.models.items import (
    AfterAnswer,
    AfterContact,
    AfterTry,
    GoingHome,
    Item,
    ItemAnswer,
    Ticked,
)
from samverka.discharge.models.messages import Copy, Message
from samverka.discharge.models.reserve import ReserveKey
from samverka.discharge.models.routes import Route

__all__ = [
    "AfterAnswer",
    "AfterContact",
    "AfterTry",
    "Case",
    "CaseUnit",
    "Copy",
    "GoingHome",
    "Item",
    "ItemAnswer",
    "Leave",
    "Message",
    "Readiness",
    "ReserveKey",
    "Route",
    "Ticked",
]
