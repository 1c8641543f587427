"""The kinds of plans in one table: section of law, contents, review, consent, who begins and takes part. Pure.

Sources: HSL (2017:30) 8:7, 12:5, 16:4; SoL (2025:400) 10:8–9; LUS (2017:612) 4:1–3; LPT (1991:1128) 7 a §,
LRV (1991:1129) 12 a §; LSS (1993:387) 10 §; PDL (2008:355) 3:6.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.kernel.actor import Branch, Side
from samverka.kernel.problems import NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class PlanKind(StrEnum):
    """Which plan it is: each has its own section of law. The codes are stored."""

    SIP = "sip"
    DISCHARGE = "discharge"
    COERCIVE_CARE = "coercive-care"
    LSS = "lss"
    HABILITATION = "habilitation"
    REHABILITATION = "rehabilitation"
    CARE = "care"
    CARER = "carer"


class Content(StrEnum):
    """What a plan can be asked to hold."""

    NEEDS = "needs"  # LPT 7 a § p. 1: the need that has been judged
    ATTITUDE = "attitude"  # LPT 7 a § p. 2: the person's attitude to the measures
    ACTIVITIES = "activities"  # HSL 16:4 st. 4 p. 1: which measures are needed
    OWNERS = "owners"  # p. 2: which measures each huvudman answers for
    OTHERS = "others"  # p. 3: measures by others than region and municipality, or "none"
    RESPONSIBLE = "responsible"  # p. 4: which huvudman has the overall responsibility
    BOTH_SIDES = "both-sides"  # measures of region and municipality both: else it is not this plan
    SOCIAL_SERVICE = "social-service"  # HSL 16:4 st. 1 speaks of care and social services
    CONSENT = "consent"  # HSL 16:4 st. 2, LUS 4:2
    WISHES = "wishes"  # practice: "Vad är viktigt för mig?"
    GOALS = "goals"  # practice
    LONG_GOALS = "long-goals"  # practice (SOU 2020:19): goals on short and on long term
    PREVENTIVE = (
        "preventive"  # practice (SOU 2020:19): preventive and rehabilitating measures marked
    )
    MAIN_CONTACT = "main-contact"  # practice: whom the person calls
    FOLLOW_UP = "follow-up"  # practice; LSS 10 § for its own plan
    IF_WORSE = "if-worse"  # practice
    APPROVALS = "approvals"  # LPT 7 a §: approved by the units that answer for the measures


class ConsentRule(StrEnum):
    """What the person must have said before the plan is made."""

    CONSENT = "consent"  # HSL 16:4 st. 2, LUS 4:2: made only if the person consents
    ATTITUDE = "attitude"  # LPT 7 a §: the person's attitude is noted; consent is not asked for
    TOGETHER = "together"  # LSS 10 §, HSL 8:7: made in consultation with the person, who may say no


CONSENT_RULE_WORDS: dict[ConsentRule, Text] = {
    ConsentRule.CONSENT: _("Görs bara om personen samtycker."),
    ConsentRule.ATTITUDE: _("Görs utan samtycke. Personens inställning skrivs in."),
    ConsentRule.TOGETHER: _("Görs tillsammans med personen, som kan tacka nej."),
}


class Asker(StrEnum):
    """Who may ask for the plan."""

    PERSON = "person"
    RELATIVE = "relative"
    STAFF = "staff"
    OTHERS = "others"  # school, Försäkringskassan and others who see the need


ASKER_WORDS: dict[Asker, Text] = {
    Asker.PERSON: _("personen själv"),
    Asker.RELATIVE: _("närstående"),
    Asker.STAFF: _("personal"),
    Asker.OTHERS: _("andra som ser behovet"),
}


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind of plan.

    Attributes:
        words: its name as people say it.
        section: where the law speaks of it.
        required: what it must hold before it can be established.
        advised: what practice asks for; said while one writes, never a hindrance.
        review_months: the law's longest time between reviews (months); None where it names none.
        review: the rule of review in words.
        consent: what the person must have said.
        askers: who may ask for it.
        sides: sides whose units may begin it.
        branches: branches whose units may begin it.
        starters: those in words, for one who may not.
        parties: who takes part, in words.
        tells_other: region and municipality tell each other of it when it is made (LSS 10 §).
        handed: other care providers have it only as it was disclosed to them (PDL 3:11). SVOD reads a
            plan that one care provider makes for its own work, not one that several keep together.
        national_code: code in the national contract for care plans; None where there is none.
    """

    words: Text
    section: Text
    required: tuple[Content, ...]
    advised: tuple[Content, ...]
    review_months: int | None
    review: Text
    consent: ConsentRule
    askers: tuple[Asker, ...]
    sides: frozenset[Side]
    branches: frozenset[Branch]
    starters: Text
    parties: Text
    tells_other: bool
    handed: bool
    national_code: str | None


_CARE_SIDES = frozenset({Side.REGION, Side.MUNICIPALITY, Side.PRIVATE})
_HOSPITAL_SIDES = frozenset({Side.REGION, Side.PRIVATE})
_ALL = frozenset(Branch)
_HEALTH = frozenset({Branch.HEALTH})
_SOCIAL = frozenset({Branch.SOCIAL, Branch.IFO})

_PRACTICE = (Content.WISHES, Content.GOALS, Content.FOLLOW_UP, Content.IF_WORSE)
_BOTH = (
    *_PRACTICE,
    Content.LONG_GOALS,
    Content.PREVENTIVE,
    Content.MAIN_CONTACT,
)
_COORDINATED = (
    Content.ACTIVITIES,
    Content.OWNERS,
    Content.OTHERS,
    Content.RESPONSIBLE,
    Content.BOTH_SIDES,
    Content.CONSENT,
)
_OWN = (Content.ACTIVITIES, Content.OWNERS)
_ANYONE = (Asker.PERSON, Asker.RELATIVE, Asker.STAFF, Asker.OTHERS)

_ALL_UNITS = _("vården, socialtjänsten och elevhälsan")
_OPEN_REVIEW = _("Följs upp gemensamt. Lagen sätter ingen tid.")

LSS_REVIEW_MONTHS = 12
"""LSS 10 §: reviewed continuously and at least once a year."""

KINDS: dict[PlanKind, KindSpec] = {
    PlanKind.SIP: KindSpec(
        words=_("Samordnad individuell plan (SIP)"),
        section=_("16 kap. 4 § hälso- och sjukvårdslagen, 10 kap. 8–9 §§ socialtjänstlagen"),
        required=_COORDINATED,
        advised=(Content.SOCIAL_SERVICE, *_BOTH),
        review_months=None,
        review=_OPEN_REVIEW,
        consent=ConsentRule.CONSENT,
        askers=_ANYONE,
        sides=_CARE_SIDES,
        branches=_ALL,
        starters=_ALL_UNITS,
        parties=_("Region och kommun, och de som personen vill ha med"),
        tells_other=False,
        handed=True,
        national_code="SIP",
    ),
    PlanKind.DISCHARGE: KindSpec(
        words=_("Samordnad plan vid utskrivning"),
        section=_("4 kap. 1–3 §§ lagen om samverkan vid utskrivning"),
        required=_COORDINATED,
        advised=_BOTH,
        review_months=None,
        review=_OPEN_REVIEW,
        consent=ConsentRule.CONSENT,
        askers=_ANYONE,
        sides=_CARE_SIDES,
        branches=_ALL,
        starters=_ALL_UNITS,
        # LUS 4:1: where municipal health care is needed, the region's open care takes part.
        parties=_("De enheter som ger insatser, och alltid regionens öppna vård"),
        tells_other=False,
        handed=True,
        national_code="SPU",
    ),
    # LPT 7 a §: made by the chief physician; the person's attitude is noted, consent is not asked for.
    PlanKind.COERCIVE_CARE: KindSpec(
        words=_("Samordnad vårdplan vid öppen tvångsvård"),
        section=_("7 a § lagen om psykiatrisk tvångsvård, 12 a § lagen om rättspsykiatrisk vård"),
        required=(
            Content.NEEDS,
            Content.ATTITUDE,
            Content.ACTIVITIES,
            Content.OWNERS,
            Content.OTHERS,
            Content.APPROVALS,
        ),
        advised=_PRACTICE,
        review_months=None,
        review=_OPEN_REVIEW,
        consent=ConsentRule.ATTITUDE,
        askers=(Asker.STAFF,),
        sides=_HOSPITAL_SIDES,
        branches=_HEALTH,
        starters=_("chefsöverläkaren inom psykiatrin"),
        parties=_("Psykiatrin och de enheter hos region och kommun som ger insatser"),
        tells_other=False,
        handed=True,
        national_code="SPLPTLRV",
    ),
    PlanKind.LSS: KindSpec(
        words=_("Individuell plan enligt LSS"),
        section=_("10 § LSS"),
        required=(*_OWN, Content.OTHERS, Content.FOLLOW_UP),
        advised=(Content.WISHES, Content.GOALS, Content.IF_WORSE),
        review_months=LSS_REVIEW_MONTHS,
        review=_("Ses över hela tiden, och minst en gång om året."),
        consent=ConsentRule.TOGETHER,
        askers=(Asker.PERSON, Asker.RELATIVE, Asker.STAFF),
        sides=_CARE_SIDES,
        branches=_SOCIAL | _HEALTH,
        starters=_("den som beslutar om insatser enligt LSS, hos kommun eller region"),
        parties=_("De som ger insatser enligt LSS, och andra som gör något"),
        tells_other=True,
        handed=True,
        national_code=None,
    ),
    PlanKind.HABILITATION: KindSpec(
        words=_("Habiliteringsplan"),
        section=_("8 kap. 7 § och 12 kap. 5 § hälso- och sjukvårdslagen"),
        required=_OWN,
        advised=_PRACTICE,
        review_months=None,
        review=_OPEN_REVIEW,
        consent=ConsentRule.TOGETHER,
        askers=(Asker.PERSON, Asker.RELATIVE, Asker.STAFF),
        sides=_CARE_SIDES,
        branches=_HEALTH,
        starters=_("hälso- och sjukvården hos region eller kommun"),
        parties=_("Den enhet som ger habilitering, och personen"),
        tells_other=False,
        handed=False,
        national_code="HP",
    ),
    PlanKind.REHABILITATION: KindSpec(
        words=_("Rehabiliteringsplan"),
        section=_("8 kap. 7 § och 12 kap. 5 § hälso- och sjukvårdslagen"),
        required=_OWN,
        advised=_PRACTICE,
        review_months=None,
        review=_OPEN_REVIEW,
        consent=ConsentRule.TOGETHER,
        askers=(Asker.PERSON, Asker.RELATIVE, Asker.STAFF),
        sides=_CARE_SIDES,
        branches=_HEALTH,
        starters=_("hälso- och sjukvården hos region eller kommun"),
        parties=_("Den enhet som ger rehabilitering, och personen"),
        tells_other=False,
        handed=False,
        national_code="RP",
    ),
    PlanKind.CARE: KindSpec(
        words=_("Vårdplan"),
        section=_("3 kap. 6 § patientdatalagen"),
        required=_OWN,
        advised=_PRACTICE,
        review_months=None,
        review=_OPEN_REVIEW,
        consent=ConsentRule.TOGETHER,
        askers=(Asker.PERSON, Asker.RELATIVE, Asker.STAFF),
        sides=_CARE_SIDES,
        branches=_ALL,
        starters=_ALL_UNITS,
        parties=_("Den egna enheten, och personen"),
        tells_other=False,
        handed=False,
        national_code="VP",
    ),
    # Chapter and section in the new act were not established, so none is cited.
    PlanKind.CARER: KindSpec(
        words=_("Plan för stöd till anhörig"),
        section=_("socialtjänstlagens (2025:400) regler om stöd till anhöriga"),
        required=_OWN,
        advised=(Content.WISHES, Content.GOALS, Content.MAIN_CONTACT, Content.FOLLOW_UP),
        review_months=None,
        review=_OPEN_REVIEW,
        consent=ConsentRule.TOGETHER,
        askers=_ANYONE,
        sides=frozenset({Side.MUNICIPALITY, Side.PRIVATE}),
        branches=_SOCIAL,
        starters=_("socialtjänsten"),
        parties=_("Socialtjänsten och den anhöriga, och de som den anhöriga vill ha med"),
        tells_other=False,
        handed=True,
        national_code=None,
    ),
}

HANDED = frozenset(kind.value for kind, spec in KINDS.items() if spec.handed)
"""Kinds that several keep together: to each only what was disclosed to it (see ADR 0010)."""


def may_start(kind: PlanKind, side: Side, branch: Branch) -> bool:
    """Whether a unit of that side and branch may begin a plan of the kind."""
    spec = KINDS[kind]
    return side in spec.sides and branch in spec.branches


def check_start(kind: PlanKind, side: Side, branch: Branch) -> None:
    """Raise, saying who can, unless a unit of that side and branch may begin a plan of the kind."""
    if not may_start(kind, side, branch):
        spec = KINDS[kind]
        raise NotNow(
            _(
                "%(kind)s börjas av %(starters)s. Be dem om planen.",
                kind=spec.words,
                starters=spec.starters,
            ),
            where="kind",
        )


def startable(side: Side, branch: Branch) -> tuple[PlanKind, ...]:
    """The kinds that a unit of that side and branch may begin."""
    return tuple(kind for kind in KINDS if may_start(kind, side, branch))
