"""Ingvar, 66, on Frösön: a stroke took words and the right hand; training at home and in town."""

from __future__ import annotations

from samverka.access.rules import ConsentForm, ConsentKind, ProxyKind, RelationKind
from samverka.careplans.rules import Answer, GoalStatus, PlanKind, Question, Section, Term
from samverka.contacts.rules import Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex
from samverka.people.rules import RelativeKind

SIP = "ingvar-sip"
ANNELIS = "annelis-plan"

_KERSTIN = s.Pen("kerstin.ahl", SIP)
_JAKOB = s.Pen("jakob.stenmark", SIP)
_ELSA = s.Pen("elsa.granath", SIP)
_ELSA_ANNELI = s.Pen("elsa.granath", ANNELIS, of="anneli")

_HOME = s.Address("Vallsundsvägen 30", "832 96", "Frösön", "ostersund")

_PEOPLE = (
    s.Person(
        key="ingvar",
        given="Ingvar",
        family="Holmberg",
        sex=Sex.MALE,
        age=66,
        born=(2, 11),
        address=_HOME,
        phone=phones.mobile(11),
        listed="hc-froson",
    ),
    s.Person(
        key="anneli",
        given="Anneli",
        family="Holmberg",
        sex=Sex.FEMALE,
        age=63,
        born=(5, 27),
        address=_HOME,
        phone=phones.mobile(12),
        listed="hc-froson",
    ),
)

_HOSPITAL: tuple[s.Event, ...] = (
    s.CareBegins(
        when=any_day(-79, 6, 20), by="sara.westin", reason="Kunde inte tala vid frukosten"
    ),
    s.EmergencyOpened(
        when=any_day(-79, 6, 25),
        by="sara.westin",
        reason="Kan inte tala. Vi måste veta om han har blodförtunnande läkemedel före behandling.",
    ),
    s.Visit(
        when=any_day(-79, 8),
        by="fredrik.malm",
        starts=any_day(-79, 6, 15),
        minutes=70,
        reason="Du kunde inte tala och högra handen lydde inte",
        outcome="Du har en propp i hjärnan. Behandlingen började efter fyrtio minuter.",
    ),
    s.CareBegins(when=any_day(-79, 8, 30), by="elin.forsberg", reason="Stroke"),
    s.Stay(
        when=any_day(-79, 8, 40),
        by="elin.forsberg",
        key="ingvar-stroke",
        starts=any_day(-79, 8, 30),
        ends=any_day(-67, 13),
        reason="Vård efter stroke",
    ),
    s.Related(when=day(-77, 10), by="elin.forsberg", kind=RelativeKind.SPOUSE, person="anneli"),
    s.CareBegins(when=any_day(-67, 12), by="birgitta.sjodin", reason="Träning efter stroke"),
    s.Stay(
        when=any_day(-67, 13, 20),
        by="camilla.edlund",
        key="ingvar-rehab",
        starts=any_day(-67, 13),
        ends=any_day(-43, 11),
        reason="Träning av tal, hand och gång",
    ),
    s.CareBegins(when=day(-58, 9), by="annika.lundell", reason="Fortsatt vård efter stroke"),
    s.ContactAppointed(when=day(-57, 9), by="annika.lundell", staff="kerstin.ahl"),
    s.CareBegins(when=day(-54, 9), by="jakob.stenmark", reason="Träning hemma efter stroke"),
    s.CareBegins(
        when=day(-54, 9, 30),
        by="elsa.granath",
        kind=RelationKind.INVESTIGATION,
        reason="Ansökan om hjälp hemma",
    ),
)

_PLAN: tuple[s.Event, ...] = (
    s.PlanStarted(
        when=day(-53, 13),
        by="kerstin.ahl",
        plan=SIP,
        kind=PlanKind.SIP,
        title="Ord för ord",
        lead="region",
        asked_by="Avdelningen, tillsammans med Ingvar och Anneli",
    ),
    s.ConsentGiven(
        when=day(-53, 13, 5),
        by="kerstin.ahl",
        key="ingvar-plan",
        kind=ConsentKind.PLAN,
        readers=("ostersund-halsa", "ostersund-omsorg"),
        form=ConsentForm.ORAL,
        plan=SIP,
        covers="Träningen och hjälpen hemma. Ingvar svarade med tumme upp på varje del.",
        not_covered="Skolan där jag arbetade ska få veta av mig själv, när jag kan säga det.",
        until=day(300),
    ),
    _KERSTIN.writes(
        day(-53, 13, 15),
        Section.WHAT_MATTERS,
        "Jag vet vad jag vill säga. Orden kommer inte. Vänta på mig. "
        "Prata med mig, inte med Anneli. "
        "Tove och Alve. Barnbarnen. Jag vill säga deras namn. "
        "Handen. Jag är slöjdlärare. Kniven. Täljkniven. "
        "Båten i sjön till sommaren.",
    ),
    _KERSTIN.writes(
        day(-53, 13, 25),
        Section.STRENGTHS,
        "Jag förstår. Jag visar med handen. Anneli. Stig kör. Jag ger mig inte.",
    ),
    _KERSTIN.sets_goal(
        day(-53, 13, 35),
        "namn",
        "Jag säger Tove och Alve när de kommer på söndag.",
        reach_by=day(-25),
    ),
    _KERSTIN.sets_goal(
        day(-53, 13, 40), "talja", "Jag täljer en smörkniv.", term=Term.LONG, reach_by=day(90)
    ),
    s.PlanShared(
        when=day(-52, 9),
        by="kerstin.ahl",
        plan=SIP,
        to=("ostersund-halsa", "ostersund-omsorg"),
        consent="ingvar-plan",
    ),
    _JAKOB.adds(
        day(-52, 10),
        "hand",
        "Handen tränas hemma tre gånger i veckan, vid den egna hyvelbänken.",
        owner=s.unit("rehab-ostersund"),
        goal="talja",
        due=day(60),
        rehabilitating=True,
    ),
    _KERSTIN.adds(
        day(-52, 11),
        "tal",
        "Logoped en gång i veckan på sjukhuset och fyra korta pass hemma på surfplattan.",
        owner=s.unit("neurorehab"),
        goal="namn",
        due=day(45),
    ),
    _ELSA.adds(
        day(-51, 9),
        "morgonhjalp",
        "Hemtjänsten hjälper till med dusch och kläder på vardagar.",
        owner=s.unit("hemtjanst-froson"),
        due=day(-43),
    ),
    _KERSTIN.adds(
        day(-51, 9, 30),
        "blodtryck",
        "Blodtryck och blodfetter kontrolleras på hälsocentralen.",
        owner=s.unit("hc-froson"),
        due=day(7),
    ),
    _KERSTIN.adds(
        day(-51, 9, 35),
        "bok",
        "Jag pekar och säger i fotoboken med Anneli varje kväll.",
        owner=s.SELF,
        goal="namn",
    ),
    _KERSTIN.adds(
        day(-51, 9, 40),
        "traff",
        "Träff med andra som har afasi, varannan torsdag. Stig kör.",
        owner=s.other("Afasiföreningen"),
    ),
    _KERSTIN.writes(
        day(-51, 9, 45),
        Section.IF_WORSE,
        "Hänger mungipan, lyder inte armen eller kommer inga ord: ring 112 på en gång. "
        "Blir du ledsen flera dagar i rad ringer ni Kerstin på hälsocentralen. "
        "Kortet i plånboken säger att du har afasi.",
    ),
    s.PlanAgreed(when=day(-45, 14), by="kerstin.ahl", plan=SIP, follow_up=day(-15, 13)),
)

_HOME_AGAIN: tuple[s.Event, ...] = (
    s.ProxyGranted(
        when=day(-44, 10),
        by="kerstin.ahl",
        proxy="anneli",
        kind=ProxyKind.REPRESENTATIVE,
        scopes=("read", "write"),
        until=day(320),
    ),
    s.CareBegins(
        when=day(-43, 14),
        by="elsa.granath",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Hemtjänst på vardagar",
    ),
    _ELSA.finishes(
        day(-42, 10), "morgonhjalp", "Hemtjänsten kommer på vardagar från och med i dag."
    ),
    s.CareBegins(when=day(-40, 9), by="lisa.hedlund", reason="Logoped och rehabilitering"),
    s.Visit(
        when=day(-39, 14),
        by="emma.kjellberg",
        starts=day(-39, 13),
        minutes=50,
        reason="Talträning",
        outcome="Du sade åtta av tolv namn på verktyg. Hyvel kom först.",
    ),
    s.Visit(
        when=day(-33, 11),
        by="jakob.stenmark",
        starts=day(-33, 10),
        minutes=50,
        way=Way.HOME,
        reason="Handträning vid hyvelbänken",
        outcome="Du höll fast en bit björk med högra handen i en halv minut.",
    ),
    s.Visit(
        when=day(-25, 14),
        by="emma.kjellberg",
        starts=day(-25, 13),
        minutes=50,
        reason="Talträning",
        outcome="Tove kom direkt. Alve tar längre tid, men kommer.",
    ),
    _KERSTIN.sets_goal(
        day(-15, 13, 30), "affar", "Jag handlar själv på Frösön. Tre saker.", reach_by=day(30)
    ),
    s.PlanFollowedUp(
        when=day(-15, 13, 45),
        by="kerstin.ahl",
        plan=SIP,
        took_part="Ingvar, Anneli, Kerstin, Jakob och Emma på video",
        words="Bra. Bättre. Vänta på mig.",
        answers=(
            (Question.HEARD, Answer.PARTLY),
            (Question.HELPS, Answer.YES),
            (Question.KEPT, Answer.YES),
            (Question.BETTER, Answer.YES),
        ),
        goals=(
            (
                "namn",
                GoalStatus.REACHED,
                "Tove. Alve. Jag sa det. De skrattade och jag grät.",
            ),
        ),
        follow_up=day(34, 13),
        why="Namnen sitter. Nu vill Ingvar handla själv.",
    ),
    s.EasyWritten(
        when=day(-14, 9),
        by="kerstin.ahl",
        plan=SIP,
        section=Section.IF_WORSE,
        words=(
            "Sned mun. Svag arm. Inga ord. Ring 112.\nLedsen i flera dagar: ring Kerstin.\n"
            "Visa kortet i plånboken."
        ),
    ),
    s.Opened(when=day(-9, 19), by="anneli", page=s.Page.CONTRACT),
    s.PlanCommented(
        when=day(-9, 19, 10),
        by="anneli",
        plan=SIP,
        words="Ingvar visar med handen att han vill ha färre möten och mer slöjd.",
    ),
    s.Booking(
        when=day(-8, 9),
        by="emma.kjellberg",
        starts=day(1, 13),
        minutes=50,
        reason="Talträning",
        bring="Ta med fotoboken.",
    ),
    s.Booking(
        when=day(-8, 9, 10),
        by="jakob.stenmark",
        starts=day(3, 10),
        minutes=50,
        way=Way.HOME,
        reason="Handträning vid hyvelbänken",
    ),
    s.Booking(
        when=day(-8, 9, 20),
        by="annika.lundell",
        starts=day(7, 9),
        minutes=30,
        reason="Läkarbesök: blodtryck och blodfetter",
        bring="Lämna blodprov två dagar före.",
    ),
)

_ANNELIS_PLAN: tuple[s.Event, ...] = (
    s.CareBegins(
        when=day(-31, 9),
        by="elsa.granath",
        of="anneli",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Stöd till den som vårdar en närstående",
    ),
    s.PlanStarted(
        when=day(-31, 9, 30),
        by="elsa.granath",
        of="anneli",
        plan=ANNELIS,
        kind=PlanKind.CARER,
        title="Så att Anneli hinner med sitt",
        lead="ostersund",
        asked_by="Anneli",
    ),
    _ELSA_ANNELI.writes(
        day(-31, 9, 40),
        Section.WHAT_MATTERS,
        "Jag vill vara hans fru och inte hans tolk. "
        "Jag sjöng i kör förut. Nu går jag inte ens till affären utan att titta på klockan. "
        "Jag vill få vara arg en stund utan att han hör det.",
    ),
    _ELSA_ANNELI.sets_goal(
        day(-31, 9, 50), "kor", "Jag sjunger i kören på onsdagar igen.", reach_by=day(20)
    ),
    _ELSA_ANNELI.adds(
        day(-31, 10),
        "onsdag",
        "Någon är hemma hos Ingvar på onsdagskvällar, från halv sju till nio.",
        owner=s.unit("hemtjanst-froson"),
        goal="kor",
        due=day(12),
    ),
    _ELSA_ANNELI.adds(day(-31, 10, 5), "ringa", "Jag ringer min syster på söndagar.", owner=s.SELF),
    s.PlanAgreed(
        when=day(-30, 10), by="elsa.granath", of="anneli", plan=ANNELIS, follow_up=day(24, 10)
    ),
    s.CarerLinked(when=day(-30, 10, 10), by="elsa.granath", of="anneli", plan=ANNELIS, cared=SIP),
    s.AwayNoted(
        when=day(-3, 9), by="kerstin.ahl", staff="kerstin.ahl", since=day(20), until=day(27)
    ),
)

INGVAR = s.Story(
    key="ingvar",
    title="Ingvar, som hittar tillbaka till orden efter en stroke",
    people=_PEOPLE,
    events=_HOSPITAL + _PLAN + _HOME_AGAIN + _ANNELIS_PLAN,
)
