"""The person's page on paper: a PDF that a screen reader can read too (PDF/UA-1)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.careplans.reads import CareContactDetail, ComingMeeting, SelfCareDetail
from samverka.careplans.rules import OwnerKind
from samverka.contacts.reads import BookingDetail, PromiseDetail
from samverka.contract import reads
from samverka.contract.reads import MyActivity, MyGoal, MyPage, OwnerDoes
from samverka.contract.rules import HappeningKind
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.people.rules import MASKED_NAME
from samverka.web.door import actor_of, translated
from samverka.web.paper import Card, Entry, Group, Section, Sheet, Table, as_pdf, is_large
from samverka.web.templatetags.words import clock_time, day, phone


@require_safe
def my_paper(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The person's page as PDF, for the person and for one who acts for the person."""
    actor = actor_of(request)
    found = reads.my_page(actor, person_id=person_id)
    sheet, today = told(found, actor), local_date(actor.at)
    return as_pdf(sheet, on=today, large=is_large(request), name="min-sida")


def told(mine: MyPage, actor: Actor) -> Sheet:
    """The page in words; a section stands there also when it is empty."""
    today, name = local_date(actor.at), mine.person.name
    sections = [
        Section(_("Mina möten"), groups=_meetings(mine)),
        Section(_("Det här är viktigt för mig"), [one.words for one in mine.matters]),
        Section(_("Mina mål"), groups=_goals(mine.goals)),
        Section(_("Vem gör vad"), groups=[_doing(part, mine) for part in mine.doing]),
        Section(_("Mina tider"), groups=_times(mine)),
        Section(_("Mina kontakter"), table=_contacts(mine)),
        Section(_("Mina läkemedel"), table=_medicines(mine)),
        Section(_("Råd om egenvård"), groups=_self_care(mine)),
        Section(_("Mina mätningar"), groups=_measured(mine)),
        _if_worse(mine),
    ]
    return Sheet(
        title=_("Min sida: %(name)s") % {"name": name},
        heading=name,
        lead=_("Så här såg sidan ut %(day)s.") % {"day": day(today)},
        card=_card(mine, actor),
        sections=sections,
    )


def _card(mine: MyPage, actor: Actor) -> Card:
    title, found = _("Det här händer härnäst"), mine.next
    if found is None:
        return Card(title, _("Inget är bokat just nu."), [])
    if found.booking:
        one = found.booking
        who = one.practitioner or (one.unit.name if one.unit else "")
        tip = [_("Tänk på: %(words)s") % {"words": one.bring}] if one.bring else []
        return Card(title, _at(one), [*filter(None, [one.what, who, *_place(one)]), *tip])
    if found.stay:
        unit = found.stay.unit.name if found.stay.unit else ""
        return Card(title, _("På sjukhus"), [unit] if unit else [])
    if found.meeting:
        lines = [_("Möte om din plan."), found.meeting.place]
        when = f"{capfirst(day(found.day))} {_('klockan')} {clock_time(found.meeting.starts_at)}"
        return Card(title, when, [one for one in lines if one])
    return _step_card(mine, actor, title)


def _step_card(mine: MyPage, actor: Actor, title: str) -> Card:
    if mine.next is None or mine.next.step is None:
        return Card(title, _("Inget är bokat just nu."), [])
    step, kind = mine.next.step, mine.next.kind
    if kind is HappeningKind.FOLLOW_UP:
        main = capfirst(day(step.day, actor.at))
        return Card(title, main, [_("Då går ni igenom planen."), step.owner])
    return Card(title, _until(step.day), [one for one in (step.what, step.owner) if one])


def _until(on: object) -> str:
    return f"{_('Senast')} {day(on)}"  # type: ignore[arg-type]


def _at(one: BookingDetail) -> str:
    return f"{capfirst(day(one.starts_at))} {_('klockan')} {clock_time(one.starts_at)}"


def _place(one: BookingDetail) -> list[str]:
    if one.way == "home":
        return [_("Hemma hos dig")]
    return [one.place] if one.place else []


def _meetings(mine: MyPage) -> list[Group]:
    items = [_meeting(one, many=len(mine.plans) > 1) for one in mine.meetings]
    return [Group(items)] if items else []


def _meeting(one: ComingMeeting, *, many: bool) -> Entry:
    when = f"{capfirst(day(one.starts_at))} {_('klockan')} {clock_time(one.starts_at)}"
    place = f"{_('Plats:')} {one.place}" if one.place else ""
    where = place or (_("Mötet är på video.") if one.video else "")
    asked = f"{_('Säg om det blev rätt')}." if one.to_confirm else ""
    asked = f"{_('Svara om du kan komma')}." if one.unanswered else asked
    named = _("Möte om planen ”%(title)s”.") % {"title": one.plan_title}
    about = " ".join(filter(None, [named if many else _("Möte om din plan."), where]))
    return Entry(when, [" · ".join(filter(None, [about, one.organiser, asked]))])


def _goals(found: Iterable[MyGoal]) -> list[Group]:
    items = [
        Entry(
            my.said.words,
            [
                " · ".join(
                    filter(
                        None,
                        [
                            translated(my.goal.term_words),
                            f"{_('klart')} {day(my.goal.reach_by)}" if my.goal.reach_by else "",
                        ],
                    )
                )
            ],
        )
        for my in found
    ]
    return [Group(items)] if items else []


def _doing(part: OwnerDoes, mine: MyPage) -> Group:
    masked = mine.person.name == MASKED_NAME
    called = _("personen") if masked else mine.person.name.split(" ")[0]
    heads = {
        OwnerKind.PERSON: _("Det här gör jag")
        if mine.own
        else _("Det här gör %(called)s") % {"called": called},
        OwnerKind.CLOSE: _("Det här gör mina närstående")
        if mine.own
        else _("Det här gör närstående"),
        OwnerKind.REGION: _("Det här gör vården"),
        OwnerKind.MUNICIPALITY: _("Det här gör kommunen"),
    }
    title = heads.get(part.owner, _("Det här gör andra"))
    return Group([_activity(my, part.owner) for my in part.activities], title)


def _activity(my: MyActivity, owner: OwnerKind) -> Entry:
    one = my.activity
    lines = [] if owner is OwnerKind.PERSON else [one.owner]
    if one.due_on:
        lines.append(_until(one.due_on))
    return Entry(my.said.words, [" · ".join(lines)] if lines else [])


def _times(mine: MyPage) -> list[Group]:
    booked = [_time(one) for one in mine.times.upcoming]
    promised = [_promise(one) for one in mine.promised]
    groups = [Group(booked)] if booked else []
    if promised:
        groups.append(Group(promised, _("Lovat men inte bokat än")))
    return groups


def _time(one: BookingDetail) -> Entry:
    unit = one.unit.name if one.unit else ""
    about = " · ".join(filter(None, [one.what, one.practitioner, unit, *_place(one)]))
    tip = _("Tänk på: %(words)s") % {"words": one.bring} if one.bring else ""
    return Entry(_at(one), [line for line in (about, tip) if line])


def _promise(one: PromiseDetail) -> Entry:
    unit = one.unit.name if one.unit else ""
    return Entry(one.what, [" · ".join(filter(None, [_until(one.latest_on), unit]))])


def _contacts(mine: MyPage) -> Table | None:
    rows = [
        [
            one.name,
            ". ".join([f"{translated(one.kind_words)}, {one.unit_name}", *_away(one)]),
            _reached(one.phone, one.phone_hours),
        ]
        for one in mine.contacts
    ]
    if unit := mine.listed_apart:
        rows.append([unit.name, _("Min hälsocentral"), _reached(unit.phone, unit.phone_hours)])
    rows += [
        [one.name, one.organisation_name, _reached(one.phone, one.phone_hours)]
        for one in mine.units
    ]
    if not rows:
        return None
    return Table([_("Namn"), _("Vem är det?"), _("Telefon")], rows, [3, 4, 4])


def _away(one: CareContactDetail) -> list[str]:
    """Until when a contact is away, and whom to ring meanwhile."""
    if one.away_until is None:
        return []
    told = {"name": one.name, "day": day(one.away_until)}
    away = _("%(name)s är borta till och med %(day)s.") % told
    if not one.stand_in:
        return [f"{away} {_('Ring enheten så länge.')}"]
    return [f"{away} {_('Ring %(name)s så länge.') % {'name': one.stand_in}}"]


def _reached(number: str, hours: str) -> str:
    return ", ".join(filter(None, [phone(number), hours]))


def _medicines(mine: MyPage) -> Table | None:
    rows = [
        [
            one.line.name,
            one.line.dosage,
            ", ".join(filter(None, [one.line.source, date_format(one.day) if one.day else ""])),
        ]
        for one in mine.medicines
    ]
    if not rows:
        return None
    return Table([_("Läkemedel"), _("Hur du tar det"), _("Vem säger det?")], rows, [4, 4, 4])


def _self_care(mine: MyPage) -> list[Group]:
    items = [
        Entry(
            one.facts.what,
            [
                " ".join(
                    filter(None, [one.facts.how.replace("\n", " "), _helped(one.facts.helper)])
                ),
                f"{_('Hör av dig:')} {one.facts.call_when} {_whom(one)}",
            ],
        )
        for one in mine.advice
    ]
    return [Group(items)] if items else []


def _helped(helper: str) -> str:
    return f"{_('Den som hjälper till:')} {helper}." if helper else ""


def _whom(one: SelfCareDetail) -> str:
    """Whom to call: the unit with its number, or whom the advice names."""
    if not one.call_unit:
        return f"{_('Till:')} {one.facts.whom}."
    return f"{_('Ring')} {one.unit}: {_reached(one.phone, one.phone_hours)}."


def _measured(mine: MyPage) -> list[Group]:
    items = [
        Entry(
            f"{one.title}: {one.value}",
            [
                " ".join(
                    filter(
                        None,
                        [
                            f"{capfirst(day(one.day))}." if one.day else "",
                            translated(one.curve.words) if one.curve else "",
                        ],
                    )
                )
            ],
        )
        for one in mine.measurements
    ]
    return [Group(items)] if items else []


def _if_worse(mine: MyPage) -> Section:
    numbers = [Entry(_("Fara för liv"), ["112"]), Entry(_("Råd om vård, dygnet runt"), ["1177"])]
    words = [one.words for one in mine.if_worse]
    return Section(_("Om jag blir sämre"), words, [Group(numbers)])
