"""Values that a FHIRPath Patch carries in a Parameters resource, turned to what stands in the JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules.patching.faults import wrong
from samverka.resources.rules.validation.plans import Field, Form, Plan


@dataclass(frozen=True, slots=True)
class Given:
    """One value.

    Attributes:
        kind: as its name in JSON says: "Quantity" of valueQuantity; "" for parts.
        plain: the value; None for parts, and for a primitive that has only extensions.
        beside: id and extensions of a primitive.
        parts: of an element without a type of its own: its elements, each a part.
    """

    kind: str = ""
    plain: Any = None
    beside: dict[str, Any] | None = None
    parts: tuple[dict[str, Any], ...] = ()

    def to_field(self, one: Field, place: str) -> tuple[Any, dict[str, Any] | None]:
        """The value for an element, and what stands beside it.

        Raises:
            Faulty: the parts name what the element does not have, or a value lies where an object belongs.
        """
        if self.parts and one.form is Form.OBJECT:
            return _built(self.parts, one.plan, place), None
        is_object = one.form is not Form.PRIMITIVE
        if self.parts or is_object != isinstance(self.plain, dict):
            raise wrong(place, _("Elementet kan inte ha ett värde av den typen."))
        return self.plain, self.beside


def given_in(part: dict[str, Any]) -> Given:
    """The value of a part of a Parameters."""
    if "part" in part:
        return Given(parts=tuple(part["part"]))
    if "resource" in part:
        return Given("Resource", part["resource"])
    names = (name for name in part if name.lstrip("_").startswith("value"))
    kind = next(names, "").lstrip("_").removeprefix("value")
    return Given(kind, part.get(f"value{kind}"), part.get(f"_value{kind}"))


def _built(parts: tuple[dict[str, Any], ...], plan: Plan, place: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for part in parts:
        name, given = str(part.get("name", "")), given_in(part)
        one = plan.fields.get(name) or plan.fields.get(f"{name}{given.kind}")
        if one is None or one.form is Form.SHADOW:
            raise wrong(place, _("Elementet %(name)s finns inte där i FHIR R4.", name=name[:64]))
        key = str(one.name)
        value, beside = given.to_field(one, place)
        if one.many:
            _append(made, key, value, beside)
        elif key in made or f"_{key}" in made:
            raise wrong(place, _("Elementet %(name)s får bara stå en gång.", name=name[:64]))
        else:
            made |= {key: value} if value is not None else {}
            made |= {f"_{key}": beside} if beside else {}
    return made


def _append(made: dict[str, Any], key: str, value: Any, beside: dict[str, Any] | None) -> None:
    before = len(made.setdefault(key, []))
    made[key].append(value)
    if beside or f"_{key}" in made:
        made.setdefault(f"_{key}", [None] * before).append(beside)
