"""Every change of the shelf: publishing by the rooms, imports from outside."""

from samverka.resources.operations.publishing import OWN, publish_resource
from samverka.resources.operations.runs import run_import
from samverka.resources.operations.taking import Taking, Takings, take_in

__all__ = ["OWN", "Taking", "Takings", "publish_resource", "run_import", "take_in"]
