"""What waits in status reports, on the page where those who lead begin: two overviews are strangers, so they meet here."""

from __future__ import annotations

from django.urls import reverse

from samverka.kernel.actor import Actor
from samverka.transition.reads.reports import ReportDuty
from samverka.transition.reads.reports import report_duties as found
from samverka.web.rules import Duty


def report_duties(actor: Actor) -> tuple[Duty, ...]:
    """What the own organisation must do with its reports and rounds (`SAMVERKA_DUTIES_FOR`)."""
    return tuple(_duty(one) for one in found(actor))


def _duty(one: ReportDuty) -> Duty:
    if one.report_id:
        address = reverse("transition:report", args=[one.report_id])
    else:
        address = reverse("transition:round", args=[one.round_id])
    return Duty(one.about, one.verb, one.owner, one.side, one.due, one.late, address)
