"""Who is next when nobody opens a task. Pure."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID


def chain_of(unit_id: UUID, stand_in_id: UUID | None, fallback_id: UUID | None) -> tuple[UUID, ...]:
    """The unit, its stand-in, and the unit that takes what nobody opens; each once."""
    links = (unit_id, stand_in_id, fallback_id)
    return tuple(dict.fromkeys(link for link in links if link is not None))


def next_in_chain(chain: tuple[UUID, ...], level: int) -> UUID | None:
    """The unit after the one that has a task of this level; None at the end."""
    return chain[level + 1] if level + 1 < len(chain) else None


def is_for_manager(
    manager_at: datetime | None, seen_at: datetime | None, taken_at: datetime | None
) -> bool:
    """Whether the unit's manager must see to it: nobody in the chain has opened or taken it."""
    return manager_at is not None and seen_at is None and taken_at is None
