"""Pages to look at: the overview, an agreement, a distribution, a recipient, a population, a period."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samverka.kernel.areas import counties
from samverka.transition import reads
from samverka.transition.forms.grants.laying_down import DocumentForm
from samverka.transition.forms.grants.settling import MOVEMENT_WORDS
from samverka.transition.pages.grants import words
from samverka.transition.pages.grants.asked import asked_year
from samverka.transition.reads import DistributionDetail
from samverka.transition.reads.grants.rows import name_of
from samverka.transition.rules.grants import RESIDUAL_WORDS, STATE_WORDS
from samverka.transition.rules.grants.choosing import (
    KEY_WORDS,
    RECEIVER_WORDS,
    STATUS_WORDS,
)
from samverka.web.door import actor_of
from samverka.web.page import page

FEW = 30
"""With more recipients than so, the own county's stand first and the others under a fold."""


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Start: own money, the county's recipients, the agreements."""
    found = reads.grant_overview(actor_of(request), year=asked_year(request))
    context = {
        "found": found,
        "finding": words.recipient_finding(found.mine) if found.mine else "",
        "county": counties()[found.own[:2]].name if found.own[:2] in counties() else "",
    }
    return page(request, "transition/grants.html", context)


@require_safe
def agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement with its pots and documents."""
    found = reads.grant_agreement(actor_of(request), agreement_id=agreement_id)
    context = {"found": found, "receivers": RECEIVER_WORDS, "document_form": DocumentForm()}
    return page(request, "transition/grant_agreement.html", context)


@require_safe
def distribution(request: HttpRequest, distribution_id: UUID) -> HttpResponse:
    """How a pot is shared out, krona by krona."""
    found = reads.grant_distribution(actor_of(request), distribution_id=distribution_id)
    return page(request, "transition/grant_distribution.html", distribution_context(found))


def distribution_context(found: DistributionDetail) -> dict[str, object]:
    """What the page of a distribution shows."""
    rows = [
        {
            "line": one,
            "weight": words.cents(one.weight),
            "exact": words.cents(one.exact),
            "rounding": words.cents(one.by_rounding),
            "each": words.cents(one.each),
        }
        for one in found.lines
    ]
    near = [
        row
        for row, one in zip(rows, found.lines, strict=True)
        if found.own and one.code.startswith(found.own[:2])
    ]
    many = len(rows) > FEW and bool(near)
    figures = {one.code: one.each for one in found.lines}
    drawn = any(value is not None for value in figures.values())
    title = f"{found.pot.area} {found.pot.year}"
    return {
        "found": found,
        "title": title,
        "finding": words.distribution_finding(found),
        "key": words.key_said(found),
        "rows": near if many else rows,
        "others": rows if many else [],
        "map": words.each_map(found, figures, key="karta", title=title) if drawn else "",
        "statuses": STATUS_WORDS,
        "residuals": RESIDUAL_WORDS,
        "keys": KEY_WORDS,
    }


@require_safe
def one_recipient(request: HttpRequest, recipient: str) -> HttpResponse:
    """What a region or municipality has got, used, and must pay back."""
    found = reads.grant_recipient(actor_of(request), code=recipient, year=asked_year(request))
    context = {
        "found": found,
        "finding": words.recipient_finding(found),
        "states": STATE_WORDS,
        "tones": words.TONES,
        "icons": words.ICONS,
        "kinds": MOVEMENT_WORDS,
    }
    return page(request, "transition/grant_recipient.html", context)


@require_safe
def population(request: HttpRequest, population_id: UUID) -> HttpResponse:
    """A version of a population: its day, its source, and what was wrong in its file."""
    head, people = reads.grant_population(actor_of(request), population_id=population_id)
    rows = [(code, name_of(code), count) for code, count in people.items()]
    return page(request, "transition/grant_population.html", {"head": head, "rows": rows})


@require_safe
def period(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """A fixed part over the period and areas that vary: what each recipient gets."""
    actor = actor_of(request)
    found = reads.grant_period(actor, agreement_id=agreement_id, year=asked_year(request))
    return page(request, "transition/grant_period.html", {"found": found})
