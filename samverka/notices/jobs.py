"""What the clock drives: tasks that nobody opens are sent on, and the day's mail goes."""

from __future__ import annotations

import logging
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.access.jobs import clock_actor, unstopped
from samverka.kernel.actor import Actor
from samverka.kernel.text import in_language
from samverka.notices import rules
from samverka.notices.operations import (
    claim_digests,
    claim_words,
    note_mail,
    send_on_unopened,
)
from samverka.notices.rules import Digest, TaskKind, Word

NOTICER = UUID("3c7c2b52-6c0b-5d1e-9a55-8f0f4f1f7a03")
"""Who sends notices, in the trail."""

log = logging.getLogger("samverka.notices")


def run() -> None:
    """Do what the clock asks for now. One part that fails does not stop the others."""
    mail = (send_digests, send_words) if settings.SAMVERKA_MAIL_ON else ()
    for part in (send_on, *mail):
        unstopped(part.__name__, part, log)


def send_on() -> int:
    """Send on all that nobody has opened in time; returns how many tasks."""
    sent = 0
    while found := send_on_unopened(_clock()):
        sent += found
    return sent


def send_digests() -> int:
    """Send the units' digests that are due; returns how many mails went."""
    sent = 0
    while claimed := claim_digests(_clock()):
        sent += sum(send_mail(one.mailing_id, _digest(one)) for one in claimed)
    return sent


def send_words() -> int:
    """Send a word to persons who have something new; returns how many mails went."""
    sent = 0
    while claimed := claim_words(_clock()):
        sent += sum(send_mail(one.mailing_id, _word(one)) for one in claimed)
    return sent


def _clock() -> Actor:
    return clock_actor(NOTICER)


def send_mail(mailing_id: UUID, message: EmailMessage) -> bool:
    """Send one mail and note how it went; a refusal by the mail server is tried again later."""
    fault = ""
    try:
        message.send()
    except Exception as problem:  # whatever it is, the other receivers get theirs
        fault = type(problem).__name__
        log.warning("a mail could not be sent: %s", fault)
    note_mail(_clock(), mailing_id=mailing_id, fault=fault)
    return not fault


# ── words of the mails: never anything about a person ──


def _digest(one: Digest) -> EmailMessage:
    total = sum(one.counts.values())
    with translation.override(settings.LANGUAGE_CODE):
        waits = ngettext(
            "%(n)s uppgift väntar på %(unit)s", "%(n)s uppgifter väntar på %(unit)s", total
        ) % {"n": total, "unit": one.unit_name}
        lines = [f"{count} · {_kind(kind)}" for kind, count in sorted(one.counts.items())]
        body = "\n".join(
            [
                f"{waits}:",
                "",
                *lines,
                "",
                _("Öppna listan: %(address)s") % {"address": _address()},
                "",
                _("Det här brevet har inga uppgifter om någon person. Svara inte på det."),
            ]
        )
        return EmailMessage(subject=waits, body=body, to=list(one.receivers))


def _kind(kind: TaskKind) -> str:
    return in_language(rules.KINDS[kind].words, _)


def _word(one: Word) -> EmailMessage:
    with translation.override(one.language):
        body = "\n".join(
            [
                _("Det finns något nytt på din sida."),
                "",
                _("Logga in för att läsa: %(address)s") % {"address": _address()},
                "",
                _("Av säkerhetsskäl står inget mer i brevet. Svara inte på det."),
            ]
        )
        return EmailMessage(subject=_("Något nytt på din sida"), body=body, to=[one.receiver])


def _address() -> str:
    return f"{settings.SAMVERKA_ADDRESS}/"
