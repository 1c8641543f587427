"""In which order the entries of a transaction are done, so that what another names is there before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from samverka.kernel.text import text as _
from samverka.resources.rules.bundles.reading import Entry
from samverka.resources.rules.lines import Fault, Faulty


@dataclass(frozen=True, slots=True)
class Turn:
    """Entries that are done together: many that are kept, or one alone that a room takes."""

    entries: tuple[Entry, ...]
    together: bool


def in_turns(
    entries: Sequence[Entry], plain: AbstractSet[int], needs: Mapping[int, AbstractSet[int]]
) -> list[Turn]:
    """The creates and changes of a transaction, in turns.

    What is kept as it is has its id beforehand, so those may name each other in a circle. What a room takes
    is given its id by the room: then it must be there before it can be named.

    Args:
        plain: places of the entries that are kept as they are.
        needs: place -> places of the entries that it names.

    Raises:
        Faulty: entries that rooms take name each other in a circle.
    """
    left = {one.at: one for one in entries}
    turns: list[Turn] = []
    while left:
        alone = next((at for at in left if at not in plain and not _missing(at, left, needs)), None)
        if alone is not None:
            turns.append(Turn((left.pop(alone),), False))
            continue
        ready = _ready(left, plain, needs)
        if not ready:
            message = _("Posterna hänvisar till varandra i en ring som inte går att skapa.")
            mend = _("Skapa den ena först, och hänvisa till den med typ och id.")
            raise Faulty(Fault(f"Bundle.entry[{min(left)}]", message, mend))
        turns.append(Turn(tuple(left.pop(at) for at in ready), True))
    return turns


def _missing(
    at: int, left: Mapping[int, Entry], needs: Mapping[int, AbstractSet[int]]
) -> AbstractSet[int]:
    return (needs.get(at, frozenset()) & left.keys()) - {at}


def _ready(
    left: Mapping[int, Entry], plain: AbstractSet[int], needs: Mapping[int, AbstractSet[int]]
) -> list[int]:
    """All that is kept and names nothing whose id is not known yet."""
    return [
        at
        for at in left
        if at in plain and all(other in plain for other in _missing(at, left, needs))
    ]
