"""Texts and questions that are small to send and dear to read: each is ended by a number, not by patience."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.searching import asking, parsing
from samverka.resources.rules.validation.doubles import where_twice

ASKED = parsing.Asked(now=datetime(2026, 11, 20, tzinfo=UTC))


def test_a_name_that_stands_twice_is_found_at_the_end_of_many() -> None:
    """Looked for in what went before each name, it would take minutes."""
    names = b",".join(b'"n%d":1' % number for number in range(90_000))
    assert list(where_twice(b"{" + names + b',"n89999":2}', "Basic")) == [
        ((None, "Basic"), "n89999")
    ]


@pytest.mark.parametrize(
    ("kind", "chain"),
    [
        ("List", "item.subject.subject.subject._id"),
        ("Composition", "entry.subject.subject.subject._id"),
        ("Basic", "subject.subject.subject.subject._id"),
        ("Basic", "_has:Provenance:target:target.subject.subject._id"),
    ],
)
def test_a_chain_that_may_lead_anywhere_is_refused_before_it_is_followed(
    kind: str, chain: str
) -> None:
    with pytest.raises(Faulty, match="för många typer"):
        asking.read(kind, [(chain, "x")], ASKED)


def test_what_people_ask_is_not() -> None:
    for kind, chain in (("List", "item.subject.name"), ("Observation", "subject.organization.name"),
                        ("Task", "focus.subject.identifier"), ("Provenance", "target.patient.name")):  # fmt: skip
        assert asking.read(kind, [(chain, "x")], ASKED).conditions
