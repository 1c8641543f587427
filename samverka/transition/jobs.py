"""What the clock drives: those who must answer, review, sign or receive a report are reminded."""

from __future__ import annotations

import logging
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samverka.access.jobs import clock_actor, run_parts, unstopped
from samverka.kernel.text import in_language
from samverka.notices.jobs import send_mail
from samverka.transition.operations.reports import claim_reminders, remind_reports
from samverka.transition.reads.reports import ReportLetter

WATCHER = UUID("5e8d2a40-7b13-5c9e-9f2d-1a6b0c4d8e52")
"""Who reminds of status reports, in the trail."""

log = logging.getLogger("samverka.transition")


def run() -> None:
    """Do what the clock asks for now. Doing it twice sends nothing twice."""
    run_parts((remind_reports,), watcher=WATCHER, log=log)
    if settings.SAMVERKA_MAIL_ON:
        unstopped(send_reminders.__name__, send_reminders, log)


def send_reminders() -> int:
    """Send the day's letters; returns how many went."""
    sent = 0
    while claimed := claim_reminders(clock_actor(WATCHER)):
        sent += sum(send_mail(one.mailing_id, _letter(one)) for one in claimed)
    return sent


def _letter(one: ReportLetter) -> EmailMessage:
    with translation.override(one.language):
        lines = [
            _("%(what)s: %(step)s. Sista svarsdag %(day)s.")
            % {"what": what, "step": in_language(step, _), "day": date_format(due)}
            for what, step, due in one.waits
        ]
        body = "\n".join(
            [
                *lines,
                "",
                _("Öppna listan: %(address)s") % {"address": f"{settings.SAMVERKA_ADDRESS}/"},
                "",
                _("Det här brevet har inga uppgifter om någon person. Svara inte på det."),
            ]
        )
        return EmailMessage(subject=_("En nulägesrapport väntar"), body=body, to=[one.receiver])
