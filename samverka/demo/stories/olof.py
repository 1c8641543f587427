"""Olof, 88, in Hackås: at the end of life, at home by the lake."""

from __future__ import annotations

from samverka.access.rules import ConsentForm, ConsentKind, ProxyKind, RelationKind
from samverka.careplans.rules import ContactKind, GoalStatus, PlanKind, Section, Term
from samverka.careplans.rules.meetings import CallStatus
from samverka.contacts.rules import Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex
from samverka.people.rules import RelativeKind

SIP = "olof-sip"

_GUDRUN = s.Pen("gudrun.olsen", SIP)
_KRISTINA = s.Pen("kristina.udden", SIP)
_ROLAND = s.Pen("roland.persson", SIP)

_FARM = s.Address("Strandgårdsvägen 4", "845 94", "Hackås", "berg")

_PEOPLE = (
    s.Person(
        key="olof",
        given="Olof",
        family="Persson",
        sex=Sex.MALE,
        age=88,
        born=(7, 2),
        address=_FARM,
        phone=phones.mobile(17),
        listed="hc-svenstavik",
    ),
    s.Person(
        key="per",
        given="Per",
        family="Persson",
        sex=Sex.MALE,
        age=58,
        born=(11, 21),
        address=_FARM,
        phone=phones.mobile(18),
        listed="hc-svenstavik",
    ),
)

_EVENTS: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-820), by="louise.tegner", reason="Prostatacancer"),
    s.Related(
        when=day(-820, 10),
        by="louise.tegner",
        kind=RelativeKind.SON,
        note="Bor på samma gård.",
        person="per",
    ),
    s.CareBegins(when=day(-210), by="gudrun.olsen", reason="Hemsjukvård"),
    s.Visit(
        when=day(-96, 14),
        by="louise.tegner",
        starts=day(-96, 12, 30),
        minutes=75,
        way=Way.HOME,
        reason="Samtal hemma om sjukdomen och tiden framåt",
        outcome="Behandlingen hjälper inte längre mot sjukdomen. Du vill vara hemma. Per var med.",
    ),
    s.CareBegins(when=day(-92, 9), by="kristina.udden", reason="Palliativ vård i hemmet"),
    s.CareBegins(when=day(-92, 10), by="bengt.ringdahl", reason="Palliativ vård i hemmet"),
    s.CareBegins(
        when=day(-90, 9),
        by="roland.persson",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Hemtjänst dag och natt",
    ),
    s.CareBegins(
        when=day(-89, 9),
        by="alva.hedvall",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Hemtjänst dag och natt",
    ),
    s.ConsentGiven(
        when=day(-88, 11),
        by="gudrun.olsen",
        key="olof-svod",
        kind=ConsentKind.SVOD,
        readers=("region", "berg-halsa", "berg-omsorg"),
        form=ConsentForm.ORAL,
        covers="Allt som behövs för att jag ska kunna vara hemma.",
        not_covered="Det som hände i militären.",
    ),
    s.ProxyGranted(
        when=day(-88, 11, 30),
        by="gudrun.olsen",
        proxy="per",
        kind=ProxyKind.REPRESENTATIVE,
        scopes=("read", "write"),
    ),
    s.ContactAppointed(when=day(-88, 11, 40), by="gudrun.olsen", staff="gudrun.olsen"),
    s.ContactAppointed(
        when=day(-87, 9),
        by="louise.tegner",
        staff="louise.tegner",
        kind=ContactKind.FAST_LAKARKONTAKT,
    ),
    s.PlanStarted(
        when=day(-86, 13),
        by="gudrun.olsen",
        plan=SIP,
        kind=PlanKind.SIP,
        title="Hemma vid sjön",
        lead="berg",
        asked_by="Olof och Per",
    ),
    s.ConsentGiven(
        when=day(-86, 13, 5),
        by="gudrun.olsen",
        key="olof-plan",
        kind=ConsentKind.PLAN,
        readers=("region", "berg-omsorg"),
        form=ConsentForm.ORAL,
        plan=SIP,
        covers="Planen, så att alla som kommer hit vet vad jag vill.",
        not_covered="Inget. Läs ni.",
    ),
    _GUDRUN.writes(
        day(-86, 13, 15),
        Section.WHAT_MATTERS,
        "Jag är född i det här huset och här tänker jag dö. "
        "Jag vill se sjön från sängen. Vänd den ditåt. "
        "Jag vill inte ha ont, men jag vill vara vaken när Per kommer in med kaffet. "
        "Ring inte ambulansen för min skull. "
        "Hunden får ligga på sängen. Det är inget att diskutera.",
    ),
    _GUDRUN.writes(
        day(-86, 13, 25),
        Section.STRENGTHS,
        "Jag har bott här i hela mitt liv och hittar i mörkret. Per är lugn. "
        "Elsa ringer varje dag. "
        "Prästen kommer på torsdagar, mest för att prata om fiske.",
    ),
    _GUDRUN.sets_goal(
        day(-86, 13, 35), "vark", "Jag sover utan värk mellan midnatt och fem.", reach_by=day(-70)
    ),
    _GUDRUN.sets_goal(
        day(-86, 13, 40), "bron", "Jag sitter på bron i solen en gång till.", reach_by=day(-30)
    ),
    _GUDRUN.sets_goal(
        day(-86, 13, 45), "hemma", "Jag är hemma ända till slutet, och Per orkar.", term=Term.LONG
    ),
    s.PlanShared(
        when=day(-85, 9),
        by="gudrun.olsen",
        plan=SIP,
        to=("region", "berg-omsorg"),
        consent="olof-plan",
    ),
    _GUDRUN.adds(
        day(-85, 10),
        "natt",
        "Sjuksköterskan kommer klockan elva varje kväll och när ni ringer, dygnet runt.",
        owner=s.unit("hemsjukvard-berg"),
        goal="vark",
    ),
    _KRISTINA.adds(
        day(-84, 14),
        "pump",
        "En pump ger smärtlindring jämnt över dygnet. Läkaren ändrar dosen per telefon.",
        owner=s.unit("storsjoglantan"),
        goal="vark",
        due=day(-75),
    ),
    _ROLAND.adds(
        day(-84, 15),
        "avlosning",
        "Någon är hos dig två nätter i veckan, så att Per kan sova i sin egen säng.",
        owner=s.unit("hemtjanst-hackas"),
        goal="hemma",
    ),
    _GUDRUN.adds(
        day(-83, 10),
        "kaffe",
        "Per kommer in med kaffet klockan sju. Ingen bokar något före åtta.",
        owner=s.close("Per, sonen"),
        goal="hemma",
    ),
    _GUDRUN.adds(
        day(-83, 10, 5),
        "sager",
        "Jag säger till när det gör ont, i stället för att bita ihop.",
        owner=s.SELF,
        goal="vark",
    ),
    _GUDRUN.writes(
        day(-83, 10, 15),
        Section.IF_WORSE,
        "Ring hemsjukvården först, alla tider på dygnet. Medicin mot värk, oro och rossel finns "
        "hemma i lådan i köket. Vi kommer inom en timme, oftast fortare. "
        "Du ska inte åka in om det inte är något som bara går att hjälpa på sjukhus. "
        "När andningen förändras är det inte farligt att sitta kvar. Per får ringa när han vill.",
    ),
    s.PlanAgreed(when=day(-82, 14), by="gudrun.olsen", plan=SIP, follow_up=day(-54, 13)),
    _KRISTINA.finishes(
        day(-76, 15), "pump", "Pumpen är på plats och Per vet vilken knapp som är vilken."
    ),
    s.Visit(
        when=day(-76, 15, 10),
        by="kristina.udden",
        starts=day(-76, 13),
        minutes=90,
        way=Way.HOME,
        reason="Pump mot värken",
        outcome="Du sov fem timmar natten efter.",
    ),
    _GUDRUN.follows(
        day(-69, 9), "vark", GoalStatus.REACHED, "Jag sover. Det är hunden som väcker mig nu."
    ),
    _GUDRUN.follows(
        day(-47, 12),
        "bron",
        GoalStatus.REACHED,
        "Sol och vindstilla. Vi åt sill på bron, Per och jag och Elsa.",
    ),
    s.PlanAgreed(when=day(-47, 12, 30), by="gudrun.olsen", plan=SIP, follow_up=day(4, 13)),
    s.Visit(
        when=any_day(-19, 3),
        by="gudrun.olsen",
        starts=any_day(-19, 1, 40),
        minutes=60,
        way=Way.HOME,
        reason="Oro och värk på natten",
        outcome="Extra dos. Vi pratade om älgjakten 1957 tills du somnade.",
    ),
    s.Visit(
        when=day(-12, 11),
        by="bengt.ringdahl",
        starts=day(-12, 10),
        minutes=60,
        way=Way.HOME,
        reason="Läkarbesök hemma",
        outcome="Du sover mer. Det är som det ska vara nu. Dosen är höjd.",
    ),
    s.Opened(when=any_day(-11, 5, 30), by="per", page=s.Page.PLAN, plan=SIP),
    s.PlanCommented(
        when=any_day(-11, 5, 40),
        by="per",
        plan=SIP,
        words="Far vill att nattpersonalen inte tänder taklampan. Fönsterlampan räcker.",
    ),
    s.Opened(when=any_day(-10, 21), by="alva.hedvall", page=s.Page.PLAN, plan=SIP),
    s.Visit(
        when=any_day(-2, 23, 40),
        by="gudrun.olsen",
        starts=any_day(-2, 23),
        minutes=30,
        way=Way.HOME,
        reason="Kvällsbesök",
        outcome="Lugn kväll. Hunden låg på sängen.",
    ),
    s.CommentsHandled(when=day(-10, 10), by="gudrun.olsen", plan=SIP),
    s.MeetingCalled(
        when=day(-8, 9),
        by="gudrun.olsen",
        key="olof-mote",
        plan=SIP,
        starts=day(4, 13),
        minutes=45,
        place="Hos Olof, vid köksbordet",
        purpose="Vi ser över planen. Olof är med så länge han orkar.",
        units=("storsjoglantan", "hemtjanst-hackas", "bistand-berg"),
        relatives=("Per Persson",),
    ),
    s.CallAnswered(when=day(-7, 9), by="kristina.udden", meeting="olof-mote"),
    s.CallAnswered(when=any_day(-7, 22), by="alva.hedvall", meeting="olof-mote"),
    s.CallAnswered(
        when=day(-6, 9),
        by="roland.persson",
        meeting="olof-mote",
        answer=CallStatus.DECLINED,
        reason="Beslutet om nätterna gäller redan. Ring mig om något ska ändras, så gör jag det samma dag.",
    ),
    s.CallAnswered(when=day(-5, 9), by="gudrun.olsen", meeting="olof-mote", name="Per Persson"),
    s.Booking(
        when=day(-8, 10),
        by="kristina.udden",
        starts=day(2, 10),
        minutes=60,
        way=Way.HOME,
        reason="Besök av Kristina från Storsjögläntan",
    ),
)

OLOF = s.Story(
    key="olof",
    title="Olof, som vill se sjön från sängen",
    people=_PEOPLE,
    events=_EVENTS,
)
