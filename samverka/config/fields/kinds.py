"""The classes of a field, and how a table is written."""

from __future__ import annotations

from enum import StrEnum


class FieldClass(StrEnum):
    """What someone who sees the value alone learns."""

    IDENTITY = "identity"  # who a person is: names, numbers, birth, address, the key that joins
    HEALTH = (
        "health"  # what care or social services know of a person (GDPR art. 9, OSL 25–26 chap.)
    )
    STAFF = "staff"  # who of the staff did something
    PLAIN = "plain"  # nothing about anyone


IDENTITY, HEALTH, STAFF, PLAIN = FieldClass


def table(**by_class: str) -> dict[str, FieldClass]:
    """Class → names with spaces between: field → class."""
    return {name: FieldClass(kind) for kind, names in by_class.items() for name in names.split()}


HELD = "branch published provider unit"
RECEIVED = "id source source_id version received_at"
NOTED = "id noted_at withdrawn_at source source_id"
WITHHELD = "not_for_patient not_for_patient_reason"
