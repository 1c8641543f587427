"""Page: the own care provider's subscriptions, what stands still and why, and one step to mend it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.kernel.problems import Invalid
from samverka.subscriptions import operations, reads
from samverka.subscriptions.forms import HostForm
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast


@require_safe
def subscriptions(request: HttpRequest) -> HttpResponse:
    """Which systems are told what, when it last went well, and what stands still."""
    found = reads.overview(actor_of(request))
    return page(request, "subscriptions/list.html", {"found": found})


@require_POST
def again(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Try again now."""
    operations.try_again(actor_of(request), subscription_id=subscription_id)
    toast(request, _("Vi försöker igen. Ladda om sidan om en liten stund."))
    return redirect("subscriptions:list")


@require_POST
def stop(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Turn a subscription off."""
    operations.stop_subscription(actor_of(request), subscription_id=subscription_id)
    toast(request, _("Prenumerationen är avslutad."))
    return redirect("subscriptions:list")


@require_http_methods(["GET", "HEAD", "POST"])
def allow(request: HttpRequest) -> HttpResponse:
    """Allow a server inside our walls."""
    actor = actor_of(request)
    may_open(actor, action=Action.SUBSCRIPTION_MEND)
    form = HostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.allow_host(actor, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.where or None, translated(problem.message))
        else:
            toast(request, _("Servern är tillåten."))
            return redirect("subscriptions:list")
    status = 422 if form.is_bound else 200
    return page(request, "subscriptions/allow.html", {"form": form}, status=status)


@require_POST
def forbid(request: HttpRequest) -> HttpResponse:
    """Take a server out of those that are allowed."""
    operations.forbid_host(actor_of(request), name=request.POST.get("name", ""))
    toast(request, _("Servern är inte längre tillåten."))
    return redirect("subscriptions:list")
