"""Johanna, 34: protected identity. Where she lives and where she is cared for is told to nobody else."""

from __future__ import annotations

from samverka.access.rules import Protection
from samverka.careplans.rules import GoalStatus, PlanKind, Section, Term
from samverka.demo import script as s
from samverka.demo.script import day
from samverka.kernel.identity import Sex

PLAN = "johanna-plan"

_INGA_LILL = s.Pen("inga-lill.stahl", PLAN)

_PEOPLE = (
    s.Person(
        key="johanna",
        given="Johanna",
        family="Alm",
        sex=Sex.FEMALE,
        age=34,
        born=(9, 19),
        # No address, telephone or health centre: what is not written cannot leak (OSL 21:3–3 a).
        address=None,
        protection=Protection.PROTECTED,
    ),
)

_EVENTS: tuple[s.Event, ...] = (
    s.CareBegins(when=day(-88), by="inga-lill.stahl", reason="Astma och sömn"),
    s.Visit(
        when=day(-88, 11),
        by="inga-lill.stahl",
        starts=day(-88, 10),
        minutes=60,
        reason="Första besöket: astma, sömn och hur vi får kontakta dig",
        outcome="Inga brev och inga sms. Du ringer oss på tisdagar, eller kommer till den bokade tiden.",
    ),
    s.Visit(
        when=day(-74, 11),
        by="viktor.sandstrom",
        starts=day(-74, 10),
        minutes=40,
        reason="Läkarbesök: astma",
        outcome="Ny inhalator. Receptet är skrivet så att det går att hämta på vilket apotek som helst.",
    ),
    s.ContactAppointed(when=day(-74, 11, 20), by="inga-lill.stahl", staff="inga-lill.stahl"),
    s.PlanStarted(
        when=day(-67, 10),
        by="inga-lill.stahl",
        plan=PLAN,
        kind=PlanKind.CARE,
        title="Lugnt och stilla framåt",
        lead="region",
        asked_by="Johanna",
    ),
    _INGA_LILL.writes(
        day(-67, 10, 15),
        Section.WHAT_MATTERS,
        "Jag vill kunna sova med fönstret stängt och ändå få luft. "
        "Jag vill att ni säger mitt namn tyst i väntrummet, eller inte alls. "
        "Ring aldrig upp mig. Jag hör av mig. "
        "Jag vill börja plugga igen. Det var jag bra på.",
    ),
    _INGA_LILL.writes(
        day(-67, 10, 20),
        Section.STRENGTHS,
        "Jag är noggrann. Jag har klarat värre. Jag kommer på mina tider.",
    ),
    _INGA_LILL.sets_goal(
        day(-67, 10, 25), "luft", "Jag sover en hel natt utan att hosta.", reach_by=day(-20)
    ),
    _INGA_LILL.sets_goal(
        day(-67, 10, 30),
        "plugga",
        "Jag läser en kurs och klarar tentan.",
        term=Term.LONG,
        reach_by=day(200),
    ),
    _INGA_LILL.adds(
        day(-67, 10, 35),
        "astma",
        "Astmasköterskan går igenom inhalatorn och skriver vad du gör om det blir sämre.",
        owner=s.unit("hc-z-grand"),
        goal="luft",
        due=day(-40),
    ),
    _INGA_LILL.adds(
        day(-67, 10, 40),
        "promenad",
        "Jag går en runda varje dag när det är ljust.",
        owner=s.SELF,
        goal="luft",
    ),
    _INGA_LILL.writes(
        day(-67, 10, 45),
        Section.IF_WORSE,
        "Hjälper inte inhalatorn: ta två puffar till och vänta tio minuter. "
        "Ring 112 om du inte får luft. Säg att du har skyddade personuppgifter.",
    ),
    s.PlanAgreed(when=day(-66, 10), by="inga-lill.stahl", plan=PLAN, follow_up=day(16, 10)),
    _INGA_LILL.finishes(day(-41, 11), "astma", "Genomgången är gjord. Pappret ligger i din väska."),
    s.Visit(
        when=day(-41, 11, 10),
        by="inga-lill.stahl",
        starts=day(-41, 10),
        minutes=45,
        reason="Inhalator och sömn",
        outcome="Du hostar mindre på natten.",
    ),
    _INGA_LILL.follows(day(-20, 10, 30), "luft", GoalStatus.REACHED, "Tre nätter i rad nu."),
    s.PlanAgreed(when=day(-20, 10, 40), by="inga-lill.stahl", plan=PLAN, follow_up=day(16, 10)),
    s.Opened(when=day(-11, 14), by="gunilla.asen", page=s.Page.OVERVIEW),
    s.Opened(when=day(-5, 16), by="johanna", page=s.Page.LOG),
    s.Booking(
        when=day(-20, 10, 50),
        by="inga-lill.stahl",
        starts=day(16, 10),
        minutes=45,
        reason="Uppföljning",
    ),
)

JOHANNA = s.Story(
    key="johanna",
    title="Johanna, med skyddade personuppgifter",
    people=_PEOPLE,
    events=_EVENTS,
)
