"""Swedish identity numbers: reading, showing, age and sex, and their names in messages."""

from samverka.kernel.identity.age import age, birthday, turns
from samverka.kernel.identity.hsa import is_hsa_id, same_hsa_id
from samverka.kernel.identity.kinds import (
    PERSON_KINDS,
    IdentityKind,
    ReserveDomain,
    Sex,
    kind_label,
    kind_of_system,
)
from samverka.kernel.identity.number import IdentityNumber
from samverka.kernel.identity.parse import identity_from_system, parse_identity

__all__ = [
    "PERSON_KINDS",
    "IdentityKind",
    "IdentityNumber",
    "ReserveDomain",
    "Sex",
    "age",
    "birthday",
    "identity_from_system",
    "is_hsa_id",
    "kind_label",
    "kind_of_system",
    "parse_identity",
    "same_hsa_id",
    "turns",
]
