"""A sentence as it is stored, so that it can be shown in either language later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samverka.kernel.text import Text


def stored(sentence: Text | str) -> dict[str, Any]:
    """The sentence as JSON: a `Text` with its values, anyone's own words as they stand."""
    if not isinstance(sentence, Text):
        return {"words": str(sentence)}
    return {
        "msgid": sentence.msgid,
        "params": {name: _value(value) for name, value in sentence.params.items()},
    }


def _value(value: object) -> object:
    if isinstance(value, Text):
        return stored(value)
    return value if isinstance(value, int | str) else str(value)


def read(kept: Mapping[str, Any]) -> Text | str:
    """The sentence again."""
    if "msgid" not in kept:
        return str(kept.get("words", ""))
    params = {name: _read_value(value) for name, value in kept["params"].items()}
    return Text(kept["msgid"], params)


def _read_value(value: object) -> object:
    return read(value) if isinstance(value, Mapping) else value
