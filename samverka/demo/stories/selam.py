"""Selam, 29, in Östersund: pregnant, new in the country, speaks Tigrinya; an interpreter every time."""

from __future__ import annotations

from samverka.access.rules import ConsentForm, ConsentKind, RelationKind
from samverka.careplans.rules import (
    Answer,
    GoalStatus,
    PlanKind,
    PrepPart,
    Question,
    Section,
    Term,
)
from samverka.contacts.rules import BookingStatus
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex

PLAN = "selam-plan"

_AGNETA = s.Pen("agneta.blom", PLAN)
_LINN = s.Pen("linn.marklund", PLAN)

_HOME = s.Address("Täljstensvägen 5", "831 72", "Östersund", "ostersund")

_PEOPLE = (
    s.Person(
        key="selam",
        given="Selam",
        family="Tesfay",
        sex=Sex.FEMALE,
        age=29,
        born=(6, 30),
        address=_HOME,
        phone=phones.mobile(16),
        listed="hc-torvalla",
        language="ti",
        care_language="ti",
        interpreter=True,
    ),
    s.Person(
        key="yonatan",
        given="Yonatan",
        family="Tesfay",
        sex=Sex.MALE,
        age=5,
        born=(1, 7),
        address=_HOME,
        listed="hc-torvalla",
        language="ti",
    ),
)

_EVENTS: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-428), by="zahra.noor", reason="Hälsosamtal för nyanlända"),
    s.Visit(
        when=day(-428, 12),
        by="zahra.noor",
        starts=day(-428, 10),
        minutes=90,
        reason="Hälsosamtal, med tolk i tigrinja",
        outcome="Du sover dåligt och saknar din mamma. Vi bokade samtal med kuratorn.",
    ),
    s.CareBegins(when=day(-167), by="agneta.blom", reason="Gravid"),
    s.Visit(
        when=day(-167, 11),
        by="agneta.blom",
        starts=day(-167, 9, 30),
        minutes=75,
        reason="Inskrivning hos barnmorskan, med tolk på plats",
        outcome="Barnet väntas om ungefär sju månader. Du vill helst ha samma tolk varje gång.",
    ),
    s.Visit(
        when=day(-130, 10),
        by="agneta.blom",
        starts=day(-130, 9),
        minutes=45,
        reason="Kontroll, med tolk",
        outcome="Barnet mår bra. Ditt järnvärde är lågt och du får tabletter.",
    ),
    s.Booking(
        when=day(-96, 9),
        by="agneta.blom",
        starts=day(-82, 9),
        minutes=45,
        reason="Kontroll, med tolk",
        bring="Tiden stod bara på svenska i brevet. Vi ringer med tolk i stället nästa gång.",
        status=BookingStatus.NO_SHOW,
    ),
    s.CareBegins(
        when=day(-75, 13),
        by="linn.marklund",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Ansökan om kontaktfamilj för Yonatan under förlossningen",
    ),
    s.PlanStarted(
        when=day(-68, 13),
        by="agneta.blom",
        plan=PLAN,
        kind=PlanKind.SIP,
        title="Ett barn till, och någon att ringa",
        lead="region",
        asked_by="Selam och barnmorskan",
    ),
    s.ConsentGiven(
        when=day(-68, 13, 5),
        by="agneta.blom",
        key="selam-plan",
        kind=ConsentKind.PLAN,
        readers=("ostersund-ifo",),
        form=ConsentForm.ORAL,
        plan=PLAN,
        covers="Planen för förlossningen och hjälpen med Yonatan. Översatt av tolk.",
        not_covered="Min resa hit. Den berättar jag bara för kuratorn.",
        until=day(180),
    ),
    _AGNETA.writes(
        day(-68, 13, 20),
        Section.WHAT_MATTERS,
        "Jag vill att någon är hos Yonatan när barnet kommer. Han blir rädd i nya rum. "
        "När jag födde honom förstod jag inte vad de sade. Det ska inte bli så igen. "
        "Jag vill ha en tolk som är kvinna. Inte min son, inte min granne. "
        "Jag vill inte vara ensam på natten efteråt. "
        "Jag ska bli undersköterska. Jag läser svenska på kvällarna.",
    ),
    _AGNETA.writes(
        day(-68, 13, 30),
        Section.STRENGTHS,
        "Jag talar tre språk och lär mig ett fjärde. Jag har fött barn förut. "
        "På språkkaféet har jag en vän.",
    ),
    _AGNETA.sets_goal(
        day(-68, 13, 40),
        "sal",
        "Jag har sett rummet där barnet ska födas och vet vad de kommer att säga.",
        reach_by=day(10),
    ),
    _AGNETA.sets_goal(
        day(-68, 13, 45), "yonatan", "Yonatan känner den som ska vara hos honom.", reach_by=day(20)
    ),
    _AGNETA.sets_goal(
        day(-68, 13, 50),
        "utbildning",
        "Jag börjar på vårdutbildningen nästa höst.",
        term=Term.LONG,
        reach_by=day(290),
    ),
    s.PlanShared(
        when=day(-67, 9), by="agneta.blom", plan=PLAN, to=("ostersund-ifo",), consent="selam-plan"
    ),
    _AGNETA.adds(
        day(-67, 9, 10),
        "tolk",
        "Samma tolk, en kvinna, bokas till alla besök och förbokas till förlossningen.",
        owner=s.unit("barnmorskor"),
        due=day(20),
    ),
    _AGNETA.adds(
        day(-67, 9, 15),
        "besok-bb",
        "Katarina visar förlossningen och går igenom orden, med tolk.",
        owner=s.unit("forlossning"),
        goal="sal",
        due=day(6),
    ),
    _LINN.adds(
        day(-66, 13),
        "familj",
        "En kontaktfamilj i Torvalla träffar Yonatan en gång i veckan.",
        owner=s.unit("ifo-familj-ostersund"),
        goal="yonatan",
        due=day(-20),
    ),
    _AGNETA.adds(
        day(-66, 14),
        "kassett",
        "Jag lyssnar på orden i telefonen på bussen.",
        owner=s.SELF,
        goal="sal",
    ),
    _AGNETA.adds(
        day(-66, 14, 5),
        "doula",
        "En doula som talar tigrinja är med på förlossningen.",
        owner=s.other("Kulturdoulorna i Östersund"),
        due=day(40),
    ),
    _AGNETA.writes(
        day(-66, 14, 10),
        Section.IF_WORSE,
        "Blöder du, får ont som inte går över, eller sparkar barnet mindre: ring förlossningen. "
        "Säg ditt namn och ordet tigrinja, så kopplar vi in tolk. Du behöver inte kunna mer svenska. "
        "Är det bråttom: ring 112.",
    ),
    s.ContactAppointed(when=day(-66, 14, 20), by="agneta.blom", staff="agneta.blom"),
    s.PlanAgreed(when=day(-62, 14), by="agneta.blom", plan=PLAN, follow_up=day(18, 9)),
    s.Visit(
        when=day(-45, 10),
        by="agneta.blom",
        starts=day(-45, 9),
        minutes=45,
        reason="Kontroll, med tolk",
        outcome="Järnvärdet är bättre. Barnet sparkar mycket på kvällen.",
    ),
    _LINN.finishes(
        day(-22, 16), "familj", "Yonatan har sovit över en natt och ville inte åka hem."
    ),
    s.Visit(
        when=day(-17, 10),
        by="agneta.blom",
        starts=day(-17, 9),
        minutes=45,
        reason="Kontroll, med tolk",
        outcome="Allt är bra med barnet. Du sover fem timmar.",
    ),
    s.PlanFollowedUp(
        when=day(-17, 10, 10),
        by="agneta.blom",
        plan=PLAN,
        took_part="Selam, Agneta och tolken Saba",
        words="Nu vet jag vad orden betyder. Jag är inte lika rädd.",
        answers=((Question.HEARD, Answer.YES), (Question.HELPS, Answer.YES)),
        goals=(
            (
                "yonatan",
                GoalStatus.REACHED,
                "Han frågar efter Lisbet och hunden varje dag.",
            ),
        ),
        follow_up=day(18, 9),
    ),
    s.Opened(when=any_day(-6, 21), by="selam", page=s.Page.CONTRACT),
    s.CareBegins(when=day(-5, 9), by="katarina.ljung", reason="Besök inför förlossningen"),
    s.Booking(
        when=day(-5, 10),
        by="katarina.ljung",
        starts=day(6, 14),
        minutes=60,
        reason="Vi visar förlossningen, med tolk",
        bring="Yonatan får gärna följa med.",
    ),
    s.MeetingCalled(
        when=day(-5, 11),
        by="agneta.blom",
        key="selam-mote",
        plan=PLAN,
        starts=day(18, 9),
        place="Barnmorskemottagningen. Tolk i tigrinja är bokad, en kvinna.",
        purpose="Uppföljning av planen. Vi ringer med tolk dagen före och påminner.",
        units=("ifo-familj-ostersund", "forlossning"),
        others=("Lisbet i kontaktfamiljen",),
    ),
    s.CallAnswered(when=day(-4, 9), by="linn.marklund", meeting="selam-mote"),
    s.CallAnswered(when=day(-4, 14), by="katarina.ljung", meeting="selam-mote"),
    s.Prepared(
        when=any_day(-3, 21),
        by="selam",
        plan=PLAN,
        words=(
            (PrepPart.WHAT_MATTERS, "Att Yonatan inte vaknar ensam."),
            (
                PrepPart.HELP,
                "Vem ringer jag på natten när barnet kommer? Skriv numret på min dörr.",
            ),
            (PrepPart.GUESTS, "Tolken Saba. Inte min granne."),
        ),
    ),
    s.PreparedTaken(when=day(-2, 9), by="agneta.blom", plan=PLAN, parts=(PrepPart.HELP,)),
)

SELAM = s.Story(
    key="selam",
    title="Selam, som väntar barn och vill förstå varje ord",
    people=_PEOPLE,
    events=_EVENTS,
)
