"""Pages: choose assignment; the county's units; a unit's staff."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access import operations as access
from samverka.access import reads as access_reads
from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.kernel.actor import Permission
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound, Problem
from samverka.kernel.text import text
from samverka.organisations import operations, reads
from samverka.organisations.forms import (
    CERTAINTY_WORDS,
    OTHER_PARAMETERS,
    PARAMETER_TOPICS,
    PARAMETER_UNITS,
    CloseForm,
    CountyForm,
    StaffForm,
    UnitForm,
    unit_initial,
)
from samverka.web.door import (
    AS_PERSON,
    ASSIGNMENT,
    WANTED,
    actor_of,
    before_choice,
)
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import status_of, tried


@require_http_methods(["GET", "HEAD", "POST"])
@before_choice
def choose(request: HttpRequest) -> HttpResponse:
    """Choose which assignment to work under; with a single one there is nothing to choose."""
    account = request.user
    found = reads.assignments_of(UUID(str(account.pk)), request.at)  # type: ignore[attr-defined]
    as_person = bool(getattr(account, "person_id", None))
    keys = [str(one.id) for one in found] + ([AS_PERSON] if as_person else [])
    chosen = request.POST.get("assignment")
    if chosen is None and len(keys) == 1:
        chosen = keys[0]
    if chosen in keys:
        request.session[ASSIGNMENT] = chosen
        request.session.cycle_key()  # other rights, another session
        return redirect(request.session.pop(WANTED, "/"))
    context = {"assignments": found, "as_person": as_person, "as_person_key": AS_PERSON}
    return page(request, "organisations/choose.html", context)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The county's units by municipality and kind."""
    actor = actor_of(request)
    word = request.GET.get("sok", "").strip()[:60]
    found = [one for one in reads.list_units(actor) if _named(one, word)]
    groups: dict[str, list[reads.UnitDetail]] = {}
    for unit in found:
        groups.setdefault(unit.organisation_name, []).append(unit)
    context = {
        "groups": sorted(groups.items()),
        "word": word,
        "count": len(found),
        "may_edit": actor.may(Permission.ORGANISATION_EDIT),
        "may_connect": actor.may(Permission.CONNECTION_EDIT),
    }
    return page(request, "organisations/units.html", context)


def _named(unit: reads.UnitDetail, word: str) -> bool:
    """Whether the unit, its town or whose it is fits every part of what was written."""
    text = f"{unit.name} {unit.town} {unit.provider_name}".lower()
    return all(part in text for part in word.lower().split())


@require_safe
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """A unit with its staff."""
    found = reads.unit_page(actor_of(request), unit_id=unit_id)
    context = {"unit": found.unit, "staff": found.staff, "may_edit": found.may_edit}
    return page(request, "organisations/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Change a unit's facts."""
    actor = actor_of(request)
    may_open(actor, action=Action.ORGANISATION_EDIT)
    shown = reads.unit(actor, unit_id=unit_id)
    form = UnitForm(request.POST or None, initial=unit_initial(shown))
    if request.method == "POST" and form.is_valid():
        operations.edit_unit(actor, unit_id=unit_id, **form.values())
        toast(request, _("Enheten är ändrad."))
        return redirect("organisations:unit", unit_id=unit_id)
    return page(request, "organisations/edit_unit.html", {"unit": shown, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def close_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Close a unit, and say who takes over."""
    actor = actor_of(request)
    may_open(actor, action=Action.ORGANISATION_EDIT)
    shown = reads.unit(actor, unit_id=unit_id)
    others = [one for one in reads.list_units(actor) if one.id != unit_id]
    form = CloseForm(request.POST or None, units=others)

    def step() -> reads.UnitDetail:
        return operations.close_unit(actor, unit_id=unit_id, successor_id=form.successor_id())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Enheten är stängd."))
        return redirect("organisations:units")
    context = {"unit": shown, "form": form}
    return page(request, "organisations/close_unit.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """Add a unit to the own care provider."""
    actor = actor_of(request)
    may_open(actor, action=Action.ORGANISATION_EDIT)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and actor.provider_id:
        made = operations.register_unit(actor, provider_id=actor.provider_id, **form.values())
        toast(request, _("Enheten är tillagd."))
        return redirect("organisations:unit", unit_id=made.id)
    return page(request, "organisations/edit_unit.html", {"unit": None, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def new_staff(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Add one of the staff to a unit, with a log-in and roles."""
    actor = actor_of(request)
    may_open(actor, action=Action.ORGANISATION_EDIT)
    shown = reads.unit(actor, unit_id=unit_id)
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _add_staff(request, form, unit_id):
        toast(request, _("Uppdraget är tillagt."))
        return redirect("organisations:unit", unit_id=unit_id)
    return page(request, "organisations/new_staff.html", {"unit": shown, "form": form})


def _add_staff(request: HttpRequest, form: StaffForm, unit_id: UUID) -> bool:
    values = form.cleaned_data | {"roles": form.roles_chosen(), "unit_id": unit_id}
    actor = actor_of(request)
    return tried(form, lambda: operations.hire_staff(actor, **values), also=(Problem,)) is not None


@require_POST
def end_assignment(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """End an assignment."""
    ended = operations.end_assignment(actor_of(request), assignment_id=assignment_id)
    toast(request, _("Uppdraget är avslutat."))
    return redirect("organisations:unit", unit_id=ended.unit.id)


@require_safe
def county(request: HttpRequest) -> HttpResponse:
    """The numbers that the law, the agreements and the county give, with their sources."""
    found = access_reads.county_parameters(actor_of(request))
    context = {
        "topics": _by_topic(found.lines),
        "may_edit": found.may_edit,
        "units": PARAMETER_UNITS,
    }
    return page(request, "organisations/county.html", context)


def _by_topic(
    lines: Iterable[access_reads.ParameterLine],
) -> list[tuple[str, list[access_reads.ParameterLine]]]:
    """The settings under their headings; what the county may set comes first."""
    ordered = sorted(lines, key=lambda one: not one.may_set)
    topics = [
        (str(topic), [one for one in ordered if one.key.partition(".")[0] in names])
        for topic, names in PARAMETER_TOPICS
    ]
    known = {one.key for _topic, held in topics for one in held}
    topics.append((str(OTHER_PARAMETERS), [one for one in ordered if one.key not in known]))
    return [(topic, held) for topic, held in topics if held]


@require_http_methods(["GET", "HEAD", "POST"])
def county_value(request: HttpRequest, key: str) -> HttpResponse:
    """One of the numbers: what it does, what it has been, and the county's own from a day on."""
    actor = actor_of(request)
    may_open(actor, action=Action.COUNTY_EDIT)
    found = access_reads.county_parameters(actor)
    line = next((one for one in found.lines if one.key == key), None)
    if line is None:
        raise NotFound(text("Det finns ingen sådan inställning."))
    first = {"value": line.value, "valid_from": local_date(actor.at).isoformat()}
    form = CountyForm(request.POST or None, initial=first, choices=line.choices, unit=line.unit)
    if request.method == "POST" and form.is_valid() and _decide(request, form, line):
        toast(request, _("Värdet är sparat."))
        return redirect("organisations:county")
    context = {
        "line": line,
        "form": form,
        "may_edit": found.may_edit and line.may_set,
        "units": PARAMETER_UNITS,
        "certainty": CERTAINTY_WORDS[line.certainty],
    }
    return page(request, "organisations/county_value.html", context, status=status_of(form))


def _decide(request: HttpRequest, form: CountyForm, line: access_reads.ParameterLine) -> bool:
    actor, values = actor_of(request), form.cleaned_data
    return tried(form, lambda: access.set_county_value(actor, key=line.key, **values)) is not None
