"""Scopes: what is understood, what of it is within a registration, and that it only narrows."""

from __future__ import annotations

from uuid import UUID

import pytest

from samverka.connections.rules.scopes import Context, Other, narrowing, parse, within
from samverka.kernel.narrowing import Narrowing
from samverka.kernel.problems import NotAllowed

KARIN, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("patient/CarePlan.rs", "patient/CarePlan.rs"),
        ("user/Task.cruds", "user/Task.cruds"),
        ("system/*.rs", "system/*.rs"),
        ("patient/*.read", "patient/*.rs"),
        ("user/Observation.write", "user/Observation.cud"),
        ("user/Observation.*", "user/Observation.cruds"),
        (
            "patient/Observation.rs?category=laboratory",
            "patient/Observation.rs?category=laboratory",
        ),
        ("patient/CarePlan.sr", ""),  # the order is the standard's
        ("patient/CarePlan.rr", ""),
        ("patient/CarePlan.", ""),
        ("patient/CarePlan.x", ""),
        ("patient/Nothing.rs", ""),
        ("patient/*.rs?category=a", ""),
        ("patient/Observation.rs?", ""),
        ("clinic/CarePlan.rs", ""),
        ("patient/CarePlan.rs patient/CarePlan.rs", "patient/CarePlan.rs"),
        ("openid fhirUser nonsense", "fhirUser openid"),
    ],
)
def test_what_is_understood(text: str, understood: str) -> None:
    assert str(parse(text)) == understood
    assert str(parse(str(parse(text)))) == understood


@pytest.mark.parametrize(
    ("asked", "most", "given"),
    [
        ("patient/CarePlan.rs", "patient/*.rs", "patient/CarePlan.rs"),
        ("patient/*.cruds", "patient/CarePlan.rs", "patient/CarePlan.rs"),
        ("patient/CarePlan.rs", "user/*.cruds", ""),
        ("patient/CarePlan.cud", "patient/*.rs", ""),
        (
            "patient/Observation.rs",
            "patient/Observation.rs?category=laboratory",
            "patient/Observation.rs?category=laboratory",
        ),
        ("openid launch/patient patient/Goal.r", "openid patient/*.rs", "openid patient/Goal.r"),
    ],
)
def test_no_more_is_given_than_was_registered(asked: str, most: str, given: str) -> None:
    assert str(within(parse(asked), parse(most))) == given


def _let(text: str) -> Narrowing:
    return narrowing(text, client_id=UUID(int=9), client_name="App", person_id=KARIN)


def test_nothing_passes_before_it_is_known_what_is_asked_for() -> None:
    found = _let("patient/*.cruds user/*.cruds")
    assert found.persons(reading=True) == frozenset()


def test_a_scope_with_conditions_lets_no_row_of_a_room() -> None:
    asked = _let("patient/CarePlan.rs?category=a user/Goal.rs").asking("CarePlan", "r")
    assert asked.persons(reading=True) == frozenset()
    mixed = _let("user/CarePlan.rs?category=a patient/CarePlan.rs").asking("CarePlan", "r")
    assert mixed.persons(reading=True) == frozenset({KARIN})


def test_a_question_that_was_not_let_is_refused_in_words() -> None:
    with pytest.raises(NotAllowed, match="CarePlan"):
        _let("patient/Goal.rs patient/CarePlan.r").asking("CarePlan", "s")
    with pytest.raises(NotAllowed):
        _let("patient/CarePlan.c").asking("CarePlan", "cs")
    with pytest.raises(NotAllowed):
        _let("patient/CarePlan.rs").asking_all("r")


@pytest.mark.parametrize(
    ("text", "question", "kind", "person", "lets"),
    [
        ("patient/CarePlan.rs", ("CarePlan", "r"), "CarePlan", KARIN, True),
        ("patient/CarePlan.rs", ("CarePlan", "r"), "CarePlan", OTHER, False),
        ("user/CarePlan.rs", ("CarePlan", "r"), "CarePlan", OTHER, True),
        ("patient/CarePlan.rs", ("CarePlan", "s"), "Goal", KARIN, False),  # _include
        ("patient/CarePlan.rs patient/Goal.r", ("CarePlan", "s"), "Goal", KARIN, True),
        ("patient/CarePlan.rs user/Goal.c", ("CarePlan", "s"), "Goal", KARIN, False),
        ("user/CarePlan.r patient/CarePlan.s", ("CarePlan", "s"), "CarePlan", OTHER, False),
        ("patient/*.rs", ("*", "r"), "Goal", KARIN, True),
        ("patient/Goal.rs", ("*", "r"), "CarePlan", KARIN, False),
        ("patient/Organization.r", ("Organization", "r"), "Organization", None, True),
        ("patient/Observation.r", ("Observation", "r"), "Observation", None, False),
        ("user/Observation.r", ("Observation", "r"), "Observation", None, True),
    ],
)
def test_what_a_row_must_be(
    text: str, question: tuple[str, str], kind: str, person: UUID | None, lets: bool
) -> None:
    asked = _let(text).asking(*question)
    assert (asked.lets(kind, person, reading=True) is not None) is lets


def test_it_can_be_kept_and_taken_up_again() -> None:
    found = _let("patient/*.rs user/Observation.rs?category=laboratory")
    assert Narrowing.of_plain(found.plain()) == found


def test_a_patient_scope_without_a_patient_lets_nothing() -> None:
    found = narrowing("patient/*.rs", client_id=UUID(int=9), client_name="A", person_id=None)
    assert found.allowed == ()
    assert parse("patient/*.rs launch/patient").contexts == {Context.PATIENT}
    assert Other.LAUNCH_PATIENT in parse("launch/patient").others
