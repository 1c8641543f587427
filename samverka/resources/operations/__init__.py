"""Every change of the shelf: publishing by the rooms, imports from outside."""

from samverka.resources.operations.publishing import OWN, publish_resource
from samverka.resources.operations.runs import run_import

__all__ = ["OWN", "publish_resource", "run_import"]
