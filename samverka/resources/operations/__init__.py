"""Every change of the shelf: publishing by the rooms, imports from outside."""

from samverka.resources.operations.keeping import (
    KeptDetail,
    Overtaken,
    keep_resource,
    remove_resource,
)
from samverka.resources.operations.publishing import OWN, publish_resources
from samverka.resources.operations.reindexing import index_again, to_index
from samverka.resources.operations.runs import run_import
from samverka.resources.operations.taking import Taking, Takings, take_in

__all__ = [
    "OWN",
    "KeptDetail",
    "Overtaken",
    "Taking",
    "Takings",
    "index_again",
    "keep_resource",
    "publish_resources",
    "remove_resource",
    "run_import",
    "take_in",
    "to_index",
]
