"""The last step of every page: the template with what every template needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page with the actor and the time of the request (`actor`, `now`)."""
    given = {
        "actor": getattr(request, "actor", None),
        "now": getattr(request, "at", None),
    }
    return render(request, template, given | dict(context or {}), status=status)
