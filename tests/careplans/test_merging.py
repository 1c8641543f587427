"""No word that someone wrote disappears when two write in the same text."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samverka.careplans.rules.merging import merge_texts

EXAMPLES = {
    "only the first wrote": ("a b", "a b c", "a b", "a b c"),
    "only the second wrote": ("a b", "a b", "x a b", "x a b"),
    "both wrote the same": ("a", "a b", "a b", "a b"),
    "in different places": ("Ring Eva. Vila.", "Ring Eva. Vila. Drick.", "Först: Ring Eva. Vila.",
                            "Först: Ring Eva. Vila. Drick."),
    "both began in an empty text": ("", "Ring dottern först av alla",
                                    "Ring hemsjukvården, dygnet runt",
                                    "Ring dottern först av alla\nRing hemsjukvården, dygnet runt"),
    "both wrote last": ("Ring", "Ring Eva", "Ring Nils", "Ring Eva Nils"),
    "one says all that the other says": ("", "Ring Eva", "Ring Eva i kväll", "Ring Eva i kväll"),
    "a new line is kept": ("ett två", "ett\ntvå", "ett två tre", "ett\ntvå tre"),
    "one took away, the other wrote elsewhere": ("ett två tre", "ett tre", "ett två tre fyra",
                                                 "ett tre fyra"),
    "one took away what the other changed": ("ett två", "ett", "ett tvåa", "ett tvåa"),
    "breaks of other systems": ("ett", "ett\r\ntvå", "noll ett", "noll ett\ntvå"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    base, first, second, wanted = EXAMPLES[name]
    assert merge_texts(base, first, second) == wanted


WORDS = st.lists(st.sampled_from([*"abcåäö", "hund", "katt,", "\n", "\n\n", "ring"]), max_size=14)
TEXTS = WORDS.map(" ".join)


def lost(base: str, mine: str, merged: str) -> Counter[str]:
    """Words that were written more often than they stood before, and stand less often now."""
    written = {one: many for one, many in Counter(mine.split()).items() if one not in base.split()}
    return Counter(written) - Counter(merged.split())


@settings(max_examples=600)
@given(base=TEXTS, first=TEXTS, second=TEXTS)
@example(base="a", first="b a", second="c a")
def test_every_written_word_is_left(base: str, first: str, second: str) -> None:
    merged = merge_texts(base, first, second)
    assert not lost(base, first, merged)
    assert not lost(base, second, merged)
    assert set(merged.split()) <= set(f"{base} {first} {second}".split())


@given(base=TEXTS, text=TEXTS)
def test_who_writes_alone_gets_the_own_text(base: str, text: str) -> None:
    assert merge_texts(base, text, base) == text
    assert merge_texts(base, base, text) == text
    assert merge_texts(base, text, text) == text


ONCE = st.lists(st.sampled_from("abcdefåäö"), max_size=8, unique=True).map(" ".join)


@given(base=ONCE, first=ONCE, second=ONCE)
def test_saving_once_more_adds_nothing(base: str, first: str, second: str) -> None:
    """An answer that was lost on the way makes the browser send the same again."""
    mine, theirs = f"{base} {first.upper()}", f"{base} {second}"
    merged = merge_texts(base, theirs, mine)
    assert Counter(merge_texts(base, merged, mine).split()) == Counter(merged.split())


def test_long_texts_take_no_time() -> None:
    source = random.Random(7)
    base = " ".join(source.choice(["en", "två", "tre", "fyra"]) for _ in range(900))
    first, second = f"{base} slut", f"början {base}"
    assert merge_texts(base, first, second) == f"början {base} slut"
