"""Gösta, 71, in Järpen: chronic obstructive lung disease, measured at home, one bad week caught in time."""

from __future__ import annotations

from samverka.access.rules import ConsentKind, ProxyKind, RelationKind
from samverka.careplans.rules import Answer, GoalStatus, PlanKind, Question, Section, Term
from samverka.contacts.rules import Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.demo.stories.gosta_medicines import MEDICINES
from samverka.kernel.identity import Sex
from samverka.people.rules import RelativeKind

PLAN = "gosta-plan"
MEETING = "gosta-mote"

_SOFIE = s.Pen("sofie.andreasson", PLAN)
_SARA = s.Pen("sara.myhr", PLAN)
_BJORN = s.Pen("bjorn.solberg", PLAN)

_PEOPLE = (
    s.Person(
        key="gosta",
        given="Gösta",
        family="Lindqvist",
        sex=Sex.MALE,
        age=71,
        born=(11, 3),
        address=s.Address("Strandvägen 17", "837 31", "Järpen", "are"),
        phone=phones.mobile(3),
        listed="hc-jarpen",
    ),
    s.Person(
        key="ulla",
        given="Ulla",
        family="Lindqvist",
        sex=Sex.FEMALE,
        age=69,
        born=(2, 20),
        address=s.Address("Strandvägen 17", "837 31", "Järpen", "are"),
        phone=phones.mobile(4),
        listed="hc-jarpen",
    ),
)

_OXYGEN = [
    "92",
    "91",
    "92",
    "93",
    "92",
    "92",
    "91",
    "92",
    "92",
    "93",
    "93",
    "92",
    "92",
    "91",
    "92",
    "93",
    "92",
    "93",
    "93",
    "92",
    "92",
    "91",
    "90",
    "89",
    "88",
    "88",
    "89",
    "90",
    "91",
    "92",
    "92",
    "92",
]
_PULSE = [
    "84",
    "86",
    "82",
    "80",
    "83",
    "81",
    "85",
    "82",
    "80",
    "79",
    "80",
    "82",
    "84",
    "83",
    "81",
    "80",
    "79",
    "82",
    "80",
    "81",
    "84",
    "88",
    "93",
    "98",
    "101",
    "99",
    "94",
    "90",
    "86",
    "83",
    "82",
    "81",
]
_WEIGHT = ("71.4", "71.2", "71.0", "70.9", "70.6", "70.5")


def _mornings(values: list[str]) -> tuple[tuple[s.Moment, str], ...]:
    """One value each morning until yesterday."""
    return tuple(
        (any_day(n - len(values), 7, 30 + n % 20), value) for n, value in enumerate(values)
    )


_BEFORE: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-855), by="sofie.andreasson", reason="Andfåddhet och hosta"),
    s.Visit(
        when=day(-855, 10),
        by="bjorn.solberg",
        starts=day(-855, 9, 20),
        reason="Andfådd i backar och hosta på morgonen",
        outcome="Blåsprov visar lungsjukdomen kol. Du får inhalator och stöd att sluta röka.",
    ),
    s.Visit(
        when=day(-720, 11),
        by="sofie.andreasson",
        starts=day(-720, 10),
        minutes=45,
        reason="Uppföljning av inhalatorn och rökstoppet",
        outcome="Du har inte rökt på fem månader. Vi tränade på att andas in rätt.",
    ),
    s.Related(
        when=day(-720, 11, 5), by="sofie.andreasson", kind=RelativeKind.SPOUSE, person="ulla"
    ),
    s.Series(
        when=day(-365, 12),
        by="mats.wikander",
        measure=s.Measure.FEV1,
        keeper="hc-jarpen",
        at_home=False,
        values=((day(-720, 10, 30), "1.52"), (day(-365, 10, 30), "1.38")),
    ),
    s.ProxyGranted(
        when=day(-340, 18),
        by="gosta",
        proxy="ulla",
        kind=ProxyKind.REPRESENTATIVE,
        scopes=("read",),
        until=day(390),
    ),
)

_HOSPITAL: tuple[s.Event, ...] = (
    s.CareBegins(when=any_day(-64, 3, 10), by="sara.westin", reason="Svårt att andas"),
    s.EmergencyOpened(
        when=any_day(-64, 3, 20),
        by="sara.westin",
        reason="Gösta orkar inte svara på frågor. Läkemedel och allergi behövs nu för behandlingen.",
    ),
    s.Visit(
        when=any_day(-64, 5),
        by="fredrik.malm",
        starts=any_day(-64, 3),
        minutes=120,
        reason="Svårt att andas i natt",
        outcome="Lungsjukdomen har blivit tillfälligt sämre av en infektion. Du läggs in.",
    ),
    s.CareBegins(when=any_day(-64, 5, 30), by="daniel.aberg", reason="Försämrad lungsjukdom"),
    s.Stay(
        when=any_day(-64, 5, 40),
        by="daniel.aberg",
        key="gosta-medicin",
        starts=any_day(-64, 5, 30),
        ends=any_day(-58, 11),
        reason="Behandling av infektion och försämrad lungsjukdom",
    ),
    s.CareBegins(
        when=day(-60, 10), by="ann-sofie.persson", reason="Ny inhalator och syrebedömning"
    ),
    s.Visit(
        when=day(-60, 11),
        by="ann-sofie.persson",
        starts=day(-60, 10, 15),
        minutes=45,
        reason="Genomgång av inhalator och andningsteknik på avdelningen",
        outcome="Du får en inhalator som är lättare för dina händer.",
    ),
    s.ConsentGiven(
        when=any_day(-59, 14),
        by="daniel.aberg",
        key="gosta-svod",
        kind=ConsentKind.SVOD,
        readers=("region", "are-halsa"),
        covers="Lungsjukdomen, läkemedel, hjälpmedel och mätningar hemma.",
        not_covered="Gamla uppgifter från företagshälsovården.",
        until=day(300),
    ),
)

_PLAN: tuple[s.Event, ...] = (
    s.ContactAppointed(when=day(-52, 10), by="sofie.andreasson", staff="sofie.andreasson"),
    s.CareBegins(when=day(-50, 9), by="anna-karin.lof", reason="Mäter hemma varje morgon"),
    s.CareBegins(when=day(-49, 9), by="ola.brink", reason="Stöd hemma efter sjukhusvistelsen"),
    s.CareBegins(
        when=day(-49, 10),
        by="sara.myhr",
        kind=RelationKind.INVESTIGATION,
        reason="Ansökan om hjälp med ved och snö",
    ),
    s.PlanAsked(
        when=any_day(-51, 19),
        by="gosta",
        key="gostas-begaran",
        reason="Jag vill veta vad som gäller nästa gång luften tar slut. Och Ulla med.",
    ),
    s.PlanStarted(
        when=day(-48, 13),
        by="sofie.andreasson",
        plan=PLAN,
        kind=PlanKind.SIP,
        title="Andas och fiska",
        lead="region",
        asked_by="Gösta själv, efter sjukhusvistelsen",
    ),
    s.AskGranted(when=day(-48, 13, 2), by="sofie.andreasson", ask="gostas-begaran", plan=PLAN),
    s.ConsentAsked(
        when=day(-48, 13, 5),
        by="sofie.andreasson",
        plan=PLAN,
        units=("hemsjukvard-are", "rehab-are", "bistand-are"),
        covers="Planen och mätningarna hemifrån.",
        not_covered="Mina barn ska inte få veta siffrorna. Jag berättar själv.",
        until=day(318),
    ),
    s.ConsentAnswered(when=day(-48, 13, 10), by="gosta", plan=PLAN, yes=True),
    _SOFIE.writes(
        day(-48, 13, 15),
        Section.WHAT_MATTERS,
        "Jag vill orka ut och pimpla röding med barnbarnet när isen bär. "
        "Jag skötte liftarna i Åre i trettio år och är van att klara mig. "
        "Det värsta är natten, när luften inte räcker. Då blir jag rädd och Ulla blir räddare. "
        "Jag vill veta i tid när det är på väg att bli sämre. "
        "Jag vill inte ligga på sjukhus om det går att sköta hemma.",
    ),
    _SOFIE.writes(
        day(-48, 13, 25),
        Section.STRENGTHS,
        "Jag har slutat röka. Jag kan min inhalator. Ulla är lugn när jag inte är det. "
        "Sonen Mats bär in ved på helgerna.",
    ),
    _SOFIE.sets_goal(
        day(-48, 13, 35),
        "natt",
        "Jag vet vad jag ska göra när luften tar slut på natten, och det vet Ulla också.",
        reach_by=day(-20),
    ),
    _SOFIE.sets_goal(
        day(-48, 13, 40),
        "is",
        "Jag går ut på isen med pimpelspöet och sitter där en hel förmiddag.",
        term=Term.LONG,
        reach_by=day(110),
    ),
    s.PlanShared(
        when=day(-48, 14),
        by="sofie.andreasson",
        plan=PLAN,
        to=("are-halsa", "are-omsorg"),
    ),
    _SOFIE.adds(
        day(-47, 9),
        "mata",
        "Jag mäter syre och puls varje morgon före kaffet och väger mig på måndagar.",
        owner=s.SELF,
        goal="natt",
    ),
    _SOFIE.adds(
        day(-47, 9, 5),
        "titta",
        "Sjuksköterskan ser dina värden varje vardag och ringer samma dag om de sjunker.",
        owner=s.unit("egenmonitorering"),
        goal="natt",
    ),
    _SOFIE.adds(
        day(-47, 9, 10),
        "skriven",
        "Läkaren skriver vad du ska ta och göra vid en försämring, på ett papper på kylskåpet.",
        owner=s.unit("hc-jarpen"),
        goal="natt",
        due=day(-35),
    ),
    _SOFIE.adds(
        day(-47, 9, 15),
        "trana",
        "Lungträning i grupp, två gånger i veckan i åtta veckor.",
        owner=s.unit("rehab-are"),
        goal="is",
        due=day(20),
    ),
    _SARA.adds(
        day(-46, 10),
        "ved",
        "Kommunen ordnar hjälp med ved och snöskottning hela vintern.",
        owner=s.unit("bistand-are"),
        due=day(-25),
    ),
    _SOFIE.adds(
        day(-46, 10, 30),
        "soppa",
        "Fredagsfika och stavgång med andra som har lungsjukdom.",
        owner=s.other("Hjärt- och lungföreningen"),
    ),
    _SOFIE.writes(
        day(-46, 10, 45),
        Section.IF_WORSE,
        "Grönt: du mår som vanligt. Gult: syret är under 90 två morgnar i rad, eller du hostar mer. "
        "Ta då tabletterna på pappret och ring egenmonitoreringen samma dag. "
        "Rött: du orkar inte tala hela meningar. Sätt dig upp, låt Ulla öppna fönstret och ring 112.",
    ),
    s.PlanAgreed(when=day(-42, 14), by="sofie.andreasson", plan=PLAN, follow_up=day(21, 10)),
)

_MEASURED: tuple[s.Event, ...] = (
    _BJORN.finishes(
        day(-36, 15), "skriven", "Pappret är skrivet och vi har gått igenom det med dig och Ulla."
    ),
    _SARA.finishes(day(-26, 11), "ved", "Beslutet gäller hela vintern."),
    s.CareBegins(
        when=day(-26, 11, 5),
        by="sara.myhr",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Hjälp med ved och snöskottning",
    ),
    s.Series(
        when=any_day(-9, 8),
        by="mats.wikander",
        measure=s.Measure.OXYGEN,
        keeper="egenmonitorering",
        values=_mornings(_OXYGEN)[:23],
    ),
    s.Series(
        when=any_day(-9, 8, 5),
        by="mats.wikander",
        measure=s.Measure.HEART_RATE,
        keeper="egenmonitorering",
        values=_mornings(_PULSE)[:23],
    ),
    s.MeetingCalled(
        when=day(-13, 9),
        by="sofie.andreasson",
        key=MEETING,
        plan=PLAN,
        starts=day(-3, 10),
        place="Järpens hälsocentral, rum 4",
        link="https://mote.example.se/gosta",
        purpose="Hur gick den dåliga veckan, och vad gör vi nästa gång?",
        units=("hemsjukvard-are", "bistand-are", "egenmonitorering"),
        relatives=("Ulla Lindqvist",),
    ),
    s.CallAnswered(when=day(-12, 9), by="ola.brink", meeting=MEETING),
    s.CallAnswered(when=day(-12, 10), by="sara.myhr", meeting=MEETING),
    s.CallAnswered(when=day(-11, 9), by="anna-karin.lof", meeting=MEETING),
    s.CallAnswered(when=any_day(-11, 20), by="gosta", meeting=MEETING),
    s.Visit(
        when=day(-8, 10),
        by="anna-karin.lof",
        starts=day(-8, 9, 40),
        minutes=20,
        way=Way.PHONE,
        reason="Syret har sjunkit två morgnar i rad",
        outcome="Du började med tabletterna på pappret i dag. Vi hörs igen i morgon.",
    ),
    s.Visit(
        when=day(-6, 14),
        by="ola.brink",
        starts=day(-6, 13),
        minutes=40,
        way=Way.HOME,
        reason="Hembesök: hur är andningen?",
        outcome="Du andas lugnare och hostar mindre. Ulla har sovit i två nätter.",
    ),
    s.PlanFollowedUp(
        when=day(-3, 11, 20),
        by="sofie.andreasson",
        plan=PLAN,
        took_part="Gösta, Ulla, Sofie, Ola och Anna-Karin",
        words="Jag ville inte tro att en burk på fingret kunde lugna mig. Det gjorde den.",
        answers=(
            (Question.HEARD, Answer.YES),
            (Question.HELPS, Answer.YES),
            (Question.KEPT, Answer.YES),
            (Question.KNOWS, Answer.YES),
            (Question.BETTER, Answer.PARTLY),
        ),
        goals=(
            (
                "natt",
                GoalStatus.REACHED,
                "Den här gången visste vi vad vi skulle göra. Jag slapp åka in.",
            ),
        ),
        follow_up=day(21, 10),
    ),
    s.MeetingHeld(
        when=day(-3, 11, 25),
        by="sofie.andreasson",
        meeting=MEETING,
        there=(
            ("Gösta Lindqvist", "den det gäller", ""),
            ("Ulla Lindqvist", "hustru", ""),
            ("Sofie Andreasson", "fast vårdkontakt", "hc-jarpen"),
            ("Ola Brink", "sjuksköterska", "hemsjukvard-are"),
            ("Anna-Karin Löf", "sjuksköterska, på video", "egenmonitorering"),
        ),
        absent=(("Sara Myhr", "biståndshandläggare, sjuk den dagen", "bistand-are"),),
    ),
    s.AgreedConfirmed(when=day(-3, 11, 26), by="sofie.andreasson", meeting=MEETING),
    s.SelfCareAdvised(
        when=day(-3, 11, 28),
        by="sofie.andreasson",
        what="Andas lugnt när luften tar slut",
        how="Sitt ner. Luta dig fram. Andas in genom näsan. Andas ut sakta med smal mun.",
        call_when="Om det inte är bättre efter tio minuter. Ring 112 om du inte kan prata.",
        risks="Kan vänta för länge med att ringa. Ulla vet när det är dags.",
        reassess=day(80),
        helper="Ulla, som räknar åt dig",
        wish="Jag vill klara nätterna hemma.",
    ),
    s.AgreedConfirmed(when=day(-3, 13), by="ola.brink", meeting=MEETING),
    s.AgreedConfirmed(when=any_day(-2, 18), by="gosta", meeting=MEETING),
    s.Series(
        when=any_day(-1, 8),
        by="mats.wikander",
        measure=s.Measure.OXYGEN,
        keeper="egenmonitorering",
        values=_mornings(_OXYGEN)[23:],
    ),
    s.Series(
        when=any_day(-1, 8, 5),
        by="mats.wikander",
        measure=s.Measure.HEART_RATE,
        keeper="egenmonitorering",
        values=_mornings(_PULSE)[23:],
    ),
    s.Series(
        when=any_day(-1, 8, 10),
        by="mats.wikander",
        measure=s.Measure.WEIGHT,
        keeper="egenmonitorering",
        values=tuple((any_day(7 * n - 37, 7, 25), kg) for n, kg in enumerate(_WEIGHT)),
    ),
    MEDICINES,
    s.Opened(when=any_day(-1, 9), by="ulla", page=s.Page.CONTRACT),
    s.Booking(
        when=day(-3, 11, 30),
        by="sofie.andreasson",
        starts=day(21, 10),
        minutes=60,
        reason="Uppföljning av planen tillsammans med Ulla",
        bring="Ta med inhalatorn och pappret från kylskåpet.",
    ),
    s.Booking(
        when=day(-3, 11, 40),
        by="ann-sofie.persson",
        starts=day(12, 13),
        way=Way.VIDEO,
        reason="Samtal med sjuksköterska på lungmottagningen",
        bring="Ha inhalatorn bredvid dig.",
    ),
)

GOSTA = s.Story(
    key="gosta",
    title="Gösta, som mäter syret hemma och vill ut på isen",
    people=_PEOPLE,
    events=_BEFORE + _HOSPITAL + _PLAN + _MEASURED,
)
