"""Marika, 38, in Strömsund: alcohol and depression, and a clear wish about who may know what."""

from __future__ import annotations

from samverka.access.rules import BlockKind, ConsentForm, ConsentKind, RelationKind
from samverka.careplans.rules import Answer, GoalStatus, PlanKind, Question, Section, Term
from samverka.contacts.rules import Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex

SIP = "marika-sip"

_PER_OLOF = s.Pen("per-olof.skoglund", SIP)
_CAROLINA = s.Pen("carolina.odling", SIP)
_MIKAEL = s.Pen("mikael.svedin", SIP)

_PEOPLE = (
    s.Person(
        key="marika",
        given="Marika",
        family="Sjögren",
        sex=Sex.FEMALE,
        age=38,
        born=(7, 23),
        address=s.Address("Bredgårdsgatan 14", "833 35", "Strömsund", "stromsund"),
        phone=phones.mobile(7),
        listed="hc-stromsund",
    ),
)

_BEFORE: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-640), by="lars-erik.nygren", reason="Sömnproblem och nedstämdhet"),
    s.Visit(
        when=day(-640, 10),
        by="lars-erik.nygren",
        starts=day(-640, 9, 20),
        reason="Sömnproblem och nedstämdhet",
        outcome="Vi pratade om sömn och stress. Du får komma tillbaka om tre veckor.",
    ),
    s.CareBegins(
        when=day(-420), by="asa.ljungberg", reason="Depression, remiss från hälsocentralen"
    ),
    s.Visit(
        when=day(-420, 14),
        by="ahmed.darwish",
        starts=day(-420, 13),
        minutes=60,
        reason="Första besöket på psykiatrin",
        outcome="Du har en depression. Vi börjar med samtal och läkemedel.",
    ),
    s.Blocked(
        when=day(-418, 16),
        by="marika",
        kind=BlockKind.INNER,
        provider="region",
        unit="psykiatri-stromsund",
    ),
    s.CareBegins(when=any_day(-131, 2), by="sara.westin", reason="Hittad omtöcknad hemma"),
    s.Visit(
        when=any_day(-131, 6),
        by="fredrik.malm",
        starts=any_day(-131, 1, 30),
        minutes=240,
        reason="Du kom med ambulans i natt",
        outcome="Du hade druckit och tagit sömntabletter. Psykiatrin träffade dig på morgonen.",
    ),
    s.CareBegins(when=any_day(-131, 9), by="therese.nyman", reason="Inläggning på egen begäran"),
    s.Stay(
        when=any_day(-131, 9, 10),
        by="therese.nyman",
        key="marika-psykiatri",
        starts=any_day(-131, 9),
        ends=any_day(-117, 11),
        reason="Vila, behandling och planering för tiden efter",
    ),
    s.CareBegins(when=day(-120, 10), by="per-olof.skoglund", reason="Vill sluta dricka"),
    s.Visit(
        when=day(-112, 12),
        by="per-olof.skoglund",
        starts=day(-112, 11),
        minutes=50,
        way=Way.VIDEO,
        reason="Hur de första dagarna hemma har varit",
        outcome="Du har inte druckit på sexton dagar. Kvällarna är svårast.",
    ),
    s.CareBegins(
        when=day(-108, 9),
        by="carolina.odling",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Ansökan om öppenvård för beroende",
    ),
    s.CareBegins(
        when=day(-100, 9),
        by="mikael.svedin",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Boendestöd två gånger i veckan",
    ),
)

_PLAN: tuple[s.Event, ...] = (
    s.PlanStarted(
        when=day(-96, 13),
        by="per-olof.skoglund",
        plan=SIP,
        kind=PlanKind.SIP,
        title="En vanlig onsdag",
        lead="region",
        asked_by="Marika själv",
    ),
    s.ConsentGiven(
        when=day(-96, 13, 5),
        by="per-olof.skoglund",
        key="marika-plan",
        kind=ConsentKind.PLAN,
        readers=("stromsund-ifo", "stromsund-omsorg"),
        form=ConsentForm.WRITTEN,
        plan=SIP,
        covers="Den här planen och inget annat.",
        not_covered=(
            "Journalen på psykiatrin. Samtalen om min uppväxt. Min dotter ska inte stå med namn."
        ),
        until=day(85),
    ),
    _PER_OLOF.writes(
        day(-96, 13, 20),
        Section.WHAT_MATTERS,
        "Jag vill ha en vanlig onsdag. Gå upp, äta frukost, gå till jobbet, hämta min dotter. "
        "Jag vill vara nykter när hon är hos mig. Det är det viktigaste. "
        "Jag orkar inte berätta allt från början för nya människor. "
        "Jag säger själv vem som får veta vad. När någon frågar först litar jag mer. "
        "Jag tycker om att vara på stallet. Där är det ingen som tittar snett.",
    ),
    _PER_OLOF.writes(
        day(-96, 13, 30),
        Section.STRENGTHS,
        "Jag är bra på mitt jobb och på hästar. "
        "Lotta på stallet har sagt att jag får ringa när som helst. "
        "Min chef håller min plats.",
    ),
    _PER_OLOF.sets_goal(
        day(-96, 13, 40),
        "kvall",
        "Jag tar mig igenom kvällarna utan att dricka, en i taget.",
        reach_by=day(-30),
    ),
    _PER_OLOF.sets_goal(
        day(-96, 13, 45),
        "jobb",
        "Jag jobbar heltid och orkar laga mat när jag kommer hem.",
        term=Term.LONG,
        reach_by=day(120),
    ),
    s.PlanShared(
        when=day(-95, 9),
        by="per-olof.skoglund",
        plan=SIP,
        to=("stromsund-ifo", "stromsund-omsorg"),
        consent="marika-plan",
    ),
    _CAROLINA.adds(
        day(-95, 10),
        "grupp",
        "Öppenvårdsgrupp tisdagar och torsdagar klockan fyra.",
        owner=s.unit("ifo-vuxen-stromsund"),
        goal="kvall",
        due=day(20),
    ),
    _MIKAEL.adds(
        day(-95, 10, 30),
        "kvallsstod",
        "Mikael kommer måndag och fredag kväll. Ni lagar mat eller går ut.",
        owner=s.unit("boendestod-stromsund"),
        goal="kvall",
        due=day(30),
    ),
    _PER_OLOF.adds(
        day(-94, 11),
        "samtal",
        "Samtal med Per-Olof varje vecka på video. Läkaren följer dina prover.",
        owner=s.unit("beroende"),
        goal="kvall",
        due=day(60),
    ),
    _PER_OLOF.adds(
        day(-94, 11, 5),
        "ring",
        "Jag ringer Lotta på stallet när suget kommer, innan jag går till affären.",
        owner=s.SELF,
        goal="kvall",
    ),
    _PER_OLOF.adds(
        day(-94, 11, 10),
        "arbetsplats",
        "Möte med arbetsgivaren om att öka arbetstiden stegvis.",
        owner=s.other("Försäkringskassan"),
        goal="jobb",
        due=day(-20),
    ),
    _PER_OLOF.writes(
        day(-94, 11, 20),
        Section.IF_WORSE,
        "Har du druckit är du välkommen ändå. Ring Per-Olof dagen efter, så börjar vi om därifrån. "
        "Kommer tankar på att inte vilja leva ringer du psykiatrin, dygnet runt. "
        "Är det bråttom ringer du 112. Lotta vet att hon får följa med.",
    ),
    s.ContactAppointed(when=day(-94, 11, 30), by="per-olof.skoglund", staff="per-olof.skoglund"),
    s.PlanAgreed(when=day(-90, 14), by="per-olof.skoglund", plan=SIP, follow_up=day(-41, 13)),
)

_AFTER: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-80, 9), by="mona.jakobsson", reason="Provtagning och blodtryck"),
    s.ConsentGiven(
        when=day(-80, 10),
        by="mona.jakobsson",
        key="marika-svod",
        kind=ConsentKind.SVOD,
        readers=("region",),
        covers="Boendestödets uppgifter om läkemedel.",
        not_covered="Allt annat.",
        until=day(100),
    ),
    s.Visit(
        when=day(-62, 12),
        by="per-olof.skoglund",
        starts=day(-62, 11),
        minutes=45,
        way=Way.VIDEO,
        reason="Du drack i helgen och ville prata om det",
        outcome="Du ringde Lotta på söndagen. Det var rätt. Vi fortsätter därifrån.",
    ),
    s.ConsentWithdrawn(when=day(-55, 18), by="marika", consent="marika-svod"),
    _PER_OLOF.finishes(
        day(-41, 13, 30), "arbetsplats", "Du börjar på tre fjärdedels tid från och med nästa månad."
    ),
    _PER_OLOF.sets_goal(
        day(-41, 13, 35), "somn", "Jag sover sex timmar utan tabletter.", reach_by=day(30)
    ),
    s.KeptBack(
        when=day(-41, 13, 40),
        by="per-olof.skoglund",
        plan=SIP,
        goal="somn",
        providers=("stromsund-ifo",),
        reason="Marika berättar själv för socialtjänsten om tabletterna.",
    ),
    s.PlanFollowedUp(
        when=day(-41, 13, 45),
        by="per-olof.skoglund",
        plan=SIP,
        took_part="Marika, Per-Olof, Mikael och Lotta från stallet",
        words="Det var bra att ni frågade mig före mötet. Då vågade jag komma.",
        answers=(
            (Question.HEARD, Answer.YES),
            (Question.HELPS, Answer.YES),
            (Question.KEPT, Answer.PARTLY),
            (Question.BETTER, Answer.YES),
        ),
        goals=(
            (
                "kvall",
                GoalStatus.REACHED,
                "Jag har druckit en gång på åtta veckor. Förut var det varje kväll.",
            ),
        ),
        follow_up=day(23, 13),
    ),
    s.Opened(when=day(-20, 15), by="carolina.odling", page=s.Page.PLAN, plan=SIP),
    s.Opened(when=day(-8, 21, 30), by="marika", page=s.Page.LOG),
    s.PlanCommented(
        when=day(-8, 21, 40),
        by="marika",
        plan=SIP,
        words="Nästa gång vill jag sitta i rummet med fönster mot sjön. Och ha kaffe.",
    ),
    s.CommentsHandled(when=day(-7, 10), by="per-olof.skoglund", plan=SIP),
    s.Booking(
        when=day(-7, 11),
        by="per-olof.skoglund",
        starts=day(4, 11),
        minutes=45,
        way=Way.VIDEO,
        reason="Samtal med Per-Olof",
    ),
    s.MeetingCalled(
        when=day(-7, 11, 10),
        by="per-olof.skoglund",
        key="marika-mote",
        plan=SIP,
        starts=day(23, 13),
        place="Strömsund, rummet med fönster mot sjön. Kaffe finns.",
        purpose="Uppföljning av planen. Marika säger till när hon vill ha paus.",
        units=("ifo-vuxen-stromsund", "boendestod-stromsund"),
        others=("Lotta på stallet",),
    ),
    s.CallAnswered(when=day(-6, 10), by="carolina.odling", meeting="marika-mote"),
    s.CallAnswered(when=day(-6, 14), by="mikael.svedin", meeting="marika-mote"),
    s.CallAnswered(when=any_day(-5, 20), by="marika", meeting="marika-mote"),
    s.Booking(
        when=day(-6, 9),
        by="ahmed.darwish",
        starts=day(17, 10),
        minutes=40,
        reason="Läkarbesök på psykiatrin",
    ),
)

MARIKA = s.Story(
    key="marika",
    title="Marika, som själv bestämmer vem som får veta vad",
    people=_PEOPLE,
    events=_BEFORE + _PLAN + _AFTER,
)
