"""Page for staff: the plan's parts in easy words, beside the original."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.careplans import operations, reads, rules
from samverka.careplans.forms.easy import EasyForm
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import Section
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it is, what the plan says, and the form for easy words. `old`: it said otherwise then."""

    heading: str
    original: str
    form: EasyForm
    old: bool


@require_http_methods(GET_POST)
def easy(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Write the plan's parts in easy words; the person sees them first."""
    actor = actor_of(request)
    form = EasyForm(request.POST or None, auto_id=False)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = tried(form, lambda: operations.write_easy(actor, plan_id=plan_id, **values))
        if done is not None:
            toast(request, _("Sparat. Personen ser den lättlästa texten först."))
            return redirect("careplans:easy", plan_id=plan_id)
    plan = reads.plan(actor, plan_id=plan_id)
    sent = form if form.is_bound else None
    context = {"plan": plan, "person": plan.person, "parts": _parts(plan, sent)}
    return page(request, "careplans/easy.html", context, status=status_of(form))


def _parts(plan: PlanDetail, sent: EasyForm | None) -> list[Part]:
    found = [
        (translated(rules.SECTION_WORDS[section]), section.value, str(getattr(plan, section.value)))
        for section in (Section.WHAT_MATTERS, Section.STRENGTHS, Section.IF_WORSE)
    ]
    found += [(_("Mål"), goal.key, goal.words) for goal in plan.goals]
    found += [(one.owner, one.key, one.what) for one in plan.activities]
    return [_part(plan, heading, place, said, sent) for heading, place, said in found if said]


def _part(plan: PlanDetail, heading: str, place: str, said: str, sent: EasyForm | None) -> Part:
    kept = next((one for one in plan.easy if one.place == place), None)
    if sent is not None and sent.data.get("place") == place:
        form = sent  # nothing typed is lost
    else:
        words = kept.words if kept else ""
        form = EasyForm(initial={"place": place, "words": words}, auto_id=f"{place}-%s")
    return Part(heading, said, form, old=kept is not None and not kept.holds)
