"""Every change of the shelf: publishing by the rooms, imports from outside."""

from samverka.resources.operations.publishing import OWN, publish_resource

__all__ = ["OWN", "publish_resource"]
