"""JSON Patch: the cases of RFC 6902, digits that stay, and steps that would take too much."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.patching import JSON_PATCH, Unfit, patched
from samverka.resources.rules.patching.json_patch import MAX_STEPS, applied, read_steps

Doc = dict[str, Any]


def change(doc: Doc, *steps: Doc) -> Doc:
    return applied(doc, read_steps(json.dumps(list(steps)).encode()), size=100)


def step(op: str, path: str, **more: Any) -> Doc:
    return {"op": op, "path": path} | more


RFC: list[tuple[str, Doc, list[Doc], Doc]] = [
    ("A.1", {"foo": "bar"}, [step("add", "/baz", value="qux")], {"baz": "qux", "foo": "bar"}),
    ("A.2", {"foo": ["bar", "baz"]}, [step("add", "/foo/1", value="qux")], {"foo": ["bar", "qux", "baz"]}),
    ("A.3", {"baz": "qux", "foo": "bar"}, [step("remove", "/baz")], {"foo": "bar"}),
    ("A.4", {"foo": ["bar", "qux", "baz"]}, [step("remove", "/foo/1")], {"foo": ["bar", "baz"]}),
    ("A.5", {"baz": "qux"}, [step("replace", "/baz", value="boo")], {"baz": "boo"}),
    (
        "A.6",
        {"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}},
        [{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}],
        {"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}},
    ),
    (
        "A.7",
        {"foo": ["all", "grass", "cows", "eat"]},
        [{"op": "move", "from": "/foo/1", "path": "/foo/3"}],
        {"foo": ["all", "cows", "eat", "grass"]},
    ),
    (
        "A.8",
        {"baz": "qux", "foo": ["a", 2, "c"]},
        [step("test", "/baz", value="qux"), step("test", "/foo/1", value=2)],
        {"baz": "qux", "foo": ["a", 2, "c"]},
    ),
    ("A.10", {"foo": "bar"}, [step("add", "/child", value={"grandchild": {}})],
     {"foo": "bar", "child": {"grandchild": {}}}),
    ("A.11", {"foo": "bar"}, [step("add", "/baz", value="qux", xyz=123)], {"foo": "bar", "baz": "qux"}),
    ("A.14", {"/": 9, "~1": 10}, [step("test", "/~01", value=10)], {"/": 9, "~1": 10}),
    ("A.16", {"foo": ["bar"]}, [step("add", "/foo/-", value=["abc", "def"])], {"foo": ["bar", ["abc", "def"]]}),
    ("copy", {"a": [1]}, [{"op": "copy", "from": "/a", "path": "/b"}, step("add", "/b/-", value=2)],
     {"a": [1], "b": [1, 2]}),
    ("null is a value", {"a": 1}, [step("add", "/b", value=None)], {"a": 1, "b": None}),
    ("a member is replaced", {"a": 1}, [step("add", "/a", value=2)], {"a": 2}),
    ("order of names is no difference", {"a": {"b": 1, "c": 2}}, [step("test", "/a", value={"c": 2, "b": 1})],
     {"a": {"b": 1, "c": 2}}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "doc", "steps", "made"), RFC, ids=[one[0] for one in RFC])
def test_the_examples_of_the_standard(name: str, doc: Doc, steps: list[Doc], made: Doc) -> None:
    assert change(doc, *steps) == made


UNFIT: list[tuple[str, Doc, Doc]] = [
    ("A.9 a test that fails", {"baz": "qux"}, step("test", "/baz", value="bar")),
    ("A.12 nothing to add to", {"foo": "bar"}, step("add", "/baz/bat", value="qux")),
    ("A.15 a text is no number", {"/": 9, "~1": 10}, step("test", "/~01", value="10")),
    ("true is not 1", {"a": 1}, step("test", "/a", value=True)),
    ("nor within a list", {"a": [1]}, step("test", "/a", value=[True])),
    ("no such member", {"a": 1}, step("remove", "/b")),
    ("none to replace", {"a": 1}, step("replace", "/b", value=1)),
    ("outside the list", {"a": [1]}, step("add", "/a/2", value=1)),
    ("a place with a zero before it", {"a": [1, 2]}, step("add", "/a/01", value=1)),
    ("a place below zero", {"a": [1, 2]}, step("remove", "/a/-1")),
    ("behind the list", {"a": [1]}, step("remove", "/a/-")),
    ("into itself", {"a": {"b": 1}}, {"op": "move", "from": "/a", "path": "/a/c"}),
    ("into a text", {"a": "abc"}, step("remove", "/a/0")),
    ("the whole taken away", {"a": 1}, step("remove", "")),
    ("the whole made a list", {"a": 1}, step("replace", "", value=[1])),
]


@pytest.mark.parametrize(("name", "doc", "one"), UNFIT, ids=[one[0] for one in UNFIT])
def test_what_cannot_be_done_says_which_step(name: str, doc: Doc, one: Doc) -> None:
    with pytest.raises(Unfit) as told:
        change(doc, step("add", "/first", value=1), one)
    assert told.value.faults[0].path == "[1]"


WRONG = [
    b"{}",
    b"[1]",
    b"[",
    b"\xff",
    b'[{"op":"spam","path":"/a"}]',
    b'[{"path":"/a","value":1}]',
    b'[{"op":"add","path":"/a"}]',
    b'[{"op":"remove"}]',
    b'[{"op":"copy","path":"/a"}]',
    b'[{"op":["add"],"path":"/a","value":1}]',
    b'[{"op":"add","path":"a","value":1}]',
    b'[{"op":"add","path":"/~2","value":1}]',
    b'[{"op":"add","path":7,"value":1}]',
    b'[{"op":"move","from":null,"path":"/a"}]',
    json.dumps([step("remove", "/a")] * (MAX_STEPS + 1)).encode(),
    json.dumps([step("remove", "/" + "a" * 1001)]).encode(),
    b"[" * 100_000,
]


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:30].decode(errors="replace"))
def test_a_patch_that_is_wrong_itself(text: bytes) -> None:
    with pytest.raises(Faulty) as told:
        read_steps(text)
    assert not isinstance(told.value, Unfit)


WEIGHT = (
    b'{"resourceType":"Observation","id":"w","valueQuantity":{"value":72.50,"unit":"kg"},'
    b'"referenceRange":[{"low":{"value":1.0E+2}},{"high":{"value":123456789012345678901234567890}}]}'
)


def test_what_is_not_touched_keeps_its_letters() -> None:
    steps = [
        step("replace", "/valueQuantity/unit", value="g"),
        step("add", "/status", value="final"),
    ]
    made = patched(WEIGHT, json.dumps(steps).encode(), JSON_PATCH)
    assert made == WEIGHT[:-1].replace(b'"kg"', b'"g"') + b',"status":"final"}'


def test_a_number_in_the_patch_keeps_its_digits() -> None:
    patch = (
        b'[{"op":"test","path":"/valueQuantity/value","value":72.5},'
        b'{"op":"replace","path":"/valueQuantity/value","value":71.00}]'
    )
    assert b'"value":71.00,' in patched(WEIGHT, patch, JSON_PATCH)


def test_type_and_id_stay() -> None:
    for path in ("/id", "/resourceType"):
        with pytest.raises(Unfit):
            patched(WEIGHT, json.dumps([step("replace", path, value="x")]).encode(), JSON_PATCH)


def test_copies_that_double_each_time_are_stopped() -> None:
    bomb = [step("add", "/a", value=["x" * 1000])]
    bomb += [{"op": "copy", "from": "/a", "path": "/a/-"}] * 40
    with pytest.raises(Unfit) as told:
        patched(WEIGHT, json.dumps(bomb).encode(), JSON_PATCH)
    assert told.value.faults[0].sort == "too-costly"


def test_a_tower_is_stopped() -> None:
    tower = [step("add", "/a", value=[])]
    tower += [{"op": "move", "from": "/a", "path": "/b"}, step("add", "/a", value=[]),
              {"op": "move", "from": "/b", "path": "/a/0"}] * 160  # fmt: skip
    made = patched(WEIGHT, json.dumps(tower[:100]).encode(), JSON_PATCH)
    assert made.count(b"[") > 30  # the judge of R4 refuses it by its depth
    bomb = [*tower[:490], {"op": "copy", "from": "/a", "path": "/d"}]
    patched(WEIGHT, json.dumps(bomb).encode(), JSON_PATCH)
    nested = b'[{"op":"add","path":"/a","value":' + b"[" * 900 + b"]" * 900 + b"}]"
    with pytest.raises(Faulty):
        patched(WEIGHT, nested, JSON_PATCH)
