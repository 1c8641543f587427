"""Sentences that can be translated at the edge."""

import copy
import pickle

import pytest

from samverka.kernel.text import Text, in_language, text

ENGLISH = {
    "Numret %(number)s är ett %(kind)s.": "The number %(number)s is a %(kind)s.",
    "personnummer": "personal identity number",
    "100 % klart.": "100 % done.",
}


def english(msgid: str) -> str:
    return ENGLISH[msgid]


def test_a_text_is_the_finished_swedish_sentence() -> None:
    sentence = text("Numret %(number)s är ett %(kind)s.", number="X", kind=text("personnummer"))
    assert sentence == "Numret X är ett personnummer."
    assert sentence.msgid == "Numret %(number)s är ett %(kind)s."
    assert sentence.params["number"] == "X"


def test_the_edge_says_it_in_another_language_with_the_values_translated_too() -> None:
    sentence = text("Numret %(number)s är ett %(kind)s.", number="X", kind=text("personnummer"))
    assert in_language(sentence, english) == "The number X is a personal identity number."


def test_a_sentence_without_values_may_hold_a_per_cent_sign() -> None:
    sentence = text("100 % klart.")
    assert sentence == "100 % klart."
    assert in_language(sentence, english) == "100 % done."


def test_a_plain_string_passes_untouched() -> None:
    assert in_language("Numret saknas.", english) == "Numret saknas."


def test_a_missing_value_is_a_fault_at_once() -> None:
    with pytest.raises(KeyError):
        text("Det är %(days)s dagar kvar.", day=3)


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))]
)
def test_copies_keep_the_message_id(copied: object) -> None:
    sentence = text("Numret %(number)s är ett %(kind)s.", number="X", kind="Y")
    other = copied(sentence)  # type: ignore[operator]
    assert isinstance(other, Text)
    assert (other, other.msgid, other.params) == (sentence, sentence.msgid, sentence.params)
