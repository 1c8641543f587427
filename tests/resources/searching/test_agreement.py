"""The database and plain Python give one answer: random resources, random searches."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.resources.rules.searching.asking import read
from samverka.resources.rules.searching.indexing import index
from samverka.resources.rules.searching.matching import meets
from samverka.resources.rules.searching.parsing import Asked
from samverka.resources.rules.searching.query import Criterion
from tests.factories.cast import NOW, SPACE
from tests.resources.searching.shelved import found, put

pytestmark = pytest.mark.django_db

UCUM = "http://unitsofmeasure.org"
SYSTEMS = ("", "urn:a", "urn:b")
CODES = ("1", "2", "3", "a|b", "ö")
TIMES = (
    "2026", "2026-01", "2026-02", "2026-01-15", "2026-01-16", "2026-01-15T10:00:00Z",
    "2026-01-15T10:00:00.5+01:00", "2025-12-31T23:30:00Z",
)  # fmt: skip
NUMBERS = ("0", "1", "1.0", "1.00", "1.05", "0.95", "9.5", "10", "100", "-1", "1e2", "99.5")
WORDS = ("Ås", "ås", "as", "Åsa Ek", "ek", "Zoë  Öst", "x")
URIS = ("http://a.se/f", "http://a.se/f/1", "http://a.se/f/1/2", "http://a.se/fx", "urn:oid:1")

systems, codes, times = st.sampled_from(SYSTEMS), st.sampled_from(CODES), st.sampled_from(TIMES)
numbers, words, uris = st.sampled_from(NUMBERS), st.sampled_from(WORDS), st.sampled_from(URIS)


def maybe(**parts: Any) -> Any:
    """An object with some of the parts, none of them empty."""
    return st.fixed_dictionaries({}, optional=parts).map(
        lambda one: {name: value for name, value in one.items() if value not in ("", [], {})}
    ).filter(bool)  # fmt: skip


coding = st.builds(
    lambda system, code, display: {
        **({"system": system} if system else {}), "code": code, "display": display,
    },
    systems, codes, words,
)  # fmt: skip
concept = maybe(coding=st.lists(coding, min_size=1, max_size=2), text=words)
period = st.tuples(times, times).map(sorted).map(lambda two: {"start": two[0], "end": two[1]})
quantity = st.builds(
    lambda value, unit: {"value": Decimal(value), **unit},
    numbers,
    st.sampled_from(
        [{}, {"unit": "kg"}, {"system": UCUM, "code": "kg", "unit": "kilo"}, {"code": "g", "system": UCUM}]
    ),
)  # fmt: skip
pointer = st.sampled_from(
    [
        {"reference": "Practitioner/1"},
        {"reference": "Practitioner/2", "display": "Eva"},
        {"reference": "Organization/1"},
        {"reference": "https://other.se/fhir/Practitioner/1"},
        {"identifier": {"system": "urn:a", "value": "1"}},
        {"type": "Practitioner", "identifier": {"value": "2"}},
    ]
)
observations = st.fixed_dictionaries(
    {"status": st.sampled_from(("final", "amended")), "code": concept},
    optional={
        "category": st.lists(concept, min_size=1, max_size=2),
        "identifier": st.lists(
            st.builds(lambda system, value: {"system": system or "urn:c", "value": value}, systems, codes),
            min_size=1, max_size=2,
        ),
        "performer": st.lists(pointer, min_size=1, max_size=2),
        "effectiveDateTime": times,
        "valueQuantity": quantity,
        "component": st.lists(
            st.fixed_dictionaries({"code": concept, "valueQuantity": quantity}), min_size=1, max_size=2
        ),
    },
)  # fmt: skip
PREFIXES = st.sampled_from(("", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"))


def escaped(text: str) -> str:
    return text.replace("|", "\\|").replace(",", "\\,")


token = st.one_of(
    codes.map(escaped),
    st.builds(lambda system, code: f"{system}|{escaped(code)}", systems, codes),
    st.sampled_from(("urn:a|", "urn:b|")),
)
amount = st.builds(
    lambda prefix, number, unit: f"{prefix}{number}{unit}",
    PREFIXES, numbers, st.sampled_from(("", f"|{UCUM}|kg", f"|{UCUM}|g", f"|{UCUM}|mL", "||kg", "||g", "||kilo")),
)  # fmt: skip
moment = st.builds(
    lambda prefix, time: f"{prefix}{time}", PREFIXES,
    st.one_of(times, st.sampled_from(("2026-01-15T10:00", "2025"))),
)  # fmt: skip
towards = st.sampled_from(
    ("Practitioner/1", "1", "Organization/1", "https://other.se/fhir/Practitioner/1", "2")
)
questions = st.one_of(
    st.tuples(st.sampled_from(("code", "category", "combo-code", "identifier", "status")), token),
    st.tuples(st.just("code:not"), token),
    st.tuples(st.sampled_from(("code:text", "category:text")), words),
    st.tuples(st.just("date"), moment),
    st.tuples(st.sampled_from(("value-quantity", "component-value-quantity")), amount),
    st.tuples(st.sampled_from(("performer", "performer:Practitioner")), towards),
    st.tuples(st.just("performer:identifier"), token),
    st.tuples(
        st.sampled_from(("category:missing", "performer:missing", "date:missing", "value-quantity:missing")),
        st.sampled_from(("true", "false")),
    ),
    st.tuples(
        st.sampled_from(("code-value-quantity", "combo-code-value-quantity", "component-code-value-quantity")),
        st.builds(lambda one, other: f"{one}${other}", token, amount),
    ),
).flatmap(
    lambda one: st.one_of(
        st.just(one), st.just((one[0], f"{one[1]},{one[1]}") if "missing" not in one[0] else one)
    )
)  # fmt: skip
NUMBER = itertools.count()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(observations, min_size=1, max_size=6), st.lists(questions, min_size=1, max_size=12))
def test_observations(bodies: list[dict[str, Any]], asked: list[tuple[str, str]]) -> None:
    _agree("Observation", bodies, asked)


practitioners = st.fixed_dictionaries(
    {},
    optional={
        "name": st.lists(maybe(family=words, given=st.lists(words, min_size=1, max_size=2), text=words), min_size=1, max_size=2),
        "active": st.booleans(),
        "birthDate": st.sampled_from(("1942", "1942-03", "1942-03-29")),
        "telecom": st.lists(
            st.fixed_dictionaries({"system": st.sampled_from(("phone", "email")), "value": words}),
            min_size=1, max_size=2,
        ),
        "address": st.lists(maybe(city=words, line=st.lists(words, min_size=1, max_size=2)), min_size=1, max_size=1),
    },
)  # fmt: skip
about_names = st.one_of(
    st.tuples(
        st.sampled_from(("name", "family", "given", "name:contains", "name:exact", "family:exact", "address", "address-city:contains")),
        st.one_of(words, st.sampled_from(("å", "ÅSA", "zoe", "öst", "k"))),
    ),
    st.tuples(st.sampled_from(("active", "phone", "email", "telecom", "active:not")), st.one_of(words, st.sampled_from(("true", "false", "phone|x")))),
    st.tuples(st.sampled_from(("name:missing", "active:missing")), st.sampled_from(("true", "false"))),
)  # fmt: skip


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(practitioners, min_size=1, max_size=6), st.lists(about_names, min_size=1, max_size=12)
)
def test_names(bodies: list[dict[str, Any]], asked: list[tuple[str, str]]) -> None:
    _agree("Practitioner", bodies, asked)


sets = st.fixed_dictionaries(
    {"status": st.sampled_from(("active", "draft"))},
    optional={
        "url": st.one_of(uris, uris.map(lambda one: f"{one}|2")),
        "version": st.sampled_from(("1", "2")),
        "compose": st.lists(st.builds(lambda url: {"valueSet": [url]}, uris), min_size=1, max_size=2).map(
            lambda parts: {"include": parts}
        ),
    },
)  # fmt: skip
about_uris = st.one_of(
    st.tuples(st.sampled_from(("url", "url:below", "url:above")), st.one_of(uris, st.sampled_from(("http://a.se/f/", "http://a.se")))),
    st.tuples(st.sampled_from(("reference", "version")), st.one_of(uris, st.just("2"))),
)  # fmt: skip


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(sets, min_size=1, max_size=6), st.lists(about_uris, min_size=1, max_size=12))
def test_uris(bodies: list[dict[str, Any]], asked: list[tuple[str, str]]) -> None:
    _agree("ValueSet", bodies, asked)


def _agree(kind: str, bodies: list[dict[str, Any]], asked: list[tuple[str, str]]) -> None:
    mark = f"run{next(NUMBER)}"
    made = []
    for number, body in enumerate(bodies):
        tag = {"meta": {"tag": [{"system": "urn:test", "code": mark}]}}
        made.append({"resourceType": kind, "id": f"{mark}.{number}", **tag, **body})
    put(*made, person_id=SPACE if kind == "Observation" else None)
    values = {one["id"]: index(one) for one in made}
    for pair in asked:
        (condition,) = read(kind, [pair], Asked(NOW)).conditions
        assert isinstance(condition, Criterion)
        expected = {one for one, held in values.items() if meets(held, condition)}
        assert set(found(kind, pair, ("_tag", f"urn:test|{mark}"))) == expected, pair


# ── every prefix with every value: chance seldom meets the edges ──

_PREFIXES = ("", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap")


def test_every_prefix_of_every_time() -> None:
    held: list[dict[str, Any]] = [{"effectiveDateTime": one} for one in TIMES]
    held += [
        {"effectivePeriod": {"start": "2026-01-15", "end": "2026-01-16"}},
        {"effectivePeriod": {"start": "2026-01-15"}},
        {"effectivePeriod": {"end": "2026-01-15"}},
    ]
    bodies = [{"status": "final", "code": {"text": "x"}, **one} for one in held]
    asked = [("date", f"{prefix}{time}") for prefix in _PREFIXES for time in TIMES]
    _agree("Observation", bodies, asked)


def test_every_prefix_in_every_unit() -> None:
    """Grams are found by kilograms and the other way about; millilitres, and what has no code, are not."""
    units = [{"system": UCUM, "code": one, "unit": one} for one in ("kg", "g", "mL", "kilo")]
    held: list[dict[str, Any]] = [
        {"valueQuantity": {"value": Decimal(number), **unit}}
        for number in ("0.0954", "0.1", "1.04", "1", "95.5", "100", "1000", "1049")
        for unit in (*units, {"unit": "kg"})
    ]
    held += [
        {"valueQuantity": {"value": Decimal(1), "comparator": mark, **units[0]}}
        for mark in ("<", ">")
    ]
    bodies = [{"status": "final", "code": {"text": "x"}, **one} for one in held]
    asked = [
        ("value-quantity", f"{prefix}{number}|{UCUM}|{unit}")
        for prefix in _PREFIXES
        for number in ("0.1", "1", "1.0", "1000")
        for unit in ("kg", "g", "kilo")
    ]
    _agree("Observation", bodies, asked)


def test_every_prefix_of_every_number() -> None:
    held: list[dict[str, Any]] = [{"valueQuantity": {"value": Decimal(one)}} for one in NUMBERS]
    held += [
        {"valueQuantity": {"value": Decimal("1"), "comparator": "<"}},
        {"valueQuantity": {"value": Decimal("1"), "comparator": ">="}},
    ]
    bodies = [{"status": "final", "code": {"text": "x"}, **one} for one in held]
    asked = [("value-quantity", f"{prefix}{one}") for prefix in _PREFIXES for one in NUMBERS]
    _agree("Observation", bodies, asked)
