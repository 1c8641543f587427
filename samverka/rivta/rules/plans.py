"""GetCarePlans 2.0: plans as the contract has them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samverka.rivta.rules.soap import message
from samverka.rivta.rules.values import (
    HSA_ROOT,
    Contract,
    Place,
    Result,
    Writer,
    in_core,
    response,
    stamp,
    write_professional,
    write_result,
)

PLANS = Contract("GetCarePlans", 2)
MOST_CONTENT = 100 * 1024
"""The contract's limit for what is sent inside a message (bytes)."""

_CUT = "\n[…]"


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """One plan.

    Attributes:
        made_at: when it was established, or begun.
        written_at, written_by: the latest change.
        signed_at, signed_by: when it was established and by whom; None for one that is not.
        kind: code of the contract's kinds; "" for a kind without one.
        text: the whole plan in words.
        others: HSA-ids of the units that take part.
    """

    id: str
    title: str
    made_at: datetime
    written_at: datetime
    written_by: str
    place: Place
    approved_for_patient: bool
    kind: str
    text: str
    signed_at: datetime | None = None
    signed_by: str = ""
    others: tuple[str, ...] = ()


def care_plans(
    plans: Iterable[PlanFacts], *, number: str, kind: str, source: str, result: Result
) -> bytes:
    """GetCarePlansResponse in its envelope.

    Args:
        number, kind: the person's number and the OID of its kind.
        source: HSA-id of this system.
    """
    made = response(PLANS)
    for one in plans:
        plan = in_core(made, "carePlan")
        _write_header(plan.part("carePlanHeader"), one, number, kind, source)
        _write_body(plan.part("carePlanBody"), one)
    write_result(made, result)
    return message(made.element)


def _write_header(header: Writer, plan: PlanFacts, number: str, kind: str, source: str) -> None:
    header.says("documentId", plan.id)
    header.says("sourceSystemHSAId", source)
    header.says("documentTitle", plan.title)
    header.says("documentTime", stamp(plan.made_at))
    header.part("patientId").texts([("id", number), ("type", kind)])
    write_professional(header, plan.written_at, plan.written_by, plan.place)
    if plan.signed_at is not None:
        signed = header.part("legalAuthenticator")
        signed.says("signatureTime", stamp(plan.signed_at))
        signed.says("legalAuthenticatorName", plan.signed_by)
    header.says("approvedForPatient", "true" if plan.approved_for_patient else "false")


def _write_body(body: Writer, plan: PlanFacts) -> None:
    content = body.part("content")
    content.says("mediaType", "text/plain")
    content.says("value", b64encode(_cut(plan.text)).decode())
    for one in plan.others:
        body.part("participatingCareUnitHSAId").texts([("root", HSA_ROOT), ("extension", one)])
    body.says("typeOfCarePlanEnum", plan.kind)


def _cut(text: str) -> bytes:
    """At most what the contract allows inside a message, never in the middle of a character."""
    whole = text.encode()
    if len(whole) <= MOST_CONTENT:
        return whole
    room = MOST_CONTENT - len(_CUT.encode())
    return (whole[:room].decode(errors="ignore") + _CUT).encode()
