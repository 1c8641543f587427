"""Hans, 56, in Brunflo: others see that he needs a plan together; he says no, and that holds."""

from __future__ import annotations

from samverka.careplans.rules import PlanKind, RequestSource, Section, Term
from samverka.contacts.rules import Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex

SIP, OWN = "hans-sip", "hans-plan"

_BARBRO = s.Pen("barbro.hallin", OWN)
_BARBRO_ASKS = s.Pen("barbro.hallin", SIP)

_PEOPLE = (
    s.Person(
        key="hans",
        given="Hans",
        family="Wallin",
        sex=Sex.MALE,
        age=56,
        born=(3, 9),
        address=s.Address("Änggatan 12", "834 32", "Brunflo", "ostersund"),
        phone=phones.mobile(22),
        listed="hc-brunflo",
    ),
)

_EVENTS: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-190), by="barbro.hallin", reason="Ont i ryggen, kan inte köra lastbil"),
    s.Visit(
        when=day(-190, 11),
        by="mehmet.yilmaz",
        starts=day(-190, 10, 20),
        minutes=40,
        reason="Läkarbesök: rygg och sömn",
        outcome="Du är sjukskriven på heltid. Vi pratade om att du inte sover sedan skilsmässan.",
    ),
    s.PlanAsked(
        when=day(-44, 10),
        by="barbro.hallin",
        key="kassans-begaran",
        source=RequestSource.INSURANCE,
        asked_by="Försäkringskassan, som ringde",
        reason=(
            "Handläggaren har pratat med Hans, arbetsgivaren och oss var för sig. Hon tror att "
            "kommunens stöd kunde hjälpa och undrar om en gemensam plan."
        ),
    ),
    s.PlanStarted(
        when=day(-42, 13),
        by="barbro.hallin",
        plan=SIP,
        kind=PlanKind.SIP,
        title="Tillbaka bakom ratten",
        lead="region",
        asked_by="Försäkringskassan",
    ),
    s.AskGranted(when=day(-42, 13, 5), by="barbro.hallin", ask="kassans-begaran", plan=SIP),
    _BARBRO_ASKS.writes(
        day(-42, 13, 8), Section.WHAT_MATTERS, "Jag vill köra igen. Resten får vi se."
    ),
    s.ConsentAsked(
        when=day(-42, 13, 10),
        by="barbro.hallin",
        plan=SIP,
        units=("ifo-vuxen-ostersund",),
        covers="Sjukskrivningen, träningen och hur det är hemma.",
        not_covered="Det om skilsmässan.",
        until=day(200),
    ),
    s.ConsentRefused(
        when=day(-40, 9),
        by="barbro.hallin",
        plan=SIP,
        reason=(
            "Hans har läst frågan och ringde i dag: Jag vill inte ha in socialtjänsten. "
            "Ryggen är min sak och doktorns."
        ),
    ),
    s.PlanEnded(
        when=day(-40, 9, 20),
        by="barbro.hallin",
        plan=SIP,
        reason="Hans har sagt nej till en gemensam plan. Då görs ingen.",
        what_next="Hälsocentralen gör en egen plan med dig. Du kan säga ja senare om du vill.",
        to_whom="Barbro på Brunflo hälsocentral",
    ),
    s.PlanStarted(
        when=day(-37, 10),
        by="barbro.hallin",
        plan=OWN,
        kind=PlanKind.CARE,
        title="Ryggen och natten",
        lead="region",
        asked_by="Hans",
    ),
    _BARBRO.writes(
        day(-37, 10, 10),
        Section.WHAT_MATTERS,
        "Jag vill köra igen. Det är tyst i hytten och jag ser solen gå upp. "
        "Jag pratar med er, men inte med alla. Det får räcka så länge.",
    ),
    _BARBRO.sets_goal(
        day(-37, 10, 20),
        "sitta",
        "Jag sitter två timmar i bilen utan att stanna.",
        reach_by=day(25),
    ),
    _BARBRO.sets_goal(
        day(-37, 10, 25),
        "halvtid",
        "Jag kör halva dagar igen.",
        term=Term.LONG,
        reach_by=day(150),
    ),
    _BARBRO.adds(
        day(-37, 10, 30),
        "rygg",
        "Barbro och läkaren följer ryggen och sömnen var fjärde vecka.",
        owner=s.unit("hc-brunflo"),
        goal="sitta",
        due=day(11),
        rehabilitating=True,
    ),
    _BARBRO.adds(
        day(-37, 10, 35),
        "ga",
        "Jag går till sjön och tillbaka, också när jag har sovit dåligt.",
        owner=s.SELF,
        goal="sitta",
    ),
    _BARBRO.writes(
        day(-37, 10, 40),
        Section.IF_WORSE,
        "Domnar benet eller kan du inte kissa: ring 112. "
        "Blir nätterna för svåra ringer du Barbro. Du får ringa om annat än ryggen också.",
    ),
    s.ContactAppointed(when=day(-37, 10, 45), by="barbro.hallin", staff="barbro.hallin"),
    s.PlanAgreed(when=day(-36, 10), by="barbro.hallin", plan=OWN, follow_up=day(11, 9)),
    s.Visit(
        when=day(-9, 10),
        by="barbro.hallin",
        starts=day(-9, 9, 40),
        minutes=20,
        way=Way.PHONE,
        reason="Hur går det med ryggen?",
        outcome="Du går till sjön varje dag. I söndags gick du två varv.",
    ),
    s.WordsTold(
        when=day(-9, 10, 10),
        by="barbro.hallin",
        plan=OWN,
        said_by="hans",
        words="Det var bra att ni inte tjatade om det andra. Jag kanske tar det sedan.",
    ),
    s.CommentsHandled(when=day(-9, 10, 15), by="barbro.hallin", plan=OWN),
    s.Opened(when=any_day(-4, 20), by="barbro.hallin", page=s.Page.PLAN, plan=OWN),
    s.Booking(
        when=day(-9, 10, 20),
        by="mehmet.yilmaz",
        starts=day(11, 9),
        minutes=30,
        reason="Läkarbesök: rygg och sömn",
        bring="Skriv upp hur länge du kan sitta.",
    ),
)

HANS = s.Story(
    key="hans",
    title="Hans, som sade nej, och fick hjälp ändå",
    people=_PEOPLE,
    events=_EVENTS,
)
