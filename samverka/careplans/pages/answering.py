"""Answer what the person has written about the plan."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans import operations, reads
from samverka.careplans.forms import ReplyForm
from samverka.careplans.pages.writing import to_part
from samverka.kernel.problems import NotFound
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
def answer(request: HttpRequest, plan_id: UUID, comment_id: UUID) -> HttpResponse:
    """The person's words, and what the unit answers."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    talk = next((one for one in plan.talks if one.said.id == comment_id), None)
    if talk is None or not talk.said.by_person or not plan.may_edit:
        raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        done = tried(
            form, lambda: operations.answer_comment(actor, comment_id=comment_id, words=words)
        )
        if done is not None:
            toast(request, _("Svaret är skickat. Personen ser det på sin sida."))
            return to_part(plan_id, "ord")
    context = {"plan": plan, "person": plan.person, "talk": talk, "form": form}
    return page(request, "careplans/answer.html", context, status=status_of(form))
