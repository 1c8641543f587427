"""Numbers in place of names: no two parameters have one, and no text is too long for an index."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from samverka.resources.rules.definitions import RESOURCE_TYPES, parameters
from samverka.resources.rules.searching.numbers import (
    LONGEST,
    bounded,
    hash_of,
    number_of_parameter,
    sort_of,
)


def test_no_two_parameters_have_one_number() -> None:
    names = [(kind, code) for kind in sorted(RESOURCE_TYPES) for code in parameters(kind)]
    assert len({number_of_parameter(*one) for one in names}) == len(names) > 3_000
    assert all(-(2**31) <= number_of_parameter(*one) < 2**31 for one in names)


def test_none_is_nothing() -> None:
    assert hash_of("") == sort_of("", "") == 0
    assert hash_of("urn:a") != hash_of("urn:b")
    assert sort_of("", "a") != 0


@given(st.text(max_size=2_000))
def test_a_text_fits_in_an_index(text: str) -> None:
    kept = bounded(text)
    assert len(kept.encode("utf-8", "replace")) <= LONGEST
    assert kept == text or len(text.encode("utf-8", "replace")) > LONGEST
    assert bounded(text + "x") != kept
