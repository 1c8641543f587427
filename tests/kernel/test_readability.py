"""LIX itself, and that the kernel's own sentences are easy."""

import importlib

import pytest

from samverka.kernel.text import Text
from tests.readability import lix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("123 – 456", 0),
        ("Vi ses.", 2),  # 2 words, 1 sentence, no long word
        ("Vi ses. Hej då.", 2),
        ("Kontrollsiffran stämmer", 2 + 100),  # both are long: 15 and 7 letters
        ("Numret har en siffra för mycket.", 6),  # six words, none over six letters
        (
            "Kom kl. 10.30 i morgon.",
            4 / 2 + 0,
        ),  # "kl." ends a sentence for the formula, 10.30 does not
        ("Anna frågar. Läkaren undersöker benet.", 5 / 2 + 100 * 2 / 5),
    ],
)
def test_lix(text: str, expected: float) -> None:
    assert lix(text) == pytest.approx(expected)


def sentences_of(module: str) -> list[Text]:
    """Find the ready sentences among a module's constants."""
    return [
        value for value in vars(importlib.import_module(module)).values() if isinstance(value, Text)
    ]


def test_the_kernels_ready_sentences_are_easy() -> None:
    ready = sentences_of("samverka.kernel.identity.parse") + sentences_of(
        "samverka.kernel.identity.hsa"
    )
    assert len(ready) >= 3
    for sentence in ready:
        assert lix(sentence) < 55, sentence
