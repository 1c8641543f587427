"""A resource changed by steps that a client sends: JSON Patch (RFC 6902) and FHIRPath Patch (FHIR R4).

What the steps do not touch keeps its letters: 72.50 stays 72.50. All steps are taken, or none.
"""

from __future__ import annotations

from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Fault
from samverka.resources.rules.objects import read_object, write_object
from samverka.resources.rules.patching import fhirpath_patch, json_patch
from samverka.resources.rules.patching.faults import Unfit

__all__ = ["FHIRPATH_PATCH", "JSON_PATCH", "Unfit", "patched"]

JSON_PATCH = "application/json-patch+json"
FHIRPATH_PATCH = "application/fhir+json"
"""Media types of the two kinds of patch."""


def patched(text: bytes, patch: bytes, media: str) -> bytes:
    """The resource as it is after the patch.

    Args:
        text: the resource as it stands.
        media: `JSON_PATCH`; anything else is a Parameters resource.

    Raises:
        Faulty: the patch itself is not right.
        Unfit: it is right, but this resource cannot be changed so.
    """
    content = read_object(text)
    before = content.get("resourceType"), content.get("id")
    if media == JSON_PATCH:
        content = json_patch.applied(content, json_patch.read_steps(patch), size=len(text))
    else:
        fhirpath_patch.apply(content, fhirpath_patch.read_steps(patch))
    if (content.get("resourceType"), content.get("id")) != before:
        raise Unfit(Fault("id", _("Resursens typ och id kan inte ändras.")))
    return write_object(content)
