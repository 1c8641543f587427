"""The words of the process: parts, statuses, tracks, grounds of secrecy. Pure."""

from __future__ import annotations

from enum import StrEnum

from samverka.kernel.actor import Branch, Side
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.rules import UnitKind

LINE = 200
"""One line of text (characters)."""
WORDS = 4000
"""What one message says in words (characters)."""


class Part(StrEnum):
    """What a unit is in a case (LUS 1:3, 2:1). The codes are stored."""

    WARD = "ward"  # sluten vård
    OPEN_CARE = "open-care"  # regional öppen vård
    MUNICIPAL_HEALTH = "municipal-health"  # kommunal hälso- och sjukvård
    SOCIAL = "social"  # socialtjänst: SoL, LSS, LVU, LVM


PART_WORDS: dict[Part, Text] = {
    Part.WARD: _("Slutenvård"),
    Part.OPEN_CARE: _("Regionens öppenvård"),
    Part.MUNICIPAL_HEALTH: _("Kommunens hälso- och sjukvård"),
    Part.SOCIAL: _("Socialtjänst"),
}

MUNICIPAL = frozenset({Part.MUNICIPAL_HEALTH, Part.SOCIAL})
"""Parts for which the municipality answers."""

RECEIVING = frozenset(Part) - {Part.WARD}
"""Parts that are told, and plan (berörda enheter)."""


def part_of(kind: UnitKind, branch: Branch, side: Side) -> Part | None:
    """What a unit of this kind is in a case; None where it has no part in the law's process.

    School health and the units of administration are never told of an admission.
    """
    if kind is UnitKind.WARD:
        return Part.WARD
    if branch in (Branch.SOCIAL, Branch.IFO):
        return Part.SOCIAL
    if branch is not Branch.HEALTH or kind is UnitKind.ADMINISTRATION:
        return None
    return Part.MUNICIPAL_HEALTH if side is Side.MUNICIPALITY else Part.OPEN_CARE


class CaseStatus(StrEnum):
    """How far a case has come. The codes are stored."""

    EXPECTED = "expected"  # someone outside has told what was before the admission
    ADMITTED = "admitted"  # inskriven
    READY = "ready"  # utskrivningsklar: judged by the physician, and said
    HOME = "home"  # utskriven: the first time at home is followed
    CLOSED = "closed"
    CANCELLED = "cancelled"  # opened by mistake


STATUS_WORDS: dict[CaseStatus, Text] = {
    CaseStatus.EXPECTED: _("Väntas in"),
    CaseStatus.ADMITTED: _("Inskriven"),
    CaseStatus.READY: _("Utskrivningsklar"),
    CaseStatus.HOME: _("Hemma"),
    CaseStatus.CLOSED: _("Avslutad"),
    CaseStatus.CANCELLED: _("Makulerad"),
}

INSIDE = frozenset({CaseStatus.ADMITTED, CaseStatus.READY})
"""The person is in the hospital (or on leave from it)."""

OPEN = INSIDE | {CaseStatus.EXPECTED, CaseStatus.HOME}


class Track(StrEnum):
    """How much help home needs; practice, not law. Never shown by colour alone."""

    GREEN = "green"  # as before: no change of help
    YELLOW = "yellow"  # some change
    RED = "red"  # new and large needs, several parties


TRACK_WORDS: dict[Track, Text] = {
    Track.GREEN: _("Grönt: som förut"),
    Track.YELLOW: _("Gult: ändrade behov"),
    Track.RED: _("Rött: nya, stora behov"),
}

TRACK_NAMES: dict[Track, Text] = {
    Track.GREEN: _("Grönt"),
    Track.YELLOW: _("Gult"),
    Track.RED: _("Rött"),
}
"""The same in one word, for a table."""


class Secrecy(StrEnum):
    """On what ground something is given to another authority (OSL). The codes are stored."""

    DUTY = "duty"  # the law says that it shall be given: OSL 10:28, LUS 2 chap.
    CONSENT = "consent"  # OSL 10:1, 12:2
    HARM_TEST = "harm-test"  # menprövning, OSL 25:1, 26:1
    UNABLE = "unable"  # needed by one who cannot consent: OSL 25:13; not from social services
    NEEDED = "needed"  # under 18, addiction, LPT or LRV, and needed for the care: OSL 25:12, 26:9
    PATIENT = "patient"  # to the person: OSL 12:1


SECRECY_WORDS: dict[Secrecy, Text] = {
    Secrecy.DUTY: _("Lagen säger att det ska lämnas (10 kap. 28 § OSL)."),
    Secrecy.CONSENT: _("Personen samtycker (12 kap. 2 § OSL)."),
    Secrecy.HARM_TEST: _(
        "Prövat: inget men för personen eller någon nära (25 kap. 1 §, 26 kap. 1 § OSL)."
    ),
    Secrecy.UNABLE: _("Personen kan inte samtycka och behöver det (25 kap. 13 § OSL)."),
    Secrecy.NEEDED: _(
        "Behövs för vård av den som är under 18 år, har ett missbruk eller vårdas enligt LPT eller LRV "
        "(25 kap. 12 §, 26 kap. 9 § OSL)."
    ),
    Secrecy.PATIENT: _("Till personen själv (12 kap. 1 § OSL)."),
}


class CloseReason(StrEnum):
    """Why a case has ended."""

    FOLLOWED_UP = "followed-up"
    DIED = "died"
    READMITTED = "readmitted"
    MOVED = "moved"  # the person moved from the county
    NOTHING_MORE = "nothing-more"


CLOSE_WORDS: dict[CloseReason, Text] = {
    CloseReason.FOLLOWED_UP: _("Uppföljd hemma"),
    CloseReason.DIED: _("Personen har avlidit"),
    CloseReason.READMITTED: _("Inskriven igen"),
    CloseReason.MOVED: _("Flyttat från länet"),
    CloseReason.NOTHING_MORE: _("Inget mer att göra"),
}
