"""Every change of grants."""

from samverka.transition.operations.grants.awarding import (
    award_grant,
    award_period,
    award_shares,
    import_awards,
)
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
    set_area,
    set_pot,
)
from samverka.transition.operations.grants.settling import (
    import_movements,
    record_movement,
)

__all__ = [
    "add_document",
    "award_grant",
    "award_period",
    "award_shares",
    "decide_distribution",
    "draft_distribution",
    "import_awards",
    "import_movements",
    "keep_population",
    "keep_tried",
    "record_movement",
    "register_agreement",
    "set_area",
    "set_pot",
    "set_published",
]
