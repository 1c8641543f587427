"""Ingegerd, 79, from Gällö: on the orthopaedic ward today, and a plan that has just been begun."""

from __future__ import annotations

from samverka.careplans.rules import PlanKind, Section
from samverka.contacts.rules import Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex
from samverka.people.rules import RelativeKind

PLAN = "ingegerd-plan"
_LENA = s.Pen("lena.berg", PLAN)

_PEOPLE = (
    s.Person(
        key="ingegerd",
        given="Ingegerd",
        family="Hansson",
        sex=Sex.FEMALE,
        age=79,
        born=(5, 12),
        address=s.Address("Stationsvägen 15", "843 41", "Gällö", "bracke"),
        phone=phones.mobile(20),
        listed="hc-bracke",
    ),
)

_EVENTS: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-310), by="carina.ostlund", reason="Blodtryck"),
    s.Visit(
        when=day(-310, 10),
        by="carina.ostlund",
        starts=day(-310, 9, 30),
        reason="Blodtryck och provtagning",
        outcome="Bra värden. Samma tabletter som förut.",
    ),
    s.CareBegins(when=any_day(-6, 16), by="sara.westin", reason="Föll vid busshållplatsen"),
    s.Visit(
        when=any_day(-6, 18),
        by="fredrik.malm",
        starts=any_day(-6, 15, 50),
        minutes=120,
        reason="Du föll vid busshållplatsen och kunde inte resa dig",
        outcome="Bäckenet har en spricka och höger handled är bruten. Du läggs in.",
    ),
    s.CareBegins(when=any_day(-6, 18, 30), by="lena.berg", reason="Bäckenfraktur och handled"),
    s.Stay(
        when=any_day(-6, 18, 40),
        by="lena.berg",
        key="ingegerd-ortopedi",
        starts=any_day(-6, 18, 30),
        planned_end=day(4, 13),
        reason="Spricka i bäckenet och bruten handled",
    ),
    s.Related(
        when=any_day(-5, 14),
        by="lena.berg",
        kind=RelativeKind.FRIEND,
        name="Maj-Lis Norberg",
        phone=phones.mobile(21),
        note="Väninna sedan skolan. Ring henne först.",
    ),
    s.Visit(
        when=any_day(-3, 11),
        by="karl.nordin",
        starts=any_day(-3, 10, 20),
        minutes=30,
        way=Way.CLINIC,
        reason="Första träningen på avdelningen",
        outcome="Du gick tio steg med gåbord. Smärtan var mindre än du hade trott.",
    ),
    s.PlanStarted(
        when=any_day(-1, 10),
        by="lena.berg",
        plan=PLAN,
        kind=PlanKind.DISCHARGE,
        title="Hem till Gällö",
        lead="region",
        asked_by="Ortopedavdelningen och Ingegerd",
    ),
    _LENA.writes(
        any_day(-1, 10, 15),
        Section.WHAT_MATTERS,
        "Jag vill hem. Det är fika i bygdegården på fredagar och jag är den som bakar. "
        "Jag bor en trappa upp utan hiss. Det oroar mig. "
        "Jag är högerhänt och kan inte knäppa en knapp just nu. "
        "Jag har aldrig bett om hjälp. Det är svårt att börja.",
    ),
    _LENA.sets_goal(
        any_day(-1, 10, 25), "trappan", "Jag går upp och ner för trappan med en hand på räcket."
    ),
)

INGEGERD = s.Story(
    key="ingegerd",
    title="Ingegerd, som ligger på avdelningen i dag",
    people=_PEOPLE,
    events=_EVENTS,
)
