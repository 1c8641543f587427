"""`$export` (HL7 Bulk Data Access 2): asked for, followed, fetched and taken back."""

from __future__ import annotations

from uuid import UUID

from samverka.config.bulk import exports
from samverka.config.invoked.everything import KINDS
from samverka.config.invoked.values import Answer, Called, Level, Operation, Parameter
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _
from samverka.resources.operations import exporting
from samverka.resources.operations.publishing import text_of
from samverka.resources.reads.bulk import export_detail, export_file
from samverka.resources.rules.bulk import (
    FORMATS,
    OPEN,
    ExportState,
    ExportWanted,
    kinds_wanted,
    manifest,
    since_wanted,
)
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.receiving import Content, object_of, objects
from samverka.web.exchange import Gone, Unreadable

JOBS = "$export-job"
"""Under this name the exports lie: `$export-job/id`, and the files of each below."""

RETRY_AFTER = "2"
"""Seconds before the client may ask again."""


def kick_off(called: Called) -> Answer:
    """202 and where to follow it; nothing is read before the answer."""
    if not called.asynchronous:
        words = _("Ett uttag görs i bakgrunden.")
        raise Unreadable(words + " " + _("Skicka Prefer: respond-async."))
    if called.said("_outputFormat") not in ("", *FORMATS):
        raise Invalid(_("Filerna är alltid %(form)s.", form=FORMATS[0]), where="_outputFormat")
    possible = KINDS if called.kind else RESOURCE_TYPES
    filters = tuple(str(one) for one in called.all("_typeFilter"))
    exports.filters_of(filters, called.actor.at)
    wanted = ExportWanted(
        kinds=kinds_wanted([str(one) for one in called.all("_type")], possible),
        since=since_wanted(called.said("_since")),
        filters=filters,
        persons=_persons(called),
        common=not called.kind,
    )
    export_id = exporting.ask_export(called.actor, wanted=wanted, request=called.url)
    where = f"{called.base}/{JOBS}/{export_id}"
    return Answer(status=202, headers={"Content-Location": where})


def _persons(called: Called) -> tuple[UUID, ...] | None:
    """Of whom: the members of a group, those who are named, or everyone."""
    named = [str(object_of(one).get("reference", one)) for one in called.all("patient")]
    if called.kind == "Group":
        group = called.house.read(called.actor, "Group", called.key)
        return tuple(_ids([*_members(group)]))
    return tuple(_ids(named)) if named else None


def _members(group: Content) -> list[str]:
    return [
        str(object_of(one.get("entity")).get("reference", ""))
        for one in objects(group.get("member") or [])
        if one.get("inactive") is not True
    ]


def _ids(references: list[str]) -> list[UUID]:
    found = []
    for one in references:
        kind, _slash, key = one.rpartition("/")
        try:
            if kind.rsplit("/", 1)[-1] == "Patient":
                found.append(UUID(key))
        except ValueError:
            continue  # a member that is no person here
    return found


# ── following, fetching, taking back ──


def job(actor: Actor, key: str, name: str, method: str, base: str) -> Answer:
    """What lies below `$export-job`: the export itself, or one of its files.

    Raises:
        NotFound: there is none of the actor's own.
        Gone: it has been taken back, or did not succeed.
    """
    export_id = _export_id(key)
    if name:
        text = export_file(actor, export_id=export_id, name=name, folder=exports.folder())
        return Answer(text=text, media=FORMATS[0])
    if method == "DELETE":
        exporting.end_export(actor, export_id=export_id, folder=exports.folder())
        return Answer(status=202)
    return _status(actor, export_id, base)


def _status(actor: Actor, export_id: UUID, base: str) -> Answer:
    found = export_detail(actor, export_id=export_id)
    if found.state in OPEN:
        progress = f"{found.place.count} resources"
        return Answer(status=202, headers={"X-Progress": progress, "Retry-After": RETRY_AFTER})
    if found.state is ExportState.ENDED:
        raise Gone(_("Uttaget är borttaget."))
    if found.state is ExportState.FAILED:
        raise Gone(_("Uttaget gick inte att göra klart. Be om ett nytt."))
    files = f"{base}/{JOBS}/{export_id}"
    content = manifest(found.place, at=found.asked_at, request=found.request, files=files)
    return Answer(text=text_of(content), media="application/json")


def _export_id(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError as problem:
        raise NotFound(_("Uttaget finns inte.")) from problem


_HL7 = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition"
_TAKES = (
    Parameter("_outputFormat", "string", "application/fhir+ndjson, the only one"),
    Parameter("_since", "instant", "only what has come or been changed then or later"),
    Parameter("_type", "string", "only these types, commas between", most=0),
    Parameter(
        "_typeFilter", "string", "Type?search: of that type only what fits one of them", most=0
    ),
)
_PATIENT = Parameter("patient", "Reference", "only about these", most=0)


def _export(
    name: str, words: str, level: Level, *types: str, also: tuple[Parameter, ...] = ()
) -> Operation:
    return Operation(
        code="export",
        definition=f"{_HL7}/{name}",
        words=words,
        levels=(level,),
        types=types,
        run=kick_off,
        takes=(*_TAKES, *also),
    )


EXPORTING = (
    _export("export", "all that the one who asks may have, as files", Level.SYSTEM),
    _export("patient-export", "all about persons that the one who asks may have, as files", Level.TYPE,
            "Patient", also=(_PATIENT,)),
    _export("group-export", "all about the members of a group that the one who asks may have, as files",
            Level.INSTANCE, "Group", also=(_PATIENT,)),
)  # fmt: skip
