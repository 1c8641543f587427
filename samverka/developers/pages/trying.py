"""Try a request: see it, send it as the one who is logged in, copy it."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samverka.developers.forms import RequestForm, initial
from samverka.developers.pages.frame import base_of, sandbox, shown, statement
from samverka.developers.rules.answers import Answered, answered
from samverka.developers.rules.copying import copies
from samverka.developers.rules.examples import EXAMPLES, FIRST, GROUPS, About, Example
from samverka.developers.rules.requests import BLANK, Request, request_of
from samverka.kernel.problems import NotAllowed
from samverka.kernel.text import text
from samverka.web.door import actor_of, not_kept, public
from samverka.web.trying import tried
from samverka.web.within import ask_within

_REFERENCE = re.compile(r"^([A-Z][A-Za-z]{1,63})/([A-Za-z0-9\-.]{1,64})$")


@public
@require_safe
def try_it(request: HttpRequest) -> HttpResponse:
    """An example of a request for a type, to send or to copy."""
    example, about = _chosen(request)
    asked = example.made(about)
    form = RequestForm(initial=initial(asked))
    return _page(request, form, asked, example=example, kind=about.kind)


def _chosen(request: HttpRequest) -> tuple[Example, About]:
    """What the address asks for: type, example, and a resource that it is about."""
    kinds = statement(base_of(request)).kinds
    example = EXAMPLES.get(request.GET.get("exempel", ""), EXAMPLES[FIRST])
    of, key = _reference(request.GET.get("om", ""))
    name = example.kind or request.GET.get("typ", "")
    if name not in kinds:
        name = of if of in kinds else "Patient"
    return example, About(
        kind=name,
        id=key if of == name else _person(of, key) if name == "Patient" else BLANK,
        person=_person(of, key),
        by_person=kinds[name].by_person,
    )


def _reference(given: str) -> tuple[str, str]:
    match = _REFERENCE.match(given)
    return (match[1], match[2]) if match else ("", "")


def _person(of: str, key: str) -> str:
    """The person that the page is about; in the demo someone of its own."""
    if of == "Patient":
        return key
    found = sandbox()
    return found.persons[0].id if found and found.persons else BLANK


@require_POST
@not_kept
def send(request: HttpRequest) -> HttpResponse:
    """Send it with the access of the one who is logged in, through the same gate as from outside."""
    base, form = base_of(request), RequestForm(request.POST)

    def step() -> Request:
        given = form.cleaned_data
        wanted = request_of(
            given["method"], given["address"], given["headers"], given["body"], base=base
        )
        if not (settings.DEMO or wanted.only_reads):
            raise NotAllowed(
                text("Härifrån skickas bara det som läser."),
                mend=text("Kopiera och kör med din egen app."),
            )
        return wanted

    asked = tried(form, step, also=(NotAllowed,)) if form.is_valid() else None
    if asked is None:
        return _page(request, form, None, status=422)
    return _page(request, form, asked, answer=_sent(request, asked, base))


def _sent(request: HttpRequest, asked: Request, base: str) -> Answered:
    got = ask_within(request, asked.method, asked.whole(base), asked.headers, asked.body.encode())
    return answered(got.status_code, got.reason_phrase, list(got.items()), got.content, base=base)


def _page(
    request: HttpRequest, form: RequestForm, asked: Request | None, **more: Any
) -> HttpResponse:
    base, actor = base_of(request), getattr(request, "actor", None)
    status = more.pop("status", 200)
    context = {
        "form": form,
        "copies": copies(asked, base) if asked else (),
        "kinds": sorted(statement(base).kinds),
        "groups": GROUPS,
        "reader": actor_of(request) if actor is not None else None,
        "may_send": actor is not None and (asked is None or settings.DEMO or asked.only_reads),
        "has_body": bool(form["body"].value()),
        "blank": asked is not None and BLANK in asked.address + asked.body,
        "send_url": reverse("developers:send"),
    }
    return shown(request, "try", context | more, status=status)
