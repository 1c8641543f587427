"""Words of the law as codes: relations, consents, blocks, grounds, refusals, and how each is said."""

from __future__ import annotations

from enum import StrEnum

from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class RelationKind(StrEnum):
    """Why a unit has to do with a person."""

    LISTED = "listed"  # listning at a health centre
    CARE = "care"  # vårdrelation: a visit, a stay, home health care
    SOCIAL_SERVICE = "social-service"  # has the social services' insatser (SVOD 3:2)
    INVESTIGATION = "investigation"  # utredning of a need (SVOD 3:2)
    SCHOOL = "school"  # pupil health
    PLAN = (
        "plan"  # takes part in a plan or discharge: who the person is, and what is given, no more
    )


class ConsentKind(StrEnum):
    """What a consent opens."""

    SVOD = "svod"  # reading by another care provider (SVOD 3:1–2)
    PLAN = "plan"  # coordination: disclosure of a plan to its parties (OSL 10:1)


class ConsentForm(StrEnum):
    """How consent was given."""

    ORAL = "oral"
    WRITTEN = "written"
    DIGITAL = "digital"


class BlockKind(StrEnum):
    """Inner block: other units of the same care provider. Outer block: other care providers."""

    INNER = "inner"  # PDL 4:4
    OUTER = "outer"  # SVOD 2:3


class OpeningKind(StrEnum):
    """A reader's own, logged opening for a limited time."""

    CHOICE = "choice"  # active choice to read other units' records (HSLF-FS 2016:40 4 chap.)
    EMERGENCY = "emergency"  # SVOD 3:6
    LIFT = "lift"  # an inner block lifted by an authorised officer (PDL 4:5)


class Capacity(StrEnum):
    """Ability to consent, as documented."""

    CAPABLE = "capable"
    CHILD_UNABLE = "child-unable"  # SVOD 3:1 st. 3
    LASTING = "lasting"  # not only temporarily unable (SVOD 3:3–4)
    TEMPORARY = "temporary"


class Protection(StrEnum):
    """Protected identity (FOL 16–17 §§, OSL 21:3, 22:1)."""

    NONE = "none"
    SECRECY_MARK = "secrecy-mark"  # sekretessmarkering: a warning, the test is made each time
    PROTECTED = "protected"  # skyddad folkbokföring


class ProxyKind(StrEnum):
    """Who acts for the person."""

    GUARDIAN = "guardian"  # vårdnadshavare
    REPRESENTATIVE = "representative"  # ombud chosen by the person
    TRUSTEE = "trustee"  # god man, förvaltare


class Ground(StrEnum):
    """The legal ground of an allowed access; the code is stored on the line of the trail."""

    OWN = "own"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"
    CARE_RELATION = "care-relation"
    OWN_CASE = "own-case"
    OTHER_UNIT = "other-unit"
    TAKES_PART = "takes-part"
    BY_LAW = "by-law"
    BLOCK_LIFTED = "block-lifted"
    DISCLOSED = "disclosed"
    KEPT = "kept"
    CONSENT = "consent"
    CHILD = "child"
    LASTING_INCAPACITY = "lasting-incapacity"
    EMERGENCY = "emergency"
    OFFICE = "office"
    SYSTEM = "system"


GROUND_WORDS: dict[Ground, Text] = {
    Ground.OWN: _("Du läser dina egna uppgifter (5 kap. 5 § patientdatalagen)."),
    Ground.GUARDIAN: _("Vårdnadshavare för barnet (12 kap. 3 § OSL, 6 kap. 11 § FB)."),
    Ground.REPRESENTATIVE: _("Ombud som personen själv har valt (12 kap. 2 § OSL)."),
    Ground.CARE_RELATION: _("Deltar i vården av personen (4 kap. 1 § patientdatalagen)."),
    Ground.OWN_CASE: _("Handlägger eller utför insatsen (26 kap. 1 § OSL)."),
    Ground.OTHER_UNIT: _(
        "Valde att läsa en annan enhets uppgifter hos samma vårdgivare "
        "(4 kap. 1 § patientdatalagen, HSLF-FS 2016:40 4 kap.)."
    ),
    Ground.TAKES_PART: _(
        "Enheten deltar i den vård som planen gäller (4 kap. 1 § patientdatalagen)."
    ),
    Ground.BY_LAW: _(
        "Lämnat för att lagen säger att enheten ska få det (10 kap. 28 § OSL, lagen 2017:612)."
    ),
    Ground.BLOCK_LIFTED: _("Spärren är tillfälligt hävd (4 kap. 5 § patientdatalagen)."),
    Ground.DISCLOSED: _(
        "Utlämnat med personens samtycke (10 kap. 1 § OSL, 3 kap. 11 § patientdatalagen)."
    ),
    Ground.KEPT: _(
        "Utlämnat tidigare med personens samtycke. Mottagaren har kvar det den har fått "
        "(10 kap. 1 § OSL, 3 kap. 11 § patientdatalagen)."
    ),
    Ground.CONSENT: _("Sammanhållen dokumentation med samtycke (3 kap. 1–2 §§ lagen 2022:913)."),
    Ground.CHILD: _("Barn som inte själv kan samtycka (3 kap. 1–2 §§ lagen 2022:913)."),
    Ground.LASTING_INCAPACITY: _(
        "Personen kan inte annat än tillfälligt samtycka (3 kap. 3–4 §§ lagen 2022:913)."
    ),
    Ground.EMERGENCY: _("Nödöppning vid fara för liv eller hälsa (3 kap. 6 § lagen 2022:913)."),
    Ground.OFFICE: _("Tjänsteuppgift: spärrar eller loggkontroll (4 kap. patientdatalagen)."),
    Ground.SYSTEM: _("Automatiskt steg i systemet."),
}


class Refusal(StrEnum):
    """Why the gate says no."""

    UNKNOWN = "unknown"  # may not know whether it exists
    NO_PERMISSION = "no-permission"
    NO_RELATION = "no-relation"
    NEEDS_CHOICE = "needs-choice"
    INNER_BLOCK = "inner-block"
    OUTER_BLOCK = "outer-block"
    IFO = "ifo"
    NO_CONSENT = "no-consent"
    NOT_OWN = "not-own"
    KEPT = "kept"  # has what it was given, to read; no longer takes part
    CHILD_AGE = "child-age"
    SCOPE = "scope"
    APP = "app"  # the client's scopes; before it is known what it asks for


REFUSAL_WORDS: dict[Refusal, Text] = {
    Refusal.UNKNOWN: _("Sidan finns inte, eller så får du inte se den."),
    Refusal.NO_PERMISSION: _("Ditt uppdrag ger inte rätt att göra detta. Fråga din chef."),
    Refusal.NO_RELATION: _(
        "Din enhet har ingen pågående vårdrelation med personen. Börja en om personen söker er."
    ),
    Refusal.NEEDS_CHOICE: _(
        "Uppgifterna finns hos en annan enhet. Välj först att läsa andra enheters uppgifter."
    ),
    Refusal.INNER_BLOCK: _(
        "Uppgifterna är spärrade. En behörig befattningshavare hos vårdgivaren kan häva spärren."
    ),
    Refusal.OUTER_BLOCK: _(
        "Uppgifterna är spärrade av en annan vårdgivare. Bara den vårdgivaren kan häva spärren."
    ),
    Refusal.IFO: _(
        "Individ- och familjeomsorgens uppgifter ingår inte i sammanhållen dokumentation."
    ),
    Refusal.NO_CONSENT: _(
        "Det finns inget samtycke som gäller för din organisation. Fråga personen."
    ),
    Refusal.NOT_OWN: _("Uppgiften tillhör en annan organisation och kan bara ändras där."),
    Refusal.KEPT: _(
        "Ni läser det ni har fått. Planen lämnas inte längre ut till er, så ni kan inte skriva i den. "
        "Det ni gör från nu skriver ni i er egen dokumentation."
    ),
    Refusal.CHILD_AGE: _(
        "Åldersgränsen för direkt åtkomst gäller här. Kontakta mottagningen, så prövar de frågan."
    ),
    Refusal.SCOPE: _("Ombudets uppdrag omfattar inte detta. Den du företräder kan ändra det."),
    Refusal.APP: _("Appen eller systemet har inte fått göra det här."),
}

PERSON_REFUSAL_WORDS: dict[Refusal, Text] = REFUSAL_WORDS | {
    Refusal.NO_PERMISSION: _("Det här gör bara personalen. Ring dem om något ska ändras."),
    Refusal.CHILD_AGE: _(
        "Åldersgränsen gör att det här inte visas på nätet. Ring mottagningen, så hjälper de dig."
    ),
    Refusal.SCOPE: _("Du får inte göra det här åt någon annan. Den du hjälper kan ändra det."),
}
"""The same, said to a person: short, without the words of the trade."""


def refusal_words(refusal: Refusal, *, to_person: bool) -> Text:
    """Why the gate says no, to staff or to a person."""
    return (PERSON_REFUSAL_WORDS if to_person else REFUSAL_WORDS)[refusal]


HIDDEN = frozenset(Refusal) - {
    Refusal.NO_PERMISSION,
    Refusal.NOT_OWN,
    Refusal.KEPT,
    Refusal.CHILD_AGE,
    Refusal.SCOPE,
    Refusal.APP,
}
"""Refusals of which the actor may not even learn that something is there: the answer is 404."""
