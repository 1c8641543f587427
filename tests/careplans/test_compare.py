"""What differs between two versions, and inside a text."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samverka.careplans import rules

CONTENT_1: dict[str, Any] = {
    "status": "draft",
    "title": "Min plan",
    "what_matters": "Att bo kvar hemma",
    "strengths": "",
    "if_worse": "",
    "follow_up_on": None,
    "responsible": "",
    "no_others": False,
    "goals": [{"id": "g1", "words": "Gå till affären", "term": "short", "status": "open", "outcome": ""}],
    "activities": [
        {"id": "a1", "what": "Träning", "owner_kind": "region", "owner_unit": "Rehab", "owner_text": "",
         "due_on": None, "status": "planned"}
    ],
    "parties": [{"id": "p1", "name": "Rehab", "role": "performer"}],
}  # fmt: skip


def test_a_version_does_not_differ_from_itself() -> None:
    assert rules.compare(CONTENT_1, CONTENT_1) == ()


def test_what_came_went_and_changed_is_told() -> None:
    goal = dict(CONTENT_1["goals"][0], status="reached", outcome="Nu går jag själv")
    later = CONTENT_1 | {
        "what_matters": "Att bo kvar hemma och gå ut",
        "follow_up_on": "2027-05-20",
        "goals": [goal],
        "activities": [],
        "parties": [
            *CONTENT_1["parties"],
            {"id": "p2", "name": "Hemtjänsten", "role": "participant"},
        ],
    }
    told = {
        (one.part, str(one.label), one.before, one.after) for one in rules.compare(CONTENT_1, later)
    }
    assert told == {
        (rules.Part.FACT, "Vad är viktigt för mig?", "Att bo kvar hemma", "Att bo kvar hemma och gå ut"),
        (rules.Part.FACT, "Uppföljning", "", "20 maj 2027"),
        (
            rules.Part.GOAL,
            "Mål",
            "”Gå till affären” · På kort sikt · Pågår",
            "”Gå till affären” · På kort sikt · Nått · Nu går jag själv",
        ),
        (rules.Part.ACTIVITY, "Insats", "Träning · Rehab · Planerad", ""),
        (rules.Part.PARTY, "Deltar", "", "Hemtjänsten · Deltar"),
    }  # fmt: skip


@given(st.text(" abå", max_size=20), st.text(" abå", max_size=20))
def test_marked_words_hold_both_texts_whole(before: str, after: str) -> None:
    pieces = rules.mark_words(before, after)
    old = [one.text for one in pieces if one.mark is not rules.Mark.ADDED]
    new = [one.text for one in pieces if one.mark is not rules.Mark.TAKEN]
    assert " ".join(old) == before
    assert " ".join(new) == after
