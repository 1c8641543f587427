"""Karin at home again: what the days after the hospital bring."""

from __future__ import annotations

from samverka.careplans.rules import (
    Answer,
    GoalStatus,
    PrepPart,
    Question,
)
from samverka.careplans.rules.meetings import CallStatus
from samverka.contacts.rules import Way
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.demo.stories.karin.pens import ASA, LOVISA, NEXT, SIP

HOME: tuple[s.Event, ...] = (
    s.CareEnds(when=any_day(-16, 12), by="camilla.edlund"),
    s.Visit(
        when=any_day(-16, 11),
        by="asa.nordqvist",
        starts=any_day(-16, 10),
        minutes=45,
        way=Way.HOME,
        reason="Första besöket hemma: såret, läkemedlen och hur natten gått",
        outcome="Såret är torrt och fint. Vi pratade om sömnen. Du får besök igen om några dagar.",
    ),
    LOVISA.finishes(day(-15, 15), "trappa", "Räcken och halkskydd är på plats."),
    LOVISA.finishes(day(-15, 15, 5), "badrum", "Duschpall, toalettstol och matta är på plats."),
    s.Visit(
        when=day(-14, 11),
        by="erik.bodin",
        starts=day(-14, 10),
        minutes=45,
        way=Way.HOME,
        reason="Träning av ben och balans",
        outcome="Du gick till grinden och tillbaka. Nästa gång går vi till brevlådan.",
    ),
    s.Visit(
        when=day(-13, 14),
        by="maria.sjolund",
        starts=day(-13, 13, 40),
        minutes=20,
        way=Way.PHONE,
        reason="Hur går det hemma?",
        outcome="Du sover bättre sedan du fick larmet på armen i stället för på bordet.",
    ),
    ASA.finishes(day(-10, 11), "sar", "Såret är läkt och stygnen är borttagna."),
    s.Visit(
        when=day(-7, 11),
        by="erik.bodin",
        starts=day(-7, 10),
        minutes=45,
        way=Way.HOME,
        reason="Träning av ben och balans",
        outcome="Du gick till brevlådan och hem igen. Du vilade en gång på vägen.",
    ),
    s.PlanFollowedUp(
        when=day(-6, 13, 20),
        by="maria.sjolund",
        plan=SIP,
        took_part="Karin, Eva, Maria på hälsocentralen och Åsa i hemsjukvården",
        words="Jag är inte rädd längre när jag går ut. Men trappan till hönshuset vill jag öva mer.",
        answers=(
            (Question.HEARD, Answer.YES),
            (Question.HELPS, Answer.YES),
            (Question.KEPT, Answer.PARTLY),
            (Question.KNOWS, Answer.YES),
            (Question.BETTER, Answer.YES),
        ),
        goals=(
            (
                "brevlada",
                GoalStatus.REACHED,
                "Det gick! Jag hämtade tidningen själv i går och i dag.",
            ),
        ),
        follow_up=day(7, 13),
        why="Karin når brevlådan själv. Nu är det vägen till hönsen som gäller.",
    ),
    s.Opened(when=day(-5, 20, 10), by="eva", page=s.Page.CONTRACT),
    s.Opened(when=day(-4, 8, 5), by="fatima.aden", page=s.Page.PLAN, plan=SIP),
    s.Opened(when=day(-3, 16, 15), by="karin", page=s.Page.LOG),
    s.Booking(
        when=day(-4, 9),
        by="erik.bodin",
        starts=day(2, 10),
        minutes=45,
        way=Way.HOME,
        reason="Träning: trappan och vägen till hönshuset",
        bring="Ha ytterskor med broddar framme.",
    ),
    s.Booking(
        when=day(-4, 9, 30),
        by="anders.hedman",
        starts=day(9, 9, 30),
        minutes=40,
        reason="Läkarbesök: läkemedel och skelett",
        bring="Ta med läkemedelslistan och glasögonen. Eva är välkommen med.",
    ),
    s.TimePromised(
        when=day(-4, 9, 40),
        by="anders.hedman",
        latest=day(45),
        reason="Nytt blodprov för skelettet",
        bring="Ta din tablett som vanligt.",
    ),
    s.Medicines(
        when=day(-4, 9, 50),
        by="mats.wikander",
        keeper="hc-krokom",
        lines=(
            s.Medicine("Kandesartan 8 mg", "C09CA06", "1 tablett på morgonen", day(-402)),
            s.Medicine(
                "Paracetamol 500 mg",
                "N02BE01",
                "2 tabletter när det gör ont, högst 3 gånger om dagen",
                day(-29),
            ),
            s.Medicine(
                "Kalcium och D-vitamin 500 mg/800 enheter",
                "A12AX",
                "1 tuggtablett på kvällen",
                day(-29),
            ),
            s.Medicine(
                "Alendronsyra 70 mg",
                "M05BA04",
                "1 tablett på måndagar, fastande. Stå eller sitt uppe en halvtimme efteråt.",
                day(-20),
            ),
            s.Medicine(
                "Makrogol, pulver i dospåse",
                "A06AD15",
                "1 påse i ett glas vatten om magen är trög",
                day(-29),
            ),
            s.Medicine(
                "Dalteparin 5000 enheter, spruta",
                "B01AB04",
                "1 spruta om dagen i fyra veckor efter operationen",
                any_day(-37),
                stopped=True,
            ),
        ),
    ),
    s.MeetingCalled(
        when=day(-3, 10),
        by="maria.sjolund",
        key=NEXT,
        plan=SIP,
        starts=day(7, 13),
        place="Hemma hos Karin",
        link="https://mote.example.se/karin-hons",
        purpose="Uppföljning: vad fungerar, vad vill Karin ändra, och vintern på trappan.",
        units=("hemsjukvard-krokom", "rehab-krokom", "bistand-krokom", "hemtjanst-krokom"),
        relatives=("Eva Nilsson Lund",),
        others=("Gun Bergvall",),
    ),
    s.CallAnswered(when=day(-3, 13), by="katarina.wall", meeting=NEXT),
    s.CallAnswered(when=day(-2, 8), by="jonny.sjolin", meeting=NEXT),
    s.CallAnswered(
        when=day(-2, 9),
        by="lovisa.engman",
        meeting=NEXT,
        answer=CallStatus.OTHER_TIME,
        reason="Erik kan först klockan två, och det är han som har tränat med Karin.",
        time=day(7, 14),
    ),
    s.CallAnswered(when=day(-2, 10), by="maria.sjolund", meeting=NEXT, name="Eva Nilsson Lund"),
    s.AwayNoted(
        when=day(-2, 14),
        by="maria.sjolund",
        staff="maria.sjolund",
        since=day(14),
        until=day(21),
        stand_in="jenny.asp",
    ),
    s.Prepared(
        when=any_day(-1, 10),
        by="karin",
        plan=SIP,
        words=(
            (
                PrepPart.WHAT_MATTERS,
                "Att jag kommer ut till hönsen innan det blir is. Och att ni inte kommer före åtta.",
            ),
            (PrepPart.MANAGE, "Maten. Kläderna. Brevlådan. Nu bäddar jag också."),
            (PrepPart.NETWORK, "Eva på lördagar. Gun ser till hönsen, men hon får ont i ryggen."),
            (PrepPart.HELP, "Jag vill öva på trappan till hönshuset tills jag vågar själv."),
            (PrepPart.GUESTS, "Eva och Gun. Inte så många på en gång, tack."),
        ),
    ),
)
