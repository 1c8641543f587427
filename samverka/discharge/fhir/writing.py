"""What FHIR clients write in a case → plain values for the operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.discharge.fhir.codes import ANSWER, CORRECTS, FACT, MESSAGE_KIND, SECRECY
from samverka.discharge.rules.items import Answer
from samverka.discharge.rules.kinds import Secrecy
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import object_of, objects
from samverka.resources.rules.times import full_moment

Resource = Mapping[str, Any]

# ── Communication ──


@dataclass(frozen=True, slots=True)
class LetterSent:
    """A message that a client wants to send.

    Attributes:
        units: how the receivers are named: (our id, HSA-id); none: all who take part.
        ground: None: the first that the kind of message has.
    """

    case_id: UUID
    kind: MessageKind
    body: Mapping[str, object]
    units: tuple[tuple[str, str], ...]
    ground: Secrecy | None
    note: str
    sent_at: datetime | None
    corrects: UUID | None


def is_in_case(sent: Resource) -> bool:
    """Whether a new Communication is a message in a case: it names the stay, or is of a kind that such messages have."""
    codings = (code for one in objects(sent.get("category")) for code in objects(one.get("coding")))
    return bool(stay_of(sent)) or any(code.get("system") == MESSAGE_KIND for code in codings)


def stay_of(sent: Resource) -> str:
    """The stay that a new Communication is about, "Encounter/id"; "" for none of ours: their ids are UUIDs."""
    literal = str(object_of(sent.get("encounter")).get("reference", ""))
    kind, _slash, key = literal.partition("/")
    try:
        UUID(key)
    except ValueError:
        return ""
    return literal if kind == "Encounter" else ""


def read_letter(sent: Resource) -> LetterSent:
    """Communication → a message in a case. Without a kind of message it is a free one.

    Raises:
        Invalid: no stay, an unknown kind, fact or ground, or something else than text; `where` is the FHIRPath.
    """
    ground, note = _secrecy(sent)
    corrects = [one.get("valueReference") for one in _extensions(sent, CORRECTS)]
    return LetterSent(
        case_id=id_in(object_of(sent.get("encounter")), "Encounter", "Communication.encounter"),
        kind=_kind(sent),
        body=_body(sent),
        units=tuple(named(one) for one in objects(sent.get("recipient"))),
        ground=ground,
        note=note,
        sent_at=full_moment(sent.get("sent"), "Communication.sent"),
        corrects=id_in(object_of(corrects[0]), "Communication", "Communication.extension")
        if corrects
        else None,
    )


def _kind(sent: Resource) -> MessageKind:
    for category in objects(sent.get("category")):
        for coding in objects(category.get("coding")):
            if coding.get("system") == MESSAGE_KIND:
                code = str(coding.get("code", ""))
                if code in set(MessageKind):
                    return MessageKind(code)
                words = _("Sorten är en av: %(codes)s.", codes=", ".join(MessageKind))
                raise Invalid(words, where="Communication.category")
    return MessageKind.FREE


def _body(sent: Resource) -> dict[str, object]:
    found: dict[str, object] = {}
    for place, one in enumerate(objects(sent.get("payload"))):
        where = f"Communication.payload[{place}]"
        name = next((str(x.get("valueCode", "")) for x in _extensions(one, FACT)), Fact.WORDS.value)
        if name not in set(Fact):
            words = _("Uppgiften är en av: %(codes)s.", codes=", ".join(Fact))
            raise Invalid(words, where=where)
        if not isinstance(one.get("contentString"), str):
            raise Invalid(_("Ett meddelande i ärendet är text (contentString)."), where=where)
        if name in found:
            raise Invalid(_("Samma uppgift står två gånger."), where=where)
        found[name] = one["contentString"]
    return found


def _secrecy(sent: Resource) -> tuple[Secrecy | None, str]:
    found = next(iter(_extensions(sent, SECRECY)), None)
    parts = {str(one.get("url")): one for one in objects((found or {}).get("extension"))}
    code = str(parts.get("ground", {}).get("valueCode", ""))
    if code and code not in set(Secrecy):
        words = _("Grunden är en av: %(codes)s.", codes=", ".join(Secrecy))
        raise Invalid(words, where="Communication.extension")
    return Secrecy(code) if code else None, str(parts.get("note", {}).get("valueString", ""))


# ── Task ──


@dataclass(frozen=True, slots=True)
class CopyStep:
    """What a client does with a copy. `unit`: to whom it is sent on."""

    receipt: bool = False
    returned: bool = False
    unit: tuple[str, str] | None = None
    reason: str = ""


def copy_step(now: Resource, sent: Resource) -> CopyStep:
    """Task as it is and as it is sent → receipt, return or send on.

    Raises:
        Invalid: a status that a copy cannot get here.
    """
    reason = str(object_of(sent.get("statusReason")).get("text", ""))
    if sent.get("owner") != now.get("owner"):
        return CopyStep(unit=named(object_of(sent.get("owner"))), reason=reason)
    status = sent.get("status")
    if status == now.get("status"):
        return CopyStep()
    if status in ("accepted", "completed"):
        return CopyStep(receipt=True)
    if status == "rejected":
        return CopyStep(returned=True, reason=reason)
    raise Invalid(
        _("Kvittera med completed eller accepted, eller returnera med rejected och skäl."),
        where="Task.status",
        mend=_("Skicka vidare till en annan enhet genom att byta owner, med skäl."),
    )


# ── ServiceRequest ──

_ANSWERS = {"completed": Answer.YES, "revoked": Answer.NOT_NEEDED, "on-hold": Answer.NO}


def item_answer(now: Resource, sent: Resource) -> tuple[Answer, str] | None:
    """ServiceRequest → the answer to a line of the list; None where it is not answered.

    Raises:
        Invalid: a status or a code that is no answer.
    """
    codes = [str(one.get("valueCode", "")) for one in _extensions(sent, ANSWER)]
    words = str(next(reversed(list(objects(sent.get("note")))), {}).get("text", ""))
    before = [str(one.get("valueCode", "")) for one in _extensions(now, ANSWER)]
    if codes and codes != before:
        if codes[0] not in set(Answer):
            said = _("Svaret är ett av: %(codes)s.", codes=", ".join(Answer))
            raise Invalid(said, where="ServiceRequest.extension")
        return Answer(codes[0]), words
    status = str(sent.get("status", ""))
    if status == now.get("status") and sent.get("note") == now.get("note"):
        return None
    if status not in _ANSWERS:
        said = _("Svara ja med completed, nej med on-hold och note, behövs inte med revoked.")
        raise Invalid(said, where="ServiceRequest.status")
    return _ANSWERS[status], words


# ── what they share ──


def named(reference: Resource) -> tuple[str, str]:
    """How a reference names a unit: (id, HSA-id), either may be empty."""
    kind, _slash, key = str(reference.get("reference", "")).partition("/")
    number = object_of(reference.get("identifier"))
    return key if kind == "Organization" else "", str(number.get("value", ""))


def id_in(reference: Resource, kind: str, where: str) -> UUID:
    """The id in a reference of that type.

    Raises:
        Invalid: there is none.
    """
    found, _slash, key = str(reference.get("reference", "")).partition("/")
    try:
        if found == kind:
            return UUID(key)
    except ValueError:
        pass
    raise Invalid(_("Här ska stå en referens: %(kind)s/id.", kind=kind), where=where)


def _extensions(value: Resource, url: str) -> list[Resource]:
    return [one for one in objects(value.get("extension")) if one.get("url") == url]
