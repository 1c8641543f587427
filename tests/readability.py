"""How hard a Swedish text is to read, so that tests can hold our sentences to a limit.

LIX (läsbarhetsindex, C. H. Björnsson 1968): words per sentence plus the per cent of words longer than six
letters. Below 30 is very easy, 30–40 easy, 40–50 as in newspapers, above 50 hard.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:](?:\s|$)")
_LONG = 6  # letters; longer words count as long


def lix(text: str) -> float:
    """Compute LIX of a text. A text without an end mark is one sentence; one without words is 0."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = len(_SENTENCE_END.findall(text)) or 1
    long_words = sum(len(word.replace("-", "")) > _LONG for word in words)
    return len(words) / sentences + 100 * long_words / len(words)
