"""Leif, 47, in Strömsund: home again under compulsory open care, with his own view beside the others'."""

from __future__ import annotations

from samverka.access.rules import ConsentForm, ConsentKind, RelationKind
from samverka.careplans.rules import PlanKind, Section
from samverka.contacts.rules import Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex
from samverka.people.rules import RelativeKind

PLAN = "leif-plan"

_ROBERT = s.Pen("robert.sandell", PLAN)

_PEOPLE = (
    s.Person(
        key="leif",
        given="Leif",
        family="Engström",
        sex=Sex.MALE,
        age=47,
        born=(7, 2),
        address=s.Address("Bredgårdsgatan 6 B", "833 35", "Strömsund", "stromsund"),
        phone=phones.mobile(23),
        listed="hc-stromsund",
    ),
)

_WARD: tuple[s.Event, ...] = (
    s.CareBegins(when=any_day(-84, 23), by="therese.nyman", reason="Hade inte sovit på nio dagar"),
    s.CareBegins(when=any_day(-84, 23, 30), by="robert.sandell", reason="Psykiatrisk tvångsvård"),
    s.Stay(
        when=any_day(-84, 23, 40),
        by="therese.nyman",
        key="leif-psykiatri",
        starts=any_day(-84, 23),
        ends=any_day(-27, 11),
        reason="Vård på psykiatriska avdelningen",
    ),
    s.Related(
        when=any_day(-80, 14),
        by="therese.nyman",
        kind=RelativeKind.MOTHER,
        name="Elsa Engström",
        phone=phones.mobile(24),
        note="Leif vill att hon får veta att han mår bättre.",
    ),
    s.CareBegins(when=day(-40, 9), by="asa.ljungberg", reason="Fortsatt vård i öppenvård"),
    s.CareBegins(
        when=day(-38, 9),
        by="mikael.svedin",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Boendestöd, på Leifs egen ansökan",
    ),
)

_PLAN: tuple[s.Event, ...] = (
    s.PlanStarted(
        when=day(-36, 10),
        by="robert.sandell",
        plan=PLAN,
        # The region answers: the law lays the plan on the chief physician (LPT 7 a §).
        kind=PlanKind.COERCIVE_CARE,
        title="Hemma i Strömsund",
        lead="region",
        asked_by="Avdelningen",
    ),
    s.ConsentGiven(
        when=day(-36, 10, 5),
        by="robert.sandell",
        key="leif-boendestod",
        kind=ConsentKind.PLAN,
        readers=("stromsund-omsorg",),
        form=ConsentForm.ORAL,
        plan=PLAN,
        covers="Planen, till Mikael på boendestödet.",
        not_covered="Det jag sade när jag var sjuk. Det var inte jag.",
        until=day(150),
    ),
    s.PlanShared(
        when=day(-36, 10, 10),
        by="robert.sandell",
        plan=PLAN,
        to=("stromsund-omsorg",),
        consent="leif-boendestod",
    ),
    _ROBERT.writes(
        day(-36, 10, 20),
        Section.NEEDS,
        "Medicin som spruta var fjärde vecka. Någon som märker tidigt om du inte sover. "
        "Hjälp att ordna hemma efter två månader borta.",
    ),
    _ROBERT.writes(
        day(-36, 10, 30),
        Section.ATTITUDE,
        "Jag tycker inte om sprutan. Jag blir trög. Men jag sover, och det vill jag. "
        "Jag vill att vi pratar om en lägre dos i vår. Boendestödet vill jag ha.",
    ),
    _ROBERT.writes(
        day(-36, 10, 40),
        Section.WHAT_MATTERS,
        "Min lägenhet. Musiken. Att mamma inte är rädd för mig. "
        "Säg till mig först, innan ni ringer runt.",
    ),
    _ROBERT.sets_goal(
        day(-36, 10, 50), "sova", "Jag sover hemma i egen säng och vaknar av väckarklockan."
    ),
    _ROBERT.adds(
        day(-36, 11),
        "spruta",
        "Spruta var fjärde vecka. Åsa frågar varje gång hur du mår av den.",
        owner=s.unit("psykiatri-stromsund"),
        goal="sova",
        due=day(6),
    ),
    _ROBERT.adds(
        day(-36, 11, 5),
        "hem",
        "Mikael kommer två gånger i veckan. Ni börjar med köket.",
        owner=s.unit("boendestod-stromsund"),
        due=day(20),
    ),
    _ROBERT.adds(
        day(-36, 11, 10),
        "middag",
        "Middag hos mamma på söndagar.",
        owner=s.close("Elsa, mamma"),
    ),
    _ROBERT.writes(
        day(-36, 11, 15),
        Section.IF_WORSE,
        "Sover du mindre än fyra timmar två nätter i rad ringer du Åsa, eller Mikael ringer med dig. "
        "Blir det bråttom: psykiatrin svarar dygnet runt. Ring 112 om någon är i fara.",
    ),
    s.ContactAppointed(when=day(-35, 9), by="asa.ljungberg", staff="asa.ljungberg"),
    s.PlanAgreed(when=day(-34, 10), by="robert.sandell", plan=PLAN, follow_up=day(27, 10)),
    # Established when the units have approved it (LPT 7 a §).
    s.PlanApproved(when=day(-34, 11), by="asa.ljungberg", plan=PLAN),
    s.PlanApproved(when=day(-33, 9), by="mikael.svedin", plan=PLAN),
    s.Visit(
        when=day(-22, 11),
        by="asa.ljungberg",
        starts=day(-22, 10),
        minutes=30,
        reason="Spruta och samtal",
        outcome="Du sover sju timmar. Du spelar gitarr igen, lågt, på kvällen.",
    ),
    s.Visit(
        when=day(-13, 15),
        by="mikael.svedin",
        starts=day(-13, 13),
        minutes=90,
        way=Way.HOME,
        reason="Köket",
        outcome="Köket är klart. Nästa gång tar vi posten.",
    ),
    s.Booking(
        when=day(-22, 11, 5),
        by="asa.ljungberg",
        starts=day(6, 10),
        minutes=30,
        reason="Spruta och samtal om dosen",
    ),
)

LEIF = s.Story(
    key="leif",
    title="Leif, hemma igen efter tvångsvård, med egna ord i planen",
    people=_PEOPLE,
    events=_WARD + _PLAN,
)
