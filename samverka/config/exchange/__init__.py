"""FHIR in and out of the house: what a room owns goes through the room, all else is kept on the shelf.

A room's resource is read as the room shows it to this reader: of a plan, what has been disclosed to the
own care provider. For those who keep it that is what lies on the shelf, to the letter.

What is written becomes the room's operations, in one act. The result is then compared with what was sent:
what the operations did not take is told by its FHIRPath, and nothing is done. What no room owns is kept word for word.
"""

from __future__ import annotations

from samverka.config.exchange.bundles import bundle
from samverka.config.exchange.feeding import feeds
from samverka.config.exchange.history import history
from samverka.config.exchange.operating import described, operate, state
from samverka.config.exchange.patching import patch
from samverka.config.exchange.reading import knows, read, vread
from samverka.config.exchange.writing import (
    create,
    delete,
    delete_where,
    methods,
    update,
    update_where,
)
from samverka.config.feed import feed
from samverka.config.searching import search
from samverka.web.exchange import Exchange

FHIR = Exchange(
    knows=knows,
    methods=methods,
    read=read,
    vread=vread,
    history=history,
    create=create,
    update=update,
    update_where=update_where,
    delete=delete,
    delete_where=delete_where,
    search=search,
    feeds=feeds,
    feed=feed,
    patch=patch,
    bundle=bundle,
    capability=state,
    described=described,
    operate=operate,
)
"""What `SAMVERKA_FHIR_FOR` names."""

__all__ = [
    "FHIR",
    "bundle",
    "create",
    "delete",
    "delete_where",
    "history",
    "patch",
    "read",
    "update",
    "update_where",
    "vread",
]
