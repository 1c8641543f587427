"""The choices of a question as lines of words; a choice keeps its code when it is reworded. Pure."""

from __future__ import annotations

from samverka.transition.rules.reports.kinds import QuestionKind

Options = tuple[tuple[str, str], ...]

CHOOSING = frozenset({QuestionKind.MANY, QuestionKind.FACTORS})
"""Kinds that have choices of their own."""


def options_of(text: str, before: Options, version: int) -> Options:
    """Lines of words → (code, words).

    The same words keep their code wherever they stand. With as many lines as before, a line whose words are new
    is the old one of that place, reworded. Any other new line gets a code of its own.

    Args:
        version: of the form that is made; a new code is never one that an older version had.
    """
    lines = list(
        dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip())
    )
    codes = {words: code for code, words in before}
    reworded = len(lines) == len(before)
    found = []
    for place, words in enumerate(lines):
        code = codes.get(words, "")
        if not code and reworded and before[place][1] not in lines:
            code = before[place][0]
        found.append((code or f"val-v{version}-{place + 1}", words))
    return tuple(found)
