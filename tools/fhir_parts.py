"""The words of docs/reference/fhir.md, and what is written how."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def written(one: Any) -> str:
    """How one sort of a type is written over FHIR."""
    if one.kind in import_module("samverka.config.feed").FEEDS:
        return "POST, PUT by record systems"
    found = [name for name, there in (("POST", one.create), ("PUT", one.update)) if there]
    return ", ".join(found) or "– (422)"


FHIR_LEAD = """`/fhir/R4/<type>/<id>` reads one resource, `PUT` changes it, `DELETE` takes it away; `POST /fhir/R4/<type>` makes one. Every type
of R4 is taken. JSON only (`application/fhir+json`; 406 for XML). One is let in by a token (SMART), or by the same session as in the browser
with a chosen assignment; by a session all that writes sends its token as `X-CSRFToken`. `/fhir/R4/metadata` says all of it as a CapabilityStatement,
`/fhir/R4/openapi.json` as OpenAPI.

**What a room owns** (the table below) is shown as the room shows it to this reader, and written by the room's operations. What differs from
what was read becomes those operations, all or none; an element that they do not take is told by its FHIRPath (422) and nothing is done
([0013](../adr/0013-writing-by-fhir-is-an-operation.md)). It is not deleted: it ends by a step.

**Everything else is kept** word for word, at the writer's unit. It is about one person whom the house knows and whom the writer has to do
with (`subject`, `patient` … as Patient/id or by identity number), or of a type that may be about nobody (`resources/rules/keeping.py`
says which and why): definitions and directory are read by all staff, the rest within the care provider. What no room makes of a room's type –
an Observation, a CarePlan of another sort, a Task – is kept too. What came by an import is read under the id that the shelf gave it,
its references by our addresses where they lead to something that is here, and is changed where it came from (422). Record systems that import tell of persons and stays as before ([how](../how-to/tell-of-stays.md)).

`ETag`, `meta.versionId` and `_history/<n>` are one number. `id`, `meta.versionId` and `meta.lastUpdated` are the server's, every other letter the
sender's. Of a plan that was *given* to the reader's care provider there is the version that was given (`W/"g3"`), and no other. What has
no number on the shelf (messages of a case, a meeting's answers) has one of its own, and no history.

`PUT` and `DELETE` of CarePlan, Goal, CareTeam, Task and of what a room owns say which version they begin from: `If-Match: W/"7"` (428 without);
of the rest they may. 412 with both versions when somebody else was first. `If-None-Match` and `If-Modified-Since` give 304; one who names
the very version is shown nothing new, and that leaves no line in the trail. `Prefer: return=minimal|representation|OperationOutcome`;
`handling=lenient` keeps what is right in its parts but does not fit together, with a warning (a room never takes it). gzip in and out.

Every refusal is an OperationOutcome: 400 no R4, 401 not logged in, 403 may not, 404 not there or not to be known, 405, 406, 409 not now, 410 has
been, 412, 413 too large, 415 not JSON, 422 a rule, 428."""
