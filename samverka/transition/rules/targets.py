"""Target pictures and strategies, and the actions towards them. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

LARGEST_FILE = 5 * 1024 * 1024
"""Bytes of a decision that is kept as a file."""

FILE_KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Endings that are taken, and what they are sent as."""

_BEGINS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04"}


class TargetKind(StrEnum):
    """What the document is."""

    PICTURE = "picture"
    STRATEGY = "strategy"


class ActionStatus(StrEnum):
    """How an action goes."""

    PLANNED = "planned"
    GOING = "going"
    DONE = "done"
    STOPPED = "stopped"


TARGET_WORDS: dict[TargetKind, Text] = {
    TargetKind.PICTURE: _("Målbild"),
    TargetKind.STRATEGY: _("Strategi"),
}

ACTION_WORDS: dict[ActionStatus, Text] = {
    ActionStatus.PLANNED: _("Planerad"),
    ActionStatus.GOING: _("Pågår"),
    ActionStatus.DONE: _("Klar"),
    ActionStatus.STOPPED: _("Avbruten"),
}

STANDING = frozenset({ActionStatus.PLANNED, ActionStatus.GOING})
"""The action is still to be done."""


def is_overdue(due: date | None, status: ActionStatus, on: date) -> bool:
    """Whether an action that still stands has passed its day."""
    return due is not None and on > due and status in STANDING


def check_document(*, text: str, link: str, has_file: bool) -> None:
    """Raise unless the document says something: its text, where it stands, or the file itself."""
    if not text.strip() and not link.strip() and not has_file:
        raise Invalid(_("Skriv texten, ange en länk eller bifoga filen."), where="text")
    if link and not link.startswith(("https://", "http://")):
        raise Invalid(
            _("Länken ska börja med https://."), where="link", mend=_("Kopiera hela adressen.")
        )


def check_file(name: str, body: bytes) -> str:
    """The kind of a file, by what it is and not only by its name.

    Raises:
        Invalid: too large, or no file that is taken.
    """
    ending = name.rpartition(".")[2].lower()
    if len(body) > LARGEST_FILE:
        raise Invalid(_("Filen är för stor: högst 5 megabyte."), where="file")
    if ending not in FILE_KINDS or not body.startswith(_BEGINS[ending]):
        raise Invalid(_("Filen ska vara en PDF eller ett Word-dokument."), where="file")
    return FILE_KINDS[ending]
