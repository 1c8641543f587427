"""Two who write in the same text at once both keep their words. Pure.

A text is parted in words and line breaks; the spaces belong to the word before. What only one has
changed is taken as it is. What both have changed in the same place stays twice, one after the other:
better a sentence too many, which those at the table see and mend, than a word that is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from merge3 import Merge3

_TOKEN = re.compile(r"(\n[ \t]*)|(\S+)([ \t]*)")
_SENTENCE = 4
"""From so many words on, what collides is put on lines of its own (words)."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word with the spaces after it, or a line break. Spaces do not tell two words apart."""

    word: str
    space: str = field(default="", compare=False)


_BREAK = _Token("\n")


def merge_texts(base: str, first: str, second: str) -> str:
    """What two made of the same text, as one text.

    Args:
        base: what both began from.
        first: what one made of it; stands first where both wrote.
        second: what the other made of it.
    """
    if first in (base, second):
        return second
    if second == base:
        return first
    parts = (_tokens(base), _tokens(first), _tokens(second))
    matcher: Any = _EveryWord
    return _text(_merged(Merge3(*parts, sequence_matcher=matcher)))


class _EveryWord(SequenceMatcher[_Token]):
    """Every word counts, also one that stands everywhere."""

    def __init__(self, _junk: None, one: Sequence[_Token], other: Sequence[_Token]) -> None:
        super().__init__(None, one, other, autojunk=False)


def _tokens(text: str) -> list[_Token]:
    found = _TOKEN.finditer(text.replace("\r\n", "\n").replace("\r", "\n"))
    return [_BREAK if one[1] else _Token(one[2], one[3]) for one in found]


def _merged(merge: Any) -> Iterator[_Token]:
    for region in merge.merge_groups():
        if region[0] == "conflict":
            yield from _both(list(region[2]), list(region[3]))
        else:
            yield from region[1]


def _both(first: list[_Token], second: list[_Token]) -> Iterator[_Token]:
    """One after the other; once, if one of them already says all that the other says."""
    if _says_all(second, first):
        yield from second
    elif _says_all(first, second):
        yield from first
    else:
        yield from first
        if min(len(first), len(second)) >= _SENTENCE:
            yield _BREAK
        yield from second


def _says_all(one: Sequence[_Token], other: Iterable[_Token]) -> bool:
    """Whether all the words of the other stand in this one, in the same order."""
    left = iter(one)
    return all(word in left for word in other)


def _text(tokens: Iterable[_Token]) -> str:
    """The words with their spaces; two words never grow together, and no line ends in spaces."""
    made: list[str] = []
    for one in tokens:
        if one == _BREAK:
            made[-1:] = [one.rstrip(" \t") for one in made[-1:]]
            made.append("\n")
        else:
            grows = bool(made) and not made[-1].endswith((" ", "\t", "\n"))
            made.append(f" {one.word}{one.space}" if grows else one.word + one.space)
    return "".join(made)
