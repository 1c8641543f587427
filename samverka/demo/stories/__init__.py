"""Persons of the demo county, one file each: fourteen told at length, and one who came in last week.

Invented; the law and the ways of working are real.
"""

from __future__ import annotations

from samverka.demo.script import Story
from samverka.demo.stories.elias import ELIAS
from samverka.demo.stories.gosta import GOSTA
from samverka.demo.stories.hans import HANS
from samverka.demo.stories.ingegerd import INGEGERD
from samverka.demo.stories.ingvar import INGVAR
from samverka.demo.stories.johanna import JOHANNA
from samverka.demo.stories.karin import KARIN
from samverka.demo.stories.leif import LEIF
from samverka.demo.stories.margit import MARGIT
from samverka.demo.stories.marika import MARIKA
from samverka.demo.stories.matilda import MATILDA
from samverka.demo.stories.nils_anders import NILS_ANDERS
from samverka.demo.stories.olof import OLOF
from samverka.demo.stories.rune import RUNE
from samverka.demo.stories.selam import SELAM

STORIES: tuple[Story, ...] = (
    KARIN,
    GOSTA,
    ELIAS,
    MARIKA,
    MARGIT,
    NILS_ANDERS,
    JOHANNA,
    INGVAR,
    MATILDA,
    SELAM,
    OLOF,
    RUNE,
    INGEGERD,
    HANS,
    LEIF,
)
