"""The gate against the database: what holds between a reader and persons, and the gate as a filter.

`visible` says as a filter what `rules.decide` says of one record. A property test over random worlds
holds them together; whoever changes one changes the other.
"""

from samverka.access.gate.filter import visible
from samverka.access.gate.narrowed import lets, look_ahead
from samverka.access.gate.narrowed import narrowed as as_let
from samverka.access.gate.standing import (
    asked,
    own_standings,
    reachable_persons,
    reached,
    standings,
    told,
)

__all__ = [
    "as_let",
    "asked",
    "lets",
    "look_ahead",
    "own_standings",
    "reachable_persons",
    "reached",
    "standings",
    "told",
    "visible",
]
