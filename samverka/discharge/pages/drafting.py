"""What is being written in a case is kept as the writer's own draft until it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from samverka.discharge.forms import SendForm
from samverka.discharge.forms.sending import LONG
from samverka.discharge.rules.messages import MESSAGES, MessageKind
from samverka.kernel.actor import Actor
from samverka.web import operations as drafts
from samverka.web.reads import DraftDetail, list_drafts
from samverka.web.rules import worth_keeping


def is_drafted(kind: MessageKind) -> bool:
    """Whether a kind of message holds so much text that it is kept while it is written."""
    spec = MESSAGES[kind]
    return any(one in LONG for one in (*spec.needs, *spec.may))


def address(case_id: UUID, kind: MessageKind) -> str:
    """Path of the form: a draft is found by it."""
    return reverse("discharge:send", args=[case_id, kind.value])


def keep(request: HttpRequest, actor: Actor, case_id: UUID, kind: MessageKind) -> bool:
    """Keep what has been written so far; whether there was anything to keep."""
    fields = worth_keeping(request.POST.lists())
    if fields:
        drafts.keep_draft(actor, path=address(case_id, kind), fields=fields)
    return bool(fields)


def kept(actor: Actor, case_id: UUID, kind: MessageKind) -> DraftDetail | None:
    """The actor's own draft of the form, if any."""
    if not is_drafted(kind):
        return None
    path = address(case_id, kind)
    return next((one for one in list_drafts(actor) if one.path == path), None)


def initial(form: SendForm, draft: DraftDetail | None) -> Mapping[str, Any]:
    """The draft's words, as the form begins with them."""
    if draft is None:
        return {}
    return {
        name: texts if name == "units" else texts[0]
        for name, texts in draft.fields.items()
        if name in form.fields and texts
    }


def throw(actor: Actor, draft: DraftDetail | None) -> None:
    """What has been sent is no draft any more."""
    if draft is not None:
        drafts.throw_draft(actor, draft_id=draft.id)
