"""Rows of the room: cases, messages, routes, the basis for invoices."""

from samverka.discharge.models.basis import BasisStay, CountyRate, InvoiceBasis, Objection
from samverka.discharge.models.beds import WardBeds
from samverka.discharge.models.cases import Case, CaseUnit, Heard, Leave, Readiness
from samverka.discharge.models.hindrances import Hindrance
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
    "BasisStay",
    "Case",
    "CaseUnit",
    "Copy",
    "CountyRate",
    "GoingHome",
    "Heard",
    "Hindrance",
    "InvoiceBasis",
    "Item",
    "ItemAnswer",
    "Leave",
    "Message",
    "Objection",
    "Readiness",
    "ReserveKey",
    "Route",
    "Ticked",
    "WardBeds",
]
