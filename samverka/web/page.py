"""The last step of every page: the template with what every template needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.kernel.actor import Permission


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page with the actor and the time of the request (`actor`, `now`).

    Where the menu leads: `may_search` to the search for persons, in the head of the page too; `may_board`
    to the board of those who go home from hospital; `may_bases` to the basis for the municipality's
    payment; `may_waits` to the waiting-time guarantee; `may_figures` to the county's figures;
    `may_grants` to government grants; `may_reports` to status reports.
    """
    actor = getattr(request, "actor", None)
    given = {
        "actor": actor,
        "now": getattr(request, "at", None),
        "may_search": actor is not None and actor.may(Permission.PERSON_READ),
        "may_board": actor is not None and actor.may(Permission.DISCHARGE_READ),
        "may_bases": actor is not None and actor.may(Permission.LIABILITY_READ),
        "may_waits": actor is not None and actor.may(Permission.GUARANTEE_READ),
        "may_figures": actor is not None and actor.may(Permission.FIGURES_READ),
        "may_reports": actor is not None and actor.may(Permission.REPORT_EDIT),
        "may_grants": actor is not None and actor.may(Permission.GRANT_READ),
    }
    return render(request, template, given | dict(context or {}), status=status)
