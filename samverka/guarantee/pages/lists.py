"""The list of who waits, the same as a file, one wait in full, and the person's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.guarantee import reads
from samverka.guarantee.pages.looks import LOOKS, button_of, next_href
from samverka.guarantee.reads import CHOICE_WORDS, Choice, OfferDetail, WaitDetail, WaitList
from samverka.guarantee.rules import (
    DUTY_WORDS,
    LETTER_WORDS,
    PART_WORDS,
    RESIDENCE_WORDS,
    LetterKind,
    Part,
)
from samverka.guarantee.rules.facts import PURPOSE_WORDS
from samverka.guarantee.rules.limits import IN_PRIMARY_CARE
from samverka.kernel.calendar import local_date
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.sheets import WORKBOOK, Cell, Rows, Sheet, sent, sent_table, workbook_of

_CHOICE, _UNIT, _PART = "visa", "enhet", "del"


@dataclass(frozen=True, slots=True)
class Line:
    """A row with where its next step leads."""

    wait: WaitDetail
    href: str
    button: str


def _asked(request: HttpRequest) -> tuple[Choice, str, Part | None]:
    """What the address asks for; nonsense is what is pressing."""
    given = request.GET
    choice = next((one for one in Choice if one.value == given.get(_CHOICE)), Choice.PRESSING)
    part = next((one for one in Part if one.value == given.get(_PART)), None)
    return choice, given.get(_UNIT, ""), part


def _found(request: HttpRequest) -> WaitList:
    choice, unit, part = _asked(request)
    return reads.wait_list(actor_of(request), choice=choice, unit=unit, part=part)


@require_safe
def waits(request: HttpRequest) -> HttpResponse:
    """Who is about to wait too long and who has, the soonest last day first."""
    found = _found(request)
    choice, unit, part = _asked(request)
    context = {
        "found": found,
        "lines": [Line(one, next_href(one), button_of(one)) for one in found.lines],
        "choice": choice.value,
        "tabs": [_tab(request, one, choice, found) for one in Choice],
        "units": found.units if len(found.units) > 1 else (),
        "unit": unit,
        "parts": [(one.value, translated(PART_WORDS[one])) for one in found.parts],
        "part": part.value if part else "",
        "one_unit": len(found.units) < 2,
        "files": request.GET.urlencode(),
    }
    return page(request, "guarantee/list.html", context | LOOKS)


def _tab(request: HttpRequest, one: Choice, chosen: Choice, found: WaitList) -> dict[str, object]:
    _choice, unit, part = _asked(request)
    asked = {_CHOICE: one.value if one is not Choice.PRESSING else "", _UNIT: unit}
    asked |= {_PART: part.value if part else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    start = reverse("guarantee:list")
    return {
        "href": f"{start}?{query}" if query else start,
        "label": translated(CHOICE_WORDS[one]),
        "count": found.counts[one],
        "current": one is chosen,
    }


# ── files ──


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The list as a plain table."""
    return sent_table(_rows(_found(request).lines), "vardgaranti.csv")


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The list as a workbook."""
    rows = _rows(_found(request).lines)
    sheet = Sheet(_("Vårdgaranti"), rows, True, (28, 10, 28, 28, 30, 12, 12, 10, 22, 40, 40))
    return sent(workbook_of([sheet]), WORKBOOK, "vardgaranti.xlsx")


def _rows(lines: Iterable[WaitDetail]) -> Rows:
    head: list[Cell] = [
        _("Person"), _("Född"), _("Enhet"), _("Del"), _("Väntar på"), _("Räknas från"),
        _("Sista dag"), _("Dagar"), _("Läge"), _("Nästa steg"), _("Erbjudanden"),
    ]  # fmt: skip
    return [head, *(_row(one) for one in lines)]


def _row(one: WaitDetail) -> list[Cell]:
    start, last = one.clock.start, one.clock.last_day or one.clock.target
    return [
        one.person.name,
        one.person.birth_year,
        one.unit.name,
        translated(one.part_words),
        one.what,
        str(start.on) if start else "",
        str(last) if last else "",
        one.clock.used,
        translated(one.status_words),
        translated(one.step.verb) if one.step else "",
        "; ".join(_offer(it) for it in one.standing_offers),
    ]


def _offer(one: OfferDetail) -> str:
    answers = {None: _("inget svar än"), True: _("ja"), False: _("nej")}
    return f"{one.care_on}, {one.where}: {answers[one.accepted]}"


# ── one wait ──


@require_safe
def wait(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    """The reckoning day by day, what has been offered and answered, what can be done."""
    actor = actor_of(request)
    may_open(actor, action=Action.GUARANTEE_LIST)
    found = reads.wait(actor, wait_id=wait_id)
    kinds = [LetterKind.GUARANTEE] if found.clock.target is None else []
    if found.standing_offers and kinds:
        kinds.append(LetterKind.OFFER)
    if found.part not in IN_PRIMARY_CARE and kinds:
        kinds.append(LetterKind.ELSEWHERE)
    context = {
        "found": found,
        "person": found.person,
        "next_href": next_href(found),
        "button": button_of(found),
        "duty_words": DUTY_WORDS[found.duty.status],
        "owes": found.part not in IN_PRIMARY_CARE and found.breached,
        "letter_kinds": [(one.value, LETTER_WORDS[one]) for one in kinds],
        "purposes": PURPOSE_WORDS,
        "residences": RESIDENCE_WORDS,
    }
    return page(request, "guarantee/wait.html", context | LOOKS)


@require_safe
def mine(request: HttpRequest, wait_id: UUID) -> HttpResponse:
    """My own wait: my last day, what I have been offered, the letters to me."""
    actor = actor_of(request)
    found = reads.wait(actor, wait_id=wait_id)
    context = {
        "base": "web/person_base.html" if actor.is_person else "web/base.html",
        "found": found,
        "mine": reads.my_wait(found),
        "today": local_date(actor.at),
    }
    return page(request, "guarantee/mine.html", context)
