"""Pages: what has been received about a person from other systems, as it came."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.contract import reads
from samverka.contract.pages.shared import number_of
from samverka.resources.reads import KindLine
from samverka.web.door import actor_of, translated
from samverka.web.page import page


@require_safe
def received(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Types of what has been received, and the rows of one type."""
    number = number_of(request, "sida")
    kind = request.GET.get("typ", "")
    found = reads.received_page(actor_of(request), person_id=person_id, kind=kind, page=number)
    context = {
        "person": found.person,
        "tabs": [_tab(one, found.chosen) for one in found.kinds],
        "chosen": found.chosen,
        "lines": found.lines,
        "number": number,
        "pages": found.pages,
    }
    return page(request, "contract/received.html", context)


def _tab(one: KindLine, chosen: KindLine | None) -> dict[str, object]:
    return {
        "label": translated(one.words),
        "href": f"?typ={one.kind}",
        "current": one == chosen,
        "count": one.count,
    }


@require_safe
def resource(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """One received resource, word for word, and its versions."""
    number = number_of(request, "version") if "version" in request.GET else None
    found = reads.received_resource(actor_of(request), resource_id=resource_id, number=number)
    facts = [
        (_("Från"), found.one.line.source),
        (_("Gäller"), found.one.line.when),
        (_("Version"), str(found.one.number)),
    ]
    context = {
        "one": found.one,
        "person": found.person,
        "facts": [(name, value) for name, value in facts if value],
    }
    return page(request, "contract/resource.html", context)
