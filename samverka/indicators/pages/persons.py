"""Who is behind a figure. It is asked with POST: no address says whom anyone has looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from samverka.indicators import reads
from samverka.indicators.forms.asking import Asked, asked
from samverka.indicators.forms.keeping import PeriodForm
from samverka.indicators.pages import saying
from samverka.indicators.reads import FigureDetail, PersonsDetail
from samverka.kernel.problems import NotNow
from samverka.web.door import actor_of, not_kept, translated
from samverka.web.page import page
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
@not_kept
def persons(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a period, then see those of the own unit's persons who are behind its figure."""
    actor = actor_of(request)
    what = asked(code, request.GET.dict())
    found = reads.figure(actor, wanted=what.wanted)
    form = PeriodForm(request.POST or None, choices=_periods(found))

    def step() -> PersonsDetail:
        return reads.persons_behind(
            actor,
            wanted=what.wanted,
            period=date.fromisoformat(form.cleaned_data["period"]),
            folder=Path(settings.SAMVERKA_WAREHOUSE),
            keys=import_string(settings.SAMVERKA_WAREHOUSE_KEYS)(),
        )

    sent = request.method == "POST" and form.is_valid()
    behind = tried(form, step, also=(NotNow,)) if sent else None
    return page(request, "indicators/persons.html", _context(found, what, form, behind),
                status=status_of(form))  # fmt: skip


def _context(
    found: FigureDetail, what: Asked, form: PeriodForm, behind: PersonsDetail | None
) -> dict[str, object]:
    return {
        "found": found,
        "form": form,
        "behind": behind,
        "area_name": translated(found.area.name),
        "part_words": saying.part_words(what.wanted.split, what.wanted.part, found.measure),
        "value": saying.value_words(behind.point.value, found.measure) if behind else "",
        "period": saying.period_words(found.measure, behind.point.period) if behind else "",
        "back": what.query(omrade=found.area.code),
    }


def _periods(found: FigureDetail) -> list[tuple[str, str]]:
    return [
        (one.period.isoformat(), saying.period_words(found.measure, one.period))
        for one in reversed(found.points)
        if one.shown
    ]
