"""Rune, 73, in Hammarstrand: heart failure and diabetes, five contacts, no plan yet."""

from __future__ import annotations

from samverka.access.rules import RelationKind
from samverka.careplans.rules import RefusalGround
from samverka.contacts.rules import BookingStatus, Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex

_PEOPLE = (
    s.Person(
        key="rune",
        given="Rune",
        family="Söderlund",
        sex=Sex.MALE,
        age=73,
        born=(8, 25),
        address=s.Address("Södra vägen 3 A", "844 31", "Hammarstrand", "ragunda"),
        phone=phones.mobile(19),
        listed="hc-hammarstrand",
    ),
)

_WEIGHT = [
    "93.1",
    "93.0",
    "93.2",
    "93.4",
    "93.3",
    "93.8",
    "94.1",
    "94.6",
    "95.2",
    "95.9",
    "96.4",
    "96.8",
    "95.7",
    "94.8",
    "94.0",
    "93.6",
    "93.4",
    "93.5",
    "93.3",
]
_PRESSURE = ["142/84", "138/82", "145/86", "151/88", "149/90", "144/86", "136/80", "134/78"]
_GLUCOSE = ["8.4", "9.1", "8.8", "10.2", "11.6", "9.7", "8.9", "9.4"]

_EVENTS: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-830), by="pernilla.sved", reason="Diabetes typ 2"),
    s.Visit(
        when=day(-365, 11),
        by="pernilla.sved",
        starts=day(-365, 10),
        minutes=45,
        reason="Årskontroll av diabetes",
        outcome="Långtidssockret har stigit. Fötterna är bra.",
    ),
    s.CareBegins(when=any_day(-203, 4), by="sara.westin", reason="Svårt att andas, svullna ben"),
    s.CareBegins(when=any_day(-203, 7), by="sofia.wikstrom", reason="Hjärtsvikt"),
    s.Stay(
        when=any_day(-203, 7, 20),
        by="sofia.wikstrom",
        key="rune-medicin-1",
        starts=any_day(-203, 7),
        ends=any_day(-196, 11),
        reason="Behandling av hjärtsvikt",
    ),
    s.CareBegins(when=day(-190), by="marika.dahl", reason="Uppföljning av hjärtsvikt"),
    s.Visit(
        when=day(-181, 11),
        by="marika.dahl",
        starts=day(-181, 10),
        minutes=45,
        reason="Hjärtsviktsmottagningen: läkemedel och vätska",
        outcome="Väg dig varje morgon. Ring om du går upp två kilo på tre dagar.",
    ),
    s.CareBegins(when=day(-160), by="helena.brandt", reason="Remiss för insulinstart"),
    s.Visit(
        when=day(-152, 14),
        by="helena.brandt",
        starts=day(-152, 13),
        minutes=60,
        reason="Diabetesmottagningen: insulin",
        outcome="Du börjar med insulin till natten. Drick mycket vatten om sockret är högt.",
    ),
    s.Visit(
        when=day(-139, 10),
        by="marika.dahl",
        starts=day(-139, 9, 40),
        minutes=20,
        way=Way.PHONE,
        reason="Telefonsamtal om vätska",
        outcome="Du hade fått olika besked om hur mycket du får dricka. En och en halv liter gäller.",
    ),
    s.Booking(
        when=day(-130, 9),
        by="helena.brandt",
        starts=day(-112, 9),
        minutes=45,
        reason="Diabetesmottagningen i Östersund",
        bring="Samma dag som tiden på hälsocentralen. Rune kunde inte komma till båda.",
        status=BookingStatus.NO_SHOW,
    ),
    s.Visit(
        when=day(-112, 9, 50),
        by="ingemar.kroon",
        starts=day(-112, 9),
        minutes=30,
        reason="Läkarbesök: njurar och läkemedel",
        outcome="Njurarna orkar lite mindre. En tablett mot diabetes byts ut.",
    ),
    s.CareBegins(
        when=day(-84),
        by="emelie.frank",
        kind=RelationKind.INVESTIGATION,
        reason="Ansökan om matlåda och ledsagning",
    ),
    s.PlanAsked(
        when=any_day(-62, 19),
        by="rune",
        key="rune-forsta",
        reason=(
            "Jag har fem ställen att gå till och de säger olika om hur mycket jag får dricka. "
            "Kan ni prata ihop er?"
        ),
    ),
    s.AskRefused(
        when=day(-60, 14),
        by="pernilla.sved",
        ask="rune-forsta",
        ground=RefusalGround.OTHER_HELP,
        reason=(
            "Vi tyckte att vi kan lösa det hos oss. Jag ringer hjärtmottagningen om vätskan och "
            "skriver ner det som gäller till dig. Hjälper det inte ska du fråga igen."
        ),
    ),
    s.CareBegins(when=any_day(-31, 2), by="sara.westin", reason="Svårt att andas"),
    s.CareBegins(when=any_day(-31, 5), by="sofia.wikstrom", reason="Hjärtsvikt"),
    s.Stay(
        when=any_day(-31, 5, 20),
        by="sofia.wikstrom",
        key="rune-medicin-2",
        starts=any_day(-31, 5),
        ends=any_day(-25, 12),
        reason="Behandling av hjärtsvikt",
    ),
    s.CareBegins(when=day(-24, 9), by="torsten.vikner", reason="Läkemedel delas hemma en tid"),
    s.Visit(
        when=day(-22, 11),
        by="torsten.vikner",
        starts=day(-22, 10),
        minutes=40,
        way=Way.HOME,
        reason="Läkemedel efter sjukhuset",
        outcome="Tre läkemedelslistor låg på bordet. Vi behöver få en som gäller.",
    ),
    s.Series(
        when=day(-20, 12),
        by="mats.wikander",
        measure=s.Measure.HBA1C,
        keeper="hc-hammarstrand",
        at_home=False,
        values=((day(-365, 9), "58"), (day(-152, 9), "71"), (day(-21, 9), "66")),
    ),
    s.Series(
        when=day(-20, 12, 5),
        by="mats.wikander",
        measure=s.Measure.NT_PROBNP,
        keeper="hc-hammarstrand",
        at_home=False,
        values=((any_day(-203, 5), "4180"), (day(-112, 9), "1920"), (any_day(-31, 3), "5240")),
    ),
    s.Series(
        when=day(-20, 12, 10),
        by="mats.wikander",
        measure=s.Measure.EGFR,
        keeper="hc-hammarstrand",
        at_home=False,
        values=((day(-365, 9), "61"), (day(-112, 9), "48"), (day(-21, 9), "44")),
    ),
    s.Series(
        when=any_day(-4, 12),
        by="mats.wikander",
        measure=s.Measure.WEIGHT,
        keeper="hc-hammarstrand",
        values=tuple((any_day(n - 42, 7, 10), kg) for n, kg in enumerate(_WEIGHT)),
    ),
    s.Series(
        when=any_day(-4, 12, 5),
        by="mats.wikander",
        measure=s.Measure.BLOOD_PRESSURE,
        keeper="hc-hammarstrand",
        values=tuple((any_day(4 * n - 34, 7, 20), value) for n, value in enumerate(_PRESSURE)),
    ),
    s.Series(
        when=any_day(-4, 12, 10),
        by="mats.wikander",
        measure=s.Measure.GLUCOSE,
        keeper="hc-hammarstrand",
        values=tuple((any_day(4 * n - 34, 7, 25), value) for n, value in enumerate(_GLUCOSE)),
    ),
    s.Medicines(
        when=any_day(-4, 12, 15),
        by="mats.wikander",
        keeper="hc-hammarstrand",
        lines=(
            s.Medicine("Metoprolol 100 mg", "C07AB02", "1 tablett på morgonen", any_day(-196)),
            s.Medicine(
                "Furosemid 40 mg",
                "C03CA01",
                "1 tablett på morgonen. 1 till mitt på dagen om vikten gått upp två kilo.",
                any_day(-25),
            ),
            s.Medicine("Kandesartan 8 mg", "C09CA06", "1 tablett på morgonen", any_day(-196)),
            s.Medicine("Dapagliflozin 10 mg", "A10BK01", "1 tablett på morgonen", day(-112)),
            s.Medicine(
                "Metformin 500 mg",
                "A10BA02",
                "Slutade när njurarna orkade mindre",
                day(-365),
                stopped=True,
            ),
            s.Medicine(
                "Insulin glargin 100 enheter/ml, penna",
                "A10AE04",
                "14 enheter till natten",
                day(-152),
            ),
            s.Medicine("Atorvastatin 40 mg", "C10AA05", "1 tablett på kvällen", day(-365)),
        ),
    ),
    s.CareBegins(when=day(-17, 9), by="anneli.modin", reason="Samlad uppföljning efter sjukhuset"),
    s.Visit(
        when=day(-17, 10),
        by="anneli.modin",
        starts=day(-17, 9, 30),
        minutes=30,
        way=Way.PHONE,
        reason="Hur går det efter sjukhuset?",
        outcome=(
            "Du sade: Alla är snälla, men ingen vet vad den andra har sagt. "
            "Du vill ha en enda att ringa."
        ),
    ),
    s.Opened(when=day(-10, 14), by="anneli.modin", page=s.Page.OVERVIEW),
    s.Opened(when=day(-7, 19), by="rune", page=s.Page.CONTRACT),
    s.TimePromised(
        when=day(-6, 9),
        by="marika.dahl",
        reason="Ultraljud av hjärtat",
        latest=day(40),
        bring="Väg dig varje morgon som förut.",
    ),
    s.PlanAsked(
        when=any_day(-2, 18, 30),
        by="rune",
        key="rune-igen",
        again="rune-forsta",
        reason=(
            "Nu har jag legat inne igen. Det blev som jag trodde. Jag vill att ni sätter er ner "
            "allihop en gång, med mig. Sedan vill jag ha en enda att ringa."
        ),
    ),
    s.Booking(
        when=day(-12, 9),
        by="marika.dahl",
        starts=day(10, 9),
        minutes=45,
        reason="Hjärtsviktsmottagningen i Östersund",
        bring="Ta med viktkurvan.",
    ),
    s.Booking(
        when=day(-11, 9),
        by="helena.brandt",
        starts=day(11, 13),
        minutes=45,
        reason="Diabetesmottagningen i Östersund",
        bring="Ta med blodsockermätaren.",
    ),
    s.Booking(
        when=day(-10, 9),
        by="ingemar.kroon",
        starts=day(12, 10),
        minutes=40,
        reason="Läkarbesök på hälsocentralen: njurar och läkemedel",
        bring="Lämna blodprov två dagar före.",
    ),
)

RUNE = s.Story(
    key="rune",
    title="Rune, med fem mottagningar och ingen gemensam plan än",
    people=_PEOPLE,
    events=_EVENTS,
)
