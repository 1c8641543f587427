"""What was said of a stay when it was opened, put right: when it may be, and what cannot be true. Pure."""

from __future__ import annotations

from samverka.discharge.rules.kinds import INSIDE, CaseStatus, Part
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _

MENDED = INSIDE | {CaseStatus.HOME}
"""While the case goes on: who pays, and which units are told, follow from it."""


def may_be_mended(status: CaseStatus) -> bool:
    """Whether someone has been admitted, and the case goes on."""
    return status in MENDED


def check_mending(part: Part | None, status: CaseStatus) -> None:
    """Whether a unit may put right what was said of the stay.

    Raises:
        NotAllowed: another part than the ward.
        NotNow: nobody has been admitted yet.
    """
    if part is not Part.WARD:
        raise NotAllowed(
            _("Bara avdelningen ändrar uppgifterna om vårdtiden."),
            mend=_("Skriv ett meddelande till avdelningen om något är fel."),
        )
    if not may_be_mended(status):
        raise NotNow(_("Personen är inte inskriven än."), mend=_("Skriv in personen först."))


def check_care(*, psychiatric: bool, compulsory: bool) -> None:
    """Raises Invalid where care under compulsion would not be psychiatric (LPT 7 a §)."""
    if compulsory and not psychiatric:
        raise Invalid(
            _("Det finns ett beslut om öppen tvångsvård. Då är vården psykiatrisk."),
            where="psychiatric",
            mend=_("Ta tillbaka utskrivningsklar först om beslutet var fel."),
        )
