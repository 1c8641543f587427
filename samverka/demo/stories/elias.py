"""Elias, 12, in Östersund: school has become too loud; child psychiatry, school and two homes."""

from __future__ import annotations

from samverka.access.rules import (
    Capacity,
    ConsentForm,
    ConsentKind,
    ProxyKind,
    RelationKind,
)
from samverka.careplans.rules import (
    Answer,
    GoalStatus,
    PlanKind,
    PrepPart,
    Question,
    RequestSource,
    Section,
    Term,
    VoiceAnswer,
    VoiceKind,
)
from samverka.demo import phones
from samverka.demo import script as s
from samverka.demo.script import any_day, day
from samverka.kernel.identity import Sex
from samverka.people.rules import RelativeKind

SIP = "elias-sip"
MEETING = "elias-mote"

_JENNY = s.Pen("jenny.sellin", SIP)
_MARIE_LOUISE = s.Pen("marie-louise.thun", SIP)
_LINN = s.Pen("linn.marklund", SIP)

_PEOPLE = (
    s.Person(
        key="elias",
        given="Elias",
        family="Berglund",
        sex=Sex.MALE,
        age=12,
        born=(1, 28),
        address=s.Address("Ringvägen 22 B", "831 34", "Östersund", "ostersund"),
        listed="hc-z-grand",
    ),
    s.Person(
        key="sara",
        given="Sara",
        family="Berglund",
        sex=Sex.FEMALE,
        age=39,
        born=(6, 11),
        address=s.Address("Ringvägen 22 B", "831 34", "Östersund", "ostersund"),
        phone=phones.mobile(5),
        listed="hc-z-grand",
    ),
    s.Person(
        key="martin",
        given="Martin",
        family="Hägglund",
        sex=Sex.MALE,
        age=42,
        born=(10, 5),
        address=s.Address("Frösövägen 63", "832 43", "Frösön", "ostersund"),
        phone=phones.mobile(6),
        listed="hc-froson",
    ),
)

_COVERS = "Planen för skolan och stödet hemma."
_NOT_COVERED = "Det Elias berättar för psykologen. Det är hans. Och föräldrarnas separation."

_GUARDIAN = ("read", "write", "guardian")

_BEFORE: tuple[s.Event, ...] = (
    s.CareBegins(
        when=day(-880), by="marie-louise.thun", kind=RelationKind.SCHOOL, reason="Elev på skolan"
    ),
    s.ProxyGranted(
        when=day(-879, 10),
        by="marie-louise.thun",
        proxy="sara",
        kind=ProxyKind.GUARDIAN,
        scopes=_GUARDIAN,
    ),
    s.ProxyGranted(
        when=day(-879, 10, 5),
        by="marie-louise.thun",
        proxy="martin",
        kind=ProxyKind.GUARDIAN,
        scopes=_GUARDIAN,
    ),
    s.Related(
        when=day(-879, 10, 10), by="marie-louise.thun", kind=RelativeKind.MOTHER, person="sara"
    ),
    s.Related(
        when=day(-879, 10, 15), by="marie-louise.thun", kind=RelativeKind.FATHER, person="martin"
    ),
    s.Visit(
        when=day(-260, 11),
        by="marie-louise.thun",
        starts=day(-260, 10),
        minutes=40,
        reason="Ont i magen på morgnarna",
        outcome="Magen mår bra. Vi pratar om hur det är i klassrummet och hör av oss hem.",
    ),
    s.CareBegins(when=day(-238, 9), by="jenny.sellin", reason="Remiss från elevhälsan"),
    s.CareBegins(when=day(-237, 9), by="marie-louise.thun", reason="Samråd med elevhälsan"),
    s.Visit(
        when=day(-231, 14),
        by="malin.grahn",
        starts=day(-231, 13),
        minutes=60,
        reason="Första besöket: vi lär känna varandra",
        outcome="Vi bestämde en utredning om koncentration. Elias valde att spela schack i väntrummet.",
    ),
    s.CapacityNoted(
        when=day(-231, 14, 20),
        by="malin.grahn",
        capacity=Capacity.CHILD_UNABLE,
        attitude_known=True,
        reason=(
            "Elias förstår att vi pratar med skolan och tycker att det är bra, men kan inte själv "
            "överblicka vad ett samtycke betyder. Hans åsikt är frågad och antecknad."
        ),
    ),
    s.Visit(
        when=day(-190, 15),
        by="malin.grahn",
        starts=day(-190, 13),
        minutes=90,
        reason="Uppgifter och samtal i utredningen",
        outcome="Elias orkade allt. Han behöver pauser och att en sak görs färdig i taget.",
    ),
    s.Visit(
        when=day(-142, 11),
        by="david.ohman",
        starts=day(-142, 10),
        minutes=50,
        reason="Läkarbesök och svar på utredningen",
        outcome="Elias har adhd. Vi börjar med stöd i skolan och hemma och avvaktar med medicin.",
    ),
)

_PLAN: tuple[s.Event, ...] = (
    s.CareBegins(
        when=day(-70, 10),
        by="linn.marklund",
        kind=RelationKind.SOCIAL_SERVICE,
        reason="Föräldrastöd efter ansökan från båda vårdnadshavarna",
    ),
    s.PlanAsked(
        when=day(-65, 10),
        by="marie-louise.thun",
        key="skolans-begaran",
        source=RequestSource.SCHOOL,
        asked_by="Skolan, genom Marie-Louise Thun",
        to="bup",
        reason=(
            "Elias har varit hemma fler dagar än i skolan sedan i våras. Skolan, barn- och "
            "ungdomspsykiatrin och föräldrarna provar var sin sak. Elias och båda föräldrarna vill "
            "ha en plan ihop."
        ),
    ),
    s.PlanStarted(
        when=day(-62, 14),
        by="jenny.sellin",
        plan=SIP,
        kind=PlanKind.SIP,
        title="Tillbaka till skolan, i lagom takt",
        lead="region",
        asked_by="Skolsköterskan, tillsammans med Elias och hans föräldrar",
    ),
    s.AskGranted(when=day(-62, 14, 2), by="jenny.sellin", ask="skolans-begaran", plan=SIP),
    s.ConsentAsked(
        when=day(-62, 14, 5),
        by="jenny.sellin",
        plan=SIP,
        units=("elevhalsa-ostersund", "ifo-familj-ostersund"),
        covers=_COVERS,
        not_covered=_NOT_COVERED,
        until=day(300),
    ),
    s.VoiceNoted(
        when=day(-62, 14, 10),
        by="jenny.sellin",
        plan=SIP,
        kind=VoiceKind.GUARDIAN,
        said_by="sara",
        answer=VoiceAnswer.YES,
        form=ConsentForm.WRITTEN,
    ),
    s.ConsentAnswered(when=any_day(-58, 20), by="martin", plan=SIP, yes=True),
    _JENNY.writes(
        day(-56, 14),
        Section.WHAT_MATTERS,
        "Jag vill gå i skolan men inte hela dagen. Det är för högt i matsalen. "
        "Då blir det som en storm i huvudet. Matte är kul när det är tyst. "
        "Jag vill att Noel och jag ska få jobba ihop. "
        "Jag vill inte att ni pratar över mig. Fråga mig först. "
        "Det är jobbigt att byta hus på söndagar. Jag glömmer alltid något.",
    ),
    s.VoiceNoted(
        when=day(-56, 14, 5),
        by="jenny.sellin",
        plan=SIP,
        kind=VoiceKind.CHILD,
        said_by="elias",
        answer=VoiceAnswer.YES,
        view="Det är bra om de vet, så slipper jag förklara. Men inte det jag säger till Malin.",
        judgement=(
            "Elias är tolv år och förstår vad planen är till för. Hans åsikt väger tungt. "
            "Därför stannar det han säger till psykologen hos oss."
        ),
    ),
    _JENNY.writes(
        day(-56, 14, 15),
        Section.STRENGTHS,
        "Jag är bra på matte och schack. Noel fattar mig. "
        "Mormor hämtar på onsdagar, och då pratar vi inte om skolan.",
    ),
    _JENNY.sets_goal(
        day(-56, 14, 25), "dagar", "Jag är i skolan fyra förmiddagar i veckan.", reach_by=day(14)
    ),
    _JENNY.sets_goal(
        day(-56, 14, 30),
        "byte",
        "När jag byter hus är väskan packad och jag vet vad som händer på måndag.",
        reach_by=day(-10),
    ),
    _JENNY.sets_goal(
        day(-56, 14, 35),
        "hostlov",
        "Jag går i sjuan med Noel och tycker att det är helt okej.",
        term=Term.LONG,
        reach_by=day(280),
    ),
    s.ConsentGiven(
        when=day(-55, 8, 50),
        by="jenny.sellin",
        given_by="sara",
        key="elias-foraldrar",
        kind=ConsentKind.PLAN,
        readers=("ostersund-skola", "ostersund-ifo"),
        form=ConsentForm.WRITTEN,
        plan=SIP,
        covers=_COVERS,
        not_covered=_NOT_COVERED,
        until=day(300),
    ),
    s.PlanShared(
        when=day(-55, 9),
        by="jenny.sellin",
        plan=SIP,
        to=("ostersund-skola", "ostersund-ifo"),
        consent="elias-foraldrar",
    ),
    _MARIE_LOUISE.adds(
        day(-55, 10),
        "matro",
        "Elias och Noel äter i det lilla rummet vid biblioteket.",
        owner=s.unit("elevhalsa-ostersund"),
        goal="dagar",
        due=day(-45),
    ),
    _MARIE_LOUISE.adds(
        day(-55, 10, 5),
        "paus",
        "Ett kort på bänken som betyder paus. Ingen frågar varför.",
        owner=s.other("Mentor på skolan"),
        goal="dagar",
        due=day(-45),
    ),
    _LINN.adds(
        day(-54, 13),
        "stod",
        "Fem träffar där båda föräldrarna gör samma schema för veckan.",
        owner=s.unit("ifo-familj-ostersund"),
        goal="byte",
        due=day(10),
    ),
    _JENNY.adds(
        day(-54, 14),
        "psykolog",
        "Elias träffar Malin varannan vecka. De spelar schack först.",
        owner=s.unit("bup"),
        due=day(60),
    ),
    s.KeptBack(
        when=day(-54, 14, 2),
        by="jenny.sellin",
        plan=SIP,
        activity="psykolog",
        providers=("ostersund-skola",),
        reason="Elias vill inte att skolan vet när han träffar Malin.",
    ),
    _JENNY.adds(
        day(-54, 14, 5),
        "vaska",
        "Jag packar väskan på lördagen med listan på dörren.",
        owner=s.SELF,
        goal="byte",
    ),
    _JENNY.writes(
        day(-54, 14, 15),
        Section.IF_WORSE,
        "Blir morgonen för svår ringer mamma eller pappa mentorn före åtta. Ingen bråkar. "
        "Vi börjar med en lektion. Blir det tre morgnar i rad ringer vi Jenny på "
        "barn- och ungdomspsykiatrin.",
    ),
    s.ContactAppointed(when=day(-54, 14, 20), by="jenny.sellin", staff="jenny.sellin"),
    s.PlanAgreed(when=day(-50, 15), by="jenny.sellin", plan=SIP, follow_up=day(8, 14)),
)

_AFTER: tuple[s.Event, ...] = (
    _MARIE_LOUISE.finishes(
        day(-44, 12), "matro", "Rummet är ordnat. De har ätit där alla dagar utom en."
    ),
    _MARIE_LOUISE.finishes(
        day(-44, 12, 5), "paus", "Kortet ligger på bänken. Det används mest på eftermiddagen."
    ),
    s.Visit(
        when=day(-35, 15),
        by="malin.grahn",
        starts=day(-35, 14),
        minutes=45,
        reason="Samtal med Malin",
        outcome="Vi pratade om söndagar.",
    ),
    s.Opened(when=day(-30, 20, 30), by="martin", page=s.Page.PLAN, plan=SIP),
    s.PlanCommented(
        when=day(-30, 20, 40),
        by="martin",
        plan=SIP,
        words="Hos mig fungerar listan på dörren bra. Vi har gjort en likadan till Saras dörr.",
    ),
    s.CommentsHandled(when=day(-29, 9), by="jenny.sellin", plan=SIP),
    s.Visit(
        when=day(-21, 15),
        by="malin.grahn",
        starts=day(-21, 14),
        minutes=45,
        reason="Samtal med Malin",
        outcome="Elias vann två partier. Vi pratade om att säga till när det blir för högt.",
    ),
    s.PlanFollowedUp(
        when=day(-9, 14),
        by="jenny.sellin",
        plan=SIP,
        took_part="Elias den första halvtimmen, Sara, Martin, Marie-Louise och Linn",
        words="Det är lugnare nu. Men gympasalen är fortfarande som en storm.",
        answers=(
            (Question.HEARD, Answer.YES),
            (Question.HELPS, Answer.YES),
            (Question.KEPT, Answer.YES),
            (Question.KNOWS, Answer.PARTLY),
        ),
        goals=(
            (
                "byte",
                GoalStatus.REACHED,
                "Väskan är packad nu. Jag glömde bara gympaskorna en gång.",
            ),
        ),
        follow_up=day(8, 14),
    ),
    s.Opened(when=day(-6, 8, 15), by="marie-louise.thun", page=s.Page.PLAN, plan=SIP),
    s.Opened(when=day(-2, 21), by="sara", page=s.Page.CONTRACT),
    s.Booking(
        when=day(-9, 14, 30),
        by="malin.grahn",
        starts=day(5, 14),
        minutes=45,
        reason="Samtal med Malin",
        bring="Schackbrädet finns här.",
    ),
    s.MeetingCalled(
        when=day(-9, 14, 40),
        by="jenny.sellin",
        key=MEETING,
        plan=SIP,
        starts=day(8, 14),
        place="Skolan, rummet vid biblioteket",
        purpose="Elias bestämmer själv om han är med hela tiden eller bara först.",
        units=("elevhalsa-ostersund", "ifo-familj-ostersund"),
        relatives=("Sara Berglund", "Martin Hägglund"),
        others=("Mentor på skolan",),
    ),
    s.CallAnswered(when=day(-8, 9), by="marie-louise.thun", meeting=MEETING),
    s.CallAnswered(when=day(-8, 10), by="linn.marklund", meeting=MEETING),
    s.CallAnswered(when=day(-7, 9), by="jenny.sellin", meeting=MEETING, name="Martin Hägglund"),
    s.Prepared(
        when=any_day(-2, 21, 10),
        by="sara",
        plan=SIP,
        words=(
            (PrepPart.HELP, "Elias säger: jag vill ha gympa när det är färre i salen."),
            (PrepPart.NETWORK, "Mormor på onsdagar. Noel. Martin och jag."),
        ),
        sent=False,
    ),
)

ELIAS = s.Story(
    key="elias",
    title="Elias, när skolan blev för hög",
    people=_PEOPLE,
    events=_BEFORE + _PLAN + _AFTER,
)
