"""Who may keep which line of the routing table, and what a line may say. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samverka.discharge.rules.kinds import LINE, MUNICIPAL, RECEIVING, Part
from samverka.discharge.rules.places import check_municipality, in_county
from samverka.discharge.rules.routing import OLDEST, RouteFacts
from samverka.discharge.rules.sending import clean
from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.kernel.text import text as _

AREA_LENGTH = 100
"""Characters."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who wants to change the table. `municipality_code`: of a municipality's own staff."""

    side: Side
    county_code: str
    municipality_code: str = ""


def tidy(line: RouteFacts) -> RouteFacts:
    """The line as it is kept.

    Raises:
        Invalid: it can never fit anyone, or says what does not belong together.
    """
    code = check_municipality(line.municipality_code, "municipality_code")
    area = " ".join(clean(line.area).split()).casefold()
    reach = clean(line.reach)
    if line.part not in RECEIVING:
        raise Invalid(_("Slutenvården är den som skickar."), where="part")
    if len(area) > AREA_LENGTH or len(reach) > LINE:
        where, many = ("area", AREA_LENGTH) if len(area) > AREA_LENGTH else ("reach", LINE)
        raise Invalid(_("Texten är för lång: högst %(many)d tecken.", many=many), where=where)
    if area and not code:
        raise Invalid(
            _("En postort hör till en kommun. Välj kommunen också."), where="municipality_code"
        )
    if line.need is not None and line.part is not Part.SOCIAL:
        raise Invalid(
            _("LSS och individ- och familjeomsorg hör till socialtjänsten."), where="need"
        )
    _check_ages(line)
    return replace(line, municipality_code=code, area=area, reach=reach)


def _check_ages(line: RouteFacts) -> None:
    for age, where in ((line.from_age, "from_age"), (line.under, "under")):
        if age is not None and not 0 <= age <= OLDEST:
            raise Invalid(_("En ålder är mellan 0 och %(oldest)d år.", oldest=OLDEST), where=where)
    if line.from_age is not None and line.under is not None and line.from_age >= line.under:
        raise Invalid(
            _("Ingen kan ha fyllt %(low)d år och vara under %(high)d.",
              low=line.from_age, high=line.under),
            where="under",
        )  # fmt: skip


def keeps(keeper: Keeper, part: Part, municipality_code: str) -> bool:
    """Whether a line is the keeper's own to change.

    A municipality keeps its own two parts; the region keeps its open care, the county's last resort and
    what is said of municipalities outside the county.
    """
    if keeper.side is Side.SYSTEM:
        return True
    if keeper.side is Side.MUNICIPALITY:
        return part in MUNICIPAL and bool(municipality_code) and (
            municipality_code == keeper.municipality_code
        )  # fmt: skip
    if keeper.side is not Side.REGION:
        return False
    outside = not in_county(municipality_code, keeper.county_code)
    return part is Part.OPEN_CARE or outside


def check_keeps(keeper: Keeper, line: RouteFacts) -> None:
    """Raises NotAllowed for a line that others keep."""
    if not keeps(keeper, line.part, line.municipality_code):
        raise NotAllowed(
            _("Den raden håller någon annan."),
            mend=_(
                "Kommunen håller sina egna rader. Regionen håller öppenvårdens, länets reserv och "
                "andra läns kommuner."
            ),
        )


def check_unit(line: RouteFacts, keeper: Keeper, unit: Receives) -> None:
    """Whether a unit can take what the line sends it.

    Raises:
        NotAllowed: the unit is another organisation's.
        Invalid: it is closed, or is not what the line is about.
    """
    if unit.closed:
        raise Invalid(_("%(unit)s är stängd.", unit=unit.name), where="unit")
    if unit.part is None or unit.part not in RECEIVING:
        raise Invalid(
            _("%(unit)s kan inte delta i ett ärende om utskrivning.", unit=unit.name), where="unit"
        )
    stands_in = not line.municipality_code or not in_county(
        line.municipality_code, unit.county_code
    )
    if not stands_in and unit.part is not line.part:
        raise Invalid(
            _("%(unit)s är inte en sådan enhet som raden gäller.", unit=unit.name), where="unit"
        )
    if keeper.side is Side.MUNICIPALITY and not unit.own:
        raise NotAllowed(_("Välj en av den egna kommunens enheter."))
    if keeper.side is Side.REGION and keeper.county_code != unit.county_code:
        raise NotAllowed(_("Välj en enhet i det egna länet."))


@dataclass(frozen=True, slots=True)
class Receives:
    """A unit that a line would send to. `own`: the keeper's organisation answers for it."""

    name: str
    part: Part | None
    county_code: str
    own: bool = False
    closed: bool = False
