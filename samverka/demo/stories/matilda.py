"""Matilda, 23, in Bräcke: intellectual disability and epilepsy; she wants a flat of her own."""

from __future__ import annotations

from samverka.access.rules import ConsentForm, ConsentKind, ProxyKind, RelationKind
from samverka.careplans.rules import Answer, GoalStatus, PlanKind, Question, Section, Term
from samverka.contacts.rules import Way
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex
from samverka.people.rules import RelativeKind

LSS = "matilda-lss"

_MAJA = s.Pen("maja.ottosson", LSS)
_CATRIN = s.Pen("catrin.modeer", LSS)
_SANNA = s.Pen("sanna.wiklund", LSS)

_PEOPLE = (
    s.Person(
        key="matilda",
        given="Matilda",
        family="Frisk",
        sex=Sex.FEMALE,
        age=23,
        born=(3, 3),
        address=s.Address("Skogsgatan 6", "843 31", "Bräcke", "bracke"),
        phone=phones.mobile(13),
        listed="hc-bracke",
    ),
    s.Person(
        key="ulla-b",
        given="Ulla",
        family="Bäckman",
        sex=Sex.FEMALE,
        age=61,
        born=(10, 30),
        address=s.Address("Hantverksgatan 12", "843 31", "Bräcke", "bracke"),
        phone=phones.mobile(14),
        listed="hc-bracke",
    ),
)

_BEFORE: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-890), by="sanna.wiklund", reason="Stöd som vuxen"),
    s.CareBegins(
        when=day(-885),
        by="maja.ottosson",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Bostad med särskild service och daglig verksamhet",
    ),
    s.CareBegins(
        when=day(-880),
        by="ellinor.grip",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Flyttar in på Skogsgatan",
    ),
    s.CareBegins(
        when=day(-875),
        by="rolf.hagman",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Börjar på Snickeriet",
    ),
    s.CareBegins(when=day(-870), by="catrin.modeer", reason="Läkemedel mot epilepsi"),
    s.ProxyGranted(
        when=day(-800, 10),
        by="maja.ottosson",
        proxy="ulla-b",
        kind=ProxyKind.TRUSTEE,
        scopes=("read", "write"),
    ),
    s.Related(
        when=day(-800, 10, 10), by="maja.ottosson", kind=RelativeKind.TRUSTEE, person="ulla-b"
    ),
    s.Related(
        when=day(-800, 10, 15),
        by="maja.ottosson",
        kind=RelativeKind.SIBLING,
        name="Hampus Frisk",
        phone=phones.mobile(15),
    ),
    s.CareBegins(when=day(-390), by="carina.ostlund", reason="Årskontroll"),
    s.Visit(
        when=day(-390, 11),
        by="hans.ronnkvist",
        starts=day(-390, 10),
        minutes=50,
        reason="Årskontroll: prover, vikt och epilepsi",
        outcome="Allt ser bra ut. Du har haft två anfall på ett år.",
    ),
)

_PLAN: tuple[s.Event, ...] = (
    s.PlanStarted(
        when=day(-310, 13),
        by="maja.ottosson",
        plan=LSS,
        kind=PlanKind.LSS,
        title="Min plan",
        lead="bracke",
        asked_by="Matilda",
    ),
    s.ConsentGiven(
        when=day(-310, 13, 5),
        by="maja.ottosson",
        key="matilda-plan",
        kind=ConsentKind.PLAN,
        readers=("region", "bracke-halsa"),
        form=ConsentForm.ORAL,
        plan=LSS,
        covers="Alla som är med i min plan får läsa den. Bilderna är också okej.",
        not_covered="Det om min pojkvän.",
        until=day(60),
    ),
    _MAJA.writes(
        day(-310, 13, 15),
        Section.WHAT_MATTERS,
        "Jag vill bo själv. Med en egen dörr och ett eget kök. "
        "Jag vill ha en katt. "
        "Jag är bra på att slipa trä. Jag är bra på att sjunga. "
        "När jag får anfall vill jag att du är lugn och sitter bredvid. Inte håller fast mig. "
        "Jag vill jobba på ett kafé där det kommer folk.",
    ),
    _MAJA.writes(
        day(-310, 13, 20),
        Section.STRENGTHS,
        "Jag åker buss själv till Snickeriet. Hampus är min bror. "
        "Ulla hjälper mig med pengar och papper.",
    ),
    _MAJA.sets_goal(
        day(-310, 13, 30), "mat", "Jag lagar middag själv två dagar i veckan.", reach_by=day(-100)
    ),
    _MAJA.sets_goal(
        day(-310, 13, 35),
        "medicin",
        "Jag tar min medicin själv när klockan piper.",
        reach_by=day(-60),
    ),
    _MAJA.sets_goal(
        day(-310, 13, 40),
        "egen",
        "Jag bor i en egen lägenhet med katt.",
        term=Term.LONG,
        reach_by=day(400),
    ),
    s.PlanShared(
        when=day(-309, 9),
        by="maja.ottosson",
        plan=LSS,
        to=("region", "bracke-halsa"),
        consent="matilda-plan",
    ),
    _MAJA.adds(
        day(-308, 10),
        "kok",
        "Ellinor och du lagar mat på tisdagar. Du bestämmer vad.",
        owner=s.unit("lss-skogsgatan"),
        goal="mat",
        due=day(-100),
    ),
    _MAJA.adds(
        day(-308, 10, 5),
        "kafe",
        "Rolf följer med dig till kaféet på biblioteket och provar en dag.",
        owner=s.unit("lss-snickeriet"),
        due=day(-30),
    ),
    _CATRIN.adds(
        day(-307, 9),
        "dosett",
        "Catrin fyller dosetten på måndagar. Du visar hur du gör.",
        owner=s.unit("hemsjukvard-bracke"),
        goal="medicin",
    ),
    _SANNA.adds(
        day(-306, 9),
        "bo",
        "Sanna och du skriver en lista: vad kan jag, vad ska jag öva på?",
        owner=s.unit("vuxenhab"),
        goal="egen",
        due=day(-150),
    ),
    _MAJA.adds(
        day(-306, 9, 30),
        "spara",
        "Jag sparar hundra kronor varje fredag i kattburken.",
        owner=s.SELF,
        goal="egen",
    ),
    _MAJA.adds(
        day(-306, 9, 35),
        "bostad",
        "Ulla ställer dig i bostadskö.",
        owner=s.other("God man"),
        goal="egen",
        due=day(-280),
    ),
    _MAJA.writes(
        day(-306, 9, 40),
        Section.IF_WORSE,
        "När jag får anfall: Titta på klockan. Lägg något mjukt under huvudet. Sitt bredvid. "
        "Är det längre än fem minuter: ge medicinen i kinden och ring 112. "
        "Efteråt vill jag ha saft och sova.",
    ),
    s.PlanAgreed(when=day(-300, 14), by="maja.ottosson", plan=LSS, follow_up=day(-60, 13)),
    s.OtherTold(when=day(-299, 9), by="maja.ottosson", plan=LSS),
)

_YEAR: tuple[s.Event, ...] = (
    _MAJA.finishes(day(-281, 11), "bostad", "Du står i kö sedan i går. Ulla har kvittot."),
    _SANNA.finishes(day(-152, 11), "bo", "Listan är klar. Den sitter på ditt kylskåp."),
    s.Visit(
        when=day(-152, 11, 10),
        by="sanna.wiklund",
        starts=day(-152, 10),
        minutes=60,
        way=Way.HOME,
        reason="Listan om att bo själv",
        outcome="Du kan tolv saker. Fem ska du öva på.",
    ),
    s.Visit(
        when=any_day(-97, 21),
        by="catrin.modeer",
        starts=any_day(-97, 20),
        minutes=40,
        way=Way.HOME,
        reason="Anfall på kvällen",
        outcome="Det varade i två minuter. Hampus satt bredvid och var lugn.",
    ),
    _MAJA.finishes(
        day(-60, 13, 20), "kafe", "Du provade i tre dagar. De vill att du kommer tillbaka."
    ),
    _MAJA.sets_goal(
        day(-60, 13, 25), "kafejobb", "Jag jobbar på kaféet på fredagar.", reach_by=day(30)
    ),
    _MAJA.finishes(day(-60, 13, 30), "kok", "Ni lagar mat på tisdagar. Du har valt alla rätter."),
    s.PlanFollowedUp(
        when=day(-60, 13, 45),
        by="maja.ottosson",
        plan=LSS,
        took_part="Matilda, Hampus, Ulla, Ellinor och Maja",
        words="Jag bestämde vilka som fick komma. Det var bra. Det var tårta också.",
        answers=(
            (Question.HEARD, Answer.YES),
            (Question.HELPS, Answer.YES),
            (Question.KNOWS, Answer.YES),
            (Question.BETTER, Answer.YES),
        ),
        goals=(
            ("mat", GoalStatus.REACHED, "Jag gör tacos och fiskpinnar. Alla åt."),
            (
                "medicin",
                GoalStatus.PARTLY,
                "Jag kommer ihåg på morgonen men inte på kvällen. Klockan ska pipa högre.",
            ),
        ),
        follow_up=day(55, 13),
    ),
    s.EasyWritten(
        when=day(-59, 10),
        by="maja.ottosson",
        plan=LSS,
        section=Section.IF_WORSE,
        words=(
            "När jag får anfall:\nTitta på klockan.\nLägg något mjukt under mitt huvud.\n"
            "Sitt bredvid mig.\nFem minuter: medicin i kinden. Ring 112.\nSedan saft. Sedan sova."
        ),
    ),
    s.EasyWritten(
        when=day(-59, 10, 5),
        by="maja.ottosson",
        plan=LSS,
        goal="egen",
        words="Egen dörr. Eget kök. Katt.",
    ),
    s.Opened(when=day(-12, 17), by="ulla-b", page=s.Page.CONTRACT),
    s.Opened(when=day(-10, 16), by="matilda", page=s.Page.PLAN, plan=LSS),
    s.PlanCommented(when=day(-10, 16, 10), by="matilda", plan=LSS, words="Katten ska heta Findus."),
    s.CommentsHandled(when=day(-9, 8), by="maja.ottosson", plan=LSS),
    s.Booking(
        when=day(-9, 9),
        by="hans.ronnkvist",
        starts=day(13, 10),
        minutes=50,
        reason="Årskontroll hos doktor Hans",
        bring="Ellinor följer med. Kom utan frukost, så tar vi prov först. Sedan fika.",
    ),
    s.MeetingCalled(
        when=day(-9, 9, 30),
        by="maja.ottosson",
        key="matilda-mote",
        plan=LSS,
        starts=day(55, 13),
        place="Gruppbostaden Skogsgatan, köket",
        purpose="Vi tittar på din plan. Du bestämmer vilka som ska vara med.",
        units=("lss-skogsgatan", "lss-snickeriet", "vuxenhab", "hemsjukvard-bracke"),
        relatives=("Hampus Frisk",),
    ),
    s.CallAnswered(when=day(-9, 13), by="ellinor.grip", meeting="matilda-mote"),
    s.CallAnswered(when=day(-8, 9), by="rolf.hagman", meeting="matilda-mote"),
    s.CallAnswered(when=day(-8, 10), by="catrin.modeer", meeting="matilda-mote"),
    s.CallAnswered(when=day(-7, 13), by="sanna.wiklund", meeting="matilda-mote"),
    s.CallAnswered(when=any_day(-7, 17), by="matilda", meeting="matilda-mote"),
)

MATILDA = s.Story(
    key="matilda",
    title="Matilda, som vill ha egen dörr och katt",
    people=_PEOPLE,
    events=_BEFORE + _PLAN + _YEAR,
)
