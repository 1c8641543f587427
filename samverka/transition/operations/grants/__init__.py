"""Every change of grants."""

from samverka.transition.operations.grants.distributing import (
    decide_distribution,
    draft_distribution,
    keep_tried,
    set_published,
)
from samverka.transition.operations.grants.laying_down import (
    add_document,
    keep_population,
    register_agreement,
    set_pot,
)
from samverka.transition.operations.grants.settling import (
    award_grant,
    import_awards,
    import_movements,
    record_movement,
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
