"""Care plans for some of the synthetic people, so that the units' lists look like lists.

Written as ordinary care plans (PDL 3:6) by someone who works at the unit, with few words; the long
plans belong to the stories.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from uuid import UUID

from samverka.careplans import operations as careplans
from samverka.careplans.operations import Owner
from samverka.careplans.rules import OwnerKind, PlanKind, Section, Term
from samverka.demo.actors import County
from samverka.demo.population import Resident
from samverka.demo.script import STOCKHOLM
from samverka.demo.staff import staff
from samverka.kernel.identity import age

SHARE = 0.04
"""Share of those over seventy who have such a plan: about 1 in 100 of all."""

FROM_AGE = 70

LATE = 0.05
"""Share whose next step is late; the house allows one row in twenty to be red."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan in few words: what matters, a goal, and what the unit does."""

    title: str
    matters: str
    goal: str
    unit_does: str
    person_does: str


DRAFTS = (
    Draft(
        "Blodtrycket",
        "Jag vill slippa yrseln när jag reser mig. Sedan vill jag gå i skogen igen.",
        "Jag reser mig utan att hålla i stolen.",
        "Blodtryck, vikt och genomgång av läkemedel.",
        "Jag skriver upp blodtrycket på måndagar.",
    ),
    Draft(
        "Såret på foten",
        "Jag vill ha skor på mig. Det är svårt att vara ute i tofflor.",
        "Såret är läkt och jag har egna skor.",
        "Omläggning av såret och mätning.",
        "Jag håller foten högt när jag vilar.",
    ),
    Draft(
        "Maten och orken",
        "Maten smakar inte som förr. Jag äter bättre när vi är fler.",
        "Jag väger lika mycket som i somras.",
        "Vikt och samtal om mat.",
        "Jag äter lunch på träffpunkten två dagar i veckan.",
    ),
    Draft(
        "Sömnen",
        "Jag ligger vaken och tänker. Det är värst mellan tre och fem.",
        "Jag sover till klockan fem.",
        "Uppföljning av sömnen och läkemedlen.",
        "Jag går ut en stund på förmiddagen.",
    ),
    Draft(
        "Knät",
        "Jag vill kunna gå i trappan till vinden. Där har jag alla foton.",
        "Jag går upp och ner i trappan en gång om dagen.",
        "Uppföljning av träningen.",
        "Jag gör övningarna varje morgon.",
    ),
    Draft(
        "Diabetes",
        "Jag vill förstå mina värden. Och fortsätta äta kaka på söndagar.",
        "Jag vet vad jag ska göra när sockret är högt.",
        "Prover, fötter och genomgång av värdena.",
        "Jag mäter blodsockret på morgonen.",
    ),
)


@cache
def writers() -> dict[str, str]:
    """By unit, the key of someone licensed who works there."""
    found: dict[str, str] = {}
    for member in staff().values():
        for assignment in member.assignments:
            if "care" in assignment.roles and member.profession != "läkare":
                found.setdefault(assignment.unit, member.key)
    return found


def unit_that_plans(chance: Random, resident: Resident, today: date) -> str:
    """The unit that has written a plan for this person; "" for most."""
    old = age(resident.birth_date, today) >= FROM_AGE
    if not old or chance.random() >= SHARE:
        return ""
    at_home = [care.unit for care in resident.care if care.unit.startswith("hemsjukvard")]
    unit = at_home[0] if at_home else resident.listed
    return unit if unit in writers() else ""


def write_plan(chance: Random, county: County, person_id: UUID, unit: str, today: date) -> UUID:
    """One plan, written some weeks ago; gives its id."""
    draft = chance.choice(DRAFTS)
    written = today - timedelta(days=chance.randint(20, 60))
    due = today + timedelta(
        days=chance.randint(-9, -2) if chance.random() < LATE else chance.randint(1, 20)
    )
    at = datetime.combine(written, time(chance.randint(9, 15), chance.randint(0, 59)), STOCKHOLM)
    actor = county.staff[writers()[unit]].actor(at)
    plan = careplans.start_plan(
        actor,
        person_id=person_id,
        kind=PlanKind.CARE,
        title=draft.title,
        what_matters=draft.matters,
    )
    careplans.add_goal(actor, plan_id=plan.id, words=draft.goal, term=Term.SHORT)
    careplans.add_activity(
        actor,
        plan_id=plan.id,
        what=draft.unit_does,
        owner=Owner(unit_id=county.units[unit].id),
        due_on=due,
    )
    careplans.add_activity(
        actor, plan_id=plan.id, what=draft.person_does, owner=Owner(kind=OwnerKind.PERSON)
    )
    careplans.write_section(
        actor,
        plan_id=plan.id,
        section=Section.IF_WORSE,
        text="Ring oss på vardagar. Ring 1177 på kvällar och helger, och 112 om det är bråttom.",
        version=plan.version,
    )
    careplans.set_follow_up(
        actor, plan_id=plan.id, day=today + timedelta(days=chance.randint(5, 80))
    )
    careplans.activate_plan(actor, plan_id=plan.id)
    return plan.id
