"""Nothing typed is lost: a form that is sent after the session has ended is kept until its writer is back.

A signed cookie remembers whose session ended in this browser, so that forms in other tabs are kept
too. It opens nothing: with it one can add to an account's unsent words, never read them.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samverka.kernel.actor import Actor, ActorKind, Purpose, Side
from samverka.web import operations, reads
from samverka.web.rules import DRAFT_FIELD, KEPT, worth_keeping

LED = "led-to-drafts"
"""Session key: the user has been led to what was kept."""

if TYPE_CHECKING:
    from samverka.access.models import Account

COOKIE = "{}-osparat"
"""Beside the session's own cookie, and as guarded."""

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LOGIN_ADDRESSES = ("account_", "mfa_")
"""Names of the log-in library's own addresses: what is typed there is secret."""

_SALT = "samverka.web.drafts"


def keep(request: HttpRequest, actor: Actor) -> None:
    """Keep the form that was sent, if somebody typed something in it."""
    match = request.resolver_match
    view = match.func if match else None
    if request.method != "POST" or request.content_type not in FORMS:
        return
    if getattr(view, "public", False) or getattr(view, "not_kept", False):
        return
    if match and (match.url_name or "").startswith(LOGIN_ADDRESSES):
        return
    if fields := worth_keeping(request.POST.lists()):
        operations.keep_draft(actor, path=request.get_full_path()[:500], fields=fields)


def writer(account: Account, at: datetime) -> Actor:
    """Someone who has an account but no assignment now: may keep own words, and nothing else."""
    return Actor(
        kind=ActorKind.PERSON,
        id=account.id,
        name=account.name,
        at=at,
        side=Side.PERSON,
        purpose=Purpose.OPERATIONS,
    )


def remember(response: HttpResponse, account_id: UUID) -> None:
    """Note in the browser whose session ended here."""
    response.set_cookie(
        COOKIE.format(settings.SESSION_COOKIE_NAME),
        TimestampSigner(salt=_SALT).sign(str(account_id)),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remembered(request: HttpRequest) -> UUID | None:
    """Whose session ended in this browser, within the time that words are kept."""
    try:
        signed = request.COOKIES.get(COOKIE.format(settings.SESSION_COOKIE_NAME), "")
        return UUID(TimestampSigner(salt=_SALT).unsign(signed, max_age=KEPT))
    except (BadSignature, ValueError):
        return None


def led(request: HttpRequest, actor: Actor, address: str) -> HttpResponse | None:
    """The way to what was kept, once after log-in; None when there is nothing."""
    if request.method != "GET" or request.session.get(LED) or remembered(request) != actor.id:
        return None
    request.session[LED] = True
    return redirect(address) if request.path != address and reads.list_drafts(actor) else None


def arrived(request: HttpRequest, response: HttpResponse, actor: Actor) -> None:
    """Throw away what was sent again and has arrived."""
    if request.method != "POST" or request.content_type not in FORMS or response.status_code >= 400:
        return
    try:
        draft_id = UUID(request.POST.get(DRAFT_FIELD, ""))
    except ValueError:
        return
    operations.throw_draft(actor, draft_id=draft_id)
