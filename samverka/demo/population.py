"""The county's synthetic people: ages and sexes as in the table, households, addresses, care.

Pure and deterministic: the same number, seed and day give the same people. Identity numbers come
from the tax agency's list, nearest to the wanted birth date first; the birth date follows the
number. When the list does not suffice, a reserve number stands in (`kernel.testseries`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from samverka.access.rules import RelationKind
from samverka.demo import households, names
from samverka.demo.county import CITY_CENTRES, MUNICIPALITIES, PLACES, Place, slug
from samverka.demo.households import Draft, Household
from samverka.demo.phones import mobile
from samverka.demo.script import Address
from samverka.kernel.identity import IdentityNumber, Sex
from samverka.kernel.testseries import NumberSupply

MOST = 130_000
"""As many as live in the county."""

NEWCOMERS, SAMI, FINNISH = 0.055, 0.006, 0.008
"""Shares of households that mainly speak another language at home; orders of size, not statistics."""

HOME_CARE = ((65, 0.03), (75, 0.07), (80, 0.15), (85, 0.30), (90, 0.45))
HOME_HEALTH_CARE = ((65, 0.02), (75, 0.06), (80, 0.13), (85, 0.25), (90, 0.38))
"""Share with home care and home health care from an age (years); orders of size, not statistics."""

_SCHOOL_AGES = range(6, 16)
_OLD = 65


@dataclass(frozen=True, slots=True)
class Care:
    """A relation with a unit, and why."""

    unit: str
    kind: RelationKind
    reason: str


@dataclass(frozen=True, slots=True)
class Resident:
    """One synthetic person.

    Attributes:
        n: place in the list of all; `guardians` and `partner` point with it.
        care_language: the language that care is wanted in; empty: Swedish is as good.
    """

    n: int
    number: IdentityNumber
    sex: Sex
    birth_date: date
    given: str
    family: str
    address: Address
    phone: str
    listed: str
    language: str
    interpreter: bool
    care_language: str
    household: int
    guardians: tuple[int, ...] = ()
    partner: int | None = None
    care: tuple[Care, ...] = field(default=())

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given} {self.family}"


@cache
def table() -> dict[tuple[str, Sex], tuple[int, ...]]:
    """People by municipality, sex and age 0–100 on 2019-12-31 (SCB)."""
    sexes = {"K": Sex.FEMALE, "M": Sex.MALE}
    return {
        (row["kommunkod"], sexes[row["kon"]]): tuple(int(row[f"a{age}"]) for age in range(101))
        for row in names.rows("population_2019.csv")
    }


def shares(people: int) -> dict[str, int]:
    """How many live in each municipality, by code, when there are so many in all."""
    living = {one.code: sum(sum(table()[one.code, sex]) for sex in Sex) for one in MUNICIPALITIES}
    whole = sum(living.values())
    found = {code: people * count // whole for code, count in living.items()}
    rests = sorted(living, key=lambda code: (-(people * living[code] % whole), code))
    for code in rests[: people - sum(found.values())]:
        found[code] += 1
    return found


def population(
    people: int, *, seed: int, today: date, supply: NumberSupply | None = None
) -> list[Resident]:
    """So many synthetic people.

    Args:
        supply: where numbers are taken from; those already taken by others are not given again.

    Raises:
        ValueError: fewer than 0 or more than live in the county.
    """
    if not 0 <= people <= MOST:
        raise ValueError(f"between 0 and {MOST} people")
    supply = supply or NumberSupply()
    found: list[Resident] = []
    for principal in MUNICIPALITIES:
        # Not for secrets: the same draw each time is what is wanted.
        chance = Random(f"{seed}/{principal.code}/{people}")  # noqa: S311
        drafts = _drafts(chance, principal.code, shares(people)[principal.code])
        for household in households.form(chance, drafts):
            eldest = max(draft.age for draft in household.members)
            home = _home(chance, principal.key, len(found), eldest)
            found += _move_in(chance, household, home, len(found), today, supply)
    return found


def _drafts(chance: Random, code: str, people: int) -> list[Draft]:
    """Sexes and ages, drawn from the table."""
    cells = [(sex, age) for sex in Sex for age in range(101)]
    weights = [table()[code, sex][age] for sex, age in cells]
    return [Draft(sex, age) for sex, age in chance.choices(cells, weights, k=people)]


@dataclass(frozen=True, slots=True)
class _Home:
    """What a household shares."""

    key: int
    place: Place
    address: Address
    listed: str
    language: str


def _home(chance: Random, municipality: str, key: int, eldest: int) -> _Home:
    places = [place for place in PLACES if place.municipality == municipality]
    place = chance.choices(places, [one.share for one in places])[0]
    town = place.name == "Östersund"
    postcode = f"831 {chance.randint(31, 48)}" if town else place.postcode
    address = Address(names.street(chance, town=town), postcode, place.name, municipality)
    listed = chance.choice(CITY_CENTRES) if town else place.centre
    return _Home(key, place, address, listed, _language(chance, eldest))


def _language(chance: Random, eldest: int) -> str:
    """Finnish mostly among the old, newcomers mostly among the young."""
    drawn = chance.random()
    if drawn < SAMI:
        return "sma"
    if drawn < SAMI + FINNISH * (2.5 if eldest >= _OLD else 0.4):
        return "fi"
    if drawn > 1 - NEWCOMERS * (0.15 if eldest >= _OLD else 1.4):
        return names.newcomer_languages().draw(chance)
    return "sv"


def _move_in(
    chance: Random,
    household: Household,
    home: _Home,
    first: int,
    today: date,
    supply: NumberSupply,
) -> list[Resident]:
    shared = names.family_name(chance, home.language)
    places = {id(draft): first + n for n, draft in enumerate(household.members)}
    return [
        _resident(chance, household, home, draft, places, shared, today, supply)
        for draft in household.members
    ]


def _resident(
    chance: Random,
    household: Household,
    home: _Home,
    draft: Draft,
    places: dict[int, int],
    shared: str,
    today: date,
    supply: NumberSupply,
) -> Resident:
    number = supply.take_or_stand_in(_wanted_birth(chance, draft.age, today), draft.sex)
    born = number.birth_date or today - timedelta(days=round(365.25 * draft.age) + 100)
    age = (today - born).days // 365
    own_name = draft in household.partners[1:] and chance.random() < 0.4
    partners = [one for one in household.partners if one is not draft]
    return Resident(
        n=places[id(draft)],
        number=number,
        sex=draft.sex,
        birth_date=born,
        given=names.given_name(chance, draft.sex, born.year, home.language),
        family=names.family_name(chance, home.language) if own_name else shared,
        address=home.address,
        phone=mobile(places[id(draft)]) if age >= 15 and chance.random() < 0.85 else "",
        listed=home.listed,
        language=home.language,
        interpreter=_needs_interpreter(chance, home.language, age),
        care_language=_care_language(chance, home.language),
        household=home.key,
        guardians=_guardians(household, draft, places, age),
        partner=places[id(partners[0])] if draft in household.partners and partners else None,
        care=tuple(_care(chance, home, age)),
    )


def _wanted_birth(chance: Random, age: int, today: date) -> date:
    """A day in the year that makes one so old today."""
    newest = today - timedelta(days=int(365.25 * age) + 1)
    return newest - timedelta(days=chance.randrange(365))


def _guardians(
    household: Household, draft: Draft, places: dict[int, int], age: int
) -> tuple[int, ...]:
    if age >= 18 or draft in household.partners:
        return ()
    return tuple(places[id(one)] for one in household.partners)


def _needs_interpreter(chance: Random, language: str, age: int) -> bool:
    return language not in {"sv", "sma", "fi"} and age >= 18 and chance.random() < 0.5


def _care_language(chance: Random, language: str) -> str:
    """Sami and Finnish: the right to ask for care of older people in the language (2009:724)."""
    wants = {"sma": 0.7, "fi": 0.6}.get(language, 0.0)
    return language if chance.random() < wants else ""


def _care(chance: Random, home: _Home, age: int) -> list[Care]:
    """Units beside the health centre that have to do with the person."""
    municipality = home.place.municipality
    found = []
    if age in _SCHOOL_AGES:
        found.append(Care(f"elevhalsa-{municipality}", RelationKind.SCHOOL, "Elev i kommunen"))
    if chance.random() < _share(HOME_CARE, age):
        found += [
            Care(f"bistand-{municipality}", RelationKind.SOCIAL_SERVICE, "Beslut om hemtjänst"),
            Care(f"hemtjanst-{slug(home.place.name)}", RelationKind.SOCIAL_SERVICE, "Hemtjänst"),
        ]
    if chance.random() < _share(HOME_HEALTH_CARE, age):
        found.append(Care(f"hemsjukvard-{municipality}", RelationKind.CARE, "Hemsjukvård"))
    return found


def _share(steps: tuple[tuple[int, float], ...], age: int) -> float:
    return next((share for first, share in reversed(steps) if age >= first), 0.0)
