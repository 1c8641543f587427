"""From a measure's data to the text of a TOML file that the parser reads again. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from samverka.indicators.rules.measures.kinds import Measure
from samverka.indicators.rules.measures.parsing import as_data


def as_toml(measure: Measure) -> str:
    """The measure as a file: what another county can read in."""
    data = as_data(measure)
    settings = data.pop("settings", {})
    lines = ["[[measure]]", *(f"{name} = {_value(value)}" for name, value in data.items())]
    return "\n".join([*lines, "[measure.settings]", settings_text(settings), ""])


def settings_text(settings: object) -> str:
    """Only what is counted: a line for each setting."""
    given = settings if isinstance(settings, Mapping) else {}
    return "\n".join(f"{name} = {_value(value)}" for name, value in given.items())


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            inner = ", ".join(f"{_key(str(name))} = {_value(one)}" for name, one in value.items())
            return f"{{ {inner} }}"
        case list() | tuple():
            return f"[{', '.join(_value(one) for one in value)}]"
        case None:
            return '""'
        case _:
            return json.dumps(str(value), ensure_ascii=False)


def _key(name: str) -> str:
    plain = name.replace("_", "").replace("-", "")
    return name if plain.isascii() and plain.isalnum() else json.dumps(name, ensure_ascii=False)
