"""Words, tones and icons of going home, and where a case's next step is done."""

from __future__ import annotations

from django.urls import reverse

from samverka.discharge.reads import CaseView
from samverka.discharge.rules.after import OUTCOME_WORDS, QUESTIONS, Outcome
from samverka.discharge.rules.items import ANSWER_WORDS, Answer
from samverka.discharge.rules.preparing import TICKS
from samverka.discharge.rules.steps import Doing

ANSWER_TONES = {Answer.YES: "success", Answer.NO: "warning", Answer.NOT_NEEDED: "neutral"}
ANSWER_ICONS = {Answer.YES: "circle-check", Answer.NO: "circle-alert", Answer.NOT_NEEDED: "minus"}
OUTCOME_TONES = {Outcome.REACHED: "success", Outcome.NOT_REACHED: "warning"}
HOME_LOOKS = {
    "answer_words": ANSWER_WORDS,
    "answer_tones": ANSWER_TONES,
    "answer_icons": ANSWER_ICONS,
    "outcome_words": OUTCOME_WORDS,
    "outcome_tones": OUTCOME_TONES,
    "tick_asks": {tick: spec.ask for tick, spec in TICKS.items()},
    "question_asks": {question: spec.ask for question, spec in QUESTIONS.items()},
}

_DOING = {
    Doing.ANSWER: "discharge:going_home",
    Doing.LIST: "discharge:going_home",
    Doing.AFTER: "discharge:after",
    Doing.JUDGE: "discharge:judge",
    Doing.CONTACT: "discharge:plan",
    Doing.TELL: "discharge:plan",
    Doing.PLAN: "discharge:plan",
}
"""Where the own next step is done, if it is no message."""


def next_href(found: CaseView) -> str:
    """Where the own unit does its next step; empty where there is none, or it is done on the case's page."""
    step, case_id = found.own, found.case.id
    if step is None:
        return ""
    if step.sends in found.case.may_send:
        return reverse("discharge:send", args=[case_id, step.sends])
    name = _DOING.get(step.doing)
    return reverse(name, args=[case_id]) if name else ""
