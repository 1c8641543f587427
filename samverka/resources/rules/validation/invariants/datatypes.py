"""Invariants of datatypes, and of every resource."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Sort
from samverka.resources.rules.times import starts_after_end
from samverka.resources.rules.validation.invariants.kit import (
    Broken,
    Rule,
    Value,
    apart,
    has,
    needs,
    objects,
    one_of,
    part,
    said,
    some,
)
from samverka.resources.rules.validation.words import Words

UCUM = "http://unitsofmeasure.org"
"""The system of units that the standard asks for."""

INHERITED = frozenset({"Quantity"})
"""Datatypes whose rules hold for those that derive from them."""

_BACKWARDS: Words = (Sort.VALUE, _("Slutet ligger före början."), None)
_TURNED = said("rng-2", _("Det lägsta värdet är högre än det högsta."))
_FOREIGN_UNIT = said("ucum", _("Enheten ska vara ur UCUM."))
_NEGATIVE = said("tim-4", _("Talet får inte vara mindre än noll."))
_NO_MEAL = said("tim-9", _("offset måste ha en händelse (when) som inte är en måltid."))
_NOT_ONE = said("cnt-3", _("Ett antal är ett heltal med koden 1."))
_AGE = said("age-1", _("En ålder är större än noll."))
_META = said("dom-4", _("En innesluten resurs har inte versionId, lastUpdated eller security."))


def number(value: Any) -> Decimal | None:
    """A number that can be compared."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


def _period(value: Value) -> Broken | None:
    start, end = value.get("start"), value.get("end")
    if isinstance(start, str) and isinstance(end, str) and starts_after_end(start, end):
        return "", _BACKWARDS
    return None


def _range(value: Value) -> Broken | None:
    low, high = part(value, "low"), part(value, "high")
    least, most = number(low.get("value")), number(high.get("value"))
    if least is None or most is None or low.get("code") != high.get("code"):
        return None
    return ("", _TURNED) if least > most and low.get("unit") == high.get("unit") else None


def _ratio(value: Value) -> Broken | None:
    first, second = has(value, "numerator"), has(value, "denominator")
    if first != second or not (first or has(value, "extension")):
        return "", _RATIO
    return None


_RATIO = said("rat-1", _("Täljare och nämnare ska båda finnas."))


def _ucum(value: Value) -> Broken | None:
    system = value.get("system")
    return ("system", _FOREIGN_UNIT) if isinstance(system, str) and system != UCUM else None


def _unit(key: str) -> tuple[Rule, ...]:
    return needs(key, "value", "code"), _ucum


def _age(value: Value) -> Broken | None:
    found = number(value.get("value"))
    return ("value", _AGE) if found is not None and found <= 0 else None


def _count(value: Value) -> Broken | None:
    if value.get("code", "1") != "1":
        return "code", _NOT_ONE
    return ("value", _NOT_ONE) if "." in str(value.get("value", "")) else None


def _not_negative(name: str) -> Rule:
    def rule(value: Value) -> Broken | None:
        found = number(value.get(name))
        return (name, _NEGATIVE) if found is not None and found < 0 else None

    return rule


def _offset(value: Value) -> Broken | None:
    if not has(value, "offset"):
        return None
    when = value.get("when")
    codes = when if isinstance(when, list) else []
    return None if codes and not {"C", "CM", "CD", "CV"} & set(map(str, codes)) else (
        "offset", _NO_MEAL,
    )  # fmt: skip


def _contained_meta(value: Value) -> Broken | None:
    if "contained" not in value:
        return None
    for one in objects(value, "contained"):
        if {"versionId", "lastUpdated", "security"} & part(one, "meta").keys():
            return "contained", _META
    return None


EVERY_RESOURCE: tuple[Rule, ...] = (_contained_meta,)
"""dom-4 and dom-5; dom-2, dom-3 and ref-1 are seen on the way (`visit`)."""

RULES: dict[str, tuple[Rule, ...]] = {
    "Age": (*_unit("age-1"), _age),
    "Attachment": (needs("att-1", "data", "contentType"),),
    "ContactPoint": (needs("cpt-2", "value", "system"),),
    "Count": (needs("cnt-3", "value", "code"), _ucum, _count),
    "DataRequirement.codeFilter": (one_of("drq-1", "path", "searchParam"),),
    "DataRequirement.dateFilter": (one_of("drq-2", "path", "searchParam"),),
    "Distance": _unit("dis-1"),
    "Duration": (
        needs("drt-1", "code", "value"),
        needs("drt-1", "code", "system"),
        _ucum,
    ),
    "Expression": (some("exp-1", "expression", "reference"),),
    "Extension": (one_of("ext-1", "extension", "value[x]"),),
    "Period": (_period,),
    "Quantity": (needs("qty-3", "code", "system"),),
    "Range": (_range,),
    "Ratio": (_ratio,),
    "Timing.repeat": (
        needs("tim-1", "duration", "durationUnit"),
        needs("tim-2", "period", "periodUnit"),
        needs("tim-6", "periodMax", "period"),
        needs("tim-7", "durationMax", "duration"),
        needs("tim-8", "countMax", "count"),
        apart("tim-10", "timeOfDay", "when"),
        _not_negative("duration"),
        _not_negative("period"),
        _offset,
    ),
    "TriggerDefinition": (
        apart("trd-1", "data", "timing[x]"),
        needs("trd-2", "condition", "data"),
    ),
}
"""Datatype or part of one -> its invariants."""
