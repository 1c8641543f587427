"""Every change in the room: `reports…`, `targets`, `grants…`."""

from samverka.transition.operations.grants import (
    add_document,
    award_grant,
    decide_distribution,
    draft_distribution,
    import_awards,
    import_movements,
    keep_population,
    keep_tried,
    record_movement,
    register_agreement,
    set_pot,
    set_published,
)

__all__ = [
    "add_document",
    "award_grant",
    "decide_distribution",
    "draft_distribution",
    "import_awards",
    "import_movements",
    "keep_population",
    "keep_tried",
    "record_movement",
    "register_agreement",
    "set_pot",
    "set_published",
]
