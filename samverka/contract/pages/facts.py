"""The person's own facts: how to be reached, language, interpreter, mail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.contract import reads
from samverka.contract.forms import MyFactsForm
from samverka.contract.pages.shared import own_id, tried
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict
from samverka.kernel.text import text
from samverka.people.operations import edit_own_facts
from samverka.people.reads import PersonDetail
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import status_of

NEWER = text("Någon annan har ändrat uppgifterna medan du skrev. Jämför och spara igen.")


@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest) -> HttpResponse:
    """See and change the own facts."""
    actor = actor_of(request)
    person, mail = reads.my_facts(actor, person_id=own_id(actor))
    form = MyFactsForm(request.POST or None, initial=_initial(person, mail))
    context: dict[str, object] = {"person": person, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            if _saved(actor, person, form):
                toast(request, _("Sparat."))
                return redirect("contract:my_page")
        except Conflict as problem:
            _show_both(form, problem, person)
            context["theirs"] = _initial(person, mail)
    return page(request, "contract/my_facts.html", context, status=status_of(form))


def _saved(actor: Actor, person: PersonDetail, form: MyFactsForm) -> bool:
    values = form.values()
    if values["version"] != person.version:
        raise Conflict(
            NEWER, mine=form.cleaned_data, theirs={"phone": person.phone, "email": person.email}
        )
    done = tried(form, lambda: edit_own_facts(actor, person_id=person.id, **values))
    return done is not None


def _initial(person: PersonDetail, mail: bool) -> dict[str, object]:
    names = ("phone", "email", "language", "interpreter", "care_language", "version")
    return {name: getattr(person, name) for name in names} | {"mail": mail}


def _show_both(form: MyFactsForm, problem: Conflict, person: PersonDetail) -> None:
    """What was typed stays; saving again is then a choice that one has seen."""
    form.add_error(None, translated(problem.message))
    form.data = dict(form.data.items()) | {"version": str(person.version)}
