"""Templates for the groups that the county works with: questions to ask, units that may be needed, prompts. Pure.

A template asks; it never writes a fact into a plan. The county changes the words on a page of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from samverka.careplans.rules.contents import PlanKind
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.rules import UnitKind


class Group(StrEnum):
    """The groups whose plans the county follows. The codes are stored."""

    CHILDREN = "children"
    MENTAL = "mental"
    ADDICTION = "addiction"
    ELDERLY = "elderly"
    CARERS = "carers"


GROUP_WORDS: dict[Group, Text] = {
    Group.CHILDREN: _("Barn och unga"),
    Group.MENTAL: _("Psykisk ohälsa"),
    Group.ADDICTION: _("Skadligt bruk och beroende"),
    Group.ELDERLY: _("Äldre"),
    Group.CARERS: _("Anhöriga"),
}


@dataclass(frozen=True, slots=True)
class Template:
    """What is asked and offered when a plan for one of the group is begun.

    Attributes:
        questions: what to ask the person, in plain words.
        parties: kinds of units that may be needed.
        prompts: measures to think of; none of them has an owner.
        kinds: kinds of plans for which the template is offered.
    """

    questions: tuple[str, ...]
    parties: tuple[UnitKind, ...]
    prompts: tuple[str, ...]
    kinds: frozenset[PlanKind]


_SHARED = frozenset({PlanKind.SIP, PlanKind.DISCHARGE, PlanKind.CARE})

TEMPLATES: dict[Group, Template] = {
    Group.CHILDREN: Template(
        questions=(
            _("Hur har du det hemma, i skolan och med vänner?"),
            _("Vad är roligt, och vad är svårt?"),
            _("Vem pratar du med när något är jobbigt?"),
            _("Vad vill du att de vuxna ska göra annorlunda?"),
            _("Vad behöver dina föräldrar hjälp med?"),
        ),
        parties=(
            UnitKind.HEALTH_CENTRE,
            UnitKind.SCHOOL_HEALTH,
            UnitKind.CLINIC,
            UnitKind.FAMILY_SERVICES,
            UnitKind.DISABILITY_SERVICES,
        ),
        prompts=(
            _("Anpassa skoldagen"),
            _("Stöd till föräldrarna"),
            _("Samtal för barnet"),
            _("Något roligt att göra på fritiden"),
        ),
        kinds=_SHARED | {PlanKind.HABILITATION, PlanKind.LSS},
    ),
    Group.MENTAL: Template(
        questions=(
            _("Vad gör att du mår bättre, och vad gör att du mår sämre?"),
            _("Hur sover du, äter du och rör på dig?"),
            _("Vilka tecken visar att det blir sämre?"),
            _("Vem får vi ringa då?"),
            _("Hur går det med bostad, pengar och arbete?"),
        ),
        parties=(
            UnitKind.CLINIC,
            UnitKind.HEALTH_CENTRE,
            UnitKind.SOCIAL_PSYCHIATRY,
            UnitKind.FAMILY_SERVICES,
        ),
        prompts=(
            _("En plan för svåra dagar"),
            _("Boendestöd"),
            _("Genomgång av läkemedel"),
            _("Något att göra på dagarna"),
            _("Koll på kroppens hälsa"),
        ),
        kinds=_SHARED | {PlanKind.COERCIVE_CARE},
    ),
    Group.ADDICTION: Template(
        questions=(
            _("Vad vill du ändra på, och vad vill du ha kvar?"),
            _("Vad hjälper dig att låta bli?"),
            _("Vad gör du om suget kommer tillbaka?"),
            _("Hur mår du i kropp och själ?"),
            _("Hur har de som bor med dig det? Finns det barn?"),
        ),
        parties=(
            UnitKind.ADDICTION_CARE,
            UnitKind.HEALTH_CENTRE,
            UnitKind.CLINIC,
            UnitKind.FAMILY_SERVICES,
        ),
        prompts=(
            _("Behandling för beroendet"),
            _("Vad vi gör vid återfall"),
            _("Stöd till barn och familj"),
            _("Hjälp med bostad"),
        ),
        kinds=_SHARED,
    ),
    Group.ELDERLY: Template(
        questions=(
            _("Vad vill du kunna göra själv?"),
            _("Känner du dig trygg hemma, dag och natt?"),
            _("Har du ramlat, eller är du rädd för att ramla?"),
            _("Hur är det med mat, sömn och mun?"),
            _("Vem träffar du? Känner du dig ensam?"),
        ),
        parties=(
            UnitKind.HEALTH_CENTRE,
            UnitKind.HOME_HEALTH_CARE,
            UnitKind.NEEDS_ASSESSMENT,
            UnitKind.HOME_CARE,
            UnitKind.REHAB,
        ),
        prompts=(
            _("Genomgång av läkemedel"),
            _("Gör hemmet säkert mot fall"),
            _("Träna det som är svårt i vardagen"),
            _("Hjälp i hemmet"),
            _("Någon att träffa"),
        ),
        kinds=_SHARED | {PlanKind.REHABILITATION},
    ),
    Group.CARERS: Template(
        questions=(
            _("Hur har du det själv?"),
            _("Vad gör du för den du hjälper, och vad tar mest kraft?"),
            _("När får du vila och vara ledig?"),
            _("Vad händer om du blir sjuk?"),
            _("Vad vill du slippa, och vad vill du fortsätta med?"),
        ),
        parties=(
            UnitKind.NEEDS_ASSESSMENT,
            UnitKind.HEALTH_CENTRE,
            UnitKind.FAMILY_SERVICES,
        ),
        prompts=(
            _("Avlösning, så att du kan vara ledig"),
            _("Samtal för dig som är anhörig"),
            _("Träffa andra anhöriga"),
            _("Vad som händer om du inte kan hjälpa till"),
        ),
        kinds=frozenset({PlanKind.CARER}),
    ),
}
"""What a county begins with."""

MOST = 12
"""So many questions, units or prompts at most: a list that is read aloud (rows)."""

QUESTION_LENGTH = 200
"""Longest question or prompt (characters)."""


def offered(kind: PlanKind) -> tuple[Group, ...]:
    """The groups whose template is offered for a kind of plan."""
    return tuple(group for group, one in TEMPLATES.items() if kind in one.kinds)


def check_template(kind: PlanKind, group: Group | None) -> None:
    """Raise unless the group's template is offered for that kind of plan."""
    if group is not None and group not in offered(kind):
        raise Invalid(
            _(
                "Mallen ”%(group)s” hör till en annan sorts plan. Välj en annan mall eller ingen.",
                group=GROUP_WORDS[group],
            ),
            where="template",
        )


def checked_lines(lines: Sequence[str], where: str) -> list[str]:
    """The lines as they are to be stored: without empty ones and twins.

    Raises:
        Invalid: there are none, too many, or one is too long.
    """
    found = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not found:
        raise Invalid(_("Skriv minst en rad."), where=where)
    if len(found) > MOST:
        raise Invalid(_("Skriv högst %(most)d rader.", most=MOST), where=where)
    if any(len(line) > QUESTION_LENGTH for line in found):
        raise Invalid(
            _("En rad får ha högst %(longest)d tecken.", longest=QUESTION_LENGTH), where=where
        )
    return found
