"""The texts that people in the stories read and say: short sentences, common words, no abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from samverka.careplans.rules import LINE_LENGTH, SECTION_LENGTH, Section
from samverka.demo import script as s
from samverka.demo.stories import STORIES
from tests.readability import lix

READABLE = 30
"""LIX up to 30 is read by most grown-ups without effort (Björnsson 1968)."""


def own_words() -> Iterator[tuple[str, str]]:
    for story in STORIES:
        for event in story.events:
            if isinstance(event, s.PlanWritten):
                yield f"{story.key}-{event.plan}-{event.section}", event.text


def lines() -> Iterator[tuple[str, str]]:
    """All other text that the person reads."""
    for story in STORIES:
        for n, event in enumerate(story.events):
            for name in ("words", "reason", "outcome", "bring", "covers", "not_covered", "title"):
                text = getattr(event, name, "")
                if isinstance(text, str) and text and not isinstance(event, _FOR_STAFF):
                    yield f"{story.key}-{n}-{name}", text
            for said in said_by_the_person(event):
                yield f"{story.key}-{n}-said", said


_FOR_STAFF = (s.CapacityNoted, s.EmergencyOpened, s.EasyWritten)


def said_by_the_person(event: s.Event) -> list[str]:
    """What is written at home, and how it went with each goal."""
    if isinstance(event, s.Prepared):
        return [text for _part, text in event.words]
    if isinstance(event, s.PlanFollowedUp):
        return [words for _key, _status, words in event.goals]
    return []


@pytest.mark.parametrize(("key", "text"), list(own_words()))
def test_the_persons_own_words_are_easy_to_read(key: str, text: str) -> None:
    assert lix(text) <= READABLE, key


_ABBREVIATION = re.compile(
    r"(?<![\w.])(?:t\.? ?ex|bl\.? ?a|dvs|osv|ev|ca|kl|tel|ssk|usk|dsk|bht|vc|hc|avd|pga|m\.?m|enl|"
    r"SIP|SVOD|IFO|LSS|KOL|MAS|BUP|VAS|CRP|Hb|mån|tis|ons|tors|fre)(?![\w])"
)


def test_the_pattern_finds_abbreviations() -> None:
    assert _ABBREVIATION.search("kl 10 på avd 3")
    assert _ABBREVIATION.search("t.ex. SIP")
    assert not _ABBREVIATION.search("Klockan tio på avdelningen, till exempel")


def test_no_abbreviations() -> None:
    texts = [*own_words(), *lines()]
    assert len(texts) > 450
    assert [(key, text) for key, text in texts if _ABBREVIATION.search(text)] == []


def test_lines_are_whole_and_fit() -> None:
    for key, text in lines():
        assert len(text) <= LINE_LENGTH, key
        assert text == text.strip(), key
        assert "  " not in text, key


def test_sections_fit() -> None:
    for story in STORIES:
        for event in story.events:
            if isinstance(event, s.PlanWritten):
                assert len(event.text) <= SECTION_LENGTH[event.section]
            if isinstance(event, s.PlanStarted):
                assert len(event.title) <= SECTION_LENGTH[Section.TITLE]


def test_every_plan_asks_what_matters() -> None:
    for story in STORIES:
        plans = {e.plan for e in story.events if isinstance(e, s.PlanStarted)}
        asked = {
            e.plan
            for e in story.events
            if isinstance(e, s.PlanWritten) and e.section is Section.WHAT_MATTERS
        }
        assert plans == asked
