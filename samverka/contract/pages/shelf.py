"""Pages: what has been received about a person from other systems, as it came."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.contract.pages.shared import number_of
from samverka.people import reads as people
from samverka.resources import reads
from samverka.web.door import actor_of, translated
from samverka.web.page import page


@require_safe
def received(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Types of what has been received, and the rows of one type."""
    actor = actor_of(request)
    person = people.person(actor, person_id=person_id)
    kinds = reads.person_kinds(actor, person_id=person_id)
    chosen = next((one for one in kinds if one.kind == request.GET.get("typ")), None)
    number = number_of(request, "sida")
    lines = []
    if chosen:
        lines = reads.person_resources(actor, person_id=person_id, kind=chosen.kind, page=number)
    context = {
        "person": person,
        "tabs": [_tab(one, chosen) for one in kinds],
        "chosen": chosen,
        "lines": lines,
        "number": number,
        "pages": -(-chosen.count // reads.PAGE) if chosen else 1,
    }
    return page(request, "contract/received.html", context)


def _tab(one: reads.KindLine, chosen: reads.KindLine | None) -> dict[str, object]:
    return {
        "label": translated(one.words),
        "href": f"?typ={one.kind}",
        "current": one == chosen,
        "count": one.count,
    }


@require_safe
def resource(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """One received resource, word for word, and its versions."""
    actor = actor_of(request)
    version = number_of(request, "version") if "version" in request.GET else None
    found = reads.resource(actor, resource_id=resource_id, number=version)
    facts = [
        (_("Från"), found.line.source),
        (_("Gäller"), found.line.when),
        (_("Version"), str(found.number)),
    ]
    context = {
        "one": found,
        "person": people.person(actor, person_id=found.person_id),
        "facts": [(name, value) for name, value in facts if value],
    }
    return page(request, "contract/resource.html", context)
