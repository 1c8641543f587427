"""The cast: a small county and those who act in it, made by operations as in real life."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from samverka.access.models import Account
from samverka.access.operations import open_relation
from samverka.access.roles import PERSON_PERMISSIONS, SYSTEM_PERMISSIONS, Role
from samverka.access.rules import RelationKind
from samverka.kernel.actor import Actor, ActorKind, Branch, Purpose, Side
from samverka.kernel.identity import IdentityNumber, Sex, parse_identity
from samverka.kernel.testseries import test_number
from samverka.organisations import operations as organisations
from samverka.organisations.reads import UnitDetail, staff_actor
from samverka.organisations.rules import OrganisationKind, UnitKind
from samverka.people import operations as people
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail

NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
"""A Friday, 15.30 in Sweden."""

SPACE = UUID("5b0f3f6c-7f0e-4a8e-9f5b-0d5f0c1c9a11")


def system(at: datetime = NOW) -> Actor:
    """The builder of the house."""
    return Actor(
        kind=ActorKind.SYSTEM,
        id=uuid5(SPACE, "system"),
        name="Testerna",
        at=at,
        side=Side.SYSTEM,
        permissions=SYSTEM_PERMISSIONS,
        purpose=Purpose.SYSTEM,
    )


@dataclass
class Cast:
    """Those who act. `at(actor, hours=…)` lets time pass for one of them."""

    units: dict[str, UnitDetail]
    region_nurse: Actor
    """District nurse at the health centre in Krokom (region)."""
    ward_nurse: Actor
    """Nurse at the medical ward (the same care provider, another unit)."""
    physician: Actor
    municipal_nurse: Actor
    """Krokom's home health care (municipal health)."""
    needs_assessor: Actor
    """Krokom's needs assessment (municipal social)."""
    home_care: Actor
    ifo_officer: Actor
    school_nurse: Actor
    stranger: Actor
    """Nurse at a health centre in Åre, of the same region, with no relation to anyone."""
    other_municipality: Actor
    surgery_nurse: Actor
    """Nurse at another ward of the same hospital."""
    block_officer: Actor
    log_reviewer: Actor
    administrator: Actor
    economist: Actor
    """The region's economist: the basis for invoices, no one's record."""
    municipal_economist: Actor
    """Krokom's economist."""
    municipal_manager: Actor
    """Head of Krokom's home health care."""
    analyst: Actor
    """Follows up the region's care: figures and reports, no one's record."""
    leader: Actor
    """The region's director of health care: signs its reports."""
    municipal_analyst: Actor
    """Krokom's own."""
    municipal_leader: Actor
    """Krokom's head of social services."""
    system: Actor

    @staticmethod
    def at(actor: Actor, **passed: float) -> Actor:
        """The same actor later (or earlier, with negative numbers)."""
        return replace(actor, at=actor.at + timedelta(**passed))


_UNITS = {
    # key: (provider key, name, kind, town, municipality)
    "health_centre": ("region", "Krokoms hälsocentral", UnitKind.HEALTH_CENTRE, "Krokom", "2309"),
    "other_centre": ("region", "Järpens hälsocentral", UnitKind.HEALTH_CENTRE, "Järpen", "2321"),
    "ward": ("region", "Medicinavdelningen", UnitKind.WARD, "Östersund", "2380"),
    "surgery": ("region", "Kirurgavdelningen", UnitKind.WARD, "Östersund", "2380"),
    "psychiatry": ("region", "Psykiatriska mottagningen", UnitKind.CLINIC, "Östersund", "2380"),
    "home_health": ("krokom_health", "Krokoms hemsjukvård", UnitKind.HOME_HEALTH_CARE, "Krokom",
                    "2309"),
    "assessment": ("krokom_social", "Krokoms biståndshandläggning", UnitKind.NEEDS_ASSESSMENT,
                   "Krokom", "2309"),
    "home_care": ("krokom_social", "Krokoms hemtjänst", UnitKind.HOME_CARE, "Krokom", "2309"),
    "ifo": ("krokom_ifo", "Krokoms vuxenenhet", UnitKind.FAMILY_SERVICES, "Krokom", "2309"),
    "school": ("krokom_school", "Krokoms elevhälsa", UnitKind.SCHOOL_HEALTH, "Krokom", "2309"),
    "are_home_health": ("are_health", "Åre hemsjukvård", UnitKind.HOME_HEALTH_CARE, "Järpen",
                        "2321"),
}  # fmt: skip

_PROVIDERS = {
    "region": ("Region Jämtland Härjedalen", "Regionens hälso- och sjukvård", Branch.HEALTH),
    "krokom_health": ("Krokoms kommun", "Krokoms kommunala hälso- och sjukvård", Branch.HEALTH),
    "krokom_social": ("Krokoms kommun", "Krokoms omsorg", Branch.SOCIAL),
    "krokom_ifo": ("Krokoms kommun", "Krokoms individ- och familjeomsorg", Branch.IFO),
    "krokom_school": ("Krokoms kommun", "Krokoms elevhälsa", Branch.SCHOOL_HEALTH),
    "are_health": ("Åre kommun", "Åre kommunala hälso- och sjukvård", Branch.HEALTH),
}

_STAFF = {
    # key: (unit key, given, family, profession, roles)
    "region_nurse": ("health_centre", "Lena", "Berg", "Distriktssköterska", (Role.CARE,)),
    "ward_nurse": ("ward", "Omar", "Haddad", "Sjuksköterska", (Role.CARE,)),
    "surgery_nurse": ("surgery", "Tove", "Lind", "Sjuksköterska", (Role.CARE,)),
    "physician": ("health_centre", "Anna", "Lund", "Läkare", (Role.CARE, Role.PROTECTED)),
    "municipal_nurse": ("home_health", "Mats", "Öberg", "Sjuksköterska", (Role.CARE,)),
    "needs_assessor": ("assessment", "Sara", "Ek", "Biståndshandläggare", (Role.SOCIAL,)),
    "home_care": ("home_care", "Ali", "Karimi", "Undersköterska", (Role.CARE_SUPPORT,)),
    "ifo_officer": ("ifo", "Eva", "Frisk", "Socialsekreterare", (Role.SOCIAL,)),
    "school_nurse": ("school", "Maj", "Sund", "Skolsköterska", (Role.CARE,)),
    "stranger": ("other_centre", "Per", "Holm", "Sjuksköterska", (Role.CARE,)),
    "other_municipality": ("are_home_health", "Ida", "Dahl", "Sjuksköterska", (Role.CARE,)),
    "block_officer": ("ward", "Ulla", "Norr", "Verksamhetschef", (Role.BLOCK_OFFICER,)),
    "log_reviewer": ("health_centre", "Bo", "Ask", "Loggranskare", (Role.LOG_REVIEWER,)),
    "administrator": ("health_centre", "Siv", "Alm", "Systemadministratör", (Role.ADMINISTRATOR,)),
    "economist": ("surgery", "Nora", "Vik", "Ekonom", (Role.ECONOMIST,)),
    "municipal_economist": ("assessment", "Gunnar", "Ros", "Ekonom", (Role.ECONOMIST,)),
    "municipal_manager": ("home_health", "Rut", "Moberg", "Enhetschef", (Role.MANAGER,)),
    "analyst": ("surgery", "Mats", "Hell", "Utvecklingsstrateg", (Role.ANALYST,)),
    "leader": ("surgery", "Kajsa", "Stål", "Hälso- och sjukvårdsdirektör", (Role.LEADER,)),
    "municipal_analyst": ("assessment", "Eva", "Brun", "Kvalitetsutvecklare", (Role.ANALYST,)),
    "municipal_leader": ("assessment", "Göran", "Wik", "Socialchef", (Role.LEADER,)),
}


def county(now: datetime = NOW) -> Cast:
    """Furnish a county and give its cast."""
    builder = system(now - timedelta(days=30))
    providers = {key: _provider(builder, *facts) for key, facts in _PROVIDERS.items()}
    units = {
        key: organisations.register_unit(
            builder,
            provider_id=providers[provider],
            name=name,
            kind=kind,
            town=town,
            municipality_code=code,
            phone="08-465 004 10",
            phone_hours="vardagar 8–16",
        )
        for key, (provider, name, kind, town, code) in _UNITS.items()
    }
    staff = {key: _staff(builder, units, key, now) for key in _STAFF}
    return Cast(units=units, system=system(now), **staff)


def _provider(builder: Actor, organisation: str, name: str, branch: Branch) -> UUID:
    kind = OrganisationKind.REGION if "Region" in organisation else OrganisationKind.MUNICIPALITY
    owner = organisations.register_organisation(
        builder, name=organisation, kind=kind, county_code="23"
    )
    return organisations.register_provider(
        builder, organisation_id=owner.id, name=name, branch=branch
    ).id


def _staff(builder: Actor, units: dict[str, UnitDetail], key: str, now: datetime) -> Actor:
    unit, given, family, profession, roles = _STAFF[key]
    account = Account.objects.create_user(key, name=f"{given} {family}")
    staff = organisations.register_staff(
        builder, given_name=given, family_name=family, account_id=account.id
    )
    assignment = organisations.give_assignment(
        builder, staff_id=staff.id, unit_id=units[unit].id, profession=profession, roles=roles
    )
    return staff_actor(assignment, account.id, now)


KARIN = PersonFacts(
    given_name="Karin",
    family_name="Åström",
    birth_date=date(1942, 3, 11),
    county_code="23",
    municipality_code="2309",
    street="Backvägen 4",
    postal_code="835 31",
    town="Krokom",
    phone="070-174 06 05",
)

KARINS_NUMBER = test_number(date(1942, 3, 11), Sex.FEMALE, 0)


def number(text: str) -> IdentityNumber:
    """Parse a number in a test."""
    return parse_identity(text, today=NOW.date())


def make_person(
    actor: Actor,
    facts: PersonFacts = KARIN,
    *,
    identity: IdentityNumber | None = None,
    relation: RelationKind = RelationKind.CARE,
) -> PersonDetail:
    """A person who seeks the actor's unit."""
    return people.register_person(actor, number=identity, facts=facts, relation=relation)


def person_login(person: PersonDetail, username: str = "", at: datetime = NOW) -> Actor:
    """The person logged in on the own page."""
    account, _made = Account.objects.get_or_create(
        person_id=person.id,
        defaults={"username": username or str(person.id)[:30], "name": person.name},
    )
    return Actor(
        kind=ActorKind.PERSON,
        id=account.id,
        name=person.name,
        at=at,
        side=Side.PERSON,
        person_id=person.id,
        permissions=PERSON_PERMISSIONS,
        purpose=Purpose.PATIENT_REQUEST,
    )


def relate(actor: Actor, person: PersonDetail, kind: RelationKind = RelationKind.CARE) -> None:
    """The actor's unit also begins to have to do with the person."""
    open_relation(actor, person_id=person.id, kind=kind)
