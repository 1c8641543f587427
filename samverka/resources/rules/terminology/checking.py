"""Whether a code is in a set or a system: yes or no, why not, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules.searching.values import plain
from samverka.resources.rules.terminology.known import Concept


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer about one code. `message` "": nothing to say."""

    holds: bool
    message: Text | str = ""
    display: str = ""
    concept: Concept | None = None


def check(concepts: Sequence[Concept], *, system: str, code: str, display: str = "") -> Checked:
    """Whether a code is among the concepts; without `system` only if one system alone has it."""
    found = [one for one in concepts if one.code == code and system in ("", one.system)]
    if not found:
        return Checked(False, _("Koden %(code)s ingår inte.", code=code))
    if len({one.system for one in found}) > 1:
        return Checked(False, _("Koden %(code)s finns i flera kodsystem. Ange vilket.", code=code))
    one = found[0]
    if display and one.display and plain(display) != plain(one.display):
        words = _("Koden heter %(display)s.", display=one.display)
        return Checked(False, words, one.display, one)
    return Checked(True, "", one.display, one)


def check_any(concepts: Sequence[Concept], codings: Sequence[tuple[str, str, str]]) -> Checked:
    """Of several codings (system, code, display) one is enough."""
    answers = [check(concepts, system=s, code=c, display=d) for s, c, d in codings]
    right = [one for one in answers if one.holds]
    return (right or answers or [Checked(False, _("Ange en kod."))])[0]
