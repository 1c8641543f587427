"""The county and Karin's story: a hip that is mended, a plan of both sides, times and those who help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from samverka.access import operations as access
from samverka.access.models import Account
from samverka.access.rules import ConsentForm, ProxyKind, RelationKind
from samverka.careplans import operations as plans
from samverka.careplans.reads import PlanDetail, list_contacts
from samverka.careplans.rules import ContactKind, OwnerKind, PlanKind, Section, Term
from samverka.contacts import operations as contacts
from samverka.contacts.rules import BookingFacts, ReferralFacts, StayFacts, VisitFacts, Way
from samverka.kernel.actor import Actor
from samverka.kernel.identity import Sex
from samverka.kernel.testseries import test_number
from samverka.people import operations as people
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from samverka.people.rules import RelativeKind
from samverka.web.door import person_actor
from tests.factories.cast import (
    KARINS_NUMBER,
    NOW,
    Cast,
    make_person,
    person_login,
    relate,
)

DAY = timedelta(days=1)
TODAY = NOW.date()
EVAS_NUMBER = test_number(date(1969, 9, 2), Sex.FEMALE, 0)


@dataclass
class Story:
    """Karin, and those around her."""

    cast: Cast
    karin: PersonDetail
    karin_herself: Actor
    eva: Actor
    """Karin's daughter and representative."""
    plan: PlanDetail


def tell(cast: Cast) -> Story:
    """Karin's story, told by doing the steps."""
    nurse = cast.at(cast.region_nurse, days=-20)
    karin = make_person(nurse, identity=KARINS_NUMBER)
    for actor, kind in (
        (cast.municipal_nurse, RelationKind.CARE),
        (cast.needs_assessor, RelationKind.SOCIAL_SERVICE),
    ):
        relate(cast.at(actor, days=-20), karin, kind)
    people.note_relative(
        nurse, person_id=karin.id, name="Eva Lund", kind=RelativeKind.DAUGHTER,
        phone="070-174 06 10", note="Ring helst på kvällen.", first_contact=True,
    )  # fmt: skip
    herself = person_login(karin)
    proxy = people.appoint_representative(
        cast.at(herself, days=-15), person_id=karin.id, proxy_number=EVAS_NUMBER,
        proxy_name="Eva Lund", scopes=frozenset({"read", "write"}),
    )  # fmt: skip
    plan = _plan(cast, nurse, karin.id)
    _times(cast, karin.id)
    return Story(cast, karin, herself, daughter(proxy.proxy_person_id), plan)


def daughter(person_id: UUID) -> Actor:
    """Eva logged in."""
    account, _made = Account.objects.get_or_create(
        person_id=person_id, defaults={"username": "eva", "name": "Eva Lund"}
    )
    return person_actor(account, NOW)


def _plan(cast: Cast, nurse: Actor, person_id: UUID) -> PlanDetail:
    made = plans.start_plan(
        nurse,
        person_id=person_id,
        kind=PlanKind.SIP,
        title="Hem till hönsen",
        what_matters="Jag vill bo kvar hemma. Varje morgon vill jag gå ut till mina höns själv. "
        "Jag är rädd för att ramla på trappan när det är is.",
    )
    plan_id = made.id
    for words, term in (
        ("Gå ut till hönsen själv", Term.SHORT),
        ("Sjunga i kören på tisdagar", Term.LONG),
    ):
        plans.add_goal(nurse, plan_id=plan_id, words=words, term=term)
    _activities(cast, nurse, plan_id)
    plans.set_no_others(nurse, plan_id=plan_id, nobody=False)
    plans.set_follow_up(nurse, plan_id=plan_id, day=TODAY + timedelta(days=40))
    region = cast.units["health_centre"].organisation_id
    latest = plans.set_responsible(nurse, plan_id=plan_id, organisation_id=region)
    plans.write_section(
        nurse, plan_id=plan_id, section=Section.IF_WORSE, version=latest.version,
        text="Gör benet mer ont? Vila och ring Lena. Ramlar du och inte kan resa dig? Tryck på larmet.",
    )  # fmt: skip
    plans.appoint_contact(nurse, person_id=person_id, kind=ContactKind.FAST_VARDKONTAKT)
    physician = cast.at(cast.physician, days=-20)
    plans.appoint_contact(physician, person_id=person_id, kind=ContactKind.FAST_LAKARKONTAKT)
    return _shared(cast, nurse, plan_id)


def _activities(cast: Cast, nurse: Actor, plan_id: UUID) -> None:
    units = cast.units
    rows: list[tuple[str, plans.Owner, date | None]] = [
        ("Tränar i trappan varje dag", plans.Owner(kind=OwnerKind.PERSON), None),
        ("Går igenom alla tabletter", plans.Owner(unit_id=units["health_centre"].id),
         TODAY + timedelta(days=10)),
        ("Kommer och tränar med dig", plans.Owner(unit_id=units["home_health"].id),
         TODAY + timedelta(days=3)),
        ("Hjälp att duscha två gånger i veckan", plans.Owner(unit_id=units["assessment"].id),
         TODAY - timedelta(days=2)),
        ("Handlar mat på lördagar", plans.Owner(kind=OwnerKind.OTHER, text="Eva"), None),
    ]  # fmt: skip
    for what, owner, due in rows:
        plans.add_activity(nurse, plan_id=plan_id, what=what, owner=owner, due_on=due)


def _shared(cast: Cast, nurse: Actor, plan_id: UUID) -> PlanDetail:
    given = plans.ConsentGiven(given_by="Karin Åström", form=ConsentForm.ORAL)
    units = [cast.units[key].id for key in ("home_health", "assessment")]
    plans.share_plan(nurse, plan_id=plan_id, unit_ids=units, consent=given)
    return plans.activate_plan(nurse, plan_id=plan_id)


def _times(cast: Cast, person_id: UUID) -> None:
    nurse, home = cast.region_nurse, cast.municipal_nurse
    contacts.receive_booking(
        home,
        person_id=person_id,
        facts=BookingFacts(
            starts_at=NOW + 3 * DAY,
            what="Träning i trappan",
            way=Way.HOME,
            place="Backvägen 4",
            practitioner="Mats Öberg",
            bring="Ta på dig skor som sitter bra.",
        ),
    )
    contacts.receive_booking(
        nurse,
        person_id=person_id,
        facts=BookingFacts(
            starts_at=NOW + 12 * DAY,
            what="Blodprov",
            place="Plan 2, ring på klockan",
            practitioner="Lena Berg",
            bring="Ät inget på morgonen. Ta med din lista över tabletter.",
        ),
    )
    given: dict[str, Any] = {
        "person_id": person_id,
        "source": "journal",
        "unit_id": cast.units["ward"].id,
    }
    contacts.receive_stay(
        cast.system,
        facts=StayFacts(
            admitted_at=NOW - 30 * DAY, discharged_at=NOW - 21 * DAY, reason="Bruten höft"
        ),
        source_id="s1",
        **given,
    )
    contacts.receive_referral(
        cast.system,
        facts=ReferralFacts(issued_at=NOW - 25 * DAY, what="Träning hemma", to_whom="Rehab Krokom"),
        source_id="r1",
        **given,
    )
    contacts.receive_visit(
        nurse,
        person_id=person_id,
        facts=VisitFacts(
            starts_at=NOW - 5 * DAY, what="Kontroll av såret", practitioner="Lena Berg",
            outcome="Såret läker fint.",
        ),
    )  # fmt: skip


def call_to_meeting(story: Story, *, person: bool = True) -> None:
    """A meeting about the plan in a week: both sides and, unless otherwise said, Karin are called."""
    begins = NOW + 7 * DAY
    facts = plans.MeetingFacts(begins, begins + timedelta(hours=1), place="Rum 2")
    invited = plans.Invited(units=(story.cast.units["assessment"].id,), person=person)
    plans.call_meeting(story.cast.region_nurse, plan_id=story.plan.id, facts=facts, invited=invited)


def go_away(story: Story, *, stand_in: bool = True) -> None:
    """Karin's fast vårdkontakt is away for a week; the physician stands in, unless otherwise said."""
    found = list_contacts(story.cast.region_nurse, person_id=story.karin.id)
    mine = [one.id for one in found if one.kind is ContactKind.FAST_VARDKONTAKT]
    plans.note_absence(
        story.cast.region_nurse,
        contact_ids=mine,
        since=TODAY,
        until=TODAY + 7 * DAY,
        assignment_id=story.cast.physician.assignment_id if stand_in else None,
    )


def child(cast: Cast, years: int, name: str = "Elias") -> tuple[PersonDetail, Actor]:
    """A child of that age, and a guardian."""
    born = date(TODAY.year - years, 3, 1)
    facts = PersonFacts(given_name=name, family_name="Holm", birth_date=born)
    made = make_person(cast.region_nurse, facts)
    parent = make_person(cast.stranger, PersonFacts(given_name="Ida", family_name="Holm"))
    access.grant_proxy(
        cast.region_nurse, person_id=made.id, proxy_person_id=parent.id, kind=ProxyKind.GUARDIAN,
        scopes=frozenset({"read", "write", "guardian"}), proxy_name="Ida Holm",
    )  # fmt: skip
    return made, person_login(parent, f"ida{years}")


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def story(cast: Cast) -> Story:
    return tell(cast)


@pytest.fixture(autouse=True)
def _now():
    """The pages' clock stands where the cast's does."""
    with time_machine.travel(NOW, tick=False):
        yield
