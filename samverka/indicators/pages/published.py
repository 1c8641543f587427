"""A published figure as a page of its own, that another site may frame. Nobody is logged in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samverka.access.roles import system_actor
from samverka.indicators import reads
from samverka.indicators.forms.asking import Asked
from samverka.indicators.pages import drawing, figure, saying
from samverka.kernel.actor import Actor
from samverka.web.door import public, quiet, translated

READER = UUID("3f1de3d2-7b1c-5a52-9f0a-6f1ce2f5f6d4")
"""Who reads what is published, in the trail."""

FRAMED = {"frame-ancestors": ["https:", "http://localhost:*"]}
"""Only this page may stand within another site's; it takes no input and knows nobody."""


@require_safe
@public
@quiet
def published(request: HttpRequest, area: str, code: str) -> HttpResponse:
    """One published figure: question, answer, curve, source."""
    found = reads.published_figure(_reader(request), area=area, code=code)
    context = {
        "measure": found.measure,
        "answer": saying.answer(found.measure, found.area, found.points),
        "area_name": translated(found.area.name),
        "curve": figure.curve(found, Asked(found.wanted)),
        "marks": drawing.marks(found),
        "table": figure.table(found),
    }
    return _framed(render(request, "indicators/published.html", context))


def _framed(made: HttpResponse) -> HttpResponse:
    """What the decorators of django-csp and of Django's clickjacking set; theirs have no types."""
    made._csp_replace = FRAMED  # type: ignore[attr-defined]
    made.xframe_options_exempt = True
    return made


def _reader(request: HttpRequest) -> Actor:
    at: datetime = request.at  # type: ignore[attr-defined]
    return system_actor(actor_id=READER, name="Publicerat", at=at)
