"""Margit, 76, in Hammarstrand: she cares for Åke, who has dementia, and cannot go on alone."""

from __future__ import annotations

from samverka.access.rules import (
    Capacity,
    ConsentForm,
    ConsentKind,
    ProxyKind,
    RelationKind,
)
from samverka.careplans.rules import Answer, GoalStatus, PlanKind, Question, Section, Term
from samverka.contacts.rules import Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex
from samverka.people.rules import RelativeKind

OWN = "margit-plan"
AKES = "ake-plan"

_ANNELI = s.Pen("anneli.modin", OWN)
_EMELIE = s.Pen("emelie.frank", OWN)
_BIRGIT = s.Pen("birgit.sahlin", OWN)
_TORSTEN_AKE = s.Pen("torsten.vikner", AKES, "ake")

_HOME = s.Address("Kullstabyn 118", "844 31", "Hammarstrand", "ragunda")

_PEOPLE = (
    s.Person(
        key="margit",
        given="Margit",
        family="Sundberg",
        sex=Sex.FEMALE,
        age=76,
        born=(12, 8),
        address=_HOME,
        phone=phones.mobile(8),
        listed="hc-hammarstrand",
    ),
    s.Person(
        key="ake",
        given="Åke",
        family="Sundberg",
        sex=Sex.MALE,
        age=81,
        born=(3, 30),
        address=_HOME,
        phone=phones.mobile(8),
        listed="hc-hammarstrand",
    ),
)

_AKE: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-790), by="ingemar.kroon", of="ake", reason="Minnet sviktar"),
    s.Visit(
        when=day(-790, 11),
        by="ingemar.kroon",
        of="ake",
        starts=day(-790, 10),
        minutes=50,
        reason="Minnet, tillsammans med Margit",
        outcome="Vi tar prover och du får komma till minnesmottagningen i Östersund.",
    ),
    s.CareBegins(when=day(-730), by="eva-lena.roos", of="ake", reason="Minnesutredning"),
    s.Visit(
        when=day(-730, 14),
        by="eva-lena.roos",
        of="ake",
        starts=day(-730, 10),
        minutes=180,
        reason="Minnesutredning",
        outcome="Du har Alzheimers sjukdom i ett tidigt skede. Ni får stöd av demensteamet.",
    ),
    s.Related(
        when=day(-730, 14, 5),
        by="eva-lena.roos",
        of="ake",
        kind=RelativeKind.SPOUSE,
        person="margit",
    ),
    s.ProxyGranted(
        when=day(-690, 15),
        by="ake",
        of="ake",
        proxy="margit",
        kind=ProxyKind.REPRESENTATIVE,
        scopes=("read", "write"),
    ),
    s.CareBegins(
        when=day(-500),
        by="emelie.frank",
        of="ake",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Dagverksamhet två dagar i veckan",
    ),
    s.CareBegins(when=day(-300), by="torsten.vikner", of="ake", reason="Läkemedel delas hemma"),
    s.CapacityNoted(
        when=day(-120, 10),
        by="ingemar.kroon",
        of="ake",
        capacity=Capacity.LASTING,
        attitude_known=True,
        reason=(
            "Åke kan inte längre ta ställning till frågor om sina uppgifter. Medan han kunde sade "
            "han flera gånger att de som hjälper honom ska få veta det de behöver."
        ),
    ),
)

_MARGIT: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-74), by="anneli.modin", reason="Trötthet och högt blodtryck"),
    s.Visit(
        when=day(-74, 10),
        by="anneli.modin",
        starts=day(-74, 9, 20),
        reason="Trötthet och högt blodtryck",
        outcome="Du sover tre timmar per natt. Vi bokar en längre tid och ringer anhörigstödet.",
    ),
    s.CareBegins(
        when=day(-70, 9),
        by="birgit.sahlin",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Stöd till den som vårdar en närstående",
    ),
    s.Visit(
        when=day(-68, 15),
        by="birgit.sahlin",
        starts=day(-68, 13),
        minutes=90,
        way=Way.HOME,
        reason="Kaffe och samtal hemma, medan Åke är på dagverksamheten",
        outcome="Du sade att du inte har varit hemifrån en hel dag på två år.",
    ),
    s.Visit(
        when=day(-61, 11),
        by="ingemar.kroon",
        starts=day(-61, 10),
        minutes=40,
        reason="Läkarbesök: blodtryck, sömn och ork",
        outcome="Du är utmattad. Tabletter hjälper inte mot det. Vi behöver ordna avlastning.",
    ),
    s.ContactAppointed(when=day(-61, 11, 20), by="anneli.modin", staff="anneli.modin"),
)

_OWN_PLAN: tuple[s.Event, ...] = (
    s.PlanStarted(
        when=day(-54, 13),
        by="anneli.modin",
        plan=OWN,
        kind=PlanKind.SIP,
        title="Så att Margit orkar",
        lead="region",
        asked_by="Anhörigstödet, tillsammans med Margit",
    ),
    s.ConsentGiven(
        when=day(-54, 13, 5),
        by="anneli.modin",
        key="margit-plan-samtycke",
        kind=ConsentKind.PLAN,
        readers=("ragunda-omsorg",),
        form=ConsentForm.ORAL,
        plan=OWN,
        covers="Att hälsocentralen och kommunen ordnar avlastning tillsammans.",
        not_covered="Barnen ska inte få veta hur trött jag har varit. De bor långt bort och oroar sig.",
        until=day(310),
    ),
    _ANNELI.writes(
        day(-54, 13, 15),
        Section.WHAT_MATTERS,
        "Vi lovade varandra i kyrkan, och det löftet håller jag. Men jag orkar inte vara vaken "
        "varje natt. Jag vill sova. Bara sova, en hel natt. "
        "Jag blir arg på Åke och sedan skäms jag. Det är inte han, det är sjukdomen. "
        "Jag vill väva igen. Vävstolen står där med en halv matta sedan i våras. "
        "Säg inte till mig att ta hand om mig själv. Hjälp mig i stället.",
    ),
    _ANNELI.writes(
        day(-54, 13, 25),
        Section.STRENGTHS,
        "Jag är envis och lagar mat från grunden. "
        "Jag vet vad Åke menar fast orden blir fel. Siv följer med om jag vågar fråga.",
    ),
    _ANNELI.sets_goal(
        day(-54, 13, 35),
        "sova",
        "Jag sover hela natten minst två nätter i veckan.",
        reach_by=day(-14),
    ),
    _ANNELI.sets_goal(
        day(-54, 13, 40),
        "vav",
        "Jag väver klart mattan till Elins bröllop.",
        term=Term.LONG,
        reach_by=day(150),
    ),
    s.PlanShared(
        when=day(-53, 9),
        by="anneli.modin",
        plan=OWN,
        to=("ragunda-omsorg",),
        consent="margit-plan-samtycke",
    ),
    s.CareBegins(
        when=day(-53, 10),
        by="emelie.frank",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Avlastning för den som vårdar en närstående",
    ),
    _EMELIE.adds(
        day(-52, 10),
        "vaxelvard",
        "Åke bor på korttidsboendet en vecka av fyra.",
        owner=s.unit("korttids-ragunda"),
        goal="sova",
        due=day(-26),
    ),
    _BIRGIT.adds(
        day(-52, 10, 10),
        "natt",
        "Nattpatrullen svarar på rörelselarmet i hallen, så att du kan ligga kvar.",
        owner=s.unit("hemtjanst-hammarstrand"),
        goal="sova",
        due=day(-30),
    ),
    _BIRGIT.adds(
        day(-52, 10, 15),
        "grupp",
        "Samtalsgrupp för dig som vårdar en närstående, första onsdagen i månaden.",
        owner=s.unit("anhorig-ragunda"),
    ),
    _ANNELI.adds(
        day(-52, 11),
        "tryck",
        "Blodtryck och vikt på hälsocentralen varannan vecka.",
        owner=s.unit("hc-hammarstrand"),
        due=day(30),
    ),
    _ANNELI.adds(
        day(-52, 11, 5),
        "vavstol",
        "Jag väver en timme när Åke är på dagverksamheten. Disken får stå.",
        owner=s.SELF,
        goal="vav",
    ),
    _ANNELI.adds(
        day(-52, 11, 10),
        "siv",
        "Siv följer med till samtalsgruppen och kör båda vägarna.",
        owner=s.close("Väninnan Siv"),
    ),
    _ANNELI.writes(
        day(-52, 11, 15),
        Section.IF_WORSE,
        "Orkar du inte en natt till ringer du korttidsboendet. Det finns en plats som får bokas "
        "samma dag. Får du ont i bröstet eller svårt att andas ringer du 112, och larmet ser "
        "till att någon kommer till Åke.",
    ),
    s.PlanAgreed(when=day(-47, 14), by="anneli.modin", plan=OWN, follow_up=day(-12, 13)),
)

_AKES_PLAN: tuple[s.Event, ...] = (
    s.PlanStarted(
        when=day(-46, 10),
        by="torsten.vikner",
        of="ake",
        plan=AKES,
        # Not a SIP: Åke can no longer consent, and the law asks for consent (HSL 16:4).
        kind=PlanKind.CARE,
        title="Lugna dagar hemma och på korttids",
        lead="ragunda",
        asked_by="Hemsjukvården, tillsammans med Margit",
    ),
    _TORSTEN_AKE.writes(
        day(-46, 10, 10),
        Section.WHAT_MATTERS,
        "Åke säger: Jag ska hem. Hästarna väntar. "
        "Margit berättar: Han körde timmer med häst som ung. Han blir lugn av musik, helst dragspel. "
        "Han vill ha sin keps på. Tala om vem du är, varje gång.",
    ),
    _TORSTEN_AKE.writes(
        day(-46, 10, 15),
        Section.STRENGTHS,
        "Åke går gärna ut. Han kan alla visor. Han känner igen Margit på rösten.",
    ),
    _TORSTEN_AKE.sets_goal(
        day(-46, 10, 20),
        "lugn",
        "Jag är lugn om kvällen och vet att någon är nära.",
        reach_by=day(10),
    ),
    _TORSTEN_AKE.adds(
        day(-46, 10, 30),
        "lakemedel",
        "Läkemedlen gås igenom så att inget stör sömnen.",
        owner=s.unit("hc-hammarstrand"),
        goal="lugn",
        due=day(-20),
    ),
    s.PlanAgreed(
        when=day(-45, 10), by="torsten.vikner", of="ake", plan=AKES, follow_up=day(14, 10)
    ),
)

_AFTER: tuple[s.Event, ...] = (
    _BIRGIT.finishes(day(-30, 16), "natt", "Larmet är inkopplat och provat två nätter."),
    s.CareBegins(
        when=day(-27, 10),
        by="gun-britt.alm",
        of="ake",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Växelvård, en vecka av fyra",
    ),
    _EMELIE.finishes(
        day(-26, 11), "vaxelvard", "Första veckan är bokad. Kepsen och dragspelsskivan är med."
    ),
    s.PlanFollowedUp(
        when=day(-12, 13, 20),
        by="anneli.modin",
        plan=OWN,
        took_part="Margit, Anneli och Birgit på anhörigstödet",
        words="Jag är fortfarande trött. Men jag vet att det kommer en vecka då jag får sova.",
        answers=(
            (Question.HEARD, Answer.YES),
            (Question.HELPS, Answer.PARTLY),
            (Question.KEPT, Answer.YES),
            (Question.KNOWS, Answer.YES),
        ),
        goals=(
            (
                "sova",
                GoalStatus.REACHED,
                "Jag sov till klockan åtta. Jag trodde att klockan hade stannat.",
            ),
        ),
        follow_up=day(44, 13),
    ),
    s.WordsTold(
        when=day(-2, 9),
        by="anneli.modin",
        plan=OWN,
        said_by="margit",
        words="Åke var uppe fyra gånger i natt. Kan veckan på korttids komma tidigare?",
    ),
    s.AwayNoted(
        when=day(-2, 15),
        by="anneli.modin",
        staff="anneli.modin",
        since=day(2),
        until=day(9),
        stand_in="pernilla.sved",
    ),
    s.ContactAppointed(when=day(-45, 10), by="anneli.modin", of="ake", staff="anneli.modin"),
    s.HandedOver(
        when=day(-1, 15),
        by="anneli.modin",
        staff="pernilla.sved",
        persons=("margit", "ake"),
        day=day(20),
    ),
    s.Opened(when=any_day(-10, 22), by="margit", page=s.Page.CONTRACT),
    s.Opened(when=any_day(-10, 22, 5), by="margit", of="ake", page=s.Page.PLAN, plan=AKES),
    s.Opened(when=day(-5, 9), by="gun-britt.alm", of="ake", page=s.Page.OVERVIEW),
    s.Booking(
        when=day(-12, 14),
        by="anneli.modin",
        starts=day(2, 9),
        minutes=20,
        reason="Blodtryck och vikt",
    ),
    s.TimePromised(
        when=day(-12, 14, 2),
        by="anneli.modin",
        latest=day(30),
        way=Way.PHONE,
        reason="Ring om hur du sover",
    ),
    s.Booking(
        when=day(-12, 14, 5),
        by="birgit.sahlin",
        starts=day(10, 14),
        minutes=90,
        way=Way.GROUP,
        reason="Samtalsgrupp för dig som vårdar en närstående",
        bring="Siv är välkommen med.",
    ),
    s.Booking(
        when=day(-12, 14, 10),
        by="torsten.vikner",
        of="ake",
        starts=day(14, 10),
        minutes=60,
        way=Way.HOME,
        reason="Uppföljning av Åkes plan",
    ),
)

MARGIT = s.Story(
    key="margit",
    title="Margit, som vårdar Åke och behöver få sova",
    people=_PEOPLE,
    events=_AKE + _MARGIT + _OWN_PLAN + _AKES_PLAN + _AFTER,
)
