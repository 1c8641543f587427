"""The plan that follows a stay: which kind it is, who begins it, and which call to it counts. Pure.

Sources: LUS (2017:612) 4:1–3, 5:3 st. 2; LPT (1991:1128) 7 a §, LRV (1991:1129) 12 a §.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from samverka.careplans.rules import PlanKind
from samverka.discharge.rules.kinds import PART_WORDS, Part
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.kernel.calendar import local
from samverka.kernel.problems import NotAllowed
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

PLAN_OF = {False: PlanKind.DISCHARGE, True: PlanKind.COERCIVE_CARE}
"""Open compulsory care: a coordinated care plan in place of a SIP (LUS 4:1 st. 2)."""

BEGINS: Mapping[PlanKind, frozenset[Part]] = {
    PlanKind.DISCHARGE: frozenset({Part.OPEN_CARE}),
    PlanKind.COERCIVE_CARE: frozenset({Part.WARD, Part.OPEN_CARE}),
}
"""Who begins the plan from the case; the clinic's chief physician makes the one for compulsory care."""


def check_beginner(kind: PlanKind, part: Part) -> None:
    """Raises NotAllowed where another part begins that kind of plan."""
    if part not in BEGINS[kind]:
        raise NotAllowed(
            _(
                "Planen börjas av: %(parts)s.",
                parts=", ".join(PART_WORDS[one] for one in Part if one in BEGINS[kind]),
            ),
            mend=_("Skriv ett meddelande i ärendet om ni ser att en plan behövs."),
        )


def call_fault(kind: PlanKind, part: Part | None, *, has_contact: bool) -> Text | None:
    """Why a call to a meeting is not the one of LUS 4:3; None if it is.

    Args:
        part: what the unit that called is in the case.
        has_contact: that unit has a fast vårdkontakt for the person.
    """
    if kind is PlanKind.COERCIVE_CARE:
        return _("Vid öppen tvångsvård görs en samordnad vårdplan. Då behövs ingen kallelse.")
    if part is not Part.OPEN_CARE:
        return _("Kallelsen räknas inte: den ska komma från regionens öppna vård (4 kap. 3 §).")
    if not has_contact:
        return _("Kallelsen räknas inte: enheten har ingen fast vårdkontakt (4 kap. 3 §).")
    if kind is not PlanKind.DISCHARGE:
        return _("Kallelsen räknas inte: mötet gäller en annan sorts plan (4 kap. 1 §).")
    return None


def call_counts(body: Mapping[str, object]) -> bool:
    """Whether a call that was sent came from the region's fast vårdkontakt (LUS 4:3, 5:3 st. 2).

    Who it was is written into the message by the system when it goes, and stays as it was then.
    """
    return bool(body.get(Fact.CONTACT.value))


def told_kinds(said: Iterable[tuple[MessageKind, Mapping[str, object]]]) -> frozenset[MessageKind]:
    """What has been said in a case; a call that does not count is still to be made."""
    return frozenset(
        kind for kind, body in said if kind is not MessageKind.CALL or call_counts(body)
    )


def meeting_in_words(starts_at: datetime, ends_at: datetime, place: str, link: str = "") -> str:
    """ "2026-11-24 13.00–14.00, Krokoms hälsocentral"; on video where there is no place."""
    when = f"{local(starts_at):%Y-%m-%d %H.%M}–{local(ends_at):%H.%M}"
    where = place or (VIDEO if link else "")
    return f"{when}, {where}" if where else when


VIDEO = "video"


def contact_in_words(name: str, profession: str, unit: str, phone: str) -> str:
    """ "Lena Berg, distriktssköterska, Krokoms hälsocentral, 063-…"; what is not known is left out."""
    return ", ".join(one for one in (name, profession.lower(), unit, phone) if one)
