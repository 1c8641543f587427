"""The words of a status report: who answers, how a question is answered, who answers for an obstacle. Pure."""

from __future__ import annotations

from enum import StrEnum

from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Recipient(StrEnum):
    """Who answers. The codes stand in files."""

    REGION = "region"
    MUNICIPALITY = "municipality"


class QuestionKind(StrEnum):
    """How a question is answered."""

    LEVEL = "level"  # how far it has come
    PARTLY = "partly"  # yes, partly, no
    NUMBER = "number"
    TEXT = "text"
    MANY = "many"  # what is seen, of a list
    FACTORS = "factors"  # what helps or hinders, each with who answers for it
    INDICATOR = "indicator"  # a figure that is there already; the words are what is asked for


class Reach(StrEnum):
    """How far something has come."""

    NONE = "none"
    PLANNED = "planned"
    SOME = "some"
    WHOLE = "whole"


class Partly(StrEnum):
    """Yes, partly or no."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Finding(StrEnum):
    """The four findings of the first round of reports (SKR's summary, 2019)."""

    ANCHORED = "anchored"
    TARGET = "target"
    MUNICIPALITIES = "municipalities"
    PERSON = "person"


class Responsible(StrEnum):
    """Who answers for a success factor or an obstacle."""

    STATE = "state"
    REGION = "region"
    MUNICIPALITY = "municipality"
    TOGETHER = "together"


KIND_WORDS: dict[QuestionKind, Text] = {
    QuestionKind.LEVEL: _("Hur långt ni har kommit"),
    QuestionKind.PARTLY: _("Ja, delvis eller nej"),
    QuestionKind.NUMBER: _("Ett tal"),
    QuestionKind.TEXT: _("Egna ord"),
    QuestionKind.MANY: _("Flera val"),
    QuestionKind.FACTORS: _("Flera val, vart och ett med den som ansvarar"),
    QuestionKind.INDICATOR: _("Ett mått och era ord om det"),
}

RECIPIENT_WORDS: dict[Recipient, Text] = {
    Recipient.REGION: _("Regionen"),
    Recipient.MUNICIPALITY: _("Kommunen"),
}

REACH_WORDS: dict[Reach, Text] = {
    Reach.NONE: _("Inte påbörjat"),
    Reach.PLANNED: _("Planerat"),
    Reach.SOME: _("Infört i delar"),
    Reach.WHOLE: _("Infört i hela verksamheten"),
}

PARTLY_WORDS: dict[Partly, Text] = {
    Partly.YES: _("Ja"),
    Partly.PARTLY: _("Delvis"),
    Partly.NO: _("Nej"),
}

FINDING_WORDS: dict[Finding, Text] = {
    Finding.ANCHORED: _("Omställningen är politiskt förankrad"),
    Finding.TARGET: _("En målbild är beslutad"),
    Finding.MUNICIPALITIES: _("Kommunerna deltar i arbetet"),
    Finding.PERSON: _("Personens perspektiv styr arbetet"),
}

RESPONSIBLE_WORDS: dict[Responsible, Text] = {
    Responsible.STATE: _("Staten"),
    Responsible.REGION: _("Regionen"),
    Responsible.MUNICIPALITY: _("Kommunen"),
    Responsible.TOGETHER: _("Tillsammans"),
}
