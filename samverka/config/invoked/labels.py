"""`$meta`: what is said about a resource or a type as a whole: profiles, tags, security labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samverka.config.invoked.values import Answer, Called, Level, Operation, Parameter
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.operations.publishing import text_of
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.receiving import Content, object_of, objects

LISTS = ("profile", "security", "tag")


def show(called: Called) -> Answer:
    """The labels of one resource as it stands; of a type or of the whole system all that are used."""
    if not called.key:
        kinds = [called.kind] if called.kind else sorted(RESOURCE_TYPES)
        return _answer(_together(called.house.labels(called.actor, kinds)))
    return _answer(object_of(called.house.read(called.actor, called.kind, called.key).get("meta")))


def _together(metas: Sequence[Content]) -> dict[str, Any]:
    """Each label once."""
    made: dict[str, Any] = {}
    for name in LISTS:
        found: list[Any] = []
        for meta in metas:
            found += [one for one in meta.get(name) or [] if not _among(one, found)]
        if found:
            made[name] = sorted(found, key=_order)
    return made


def _order(one: Any) -> tuple[str, str]:
    return ("", one) if isinstance(one, str) else (one.get("system", ""), one.get("code", ""))


def add(called: Called) -> Answer:
    """Put labels on one that is kept; those that it has stay."""
    given = _given(called)
    stands = called.house.read(called.actor, called.kind, called.key)
    meta = dict(object_of(stands.get("meta")))
    for name in LISTS:
        had = list(meta.get(name) or [])
        meta[name] = had + [one for one in given.get(name) or [] if not _among(one, had)]
    return _written(called, stands, meta)


def take_away(called: Called) -> Answer:
    """Take labels off one that is kept; those that it has not are passed over."""
    given = _given(called)
    stands = called.house.read(called.actor, called.kind, called.key)
    meta = dict(object_of(stands.get("meta")))
    for name in LISTS:
        meta[name] = [one for one in meta.get(name) or [] if not _among(one, given.get(name) or [])]
    return _written(called, stands, meta)


def _written(called: Called, stands: Content, meta: dict[str, Any]) -> Answer:
    version = str(meta.get("versionId", ""))
    kept = {name: value for name, value in meta.items() if value}
    changed = {**stands, "meta": kept}
    called.house.write(
        called.actor, called.kind, called.key, text_of(changed), version, called.base
    )
    now = called.house.read(called.actor, called.kind, called.key)
    return _answer(object_of(now.get("meta")))


def _given(called: Called) -> Content:
    for one in called.all("meta"):
        if isinstance(one, dict):
            return one
    raise Invalid(_("Skicka meta som valueMeta i Parameters."), where="meta")


def _among(one: Any, found: list[Any]) -> bool:
    if isinstance(one, str):
        return one in found
    named = (one.get("system"), one.get("code"))
    return any((each.get("system"), each.get("code")) == named for each in objects(found))


def _answer(meta: Content) -> Answer:
    parameter = [{"name": "return", "valueMeta": dict(meta)}] if meta else []
    return Answer({"resourceType": "Parameters", "parameter": parameter or None})


_HL7 = "http://hl7.org/fhir/OperationDefinition/Resource-"
_META = Parameter("meta", "Meta", "profiles, tags and security labels", 1)
_RETURN = (Parameter("return", "Meta", "what it has now", 1),)

LABELS = (
    Operation(
        code="meta", definition=f"{_HL7}meta",
        words="profiles, tags and security labels of a resource, or all that a type or the system uses",
        levels=(Level.SYSTEM, Level.TYPE, Level.INSTANCE), run=show, gives=_RETURN,
    ),
    Operation(
        code="meta-add", definition=f"{_HL7}meta-add", words="put labels on a resource that is kept",
        levels=(Level.INSTANCE,), run=add, get=False, changes=True, takes=(_META,), gives=_RETURN,
    ),
    Operation(
        code="meta-delete", definition=f"{_HL7}meta-delete",
        words="take labels off a resource that is kept",
        levels=(Level.INSTANCE,), run=take_away, get=False, changes=True, takes=(_META,), gives=_RETURN,
    ),
)  # fmt: skip
