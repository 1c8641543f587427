"""The physician's judgement of who may be needed at home, written by the ward (LUS 2:1)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.discharge import operations, reads
from samverka.discharge.forms import JudgeForm, judged_before
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.judging import check_judge, untold
from samverka.discharge.rules.messages import MessageKind
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
def judge(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who may be needed, by the physician's judgement; where someone is, the message to them comes next."""
    actor = actor_of(request)
    case = reads.case(actor, case_id=case_id)
    check_judge(case.own_part)
    form = JudgeForm(request.POST or None, initial=judged_before(case))

    def step() -> CaseDetail:
        return operations.judge_needs(actor, case_id=case_id, **form.judged())

    if request.method == "POST" and form.is_valid():
        made = tried(form, step)
        if made is not None:
            toast(request, _("Bedömningen är sparad."))
            return _onwards(made)
    context = {"form": form, "case": case, "person": case.person}
    return page(request, "discharge/judge.html", context, status=status_of(form))


def _onwards(made: CaseDetail) -> HttpResponse:
    admission = MessageKind.ADMISSION
    told = {one.part for one in made.units}
    if admission in made.may_send and untold(made.needs, told):
        return redirect("discharge:send", case_id=made.id, kind=admission.value)
    return redirect("discharge:case", case_id=made.id)
