"""One case: what has been said, what comes next, and each step's own form."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.discharge import operations, reads
from samverka.discharge.forms import (
    OpenForm,
    ReasonForm,
    StayForm,
    WrongForm,
    chosen_unit,
    chosen_units,
    judged_initial,
    send_initial,
    stay_initial,
)
from samverka.discharge.pages import drafting
from samverka.discharge.pages.board import LOOKS
from samverka.discharge.pages.looks import HOME_LOOKS, next_href
from samverka.discharge.pages.telling import form_for, message_in, send_by
from samverka.discharge.reads import CaseDetail, CaseView
from samverka.discharge.rules.fates import FATE_WORDS, Fate
from samverka.discharge.rules.kinds import INSIDE, PART_WORDS, SECRECY_WORDS, Part
from samverka.discharge.rules.mending import check_mending
from samverka.discharge.rules.messages import FACT_WORDS, KIND_WORDS, Fact, MessageKind
from samverka.discharge.rules.places import place_name
from samverka.kernel.problems import NotFound
from samverka.kernel.text import Text
from samverka.organisations.reads import municipality_names
from samverka.people.reads import person as person_read
from samverka.web.door import actor_of, not_kept, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

FATE_TONES = {
    Fate.WAITING: "neutral",
    Fate.RECEIPTED: "success",
    Fate.RETURNED: "warning",
    Fate.FORWARDED: "warning",
    Fate.WITHDRAWN: "neutral",
}
FATE_ICONS = {
    Fate.WAITING: "hourglass",
    Fate.RECEIPTED: "circle-check",
    Fate.RETURNED: "arrow-left",
    Fate.FORWARDED: "arrow-right",
    Fate.WITHDRAWN: "ban",
}
SAID = (
    LOOKS
    | HOME_LOOKS
    | {
        "kind_words": KIND_WORDS,
        "part_words": PART_WORDS,
        "secrecy_words": SECRECY_WORDS,
        "fact_words": {one.value: words for one, words in FACT_WORDS.items()},
        "fate_words": FATE_WORDS,
        "fate_tones": FATE_TONES,
        "fate_icons": FATE_ICONS,
    }
)


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case, as the own unit sees it."""
    found = reads.case_view(actor_of(request), case_id=case_id)
    return _case_page(request, found)


def _case_page(request: HttpRequest, found: CaseView) -> HttpResponse:
    waiting = [
        (one, copy)
        for one in found.case.messages
        for copy in one.copies
        if copy.may_receipt and one.must_open and one.withdrawn_at is None
    ]
    context = {
        "found": found,
        "case": found.case,
        "person": found.case.person,
        "waiting": waiting,
        "next_href": next_href(found),
        "deciding": _deciding(found.case),
        "may_judge": found.case.own_part is Part.WARD and found.case.status in INSIDE,
    }
    return page(request, "discharge/case.html", context | SAID)


def _deciding(case: CaseDetail) -> Text | str:
    """Who has decided where the person lives, for the ward that wrote it: it says where the person is."""
    if not (case.deciding_code and case.may_mend):
        return ""
    return place_name(case.deciding_code, municipality_names())


# ── open ──


@require_http_methods(GET_POST)
def open_case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A new stay on the own ward."""
    actor = actor_of(request)
    may_open(actor, action=Action.CASE_OPEN)
    person = person_read(actor, person_id=person_id)
    now = actor.at.replace(second=0, microsecond=0)
    stay = reads.known_stay(actor, person_id=person_id)
    known = {
        "admitted_at": stay.admitted_at if stay else now,
        "estimated_at": stay.estimated_at if stay else None,
    }
    places = municipality_names()
    form = OpenForm(request.POST or None, initial=known, places=places)

    def step() -> CaseDetail:
        return operations.open_case(actor, person_id=person_id, facts=form.facts())

    if request.method == "POST" and form.is_valid():
        made = tried(form, step)
        if made is not None:
            toast(request, _("Ärendet är öppnat."))
            return redirect("discharge:case", case_id=made.id)
    context = {"form": form, "person": person, "places": places.values()}
    return page(request, "discharge/open.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def mend(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was said when the case was opened, put right."""
    actor = actor_of(request)
    found = reads.case(actor, case_id=case_id)
    places = municipality_names()
    check_mending(found.own_part, found.status)
    initial = stay_initial(found, places)
    form = StayForm(request.POST or None, initial=initial, places=places)

    def step() -> CaseDetail:
        return operations.mend_stay(actor, case_id=case_id, facts=form.mended())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Uppgifterna är ändrade."))
        return redirect("discharge:case", case_id=case_id)
    context = {"form": form, "case": found, "person": found.person, "places": places.values()}
    return page(request, "discharge/mend.html", context | SAID, status=status_of(form))


@require_POST
def take_over(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The person has been moved to the own ward."""
    actor = actor_of(request)
    person_read(actor, person_id=person_id)
    made = operations.take_over_case(actor, person_id=person_id)
    toast(request, _("Ärendet är ert nu."))
    return redirect("discharge:case", case_id=made.id)


# ── send ──

BY_HAND = "annat-satt"
"""In the address of the form for a call that went by letter or telephone."""


@require_http_methods(GET_POST)
def send(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Send one kind of message."""
    actor, what = actor_of(request), kind_of(kind)
    if what is MessageKind.CALL and request.method != "POST" and BY_HAND not in request.GET:
        return redirect("discharge:plan", case_id=case_id)  # the call goes with the meeting
    chosen = chosen_units(request.POST) if request.method == "POST" else None
    found, receivers = reads.case_and_receivers(actor, case_id=case_id, kind=what, chosen=chosen)
    form = form_for(what)(
        request.POST or None,
        kind=what,
        receivers=receivers,
        left=found.left,
        part=found.case.own_part,
        initial=send_initial(found.case, what, actor.at) | judged_initial(found.case, what),
    )
    draft = drafting.kept(actor, case_id, what)
    form.initial = {**form.initial, **drafting.initial(form, draft)}

    def step() -> CaseDetail:
        return send_by(actor, case_id, form)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        words = translated(KIND_WORDS[what])
        toast(request, _("Skickat: %(message)s.") % {"message": words})
        drafting.throw(actor, draft)
        return redirect("discharge:case", case_id=case_id)
    context = {
        "form": form,
        "found": found,
        "case": found.case,
        "person": found.case.person,
        "kind": what,
        "spec": form.spec,
        "receivers": receivers,
        "drafted": drafting.is_drafted(what),
        "draft": draft,
        "left": found.left if Fact.ANYWAY.value in form.fields else (),
    }
    return page(request, "discharge/send.html", context | SAID, status=status_of(form))


@not_kept
@require_POST
def keep_draft(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Keep what is being written, so that nothing is lost; it is nobody else's until it is sent."""
    actor, what = actor_of(request), kind_of(kind)
    reads.is_reached(actor, case_id=case_id)
    saved = drafting.keep(request, actor, case_id, what)
    return page(request, "discharge/parts/saved.html", {"saved_at": actor.at if saved else None})


def kind_of(code: str) -> MessageKind:
    """The message that the address names.

    Raises:
        NotFound: there is none of that name.
    """
    found = next((one for one in MessageKind if one.value == code), None)
    if found is None:
        raise NotFound(_("Det finns inget sådant meddelande."))
    return found


# ── receive ──


@require_POST
def receipt(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """One press: the unit has read it."""
    found = operations.receipt_copy(actor_of(request), copy_id=copy_id)
    toast(request, _("Kvitterat."))
    if request.POST.get("fran") == "tavlan":
        return redirect("discharge:board")
    return redirect("discharge:case", case_id=found.id)


@require_http_methods(GET_POST)
def wrong(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """It came to the wrong unit: back, or on."""
    actor = actor_of(request)
    found, copy, units, doubts = reads.copy_and_units(
        actor, copy_id=copy_id, chosen=chosen_unit(request.POST)
    )
    form = WrongForm(request.POST or None, units=units, doubts=doubts)

    def step() -> CaseDetail:
        unit, reason = form.unit_id(), form.cleaned_data["reason"]
        if unit is None:
            return operations.return_copy(actor, copy_id=copy_id, reason=reason)
        return operations.forward_copy(
            actor, copy_id=copy_id, unit_id=unit, reason=reason, checked=form.checked()
        )

    said = next(one for one in found.messages if copy in one.copies)
    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        onward = form.unit_name()
        words = (
            _("Skickat vidare till %(unit)s.") if onward else _("Skickat tillbaka till %(unit)s.")
        )
        toast(request, words % {"unit": onward or said.unit_name})
        return redirect("discharge:board")
    context = {"form": form, "case": found, "message": said, "person": found.person} | SAID
    return page(request, "discharge/wrong.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def withdraw(request: HttpRequest, case_id: UUID, message_id: UUID) -> HttpResponse:
    """Take back what the own unit has sent."""
    actor = actor_of(request)
    found = reads.case(actor, case_id=case_id)
    form = ReasonForm(request.POST or None)

    def step() -> CaseDetail:
        reason = form.cleaned_data["reason"]
        return operations.withdraw_message(actor, message_id=message_id, reason=reason)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Meddelandet är återtaget."))
        return redirect("discharge:case", case_id=case_id)
    context = {"form": form, "case": found, "person": found.person}
    context |= {"message": message_in(found, message_id)} | SAID
    return page(request, "discharge/withdraw.html", context, status=status_of(form))
