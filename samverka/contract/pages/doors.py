"""Pages for staff about what is closed: choose, open in an emergency, consents, blocks, relations, lifting."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.access import operations
from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.access.roles import permissions_of
from samverka.access.rules import BlockKind
from samverka.contract import reads
from samverka.contract.forms import (
    BehalfWithdrawForm,
    EmergencyForm,
    FindForm,
    LiftForm,
    RelationForm,
    StaffBlockForm,
    StaffConsentForm,
)
from samverka.contract.operations import enter_withdrawal
from samverka.contract.pages.shared import staff_of, tried
from samverka.contract.rules import KINDS_OF_BRANCH, RELATION_WORDS, Told
from samverka.kernel.actor import Actor, Branch, Permission
from samverka.kernel.calendar import local_date
from samverka.organisations.reads import (
    AssignmentDetail,
    UnitDetail,
    staff_of_units,
    unit_names,
)
from samverka.people.reads import PersonDetail, search_persons
from samverka.people.reads import person as person_read
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import status_of

GET_POST = ["GET", "HEAD", "POST"]


@require_POST
def choose(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Choose to read other units' records within the own care provider."""
    operations.make_choice(actor_of(request), person_id=person_id)
    toast(request, _("Du ser nu också andra enheters uppgifter. Valet är loggat."))
    return redirect("contract:person", person_id=person_id)


@require_http_methods(GET_POST)
def emergency(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Open other care providers' records in danger: a legal act, so it has a page of its own."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.EMERGENCY_OPEN)
    person = person_read(actor, person_id=person_id)
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        opened = tried(
            form, lambda: operations.open_emergency(actor, person_id=person_id, reason=reason)
        )
        if opened is not None:
            toast(request, _("Nödöppnat. Öppningen är loggad och granskas."))
            return redirect("contract:person", person_id=person_id)
    context = {"person": person, "form": form}
    return page(request, "contract/emergency.html", context, status=status_of(form))


# ── consents ──


@require_http_methods(GET_POST)
def consents(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The person's consents; note a new one that the person has given."""
    actor = staff_of(request)
    found = reads.consents_page(actor, person_id=person_id)
    form = StaffConsentForm(
        request.POST or None,
        today=local_date(actor.at),
        providers=[*found.near, *found.others],
        initial={"given_by": found.person.name, "readers": [str(actor.provider_id)]},
    )
    if request.method == "POST" and form.is_valid():
        values = form.values() | {"person_id": person_id}
        if tried(form, lambda: operations.give_consent(actor, **values)) is not None:
            toast(request, _("Samtycket är registrerat."))
            return redirect("contract:person", person_id=person_id)
    today, sayers = local_date(actor.at), (found.person.name,)
    context = {
        "found": found,
        "holding": [
            (one, BehalfWithdrawForm(today=today, sayers=sayers, key=one.consent.id))
            for one in found.holding
        ],
        "person": found.person,
        "form": form,
        "may_edit": actor.may(Permission.CONSENT_EDIT),
    }
    return page(request, "contract/consents.html", context, status=status_of(form))


@require_POST
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Note that the person has taken a consent back."""
    actor = actor_of(request)
    who = request.POST.get("who", "")
    form = BehalfWithdrawForm(request.POST, today=local_date(actor.at), sayers=(who,))
    told = form.told() if form.is_valid() else Told(who)
    done = enter_withdrawal(actor, consent_id=consent_id, told=told)
    toast(request, _("Samtycket är återkallat. Inget mer lämnas ut."))
    return redirect("contract:consents", person_id=done.person_id)


# ── blocks ──


@require_http_methods(GET_POST)
def blocks(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Blocks of the own care provider; note a new one that the person asks for."""
    actor = staff_of(request)
    found = reads.blocks_page(actor, person_id=person_id)
    form = StaffBlockForm(
        request.POST or None,
        units=found.closable,
        initial={"asked_by": found.person.name, "unit": str(actor.unit_id)},
    )
    if request.method == "POST" and form.is_valid() and actor.provider_id:
        values = form.values() | {"person_id": person_id, "provider_id": actor.provider_id}
        if tried(form, lambda: operations.set_block(actor, **values)) is not None:
            toast(request, _("Spärren gäller från och med nu."))
            return redirect("contract:blocks", person_id=person_id)
    context = {
        "person": found.person,
        "blocks": found.blocks,
        "form": form,
        "may_edit": actor.may(Permission.BLOCK_EDIT),
    }
    return page(request, "contract/blocks.html", context, status=status_of(form))


@require_POST
def unblock(request: HttpRequest, block_id: UUID) -> HttpResponse:
    """Take a block away because the person asks for it."""
    done = operations.remove_block(actor_of(request), block_id=block_id)
    toast(request, _("Spärren är borttagen."))
    return redirect("contract:blocks", person_id=done.person_id)


# ── the own unit's relation ──


@require_http_methods(GET_POST)
def relations(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Why the own unit has to do with the person; begin another reason, or end one."""
    actor = staff_of(request)
    found = reads.relations_page(actor, person_id=person_id)
    kinds = KINDS_OF_BRANCH[actor.branch or Branch.HEALTH]
    form = RelationForm(
        request.POST or None, kinds=[(kind, translated(RELATION_WORDS[kind])) for kind in kinds]
    )
    if request.method == "POST" and form.is_valid():
        values = form.values()
        done = tried(form, lambda: operations.open_relation(actor, person_id=person_id, **values))
        if done is not None:
            toast(request, _("Sparat."))
            return redirect("contract:relations", person_id=person_id)
    context = {
        "person": found.person,
        "relations": found.relations,
        "words": RELATION_WORDS,
        "form": form,
        "may_edit": actor.may(Permission.PERSON_REGISTER),
    }
    return page(request, "contract/relations.html", context, status=status_of(form))


@require_POST
def end_relation(request: HttpRequest, relation_id: UUID) -> HttpResponse:
    """End why the own unit has to do with the person. With the last one, the person is closed."""
    operations.end_relation(actor_of(request), relation_id=relation_id)
    toast(request, _("Avslutat."))
    return redirect("contract:start")


# ── lifting of an inner block, by the authorised officer ──


@require_http_methods(GET_POST)
def lifting(request: HttpRequest) -> HttpResponse:
    """Find the person whose block is to be opened; the number travels in the body."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.BLOCK_LIFT)
    form = FindForm(request.POST or None, today=local_date(actor.at))
    if request.method == "POST" and form.is_valid():
        found = search_persons(actor, text="", number=form.cleaned_data["identity"])
        if found:
            return redirect("contract:lift", person_id=found[0].id)
        form.add_error("identity", _("Ingen med det numret har med er att göra."))
    return page(request, "contract/lifting.html", {"form": form}, status=status_of(form))


@require_http_methods(GET_POST)
def lift(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Open a block for one reader for a limited time: which unit first, then why (PDL 4:5)."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.BLOCK_LIFT)
    person = person_read(actor, person_id=person_id)
    blocked = _blocked(actor, person)
    readers = _readers(actor, person_id, blocked)
    form = LiftForm(request.POST or None, units=blocked, readers=readers)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        opened = tried(form, lambda: operations.lift_block(actor, person_id=person_id, **values))
        if opened is not None:
            toast(request, _("Spärren är hävd för läsaren. Hävningen är loggad."))
            return redirect("contract:lifting")
    context = {"person": person, "blocked": blocked, "readers": bool(readers), "form": form}
    return page(request, "contract/lift.html", context, status=status_of(form))


def _blocked(actor: Actor, person: PersonDetail) -> list[UnitDetail]:
    found = access.list_blocks(actor, person_id=person.id)
    inner = {one.unit_id for one in found if one.kind is BlockKind.INNER and one.unit_id}
    return sorted(unit_names(inner).values(), key=lambda unit: unit.name)


def _readers(actor: Actor, person_id: UUID, blocked: list[UnitDetail]) -> list[AssignmentDetail]:
    """Those who work where the person is in care now: others have no reason to read."""
    related = access.list_relations(actor, person_id=person_id)
    closed = {unit.id for unit in blocked}
    own = {one.unit_id for one in related if one.provider_id == actor.provider_id}
    wanted = own - closed if len(closed) == 1 else own
    found = staff_of_units(wanted, actor.at)
    return [one for one in found if Permission.PLAN_READ in permissions_of(one.roles)]
