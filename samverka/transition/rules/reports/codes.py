"""The code book: what two who read free words look for, with versions; and how far a text has come. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Topic(StrEnum):
    """What a code is about."""

    FINDING = "finding"
    SIGN = "sign"
    SUCCESS = "success"
    OBSTACLE = "obstacle"


class Reading(StrEnum):
    """Which of the readings a coding is."""

    FIRST = "first"
    SECOND = "second"
    RESOLVED = "resolved"


TOPIC_WORDS: dict[Topic, Text] = {
    Topic.FINDING: _("De fyra iakttagelserna"),
    Topic.SIGN: _("Tecken på förändring"),
    Topic.SUCCESS: _("Framgångsfaktorer"),
    Topic.OBSTACLE: _("Hinder"),
}

READING_WORDS: dict[Reading, Text] = {
    Reading.FIRST: _("Första läsningen"),
    Reading.SECOND: _("Andra läsningen"),
    Reading.RESOLVED: _("Gemensamt beslut"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """What to look for. `when`: when it is to be used, and when not."""

    code: str
    topic: Topic
    name: str
    when: str


def codes_of(data: Iterable[Mapping[str, Any]]) -> tuple[Code, ...]:
    """A code book as it is kept.

    Raises:
        Invalid: a code is twice, or lacks its words.
    """
    found: dict[str, Code] = {}
    for one in data:
        code, name = str(one.get("code", "")), str(one.get("name", "")).strip()
        if not code or not name or code in found:
            raise Invalid(
                _("Koden %(code)s är tom, saknar namn eller finns två gånger.", code=code or "?")
            )
        if one.get("topic") not in set(Topic):
            raise Invalid(_("Koden %(code)s hör till ett ämne som inte finns.", code=code))
        found[code] = Code(code, Topic(one["topic"]), name, str(one.get("when", "")))
    if not found:
        raise Invalid(_("Kodboken är tom."))
    return tuple(found.values())


@cache
def shipped_codes() -> tuple[Code, ...]:
    """The code book that comes with the house."""
    text = files(__package__).joinpath("codes_1.json").read_text(encoding="utf-8")
    return codes_of(json.loads(text))


def codes_data(codes: Iterable[Code]) -> list[dict[str, str]]:
    """As it is kept."""
    return [
        {"code": one.code, "topic": one.topic.value, "name": one.name, "when": one.when}
        for one in codes
    ]


def next_reading(read: Mapping[Reading, str], coder: str) -> Reading:
    """Which reading the coder's is: the own one again, else the first that is free.

    Args:
        read: reading → who has made it.

    Raises:
        NotNow: two others have read it; what remains is to decide together.
    """
    for reading in (Reading.FIRST, Reading.SECOND):
        if read.get(reading, coder) == coder:
            return reading
    raise NotNow(_("Två har redan läst texten."), mend=_("Nu återstår att besluta tillsammans."))


def check_resolve(read: Mapping[Reading, frozenset[str]]) -> None:
    """Raise unless both have read, each by themselves."""
    if Reading.FIRST not in read or Reading.SECOND not in read:
        raise NotNow(_("Två ska ha läst texten var för sig innan ni beslutar."))


def settled(read: Mapping[Reading, frozenset[str]]) -> frozenset[str] | None:
    """The codes that hold: what was decided, or what both saw; None while they differ or one is missing."""
    if Reading.RESOLVED in read:
        return read[Reading.RESOLVED]
    if Reading.FIRST in read and read[Reading.FIRST] == read.get(Reading.SECOND):
        return read[Reading.FIRST]
    return None
