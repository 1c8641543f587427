"""Everyone who works in the demo county, by key. Names are invented."""

from __future__ import annotations

from functools import cache

from samverka.demo.county import slug, units
from samverka.demo.script import Assignment, StaffMember
from samverka.demo.staff.municipalities import MUNICIPALITIES
from samverka.demo.staff.nation import NATION
from samverka.demo.staff.region import REGION

Row = tuple[str, str, str, str]
"""Units (joined by +), roles (joined by +), profession, name."""


@cache
def staff() -> dict[str, StaffMember]:
    """All staff by key: `given.family` without å, ä, ö."""
    rows: tuple[Row, ...] = (*REGION, *MUNICIPALITIES, *NATION)
    found = [_member(n, row) for n, row in enumerate(rows)]
    return {member.key: member for member in found}


def _member(n: int, row: Row) -> StaffMember:
    unit_keys, roles, profession, name = row
    given, family = name.split(" ", 1)
    assignments = tuple(Assignment(key, tuple(roles.split("+"))) for key in unit_keys.split("+"))
    prefix = units()[assignments[0].unit].hsa_id.split("-")[0]
    return StaffMember(_key(name), given, family, profession, f"{prefix}-DEMOP{n:04d}", assignments)


def _key(name: str) -> str:
    given, family = name.split(" ", 1)
    plain = {ord("é"): "e", ord("è"): "e", ord("ü"): "u"}
    return f"{slug(given)}.{slug(family)}".translate(plain)
