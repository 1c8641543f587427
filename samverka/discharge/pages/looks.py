"""Words, tones and icons of going home."""

from __future__ import annotations

from samverka.discharge.rules.after import OUTCOME_WORDS, QUESTIONS, Outcome
from samverka.discharge.rules.items import ANSWER_WORDS, Answer
from samverka.discharge.rules.preparing import TICKS

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
