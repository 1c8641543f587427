"""Rows of the room: cases, messages, routes."""

from samverka.discharge.models.cases import Case, CaseUnit, Leave, Readiness
from samverka.discharge.models.messages import Copy, Message
from samverka.discharge.models.routes import Route

__all__ = ["Case", "CaseUnit", "Copy", "Leave", "Message", "Readiness", "Route"]
