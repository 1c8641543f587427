"""One address with the one who may open it, and those who are asked to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from samverka.kernel.actor import Actor
from tests.house.furnished import House


@dataclass(frozen=True)
class Door:
    """One address.

    Attributes:
        who: one who may open it; tried so that a closed door is not mistaken for a missing one.
        body: what is posted beside what the page's own form holds.
        form_at: the page whose form posts here, if it is another one.
    """

    who: Callable[[House], Actor] = lambda house: house.nurse
    body: Mapping[str, str] = field(default_factory=dict)
    form_at: str = ""


def administrator(house: House) -> Actor:
    return house.cast.administrator


def economist(house: House) -> Actor:
    return house.cast.economist


def analyst(house: House) -> Actor:
    return house.cast.analyst


def leader(house: House) -> Actor:
    return house.cast.leader


def payer(house: House) -> Actor:
    return house.cast.municipal_economist


def assessor(house: House) -> Actor:
    return house.cast.needs_assessor


def reviewer(house: House) -> Actor:
    return house.cast.log_reviewer


def ward(house: House) -> Actor:
    return house.cast.ward_nurse


def officer(house: House) -> Actor:
    return house.cast.block_officer


def patient(house: House) -> Actor:
    return house.patient
