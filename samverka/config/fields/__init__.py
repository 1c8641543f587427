"""What every field of every table says, and about whom: for logs, exports and the answer to a person.

A house test fails for a field without a class, so nobody adds one without having thought of it.
"""

from __future__ import annotations

from samverka.config.fields.floor import FLOOR
from samverka.config.fields.kinds import HEALTH, IDENTITY, FieldClass
from samverka.config.fields.processes import PROCESSES
from samverka.config.fields.records import RECORDS

__all__ = ["FIELDS", "FieldClass", "names_someone"]

FIELDS: dict[str, dict[str, FieldClass]] = FLOOR | RECORDS | PROCESSES
"""Model → field → class. One table, so that one who does not program can read it through."""


def names_someone(label: str, field: str) -> bool:
    """Whether the value may not stand in a log or leave in an export without names.

    A field that is not in the table counts as one that names someone: closed by default.
    """
    return FIELDS.get(label, {}).get(field, IDENTITY) in (IDENTITY, HEALTH)
