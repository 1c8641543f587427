"""The person's own page about going home, and the same on paper (trygghetskvitto)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samverka.discharge import operations, reads
from samverka.discharge.forms import TickForm
from samverka.discharge.reads import HomePage
from samverka.discharge.reads.preparing import PreparationView
from samverka.discharge.rules.preparing import TICKS, YES_OR_NO
from samverka.kernel.calendar import local_date
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.paper import Card, Entry, Group, Section, Sheet, Table, as_pdf, is_large
from samverka.web.templatetags.words import day, phone
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

PERSON, STAFF = "web/person_base.html", "web/base.html"


@require_http_methods(GET_POST)
def mine(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """When I go home, who meets me, what I must see to myself, my medicines, whom I ring."""
    actor = actor_of(request)
    found = reads.home_page(actor, case_id=case_id)
    form = TickForm(request.POST or None, found=found.preparation)

    def step() -> PreparationView:
        return operations.tick_off(actor, case_id=case_id, said=form.said())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Sparat."))
        return redirect("discharge:mine", case_id=case_id)
    context = {
        "base": PERSON if actor.is_person else STAFF,
        "found": found,
        "mine": found.preparation,
        "person": found.preparation.person,
        "form": form,
        "at_home": found.preparation.at_home,
    }
    return page(request, "discharge/mine.html", context, status=status_of(form))


@require_safe
def paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The same on paper, to have on the refrigerator."""
    actor = actor_of(request)
    found = reads.home_page(actor, case_id=case_id)
    today = local_date(actor.at)
    return as_pdf(_told(found), on=today, large=is_large(request), name="hem-fran-sjukhuset")


def _told(found: HomePage) -> Sheet:
    name = found.preparation.person.name
    sections = [
        Section(_("Det här har hänt"), [found.summary] if found.summary else []),
        Section(_("Vem möter mig?"), [found.meets] if found.meets else []),
        Section(_("Vad är bestämt?"), groups=_decided(found)),
        Section(_("Min lista"), groups=_ticks(found)),
        Section(
            _("Mina läkemedel"),
            [found.medicines.words] if found.medicines.words else [],
            table=_medicines(found),
        ),
        Section(_("Vem ringer jag?"), table=_contacts(found)),
        Section(_("Om jag blir sämre"), groups=[Group(_numbers())]),
    ]
    title = _("Hem från sjukhuset")
    return Sheet(
        title=f"{title}: {name}", heading=title, lead=name, card=_card(found), sections=sections
    )


def _card(found: HomePage) -> Card:
    mine = found.preparation
    when = mine.discharged_at or mine.estimated_at
    main = capfirst(day(when)) if when else _("Dagen är inte bestämd än.")
    asks = found.asks
    told = [_("%(unit)s ringer dig när du är hemma.") % {"unit": asks.name}] if asks else []
    return Card(_("Då åker jag hem"), main, [mine.ward.name, *told])


def _decided(found: HomePage) -> list[Group]:
    items = [
        Entry(translated(one.name), [one.words or _("Klart."), one.unit]) for one in found.decided
    ]
    return [Group(items)] if items else []


def _ticks(found: HomePage) -> list[Group]:
    ticked = found.preparation.ticks
    items = [
        Entry(translated(TICKS[tick].ask), [_("Ja") if ticked[tick].yes else _("Nej")])
        for tick in YES_OR_NO
        if tick in ticked
    ]
    return [Group(items)] if items else []


def _medicines(found: HomePage) -> Table | None:
    rows = [[one.name, one.dosage, one.source] for one in found.medicines.lines]
    if not rows:
        return None
    return Table([_("Läkemedel"), _("Hur du tar det"), _("Vem säger det?")], rows, [4, 4, 4])


def _contacts(found: HomePage) -> Table | None:
    ward = found.preparation.ward
    rows = [
        [
            one.name,
            f"{translated(one.kind_words)}, {one.unit_name}",
            _reached(one.phone, one.phone_hours),
        ]
        for one in found.contacts
    ]
    rows.append([ward.name, _("Avdelningen"), _reached(ward.phone, ward.phone_hours)])
    return Table([_("Namn"), _("Vem är det?"), _("Telefon")], rows, [3, 4, 4])


def _reached(number: str, hours: str) -> str:
    return ", ".join(one for one in (phone(number), hours) if one)


def _numbers() -> list[Entry]:
    return [Entry(_("Fara för liv"), ["112"]), Entry(_("Råd om vård, dygnet runt"), ["1177"])]
