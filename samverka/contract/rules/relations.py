"""Why a unit has to do with a person, in the unit's own words. Pure."""

from __future__ import annotations

from samverka.access.rules import RelationKind
from samverka.kernel.actor import Branch
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

RELATION_WORDS: dict[RelationKind, Text] = {
    RelationKind.LISTED: _("Listad hos oss"),
    RelationKind.CARE: _("Patient hos oss"),
    RelationKind.SOCIAL_SERVICE: _("Har insatser från oss"),
    RelationKind.INVESTIGATION: _("Vi utreder behov"),
    RelationKind.SCHOOL: _("Elev hos oss"),
    RelationKind.PLAN: _("Deltar eller har deltagit i personens plan"),
}

KINDS_OF_BRANCH: dict[Branch, tuple[RelationKind, ...]] = {
    Branch.HEALTH: (RelationKind.CARE, RelationKind.LISTED),
    Branch.SCHOOL_HEALTH: (RelationKind.SCHOOL,),
    Branch.SOCIAL: (RelationKind.INVESTIGATION, RelationKind.SOCIAL_SERVICE),
    Branch.IFO: (RelationKind.INVESTIGATION, RelationKind.SOCIAL_SERVICE),
}
"""What a unit of the branch can begin by itself (PDL 4:1; SVOD 3:1-2)."""
