"""What a search parameter that is a reference may lead to, and whether it says whom the resource is about."""

from __future__ import annotations

from functools import cache

from samverka.resources.rules.definitions import RESOURCE_TYPES, parameters
from samverka.resources.rules.persons import is_subject


@cache
def targets_of(kind: str, code: str) -> tuple[str, ...]:
    """Types that the parameter may lead to: the one that its path asks for, those of the standard, or any."""
    one = parameters(kind)[code]
    tested = {test.what for place in one.places for test in place.tests if test.sort == "->"}
    every = bool(one.places) and all(
        any(test.sort == "->" for test in place.tests) for place in one.places
    )
    if every:
        return tuple(sorted(tested))
    return one.targets or tuple(sorted(RESOURCE_TYPES))


@cache
def names_the_person(kind: str, code: str) -> bool:
    """Whether a patient that it leads to is the one whom the resource is about.

    Such a search asks for the person, and not for what the sender's system calls the person.
    """
    one = parameters(kind).get(code)
    return (
        one is not None
        and "Patient" in targets_of(kind, code)
        and bool(one.places)
        and all(is_subject(kind, place.names) for place in one.places)
    )
