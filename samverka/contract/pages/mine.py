"""Pages of the person: the one page, all times, words to those who help, and who has read."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access import reads as access
from samverka.access.rules import Ground
from samverka.careplans.operations import ask_for_contact, comment_plan
from samverka.careplans.reads import PlanDetail, words_answer_time
from samverka.contract import reads
from samverka.contract.forms import WishForm, WordsForm
from samverka.contract.pages.shared import abouts_of, number_of, own_id, tried
from samverka.contract.rules import told_by_day
from samverka.kernel.actor import Actor
from samverka.notices.operations import note_news_read
from samverka.people.rules import LANGUAGES
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.templatetags.words import day, last_day
from samverka.web.toasts import toast
from samverka.web.trying import status_of

TIMES_SHOWN = 4
"""Booked times on the one page; the rest are one click away."""

COMMENTS_SHOWN = 5


@require_safe
def my_page(request: HttpRequest, person_id: UUID | None = None) -> HttpResponse:
    """The person's one page; with an id, that of one whom the reader acts for."""
    actor = actor_of(request)
    if actor.is_staff:
        return redirect("contract:person", person_id) if person_id else redirect("contract:start")
    return _shown(request, actor, person_id or own_id(actor))


def _shown(
    request: HttpRequest,
    actor: Actor,
    person_id: UUID,
    form: WordsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = reads.my_page(actor, person_id=person_id)
    form = form or WordsForm()
    form.offer(abouts_of(found))
    context = {
        "mine": found,
        "person": found.person,
        "times": found.times.upcoming[:TIMES_SHOWN],
        "talks": found.talks[:COMMENTS_SHOWN],
        "more_times": len(found.times.upcoming) > TIMES_SHOWN,
        "form": form,
        "answer_by": words_answer_time(actor.at),
        "may_ask": may_ask(found),
        "is_guardian": found.ground is Ground.GUARDIAN,
        "called": found.person.name.split(" ")[0],
        "tabs": _tabs(found),
        "languages": LANGUAGES,
    }
    return page(request, "contract/my_page.html", context, status=status)


def may_ask(found: reads.MyPage) -> bool:
    """The person may ask for more; of those who act for the person, they who may also write."""
    return found.own or found.may_write


def _tabs(found: reads.MyPage) -> list[dict[str, object]]:
    """The persons whose pages the reader may open."""
    return [
        {
            "label": _("Min egen sida") if one.own else one.name,
            "href": reverse("contract:my_page", args=[] if one.own else [one.id]),
            "current": one.current,
        }
        for one in found.choices
    ]


@require_POST
def write(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A question or a comment to those who keep the plan."""
    actor = actor_of(request)
    form = WordsForm(request.POST)
    if form.is_valid():
        done = tried(form, lambda: comment_plan(actor, **form.values()))
        if done is not None:
            toast(request, _sent(done))
            return redirect("contract:my_page", person_id=person_id)
    return _shown(request, actor, person_id, form, status=422)


def _sent(done: PlanDetail) -> str:
    """What the person is told: that it is sent, and when an answer comes at the latest."""
    due = max(done.comments, key=lambda one: one.at).answer_due_at
    if due is None:
        return _("Skickat. De som håller i planen läser det du har skrivit.")
    return _("Skickat. Du får svar senast %(day)s.") % {"day": day(last_day(due))}


@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask for a fast contact, or for another one than the one there is."""
    actor = actor_of(request)
    person = reads.my_person(actor, person_id=person_id)
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        done = tried(form, lambda: ask_for_contact(actor, person_id=person_id, **values))
        if done is not None:
            toast(request, _("Skickat. Enheten svarar dig."))
            return redirect("contract:my_page", person_id=person_id)
    context = {"person": person, "form": form}
    return page(request, "contract/my_wish.html", context, status=status_of(form))


@require_POST
def news(request: HttpRequest) -> HttpResponse:
    """The person has read what is new."""
    actor = actor_of(request)
    note_news_read(actor, person_id=own_id(actor))
    return redirect("contract:my_page")


@require_safe
def all_news(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """All that the person has been told."""
    person, found = reads.my_news(actor_of(request), person_id=person_id)
    return page(request, "contract/my_news.html", {"person": person, "news": found})


@require_safe
def times(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """All the person's times and visits."""
    person, found = reads.my_times(actor_of(request), person_id=person_id)
    context = {"person": person, "times": found}
    return page(request, "contract/my_times.html", context)


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Who has read, from which unit and when, page by page (PDL 8:5)."""
    actor = actor_of(request)
    by_others = request.GET.get("visa") != "allt"
    found = access.own_log(
        actor, person_id=own_id(actor), page=number_of(request, "sida"), by_others=by_others
    )
    context = {"days": told_by_day(found.lines), "log": found, "by_others": by_others}
    return page(request, "contract/my_log.html", context)
