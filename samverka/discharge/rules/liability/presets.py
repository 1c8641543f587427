"""Known terms: the law, and agreements of counties as far as public sources tell.

A county starts from one of them and enters its own agreement. What a source does not tell is as the
settings' defaults.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from samverka.discharge.rules.liability.terms import (
    Model,
    NoonRule,
    PsychiatryRule,
    Terms,
)
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class Preset:
    """Terms with a name, and what the sources leave uncertain."""

    name: Text
    terms: Terms
    uncertain: Text


STATUTE = Terms()
"""LUS 5:3-5:6, without any agreement."""

AVERAGE = Terms(
    model=Model.AVERAGE, threshold=Decimal("3.0"), source="vardsamverkan.se, vastkom.se"
)
"""The most common agreement: what exceeds 3.0 days on average, month by month."""

VASTRA_GOTALAND = Terms(
    model=Model.AVERAGE_WITH_CUTOFF,
    cutoff=7,
    noon_rule=NoonRule.NONE,
    valid_from=date(2020, 4, 1),
    source="vastkom.se, gitsvg.se",
)
"""Stays of more than 7 days leave the average and are paid for from the seventh day on."""

VASTRA_GOTALAND_EARLY_2020 = replace(
    VASTRA_GOTALAND,
    psychiatry=PsychiatryRule.OWN,
    psychiatry_days=7,
    valid_from=date(2020, 1, 1),
    valid_to=date(2020, 3, 31),
)
"""The first months of 2020: psychiatric care by itself, 7 calendar days."""

STOCKHOLM = Terms(
    model=Model.INDIVIDUAL,
    cutoff=3,
    noon_rule=NoonRule.BEFORE,
    psychiatry=PsychiatryRule.OWN,
    psychiatry_days=6,
    refusal_excludes=True,
    valid_from=date(2020, 1, 1),
    source="psykiatristod.se, vardgivarguiden.se",
)
"""Liable when two calendar days have passed after day 0; in psychiatric care five."""

PRESETS: tuple[Preset, ...] = (
    Preset(
        _("Lagen"),
        STATUTE,
        _(
            "Lagen säger inte om dagen då patienten åker hem räknas, eller vad sena meddelanden gör."
        ),
    ),
    Preset(
        _("Genomsnitt 3,0 dygn"),
        AVERAGE,
        _("Det är inte beskrivet hur genomsnittet avrundas."),
    ),
    Preset(
        _("Västra Götaland från april 2020"),
        VASTRA_GOTALAND,
        _("Källorna säger inte om klockan 12 har betydelse."),
    ),
    Preset(
        _("Västra Götaland januari till mars 2020"),
        VASTRA_GOTALAND_EARLY_2020,
        _("Källorna säger inte om klockan 12 har betydelse."),
    ),
    Preset(
        _("Stockholm från 2020"),
        STOCKHOLM,
        _(
            "Källan säger fem kalenderdagar i psykiatrisk vård men inte om dag noll är en av dem; "
            "här är den inte det. Den säger inte heller vad som gäller efter klockan 12; här läggs "
            "ett dygn till. Länet följer också kommunens genomsnitt, men nivån är inte känd."
        ),
    ),
)
