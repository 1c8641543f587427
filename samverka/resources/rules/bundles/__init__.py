"""A batch or transaction: what is asked, in which order, and by which names the entries know each other."""

from samverka.resources.rules.bundles.asked import Asked, Method, read_asked
from samverka.resources.rules.bundles.links import Link, links_in, relinked
from samverka.resources.rules.bundles.reading import MAX_ENTRIES, Entry, Sent, read_bundle
from samverka.resources.rules.bundles.turns import Turn, in_turns

__all__ = [
    "MAX_ENTRIES",
    "Asked",
    "Entry",
    "Link",
    "Method",
    "Sent",
    "Turn",
    "in_turns",
    "links_in",
    "read_asked",
    "read_bundle",
    "relinked",
]
