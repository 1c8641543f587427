"""The one list of operations: who answers an address is looked up here, and the CapabilityStatement is made of it."""

from __future__ import annotations

from samverka.config.invoked.documents import DOCUMENTS
from samverka.config.invoked.everything import EVERYTHING
from samverka.config.invoked.exporting import EXPORTING
from samverka.config.invoked.importing import IMPORTING
from samverka.config.invoked.labels import LABELS
from samverka.config.invoked.populating import POPULATING
from samverka.config.invoked.subscribing import SUBSCRIBED
from samverka.config.invoked.taking import TAKING
from samverka.config.invoked.terminology import TERMINOLOGY
from samverka.config.invoked.validating import VALIDATION
from samverka.config.invoked.values import Operation

OPERATIONS: tuple[Operation, ...] = (
    *VALIDATION,
    *EVERYTHING,
    *EXPORTING,
    *IMPORTING,
    *TAKING,
    *DOCUMENTS,
    *TERMINOLOGY,
    *POPULATING,
    *LABELS,
    *SUBSCRIBED,
)


def named(code: str, kind: str = "", key: str = "") -> Operation | None:
    """The operation by a name that can be called at an address; None if there is none."""
    return next((one for one in OPERATIONS if one.code == code and one.at(kind, key)), None)


def of_type(kind: str) -> tuple[Operation, ...]:
    """Those that can be called on a type or on one of it; "" for those of the whole system."""
    return tuple(one for one in OPERATIONS if one.at(kind, "") or (kind and one.at(kind, "1")))
