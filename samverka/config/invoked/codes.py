"""Our own code systems as CodeSystem resources, with the words that the pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from samverka.careplans.fhir import codes as plan_codes
from samverka.careplans.rules import KINDS as PLAN_KINDS
from samverka.careplans.rules import REFUSAL_GROUNDS
from samverka.config.invoked.values import OUR
from samverka.contract.fhir import SECTION_CODES, SECTION_WORDS
from samverka.discharge.fhir import codes as case_codes
from samverka.discharge.rules.messages import KIND_WORDS
from samverka.guarantee import fhir as waits
from samverka.guarantee.rules.facts import PURPOSE_WORDS
from samverka.guarantee.rules.limits import PART_WORDS
from samverka.guarantee.rules.planned import MATTER_WORDS
from samverka.guarantee.rules.professions import PROFESSION_WORDS
from samverka.notices.rules.tasks import KINDS as TASK_KINDS

TASK_KIND = f"{OUR}CodeSystem/task-kind"


@dataclass(frozen=True, slots=True)
class _System:
    url: str
    title: str
    codes: Mapping[str, str]
    whole: bool = True


def _words(found: Mapping[Any, object]) -> dict[str, str]:
    return {one.value if isinstance(one, StrEnum) else str(one): str(w) for one, w in found.items()}


def _systems() -> Iterable[_System]:
    refusals = {ground: spec.words for ground, spec in REFUSAL_GROUNDS.items()}
    tasks = {kind: spec.words for kind, spec in TASK_KINDS.items()}
    plans = {one.national_code: str(one.words) for one in PLAN_KINDS.values() if one.national_code}
    yield _System(plan_codes.REFUSAL, "Skäl att säga nej till en plan", _words(refusals))
    yield _System(case_codes.MESSAGE_KIND, "Meddelanden vid utskrivning", _words(KIND_WORDS))
    yield _System(TASK_KIND, "Uppgifter för enheter", _words(tasks))
    yield _System(waits.PURPOSES, "Vad en kontakt var till för", _words(PURPOSE_WORDS))
    yield _System(waits.MATTERS, "Vad personen väntar på", _words(MATTER_WORDS))
    yield _System(waits.PARTS, "Delar av vårdgarantin", _words(PART_WORDS))
    yield _System(waits.PROFESSIONS, "Yrken", _words(PROFESSION_WORDS))
    yield _System(SECTION_CODES, "Patientkontraktets delar", _words(SECTION_WORDS))
    yield _System(plan_codes.PLAN_TYPE, "Typer av vårdplan (Inera)", plans, whole=False)


@cache
def code_systems() -> Mapping[str, dict[str, Any]]:
    """By canonical address."""
    return {one.url: _code_system(one) for one in _systems()}


def _code_system(one: _System) -> dict[str, Any]:
    name = one.url.rsplit("/", 1)[-1]
    return {
        "resourceType": "CodeSystem",
        "id": name,
        "language": "sv",
        "url": one.url,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "title": one.title,
        "status": "active",
        "caseSensitive": True,
        "content": "complete" if one.whole else "fragment",
        **({"valueSet": set_of(one.url)} if one.whole else {}),
        "concept": [{"code": code, "display": words} for code, words in one.codes.items()],
    }


def set_of(system: str) -> str:
    """The canonical address of the value set that is all of one of our code systems."""
    return system.replace("/CodeSystem/", "/ValueSet/")


@cache
def value_sets() -> Mapping[str, dict[str, Any]]:
    """All of each code system that is wholly ours, by canonical address."""
    found = {}
    for system, content in code_systems().items():
        if content["content"] != "complete":
            continue
        url = set_of(system)
        found[url] = {
            "resourceType": "ValueSet",
            "id": content["id"],
            "language": "sv",
            "url": url,
            "name": f"{content['name']}Values",
            "title": content["title"],
            "status": "active",
            "immutable": True,
            "compose": {"include": [{"system": system}]},
        }
    return found
