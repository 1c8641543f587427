"""The words of docs/reference/fhir.md, and what is written how."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def written(one: Any) -> str:
    """How one sort of a type is written over FHIR."""
    if one.kind in import_module("samverka.config.feed").FEEDS:
        return "POST, PUT by record systems"
    found = [name for name, there in (("POST", one.create), ("PUT", one.update)) if there]
    return ", ".join(found) or ("– (422)" if _some_put(one.kind) else "– (405)")


def _some_put(kind: str) -> bool:
    """Another sort of the same type is changed by PUT: then it is read who has the id, and refused in words."""
    return any(one.update for one in import_module("samverka.config.owned").OWNED[kind])


FHIR_LEAD = """`/fhir/R4/<type>/<id>` reads one resource and `PUT` changes it; `POST /fhir/R4/<type>` makes one. JSON only
(`application/fhir+json`). One is logged in by the same session as in the browser, with a chosen assignment; all that writes sends the
session's token as `X-CSRFToken`. History and tokens of the client's own are not there yet; what can be searched stands below, and
`/fhir/R4/metadata` says all of it as a CapabilityStatement. A parameter that is not understood is refused: passed over, it would find too much.

Record systems tell of stays in hospital by `POST /fhir/R4` with a Bundle, or by `PUT` and `POST` of an Encounter
([how](../how-to/tell-of-stays.md)). That needs the right to import.

A resource of a room is shown as the room shows it to this reader. Any other type is read from the shelf, word for word, under the id
that the shelf gave it or the room's own, and cannot be written (405). Who the person is (Patient) and whom the person can turn to (CareTeam of one) are read as the pages show
them: a protected person's places are left out, and a contact at social services is told only to those who may know.

`PUT` must say which version it begins from: `If-Match: W/"7"`, the `ETag` of what was read (428 without; 412 with both versions when somebody
else was first). `If-None-Match` and `If-Modified-Since` give 304; one who names the very version is shown nothing new, and that leaves no line
in the trail. What differs from what was read becomes the operations below, all or
none; an element that they do not take is told by its FHIRPath (422) and nothing is done
([0013](../adr/0013-writing-by-fhir-is-an-operation.md)). Every refusal is an OperationOutcome: 400 no R4, 401 not logged in, 403 may not,
404 not there or not to be known, 405, 409 not now, 410 has been, 415 not JSON."""
