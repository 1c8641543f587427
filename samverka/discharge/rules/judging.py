"""The physician's judgement of who may be needed after the stay (LUS 2:1). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from samverka.discharge.rules.kinds import RECEIVING, Part
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.kernel.text import text as _


def check_judge(part: Part | None) -> None:
    """Raises NotAllowed for others than the ward: the physician who treats is there (LUS 2:1)."""
    if part is not Part.WARD:
        raise NotAllowed(_("Bara avdelningen skriver läkarens bedömning."))


def check_judgement(
    parts: Iterable[Part], judged_by: str, judged_at: datetime, now: datetime
) -> None:
    """Raises Invalid where it does not say who judged, lies in time to come, or names the ward itself.

    It may be older than the admission: the 24 hours count from the later of the two (LUS 2:2). No part
    at all is a judgement too: then nobody is told.
    """
    if not judged_by.strip():
        raise Invalid(
            _("Skriv vilken läkare som bedömde."),
            where="judged_by",
            mend=_("Bedömningen är den behandlande läkarens (2 kap. 1 § lagen 2017:612)."),
        )
    if judged_at > now:
        raise Invalid(
            _("Bedömningen ligger i framtiden."),
            where="judged_at",
            mend=_("Skriv när läkaren bedömde, senast nu."),
        )
    if set(parts) - RECEIVING:
        raise Invalid(_("Avdelningen själv behöver inte underrättas."), where="parts")


def since_of(kept: Mapping[str, str]) -> dict[Part, datetime]:
    """When each part was first believed to be needed, as the case keeps it (ISO 8601)."""
    return {Part(one): datetime.fromisoformat(at) for one, at in kept.items()}


def judged_since(
    known: Mapping[Part, datetime], parts: Iterable[Part], judged_at: datetime
) -> dict[Part, datetime]:
    """When each part was first believed to be needed: from then its 24 hours count (LUS 2:2).

    Judged once more, a part that nobody has told gets no new time.
    """
    return {part: min(known.get(part, judged_at), judged_at) for part in parts}


def first_judged(
    since: Mapping[Part, datetime], parts: Iterable[Part], judged_at: datetime | None
) -> datetime | None:
    """The earliest of these parts' times; the last judgement where none is known."""
    found = [since[part] for part in parts if part in since]
    return min(found, default=judged_at)


def untold(needs: Iterable[Part], told: Iterable[Part]) -> frozenset[Part]:
    """Parts that the physician believes are needed, and that have not been told."""
    return frozenset(needs) - frozenset(told)
