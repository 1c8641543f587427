"""Before a message goes: every new receiver is looked at, and a part that nobody takes is said aloud."""

from __future__ import annotations

from collections.abc import Sequence

from samverka.access.act import Act
from samverka.discharge.models import Case
from samverka.discharge.operations.keeping import standing_units, unit_part
from samverka.discharge.reads.routes import Asked, ask, doubts
from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.suspecting import check_ticked
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail


def check_addressed(
    this: Act, case: Case, kind: MessageKind, units: Sequence[UnitDetail], ticked: frozenset[str]
) -> None:
    """Whether those who are to have a message are the right ones, as far as anyone can tell.

    Those who take part already have been looked at once.

    Raises:
        Invalid: a new one is closed, looks wrong and has not been ticked; or a part that the physician
            believes is needed has nobody, not even the county's last resort.
    """
    taking = {one.unit_id for one in standing_units(case)} | {case.unit_id}
    new = [one for one in units if one.id not in taking]
    if not new:
        return
    _check_open(new)
    asked = ask(this, case)
    if kind is MessageKind.ADMISSION:
        _check_somebody(case, asked, units)
    check_ticked(doubts(case, asked, new), ticked)


def check_forwarded(this: Act, case: Case, unit: UnitDetail, ticked: frozenset[str]) -> None:
    """Whether the unit that a message is sent on to is the right one: as when it was sent.

    Raises:
        Invalid: it is closed, or looks wrong and has not been ticked.
    """
    if standing_units(case).filter(unit_id=unit.id).exists():
        return
    _check_open([unit])
    check_ticked(doubts(case, ask(this, case), [unit]), ticked)


def _check_open(units: Sequence[UnitDetail]) -> None:
    shut = next((one for one in units if one.closed), None)
    if shut is not None:
        raise Invalid(
            _("%(unit)s är stängd.", unit=shut.name),
            where="units",
            mend=_("Välj den enhet som har tagit över."),
        )


def _check_somebody(case: Case, asked: Asked, units: Sequence[UnitDetail]) -> None:
    """A part that is needed and that nobody takes is never passed by in silence (LUS 2:1)."""
    covered = {unit_part(one) for one in units} | {Part(one.part) for one in standing_units(case)}
    for one in asked.answers:
        if one.unit_id is None and one.part in case.needs and one.part not in covered:
            raise Invalid(
                one.why[-1],
                where="units",
                mend=_(
                    "Välj själv en enhet, eller be den som håller tabellen att namnge en reserv. "
                    "Ring kommunen under tiden."
                ),
            )
