"""The county's organisations, units and staff, registered by operations. Again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from samverka.access.operations import open_account
from samverka.access.roles import Role
from samverka.demo import county as told
from samverka.demo.actors import County, LogIn, builder
from samverka.demo.script import StaffMember
from samverka.demo.staff import staff
from samverka.kernel.actor import Actor
from samverka.organisations import operations as organisations

Step = Callable[[], None]
"""Called after each thing that is registered."""


def furnish(at: datetime, step: Step, *, today: date) -> County:
    """Register all, as it stood at a time before every story. `today`: the day of building."""
    actor, made = builder(at), County(today)
    _principals(actor, made)
    _providers(actor, made)
    for key, unit in told.units().items():
        made.units[key] = organisations.register_unit(
            actor,
            provider_id=made.providers[unit.provider],
            name=unit.name,
            kind=unit.kind,
            hsa_id=unit.hsa_id,
            municipality_code=told.municipality_of(unit).code,
            town=unit.town,
            phone=unit.phone,
            phone_hours=unit.phone_hours,
        )
        step()
    for member in staff().values():
        _hire(actor, made, member)
        step()
    return made


def pieces() -> int:
    """How many steps `furnish` takes."""
    return len(told.units()) + len(staff())


def _principals(actor: Actor, made: County) -> None:
    for one in told.PRINCIPALS:
        municipal = one in told.MUNICIPALITIES
        made.organisations[one.key] = organisations.register_organisation(
            actor,
            name=one.name,
            kind=told.KINDS[one.side],
            organisation_number=one.organisation_number.replace("-", ""),
            municipality_code=one.code if municipal else "",
            county_code=told.REGION.code if municipal else one.code,
        ).id


def _providers(actor: Actor, made: County) -> None:
    for key, provider in told.providers().items():
        made.providers[key] = organisations.register_provider(
            actor,
            organisation_id=made.organisations[provider.principal],
            name=provider.name,
            branch=provider.branch,
            hsa_id=provider.hsa_id,
        ).id


def _hire(actor: Actor, made: County, member: StaffMember) -> None:
    account = open_account(actor, username=member.key, name=member.name)
    row = organisations.register_staff(
        actor,
        given_name=member.given,
        family_name=member.family,
        hsa_id=member.hsa_id,
        account_id=account,
    )
    for given in member.assignments:
        assignment = organisations.give_assignment(
            actor,
            staff_id=row.id,
            unit_id=made.units[given.unit].id,
            profession=member.profession,
            roles=tuple(Role(code) for code in given.roles),
        )
        log_in = LogIn(account, member.name, assignment=assignment)
        made.staff.setdefault(member.key, log_in)
        made.elsewhere[member.key, given.unit] = log_in
