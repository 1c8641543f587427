"""What the engagement index is told: written down in its transaction, taken to be sent, and what came of it."""

from samverka.rivta.operations.telling import (
    Told,
    note_sent,
    note_untaken,
    take_index_tasks,
)

__all__ = ["Told", "note_sent", "note_untaken", "take_index_tasks"]
