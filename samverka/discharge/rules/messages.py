"""The messages of the process: who may send which, to whom, when, on what ground. One table. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from samverka.discharge.rules.kinds import (
    INSIDE,
    OPEN,
    PART_WORDS,
    RECEIVING,
    STATUS_WORDS,
    CaseStatus,
    Part,
    Secrecy,
)
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class MessageKind(StrEnum):
    """What is said. The codes are stored."""

    BEFORE = "before"  # status före inskrivning
    ADMISSION = "admission"  # inskrivningsmeddelande
    ESTIMATE = "estimate"  # ändrad beräknad utskrivning
    CONTACT = "contact"  # fast vårdkontakt utsedd
    PLANNING = "planning"  # planering påbörjad
    FORM = "form"  # planeringsunderlag
    READY = "ready"  # utskrivningsklar
    COMPULSORY = "compulsory"  # beslut om öppen tvångsvård
    NOT_READY = "not-ready"  # återtagen utskrivningsklar
    CALL = "call"  # kallelse till SIP
    LEAVE = "leave"  # permission
    INFORMATION = "information"  # utskrivningsinformation
    DISCHARGE = "discharge"  # utskriven
    PATIENT = "patient"  # information till patienten
    FREE = "free"  # fritt meddelande
    WITHDRAWN = "withdrawn"  # hela ärendet makulerat


KIND_WORDS: dict[MessageKind, Text] = {
    MessageKind.BEFORE: _("Status före inskrivning"),
    MessageKind.ADMISSION: _("Inskrivningsmeddelande"),
    MessageKind.ESTIMATE: _("Ändrad beräknad utskrivning"),
    MessageKind.CONTACT: _("Fast vårdkontakt utsedd"),
    MessageKind.PLANNING: _("Planering påbörjad"),
    MessageKind.FORM: _("Planeringsunderlag"),
    MessageKind.READY: _("Utskrivningsklar"),
    MessageKind.COMPULSORY: _("Beslut om öppen tvångsvård"),
    MessageKind.NOT_READY: _("Återtagen utskrivningsklar"),
    MessageKind.CALL: _("Kallelse till SIP"),
    MessageKind.LEAVE: _("Permission"),
    MessageKind.INFORMATION: _("Utskrivningsinformation"),
    MessageKind.DISCHARGE: _("Utskriven"),
    MessageKind.PATIENT: _("Information till patienten"),
    MessageKind.FREE: _("Meddelande"),
    MessageKind.WITHDRAWN: _("Makulerat ärende"),
}


class Fact(StrEnum):
    """What a message can hold, by name; also the names of the fields of its form."""

    NAME = "name"
    NUMBER = "number"
    ADDRESS = "address"  # folkbokföringsadress
    ESTIMATED = "estimated_at"
    ADMITTED = "admitted_at"
    NEEDS = "needs"  # which parts may be needed
    CONTACT = "contact"
    PLAN_START = "planning"
    JUDGED = "judged_at"
    JUDGED_BY = "judged_by"
    SIP = "sip_needed"
    LEAVE_FROM = "leave_from"
    LEAVE_TO = "leave_to"
    DISCHARGED = "discharged_at"
    GOES_TO = "goes_to"
    SUMMARY = "summary"
    MEDICINES = "medicines"
    AIDS = "aids"
    MEETING = "meeting"
    REASON = "reason"
    BEFORE = "before"  # what the person managed before
    NOW = "now"
    HELP = "help"
    REHAB = "rehab"
    RISKS = "risks"
    WISHES = "wishes"
    TRACK = "track"
    ANYWAY = "anyway"  # why someone goes home though not all is in place
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class MessageSpec:
    """One kind of message.

    Attributes:
        section: of the law; empty where it is county practice.
        senders: parts that may send it.
        receivers: parts that it may go to; empty: to the person.
        grounds: of secrecy that can carry it; the first is what is proposed.
        statuses: in which the case must be.
        becomes: the case's status when it has been sent; None if that stays as it is.
        needs: what it must hold.
        may: what it can hold beside; nothing else is taken: LUS 2:3 lists four things and no more.
        within: county setting or law's number for the deadline; None: "so soon as possible".
        must_open: unread, it goes to the next in the chain.
    """

    section: str
    senders: frozenset[Part]
    receivers: frozenset[Part]
    grounds: tuple[Secrecy, ...]
    statuses: frozenset[CaseStatus]
    becomes: CaseStatus | None = None
    needs: tuple[Fact, ...] = ()
    may: tuple[Fact, ...] = ()
    within: Key | None = None
    must_open: bool = True


_WARD = frozenset({Part.WARD})
_OPEN_CARE = frozenset({Part.OPEN_CARE})
_DUTY = (Secrecy.DUTY,)
_TESTED = (Secrecy.CONSENT, Secrecy.HARM_TEST, Secrecy.UNABLE, Secrecy.NEEDED)
_IN = INSIDE
_WHO = (Fact.NAME, Fact.NUMBER, Fact.ADDRESS)

MESSAGES: dict[MessageKind, MessageSpec] = {
    MessageKind.BEFORE: MessageSpec(
        "", RECEIVING, _WARD, _TESTED,
        _IN | {CaseStatus.EXPECTED}, None, (Fact.WORDS,),
    ),
    MessageKind.ADMISSION: MessageSpec(
        "2 kap. 1–3 §§", _WARD, RECEIVING, _DUTY, _IN, None,
        (*_WHO, Fact.ESTIMATED), within=Key.DISCHARGE_ADMISSION,
    ),
    MessageKind.ESTIMATE: MessageSpec(
        "2 kap. 4 §", _WARD, RECEIVING, _DUTY, _IN, None, (Fact.ESTIMATED,),
    ),
    MessageKind.CONTACT: MessageSpec(
        "2 kap. 5 §", _OPEN_CARE, frozenset(Part), _TESTED, OPEN, None, (Fact.CONTACT,),
        must_open=False,
    ),
    MessageKind.PLANNING: MessageSpec(
        "2 kap. 6 §", RECEIVING, frozenset(Part), _TESTED, OPEN, None, (), (Fact.PLAN_START,),
        must_open=False,
    ),
    MessageKind.FORM: MessageSpec(
        "", _WARD, RECEIVING, _TESTED, _IN, None, (Fact.BEFORE, Fact.NOW, Fact.HELP),
        (Fact.REHAB, Fact.RISKS, Fact.WISHES, Fact.TRACK), within=Key.DISCHARGE_FORM,
    ),
    MessageKind.READY: MessageSpec(
        "3 kap. 1 §", _WARD, RECEIVING, _TESTED, frozenset({CaseStatus.ADMITTED}),
        CaseStatus.READY, (Fact.JUDGED, Fact.JUDGED_BY),
    ),
    MessageKind.COMPULSORY: MessageSpec(
        "3 kap. 1 § andra stycket", _WARD, RECEIVING, _DUTY, frozenset({CaseStatus.ADMITTED}),
        CaseStatus.READY, (Fact.JUDGED, Fact.JUDGED_BY),
    ),
    MessageKind.NOT_READY: MessageSpec(
        "", _WARD, RECEIVING, _TESTED, frozenset({CaseStatus.READY}), CaseStatus.ADMITTED,
        (Fact.REASON,), (Fact.ESTIMATED,),
    ),
    MessageKind.CALL: MessageSpec(
        "4 kap. 3 §", _OPEN_CARE, frozenset(Part), _TESTED, OPEN - {CaseStatus.EXPECTED}, None,
        (Fact.MEETING,), (Fact.CONTACT, Fact.WORDS), within=Key.CALL_AT_DISCHARGE,
    ),
    MessageKind.LEAVE: MessageSpec(
        "", _WARD, RECEIVING, _TESTED, _IN, None, (Fact.LEAVE_FROM, Fact.LEAVE_TO), (Fact.WORDS,),
    ),
    MessageKind.INFORMATION: MessageSpec(
        "3 kap. 2 §", _WARD, RECEIVING, _TESTED, _IN | {CaseStatus.HOME}, None, (Fact.SUMMARY,),
        (Fact.MEDICINES, Fact.AIDS, Fact.WORDS), within=Key.DISCHARGE_INFORMATION,
    ),
    MessageKind.DISCHARGE: MessageSpec(
        "3 kap. 2 §", _WARD, RECEIVING, _TESTED, _IN, CaseStatus.HOME, (Fact.DISCHARGED,),
        (Fact.GOES_TO, Fact.ANYWAY),
    ),
    MessageKind.PATIENT: MessageSpec(
        "3 kap. 3 §", _WARD, frozenset(), (Secrecy.PATIENT,), _IN | {CaseStatus.HOME}, None,
        (Fact.SUMMARY,), (Fact.MEDICINES,), must_open=False,
    ),
    MessageKind.FREE: MessageSpec(
        "", frozenset(Part), frozenset(Part), _TESTED, OPEN, None, (Fact.WORDS,),
    ),
    MessageKind.WITHDRAWN: MessageSpec(
        "", _WARD, RECEIVING, _TESTED, OPEN, CaseStatus.CANCELLED, (Fact.REASON,),
    ),
}  # fmt: skip
"""The whole process. A ward's message that changes the status goes to all who take part in the case."""


NOTICES = frozenset({MessageKind.READY, MessageKind.COMPULSORY})
"""By which it is told that someone is ready (LUS 3:1)."""


def sendable(part: Part, status: CaseStatus, *, psychiatric: bool = False) -> list[MessageKind]:
    """What a unit with this part may send now, in the order of the process."""
    return [
        kind
        for kind, one in MESSAGES.items()
        if part in one.senders
        and status in one.statuses
        and (psychiatric or kind is not MessageKind.COMPULSORY)
    ]


def check_psychiatric(kind: MessageKind, *, psychiatric: bool) -> None:
    """Raises NotNow for a decision on compulsory care in care that is not psychiatric (LPT 7 a §)."""
    if kind is MessageKind.COMPULSORY and not psychiatric:
        raise NotNow(
            _("Öppen tvångsvård beslutas bara i psykiatrisk vård."),
            mend=_("Ändra uppgifterna om vårdtiden om vården är psykiatrisk."),
        )


def check_stands(kind: MessageKind, entered_at: datetime, undone_at: datetime | None) -> None:
    """Raises NotNow for a correction of a notice of readiness that has been taken back since.

    A new judgement begins a new count; an old one put right must not bring the person back to it.
    """
    if is_undone(kind, entered_at, undone_at):
        raise NotNow(
            _("Den underrättelsen är återtagen."), mend=_("Skicka en ny underrättelse i stället.")
        )


def is_undone(kind: MessageKind, entered_at: datetime, undone_at: datetime | None) -> bool:
    """Whether a notice of readiness has been taken back.

    Args:
        undone_at: when readiness was last taken back in the case.
    """
    return kind in NOTICES and undone_at is not None and undone_at >= entered_at


def check_sending(
    kind: MessageKind, part: Part, status: CaseStatus, *, correcting: bool = False
) -> MessageSpec:
    """The message's row, if this part may send it in this status.

    Args:
        correcting: it puts right an earlier one, so the case may be where that one brought it.

    Raises:
        NotAllowed: another part sends it.
        NotNow: the case is not there (yet, or any more).
    """
    found = MESSAGES[kind]
    if part not in found.senders:
        raise NotAllowed(
            _(
                "%(message)s skickas av: %(parts)s.",
                message=KIND_WORDS[kind],
                parts=", ".join(PART_WORDS[one] for one in Part if one in found.senders),
            )
        )
    if status not in found.statuses and not (correcting and status is found.becomes):
        raise NotNow(
            _(
                "Ärendet är: %(status)s. Då går det inte att skicka: %(message)s.",
                status=STATUS_WORDS[status],
                message=KIND_WORDS[kind],
            ),
            mend=_("Skriv ett fritt meddelande om något ska sägas, eller öppna ett nytt ärende."),
        )
    return found


CHANGES = frozenset(
    {
        MessageKind.ADMISSION,
        MessageKind.ESTIMATE,
        MessageKind.PLANNING,
        *(kind for kind, one in MESSAGES.items() if one.becomes is not None),
    }
)
"""What has changed the case: put right by a correction or its counterpart, never just taken back."""

FINAL = frozenset({MessageKind.NOT_READY, MessageKind.PLANNING, MessageKind.WITHDRAWN})
"""What has no contents to put right: a reason is said anew in a free message."""

SAID_OF_THE_DEAD = frozenset({MessageKind.FREE, MessageKind.INFORMATION, MessageKind.WITHDRAWN})
"""What can be said in the case of one who has died; the rest plans for someone who is to go home."""


def check_after_death(kind: MessageKind) -> None:
    """Raises NotNow for a message that plans for one who has died."""
    if kind not in SAID_OF_THE_DEAD:
        raise NotNow(
            _(
                "Personen har avlidit. Det går inte att skicka: %(message)s.",
                message=KIND_WORDS[kind],
            ),
            mend=_("Avsluta ärendet, eller skriv ett fritt meddelande till dem som deltar."),
        )


def grounds_for(kind: MessageKind, part: Part | None) -> tuple[Secrecy, ...]:
    """On which grounds a part may give the message.

    What is needed by one who cannot consent may be given by health care only: the chapter on social
    services has no such rule (OSL 25:13; 26 chap.).
    """
    social = part is Part.SOCIAL
    return tuple(one for one in MESSAGES[kind].grounds if not (social and one is Secrecy.UNABLE))


def check_ground(kind: MessageKind, ground: Secrecy, part: Part) -> None:
    """Raises Invalid where that ground of secrecy cannot carry the message from that part."""
    if ground not in grounds_for(kind, part):
        raise Invalid(
            _("%(message)s kan inte lämnas på den grunden.", message=KIND_WORDS[kind]),
            where="secrecy",
            mend=_("Välj en av de grunder som står i formuläret."),
        )


ALONE = frozenset({MessageKind.DISCHARGE, MessageKind.WITHDRAWN})
"""What a ward also says where nobody else takes part: then it only stands in the case."""


TESTED = frozenset({Secrecy.HARM_TEST, Secrecy.UNABLE, Secrecy.NEEDED})
"""Grounds that someone has to weigh; what it came to is written."""


def check_tested(ground: Secrecy, note: str) -> None:
    """Raises Invalid for a test of harm whose outcome nobody has written."""
    if ground in TESTED and not note:
        raise Invalid(
            _("Skriv vad prövningen kom fram till."),
            where="note",
            mend=_("En mening räcker: varför det inte är till men."),
        )


def check_receivers(kind: MessageKind, parts: Iterable[Part], having: Iterable[Part] = ()) -> None:
    """Whether the message may go to these parts, and goes to all that the law asks for.

    Args:
        having: parts that have one of that kind already.

    Raises:
        Invalid: nobody is to have it; a part that it may not go to; or municipal health care without
            the region's open care (LUS 2:1 st. 2).
    """
    found = set(parts)
    wrong = found - MESSAGES[kind].receivers
    if wrong:
        raise Invalid(
            _(
                "%(message)s går inte till: %(parts)s.",
                message=KIND_WORDS[kind],
                parts=", ".join(PART_WORDS[one] for one in Part if one in wrong),
            ),
            where="units",
        )
    if not found and MESSAGES[kind].receivers and kind not in ALONE:
        raise Invalid(_("Välj minst en mottagare."), where="units")
    if kind is MessageKind.ADMISSION and lacks_open_care(found | set(having)):
        raise Invalid(
            _("Kommunens hälso- och sjukvård får det, men inte regionens öppenvård."),
            where="units",
            mend=_("Lägg till hälsocentralen (2 kap. 1 § lagen 2017:612)."),
        )


def check_all_told(kind: MessageKind, left: Iterable[str]) -> None:
    """Whether all who take part get what changes where the case stands (LUS 3:1, 5:3 p. 2).

    Args:
        left: names of units that take part and are not to have it.

    Raises:
        Invalid: someone is left out.
    """
    names = ", ".join(left)
    if names and MESSAGES[kind].becomes is not None:
        raise Invalid(
            _("%(message)s ska gå till alla som deltar. Det saknas: %(units)s.",
              message=KIND_WORDS[kind], units=names),
            where="units",
            mend=_("Kryssa för alla. Är någon fel mottagare returnerar den sitt inskrivningsmeddelande."),
        )  # fmt: skip


def lacks_open_care(parts: Iterable[Part]) -> bool:
    """Municipal health care is told, and the region's open care is not (LUS 2:1 st. 2)."""
    found = set(parts)
    return Part.MUNICIPAL_HEALTH in found and Part.OPEN_CARE not in found


def check_contents(kind: MessageKind, given: Iterable[str]) -> None:
    """Whether a message holds what it must, and nothing that it may not.

    Raises:
        Invalid: something is missing, or is not part of the message (LUS 2:3: four things, no more).
    """
    spec, names = MESSAGES[kind], set(given)
    missing = [one for one in spec.needs if one.value not in names]
    if missing:
        raise Invalid(
            _("Det saknas: %(fact)s.", fact=FACT_WORDS[missing[0]]), where=missing[0].value
        )
    extra = names - {one.value for one in (*spec.needs, *spec.may)}
    if extra:
        raise Invalid(
            _("%(message)s innehåller inte det: %(fact)s.", message=KIND_WORDS[kind],
              fact=", ".join(sorted(extra))),
            where=min(extra),
            mend=_("Skriv det i ett fritt meddelande, med egen grund för att lämna det."),
        )  # fmt: skip


FACT_WORDS: dict[Fact, Text] = {
    Fact.NAME: _("namn"),
    Fact.NUMBER: _("personnummer"),
    Fact.ADDRESS: _("folkbokföringsadress"),
    Fact.ESTIMATED: _("beräknad utskrivning"),
    Fact.ADMITTED: _("inskriven"),
    Fact.NEEDS: _("vilka som kan behövas"),
    Fact.CONTACT: _("fast vårdkontakt"),
    Fact.PLAN_START: _("om planeringen"),
    Fact.JUDGED: _("när läkaren bedömde"),
    Fact.JUDGED_BY: _("vilken läkare som bedömde"),
    Fact.SIP: _("om SIP behövs"),
    Fact.LEAVE_FROM: _("permission från"),
    Fact.LEAVE_TO: _("permission till"),
    Fact.DISCHARGED: _("utskriven"),
    Fact.GOES_TO: _("utskriven till"),
    Fact.SUMMARY: _("sammanfattning"),
    Fact.MEDICINES: _("läkemedel"),
    Fact.AIDS: _("hjälpmedel"),
    Fact.MEETING: _("mötet"),
    Fact.REASON: _("skäl"),
    Fact.BEFORE: _("vad personen klarade förut"),
    Fact.NOW: _("vad personen klarar nu"),
    Fact.HELP: _("vad personen behöver hjälp med hemma"),
    Fact.REHAB: _("rehabilitering"),
    Fact.RISKS: _("risker hemma"),
    Fact.WISHES: _("vad personen själv vill"),
    Fact.TRACK: _("hur mycket hjälp som behövs"),
    Fact.ANYWAY: _("varför hem fast allt inte är klart"),
    Fact.WORDS: _("meddelandet"),
}
