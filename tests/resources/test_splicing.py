"""The server's id, version and time in the sender's text: no other letter is touched."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.resources.rules.canonical import decode
from samverka.resources.rules.splicing import bare, bare_digest, named, stamped

AT = datetime(2026, 11, 20, 14, 30, 0, 1500, tzinfo=UTC)
SAID = {"versionId": "3", "lastUpdated": "2026-11-20T14:30:00.001500Z"}

BLANKS = st.text(" \t\r\n", max_size=2)
RAW = st.sampled_from(
    ["72.50", "1E+3", "-0.0", "true", "null", '"\\u00e5\\n\\"x\\\\"', '"id"', '"a:b,{}[]"', "[]", "{}",
     '[1,{"id":"no","meta":{}}]', '{"id":"inner","meta":{"versionId":"9"}}', '"\\u007b"']
)  # fmt: skip
NAMES = st.sampled_from(["a", "b", "\\u00e5", "implicitRules", "_id", "text", 'x\\"y'])
IDS = st.sampled_from(['"id":"old"', '"\\u0069d" : "old"', '"id":\t"x.-1"'])
METAS = st.sampled_from(
    ['"meta":{}', '"meta" : { "tag":[{"id":"t"}] }', '"meta":{"versionId":"1"}',
     '"m\\u0065ta":{"lastUpdated" : "2020-01-01T00:00:00Z" , "source":"x"}',
     '"meta":{"_versionId":{"id":"q"},"versionId":"7","lastUpdated":"x"}']
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A resource, and the parts of it that are nobody's but the sender's."""
    names = draw(st.lists(NAMES, unique=True, max_size=4))
    own = [f'"{name}"{draw(BLANKS)}:{draw(BLANKS)}{draw(RAW)}' for name in names]
    parts = ['"resourceType":"Basic"', *own]
    parts += [draw(IDS)] if draw(st.booleans()) else []
    parts += [draw(METAS)] if draw(st.booleans()) else []
    mixed = draw(st.permutations(parts))
    text = ",".join(f"{draw(BLANKS)}{part}{draw(BLANKS)}" for part in mixed)
    return f"{draw(BLANKS)}{{{text}}}{draw(BLANKS)}", [one for one in mixed if one in own]


@given(texts())
def test_what_the_sender_says_stays_to_the_letter(made: tuple[str, list[str]]) -> None:
    text, own = made
    stored = stamped(text.encode(), local_id="new", version="3", at=AT).decode()
    place = 0
    for part in own:  # every part is there, and in the same order
        place = stored.index(part, place) + len(part)
    before, after = decode(text.encode()), decode(stored.encode())
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert bare(after) == bare(before)
    assert bare_digest(after) == bare_digest(before)
    assert (after["id"], after["meta"]["versionId"]) == ("new", "3")
    assert after["meta"]["lastUpdated"] == SAID["lastUpdated"]
    outside = sum(map(len, own))
    assert len(stored) - len(text) <= 110, "only what is the server's is added"
    assert outside <= len(stored)


@given(texts())
def test_stamping_again_changes_only_what_is_new(made: tuple[str, list[str]]) -> None:
    once = stamped(made[0].encode(), local_id="new", version="3", at=AT)
    assert stamped(once, local_id="new", version="3", at=AT) == once
    twice = stamped(once, local_id="new", version="4", at=AT)
    assert twice == once.replace(b'"versionId":"3"', b'"versionId":"4"') or b"versionId" in once


def test_as_it_looks() -> None:
    text = (
        b'{\n  "resourceType": "Observation",\n  "valueQuantity": {"value": 72.50},\n  "id":"1"\n}'
    )
    said = json.dumps(SAID, separators=(",", ":"))
    assert stamped(text, local_id="k", version="3", at=AT).decode() == (
        f'{{\n  "resourceType": "Observation","meta":{said},\n'
        '  "valueQuantity": {"value": 72.50},\n  "id":"k"\n}'
    )


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (b'{"resourceType":"Basic"}', b'{"resourceType":"Basic","id":"k"}'),
        (b'{"id" : "1","resourceType":"Basic"}', b'{"id" : "k","resourceType":"Basic"}'),
    ],
)
def test_a_name_alone(text: bytes, made: bytes) -> None:
    assert named(text, "k") == made


def test_what_the_server_says_is_no_part_of_what_is_said() -> None:
    value = {"id": "1", "meta": {"versionId": "2", "tag": [1]}, "v": Decimal("72.50")}
    assert bare(value) == {"meta": {"tag": [1]}, "v": Decimal("72.50")}
    assert bare({"meta": {"lastUpdated": "x"}}) == {}
    assert bare_digest(value) != bare_digest({**value, "v": Decimal("72.5")})
