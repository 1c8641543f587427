"""Nils-Anders, 59, reindeer herder in Härjedalen: a torn shoulder, and the wish to speak South Sami.

No sentence in South Sami is written here; it would have to be made up. Only published place names.
"""

from __future__ import annotations

from samverka.access.rules import ConsentForm, ConsentKind
from samverka.careplans.rules import PlanKind, Section, Term
from samverka.contacts.rules import BookingStatus, Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex
from samverka.people.rules import RelativeKind

PLAN = "nils-anders-rehab"

_BRITA = s.Pen("brita.jonsson", PLAN)

_PEOPLE = (
    s.Person(
        key="nils-anders",
        given="Nils-Anders",
        family="Fjällås",
        sex=Sex.MALE,
        age=59,
        born=(5, 6),
        address=s.Address("Fjällvägen 9", "846 72", "Funäsdalen", "harjedalen"),
        phone=phones.mobile(9),
        listed="hc-funasdalen",
        language="sma",
        care_language="sma",
    ),
    s.Person(
        key="anne-maja",
        given="Anne-Maja",
        family="Fjällås",
        sex=Sex.FEMALE,
        age=31,
        born=(8, 14),
        address=s.Address("Fjällvägen 11", "846 72", "Funäsdalen", "harjedalen"),
        phone=phones.mobile(10),
        listed="hc-funasdalen",
        language="sma",
    ),
)

_BEFORE: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-150), by="brita.jonsson", reason="Ont i axeln efter fall med skoter"),
    s.Visit(
        when=day(-150, 11),
        by="torbjorn.rehn",
        starts=day(-150, 10),
        minutes=40,
        reason="Ont i axeln efter ett fall med skotern",
        outcome="Senan i axeln är troligen av. Du får tid för undersökning i Östersund.",
    ),
    s.Related(
        when=day(-150, 11, 10), by="brita.jonsson", kind=RelativeKind.DAUGHTER, person="anne-maja"
    ),
    s.CareBegins(when=day(-121), by="jonas.ekman", reason="Bedömning av axeln"),
    s.Visit(
        when=day(-121, 12),
        by="jonas.ekman",
        starts=day(-121, 11),
        minutes=30,
        reason="Bedömning av axeln i Östersund",
        outcome="Senan behöver sys. Vi väljer en tid som passar arbetet med renarna.",
    ),
    s.Stay(
        when=any_day(-57, 8),
        by="lena.berg",
        key="nils-anders-ortopedi",
        starts=any_day(-57, 7),
        ends=any_day(-56, 13),
        reason="Operation av senan i höger axel",
    ),
    s.ConsentGiven(
        when=any_day(-56, 10),
        by="lena.berg",
        key="nils-anders-svod",
        kind=ConsentKind.SVOD,
        readers=("region", "harjedalen-halsa"),
        form=ConsentForm.ORAL,
        covers="Axeln, träningen och läkemedel.",
        not_covered="Det som rör min ekonomi och företaget.",
        until=day(200),
    ),
)

_PLAN: tuple[s.Event, ...] = (
    s.ContactAppointed(when=day(-50, 9), by="brita.jonsson", staff="brita.jonsson"),
    s.PlanStarted(
        when=day(-49, 13),
        by="brita.jonsson",
        plan=PLAN,
        kind=PlanKind.REHABILITATION,
        title="Axeln ska hålla för lasson",
        lead="region",
        asked_by="Nils-Anders",
    ),
    _BRITA.writes(
        day(-49, 13, 15),
        Section.WHAT_MATTERS,
        "Renarna går inte att ställa in. När det är dags att flytta måste jag kunna vara med. "
        "Jag vill kasta lasso igen och lyfta utan att det hugger. "
        "Det är 22 mil till sjukhuset. Jag åker gärna dit för en operation, men inte för ett samtal. "
        "Hemma talar vi sydsamiska. När jag har ont kommer orden först på samiska. "
        "Då vill jag kunna prata samiska med den som vårdar mig. Brita gör det, och det märks.",
    ),
    _BRITA.writes(
        day(-49, 13, 25),
        Section.STRENGTHS,
        "Jag känner min kropp och jag känner fjället. Anne-Maja kan sköta hagen. "
        "Vi hjälps åt, det har vi alltid gjort.",
    ),
    _BRITA.sets_goal(
        day(-49, 13, 35),
        "huvud",
        "Jag lyfter armen över huvudet utan att det hugger.",
        reach_by=day(25),
    ),
    _BRITA.sets_goal(
        day(-49, 13, 40),
        "flytt",
        "Jag är med hela vägen nästa gång vi flyttar renarna till fjällen.",
        term=Term.LONG,
        reach_by=day(150),
    ),
    _BRITA.adds(
        day(-48, 9),
        "sprak",
        "Besök och samtal på sydsamiska med Brita. Till andra besök bokar vi tolk.",
        owner=s.unit("hc-funasdalen"),
    ),
    _BRITA.adds(
        day(-48, 9, 5),
        "video",
        "Fysioterapeuten i Östersund ser övningarna på video varannan vecka, med tolk.",
        owner=s.unit("ortopedi"),
        goal="huvud",
        due=day(40),
    ),
    _BRITA.adds(
        day(-48, 9, 10),
        "ova",
        "Jag tränar med gummibandet två gånger om dagen, också när vi är i renvaktarstugan.",
        owner=s.SELF,
        goal="huvud",
    ),
    _BRITA.adds(
        day(-48, 9, 15),
        "hage",
        "Anne-Maja och kusinerna tar det tunga i hagen tills armen håller.",
        owner=s.close("Familjen"),
        goal="flytt",
        due=day(70),
    ),
    _BRITA.writes(
        day(-48, 9, 20),
        Section.IF_WORSE,
        "Får du feber, eller blir axeln röd och varm, ringer du Brita samma dag. "
        "Hör du ett knak och tappar kraften: stilla armen och ring. "
        "Är du långt från bilväg ringer du 112 och säger var du är med fjällets namn.",
    ),
    s.PlanAgreed(when=day(-45, 14), by="brita.jonsson", plan=PLAN, follow_up=day(19, 13)),
)

_AFTER: tuple[s.Event, ...] = (
    s.Visit(
        when=day(-43, 10),
        by="brita.jonsson",
        starts=day(-43, 9, 20),
        reason="Stygnen tas bort",
        outcome="Såret är fint. Samtalet var på sydsamiska.",
    ),
    s.CareBegins(when=day(-29, 10), by="karl.nordin", reason="Träning efter operation av axeln"),
    s.Visit(
        when=day(-29, 13, 50),
        by="karl.nordin",
        starts=day(-29, 13),
        minutes=40,
        way=Way.VIDEO,
        reason="Övningar på video, med tolk i sydsamiska",
        outcome="Armen kommer upp till axelhöjd. Du får börja med gummibandet.",
    ),
    s.Booking(
        when=day(-22, 8),
        by="karl.nordin",
        starts=day(-15, 13),
        minutes=40,
        way=Way.VIDEO,
        reason="Övningar på video",
        bring="Ingen tolk fanns att få den tiden, så vi bokar om.",
        status=BookingStatus.CANCELLED,
    ),
    s.Visit(
        when=day(-14, 14),
        by="karl.nordin",
        starts=day(-14, 13),
        minutes=40,
        way=Way.VIDEO,
        reason="Övningar på video, med tolk i sydsamiska",
        outcome="Du lyfter armen rakt fram. Vänta med lasson tre veckor till.",
    ),
    s.Opened(when=any_day(-12, 20), by="nils-anders", page=s.Page.CONTRACT),
    s.PlanCommented(
        when=any_day(-12, 20, 10),
        by="nils-anders",
        plan=PLAN,
        words="Jag är ute hos renarna på morgnarna. Lägg tiderna efter lunch.",
    ),
    s.CommentsHandled(when=day(-10, 8), by="brita.jonsson", plan=PLAN),
    s.Booking(
        when=day(-10, 9),
        by="karl.nordin",
        starts=day(4, 13),
        minutes=40,
        way=Way.VIDEO,
        reason="Övningar på video, med tolk i sydsamiska",
        bring="Ha gummibandet och en stol bredvid dig.",
    ),
    s.Booking(
        when=day(-10, 9, 30),
        by="brita.jonsson",
        starts=day(19, 13),
        minutes=60,
        reason="Uppföljning av planen med Brita, på sydsamiska",
    ),
)

NILS_ANDERS = s.Story(
    key="nils-anders",
    title="Nils-Anders, renskötare som vill tala sydsamiska när det gör ont",
    people=_PEOPLE,
    events=_BEFORE + _PLAN + _AFTER,
)
