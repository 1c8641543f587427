"""What a call is: how to make it, who may, and what its line is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto
from typing import Any
from uuid import UUID

from samverka.access import reads as access_reads
from samverka.access.reads import LogFilter
from samverka.kernel.actor import Actor
from tests.house.furnished import House


class About(Enum):
    """What kind of line a call leaves."""

    RECORD = auto()  # about a person, with the legal ground of the access
    PERSON = auto()  # about a person, without a ground: it begins, or the lines are the log's own
    NOBODY = auto()  # about units, staff, an import, the log as a whole
    SILENT = auto()  # none: it shows nothing of anyone


@dataclass(frozen=True)
class Call:
    """How to call it.

    Attributes:
        run: house, actor, and what was prepared.
        by: who may; the default is Karin's district nurse.
        prepared: what must be there first, made by those who may.
    """

    run: Callable[..., Any]
    about: About = About.RECORD
    by: Callable[[House], Actor] = lambda house: house.nurse
    prepared: Callable[[House], Any] | None = None


RECORD, PERSON, NOBODY, SILENT = About


def administrator(house: House) -> Actor:
    return house.cast.administrator


def system(house: House) -> Actor:
    return house.cast.system


def reviewer(house: House) -> Actor:
    return house.cast.at(house.cast.log_reviewer, hours=2)


def patient(house: House) -> Actor:
    return house.patient


def later(actor: Actor, **passed: float) -> Actor:
    return replace(actor, at=actor.at + timedelta(**passed))


def other_provider(house: House) -> UUID:
    return house.cast.units["are_home_health"].provider_id


def newest(actor: Actor) -> int:
    return access_reads.review_log(actor, wanted=LogFilter()).lines[0].id
