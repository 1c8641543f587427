"""Karin, 84, in Krokom: she fell on the ice and broke her hip, and wants home to her hens."""

from __future__ import annotations

from samverka.access.rules import ConsentForm, ConsentKind, ProxyKind, RelationKind
from samverka.careplans.rules import (
    ContactKind,
    PlanKind,
    Section,
    Term,
)
from samverka.careplans.rules.meetings import CallStatus
from samverka.contacts.rules import Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.demo.stories.karin.home import HOME
from samverka.demo.stories.karin.pens import ASA, KATARINA, LOVISA, MARIA, MEETING, SIP
from samverka.kernel.identity import Sex
from samverka.people.rules import RelativeKind

_PEOPLE = (
    s.Person(
        key="karin",
        given="Karin",
        family="Nilsson",
        sex=Sex.FEMALE,
        age=84,
        born=(4, 17),
        address=s.Address("Hissmovägen 41", "835 31", "Krokom", "krokom"),
        phone=phones.mobile(0),
        listed="hc-krokom",
    ),
    s.Person(
        key="eva",
        given="Eva",
        family="Nilsson Lund",
        sex=Sex.FEMALE,
        age=57,
        born=(9, 2),
        address=s.Address("Semsåsvägen 8", "831 52", "Östersund", "ostersund"),
        phone=phones.mobile(1),
        listed="hc-lugnvik",
    ),
)

_BEFORE: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-402, 8), by="maria.sjolund", reason="Årlig kontroll av blodtrycket"),
    s.Visit(
        when=day(-402, 10),
        by="anders.hedman",
        starts=day(-402, 9, 30),
        reason="Årskontroll av blodtrycket",
        outcome="Blodtrycket är bra. Du fortsätter med samma tabletter.",
    ),
    s.CareBegins(
        when=day(-214, 9),
        by="katarina.wall",
        kind=RelationKind.INVESTIGATION,
        reason="Ansökan om trygghetslarm och städning",
    ),
    s.Visit(
        when=day(-210, 15),
        by="katarina.wall",
        starts=day(-210, 13),
        minutes=60,
        way=Way.HOME,
        reason="Samtal om vad du behöver hjälp med hemma",
        outcome="Du får trygghetslarm och städning varannan vecka.",
    ),
    s.CareBegins(
        when=day(-205, 10),
        by="jonny.sjolin",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Trygghetslarm och städning varannan vecka",
    ),
    s.Related(when=day(-205, 10, 10), by="jonny.sjolin", kind=RelativeKind.DAUGHTER, person="eva"),
    s.Related(
        when=day(-205, 10, 15),
        by="jonny.sjolin",
        kind=RelativeKind.NEIGHBOUR,
        note="Har nyckel till huset.",
        name="Gun Bergvall",
        phone=phones.mobile(2),
    ),
    s.ProxyGranted(
        when=day(-190, 14),
        by="karin",
        proxy="eva",
        kind=ProxyKind.REPRESENTATIVE,
        scopes=("read", "write"),
        until=day(540),
    ),
)

_HOSPITAL: tuple[s.Event, ...] = (
    s.CareBegins(when=any_day(-38, 18, 20), by="sara.westin", reason="Fall hemma på trappan"),
    s.Visit(
        when=any_day(-38, 20, 40),
        by="fredrik.malm",
        starts=any_day(-38, 18, 15),
        minutes=140,
        reason="Du ramlade på trappan och fick ont i höger höft",
        outcome="Röntgen visar att höften är bruten. Du läggs in för att opereras.",
    ),
    s.CareBegins(when=any_day(-38, 21), by="lena.berg", reason="Bruten höft, ska opereras"),
    s.Stay(
        when=any_day(-38, 21, 10),
        by="lena.berg",
        key="karin-ortopedi",
        starts=any_day(-38, 21),
        ends=any_day(-29, 13),
        reason="Operation av bruten höger höft",
    ),
    s.ConsentGiven(
        when=any_day(-37, 11),
        by="lena.berg",
        key="karin-svod",
        kind=ConsentKind.SVOD,
        readers=("region", "krokom-halsa", "krokom-omsorg"),
        form=ConsentForm.ORAL,
        covers="Vården av höften, läkemedel, hemsjukvård, hemtjänst och hjälpmedel.",
        not_covered="Samtalen med kuratorn efter att Sven dog.",
        until=day(180),
    ),
    s.CareBegins(when=any_day(-29, 12), by="camilla.edlund", reason="Träning efter höftoperation"),
    s.Stay(
        when=any_day(-29, 13, 20),
        by="camilla.edlund",
        key="karin-geriatrik",
        starts=any_day(-29, 13),
        ends=any_day(-17, 11),
        planned_end=any_day(-17, 11),
        reason="Träning och planering inför hemgång",
    ),
    s.ContactAppointed(when=day(-34, 10), by="maria.sjolund", staff="maria.sjolund"),
    s.ContactAppointed(
        when=day(-34, 10, 10),
        by="maria.sjolund",
        staff="anders.hedman",
        kind=ContactKind.FAST_LAKARKONTAKT,
    ),
    s.CareBegins(
        when=day(-28, 8),
        by="asa.nordqvist",
        reason="Hemsjukvård efter sjukhusvistelsen",
    ),
    s.CareBegins(when=day(-28, 8, 30), by="lovisa.engman", reason="Träning och hjälpmedel hemma"),
    s.CareBegins(when=day(-28, 8, 45), by="erik.bodin", reason="Träning hemma"),
    s.CareBegins(
        when=day(-28, 9),
        by="katarina.wall",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Ny bedömning inför hemgång",
    ),
)

_PLAN: tuple[s.Event, ...] = (
    s.PlanAsked(
        when=any_day(-28, 20, 15),
        by="eva",
        key="evas-begaran",
        reason=(
            "Mamma ska hem snart. Fem olika ringer om henne och ingen vet vad de andra har sagt. "
            "Vi vill ha en plan som alla följer."
        ),
    ),
    s.PlanStarted(
        when=day(-27, 13),
        by="maria.sjolund",
        plan=SIP,
        kind=PlanKind.SIP,
        title="Hem till Hissmofors igen",
        lead="region",
        asked_by="Karin och dottern Eva, tillsammans med avdelningen",
    ),
    s.AskGranted(when=day(-27, 13, 5), by="maria.sjolund", ask="evas-begaran", plan=SIP),
    s.ConsentGiven(
        when=day(-27, 13, 10),
        by="maria.sjolund",
        key="karin-plan",
        kind=ConsentKind.PLAN,
        readers=("krokom-halsa", "krokom-omsorg"),
        form=ConsentForm.ORAL,
        plan=SIP,
        covers="Att hälsocentralen, hemsjukvården och hemtjänsten delar den här planen.",
        not_covered="Sorgen efter Sven. Den pratar jag om med vem jag vill själv.",
        until=day(330),
    ),
    MARIA.writes(
        day(-27, 13, 20),
        Section.WHAT_MATTERS,
        "Jag vill bo kvar hemma i Hissmofors. Här har jag mina höns och min utsikt över älven. "
        "Varje morgon vill jag gå ut till hönsen själv. "
        "Jag är rädd för att ramla igen, mest på trappan när det är is. "
        "Eva gör så mycket för mig. Jag vill att hon får vara min dotter och inte min vårdare. "
        "På tisdagar sjunger jag i kören. Dit vill jag tillbaka.",
    ),
    MARIA.writes(
        day(-27, 13, 30),
        Section.STRENGTHS,
        "Jag klarar maten själv om den står framme. "
        "Jag klär mig själv om det får ta tid. Eva handlar på lördagar. "
        "Gun ser efter hönsen tills jag orkar.",
    ),
    MARIA.sets_goal(
        day(-26, 9),
        "brevlada",
        "Jag går till brevlådan med rollatorn och hem igen utan hjälp.",
        term=Term.SHORT,
        reach_by=day(-6),
    ),
    MARIA.sets_goal(
        day(-26, 9, 5),
        "hons",
        "Jag går ut till hönsen själv på morgonen, även när det är halt.",
        term=Term.SHORT,
        reach_by=day(30),
    ),
    MARIA.sets_goal(
        day(-26, 9, 10),
        "kor",
        "Jag sjunger med i kören på tisdagarna, som förr.",
        term=Term.LONG,
        reach_by=day(90),
    ),
    MARIA.adds(
        day(-26, 9, 15),
        "trappa",
        "Räcken på båda sidor av trappan och halkskydd på stegen.",
        owner=s.unit("rehab-krokom"),
        goal="hons",
        due=day(-15),
        preventive=True,
    ),
    s.PlanShared(
        when=day(-26, 10),
        by="maria.sjolund",
        plan=SIP,
        to=("krokom-halsa", "krokom-omsorg"),
        consent="karin-plan",
    ),
    s.MeetingCalled(
        when=day(-26, 10, 30),
        by="maria.sjolund",
        key=MEETING,
        plan=SIP,
        starts=day(-20, 13),
        minutes=75,
        place="Geriatriken, samtalsrummet på plan 3",
        link="https://mote.example.se/karin-hem",
        purpose="Vem gör vad när Karin kommer hem, och vad hon själv vill göra.",
        units=("hemsjukvard-krokom", "rehab-krokom", "bistand-krokom", "hemtjanst-krokom"),
        relatives=("Eva Nilsson Lund",),
    ),
    s.CallAnswered(when=day(-26, 14), by="asa.nordqvist", meeting=MEETING),
    s.CallAnswered(when=day(-25, 8), by="katarina.wall", meeting=MEETING),
    s.CallAnswered(when=day(-25, 8, 30), by="lovisa.engman", meeting=MEETING),
    s.CallAnswered(
        when=day(-25, 9),
        by="jonny.sjolin",
        meeting=MEETING,
        answer=CallStatus.DECLINED,
        reason="Alla är på utbildning den eftermiddagen. Katarina vet hur vi arbetar och tar med det.",
    ),
    s.CallAnswered(when=day(-25, 11), by="maria.sjolund", meeting=MEETING, name="Eva Nilsson Lund"),
    s.CallAnswered(when=any_day(-24, 18), by="karin", meeting=MEETING),
    LOVISA.adds(
        day(-25, 13),
        "badrum",
        "Duschpall, förhöjd toalettstol och matta som inte glider.",
        owner=s.unit("rehab-krokom"),
        due=day(-16),
    ),
    LOVISA.adds(
        day(-25, 13, 10),
        "ben",
        "Fysioterapeuten tränar ben och balans hemma hos dig två gånger i veckan.",
        owner=s.unit("rehab-krokom"),
        goal="brevlada",
        due=day(30),
        rehabilitating=True,
    ),
    KATARINA.adds(
        day(-25, 14),
        "morgon",
        "Hemtjänsten hjälper dig morgon och kväll. Vi ser över tiden var fjärde vecka.",
        owner=s.unit("hemtjanst-krokom"),
        due=day(12),
    ),
    ASA.adds(
        day(-25, 14, 10),
        "sar",
        "Sjuksköterskan ser till såret tills det är läkt.",
        owner=s.unit("hemsjukvard-krokom"),
        due=day(-10),
    ),
    MARIA.adds(
        day(-24, 9),
        "skelett",
        "Läkaren går igenom läkemedlen och bedömer om skelettet är skört.",
        owner=s.unit("hc-krokom"),
        due=day(9),
    ),
    MARIA.adds(
        day(-24, 9, 5),
        "ovningar",
        "Jag gör mina tre övningar vid köksbänken före kaffet, varje dag.",
        owner=s.SELF,
        goal="brevlada",
    ),
    MARIA.adds(
        day(-24, 9, 10),
        "skjuts",
        "Kören ordnar skjuts till övningen på tisdagar.",
        owner=s.other("Kören i Rödöns kyrka"),
        goal="kor",
        due=day(40),
    ),
    MARIA.writes(
        day(-24, 9, 30),
        Section.IF_WORSE,
        "Får du mer ont, feber eller rodnad vid såret ringer du hemsjukvården, dygnet runt. "
        "Ramlar du trycker du på larmet, även om du inte har slagit dig. "
        "Blir du yr eller orkar mindre än dagen före ringer du Maria på hälsocentralen. "
        "Ring 112 om du får svårt att andas eller ont i bröstet.",
    ),
    s.Opened(when=day(-23, 19, 40), by="eva", page=s.Page.PLAN, plan=SIP),
    s.PlanCommented(
        when=day(-23, 19, 50),
        by="eva",
        plan=SIP,
        words="Mamma säger att allt är bra, men hon har inte sovit ordentligt sedan fallet. Fråga gärna.",
    ),
    s.CommentsHandled(when=day(-22, 10), by="maria.sjolund", plan=SIP),
    s.MeetingHeld(
        when=day(-20, 14, 20),
        by="maria.sjolund",
        meeting=MEETING,
        there=(
            ("Karin Nilsson", "den det gäller", ""),
            ("Eva Nilsson Lund", "dotter", ""),
            ("Maria Sjölund", "fast vårdkontakt", "hc-krokom"),
            ("Åsa Nordqvist", "sjuksköterska", "hemsjukvard-krokom"),
            ("Lovisa Engman", "arbetsterapeut", "rehab-krokom"),
            ("Katarina Wall", "biståndshandläggare", "bistand-krokom"),
        ),
    ),
    s.PlanAgreed(when=day(-20, 14, 30), by="maria.sjolund", plan=SIP, follow_up=day(-6, 13)),
    s.AgreedConfirmed(when=day(-20, 14, 35), by="maria.sjolund", meeting=MEETING),
    s.AgreedConfirmed(when=day(-20, 14, 40), by="asa.nordqvist", meeting=MEETING),
    s.AgreedConfirmed(when=day(-20, 14, 45), by="katarina.wall", meeting=MEETING),
    s.AgreedConfirmed(when=day(-20, 14, 50), by="lovisa.engman", meeting=MEETING),
    s.AgreedConfirmed(when=any_day(-20, 19), by="karin", meeting=MEETING),
    s.AgreedConfirmed(when=day(-19, 8), by="jonny.sjolin", meeting=MEETING),
    s.EasyWritten(
        when=day(-19, 9),
        by="maria.sjolund",
        plan=SIP,
        section=Section.IF_WORSE,
        words=(
            "Om såret gör ont eller blir rött: ring hemsjukvården. De svarar dag och natt.\n"
            "Om du ramlar: tryck på larmet.\nOm du blir yr: ring Maria.\n"
            "Om du får svårt att andas eller ont i bröstet: ring 112."
        ),
    ),
)


KARIN = s.Story(
    key="karin",
    title="Karin, som ramlade på trappan och ville hem till hönsen",
    people=_PEOPLE,
    events=_BEFORE + _HOSPITAL + _PLAN + HOME,
)
