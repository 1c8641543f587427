"""FHIRPath Patch (FHIR R4, fhirpatch): a Parameters resource with the steps add, insert, delete, replace, move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Faulty, Sort
from samverka.resources.rules.objects import read_object
from samverka.resources.rules.patching import changing
from samverka.resources.rules.patching.expressions import (
    Expression,
    Name,
    read_expression,
)
from samverka.resources.rules.patching.faults import unfit, wrong
from samverka.resources.rules.patching.places import Finder, Node, fields_of, root_of
from samverka.resources.rules.patching.values import Given, given_in
from samverka.resources.rules.validation import validate
from samverka.resources.rules.validation.plans import Field

MAX_STEPS = 200

_NEEDS = {
    "add": ("path", "name", "value"),
    "insert": ("path", "index", "value"),
    "delete": ("path",),
    "replace": ("path", "value"),
    "move": ("path", "source", "destination"),
}
_WHOLE = ("index", "source", "destination")


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `place`: where in the Parameters it stands."""

    type: str
    path: Expression
    place: str
    name: str = ""
    value: Given | None = None
    numbers: dict[str, int] = field(default_factory=dict)


def read_steps(text: bytes) -> list[Step]:
    """The steps of a Parameters resource.

    Raises:
        Faulty: it is no Parameters, has too many steps, or a step lacks something.
    """
    found = read_object(text)
    faults = validate(found, kind="Parameters")
    if faults:
        raise Faulty(*faults)
    parameters = found.get("parameter", [])
    if len(parameters) > MAX_STEPS:
        message = _("Ändringen har fler än %(limit)s steg.", limit=MAX_STEPS)
        raise wrong("Parameters.parameter", message, Sort.TOO_COSTLY)
    return [_step(one, f"Parameters.parameter[{at}]") for at, one in enumerate(parameters)]


def _step(parameter: dict[str, Any], place: str) -> Step:
    if parameter.get("name") != "operation":
        raise wrong(f"{place}.name", _("Varje parameter ska heta operation."))
    parts = {one["name"]: one for one in parameter.get("part", []) if "name" in one}
    kind = next((one for name, one in parts.get("type", {}).items() if name[:5] == "value"), "")
    needs = _NEEDS.get(kind) if isinstance(kind, str) else None
    if needs is None:
        known = ", ".join(_NEEDS)
        raise wrong(place, _("Stegets type ska vara en av %(known)s.", known=known))
    for name in needs:
        if name not in parts:
            raise wrong(place, _("Steget saknar %(name)s.", name=name))
    return Step(
        type=kind,
        path=read_expression(parts["path"].get("valueString"), place),
        place=place,
        name=_word(parts["name"], place) if "name" in needs else "",
        value=given_in(parts["value"]) if "value" in needs else None,
        numbers={name: _whole(parts[name], place) for name in needs if name in _WHOLE},
    )


def _word(part: dict[str, Any], place: str) -> str:
    found = part.get("valueString")
    if not isinstance(found, str):
        raise wrong(place, _("Steget saknar %(name)s.", name="name"))
    return found


def _whole(part: dict[str, Any], place: str) -> int:
    found = part.get("valueInteger", part.get("valueUnsignedInt", part.get("valuePositiveInt")))
    if not isinstance(found, int) or found < 0:
        raise wrong(place, _("Platsen i listan ska vara ett heltal från 0."))
    return found


def apply(content: dict[str, Any], steps: Sequence[Step]) -> None:
    """Change a resource, step by step.

    Raises:
        Faulty: a step names what R4 does not have.
        Unfit: a step names nothing, or several, in this resource.
    """
    finder = Finder()
    for step in steps:
        _TAKEN[step.type](root_of(content), step, finder)


def _add(root: Node, step: Step, finder: Finder) -> None:
    node = _single(finder.find(root, step.path, step.place), step.place)
    assert step.value is not None
    one = _field_for(node, step.name, step.value, step.place)
    if one.many:
        changing.insert(node, one, None, step.value.to_field(one, step.place), step.place)
        return
    if any(changing.has(node, other) for other in fields_of(node, step.name, step.place)):
        raise unfit(
            step.place, _("Elementet finns redan och kan bara finnas en gång. Använd replace.")
        )
    changing.put(node, one, step.value.to_field(one, step.place))


def _insert(root: Node, step: Step, finder: Finder) -> None:
    assert step.value is not None
    node, one = _list(root, step, finder)
    value = step.value.to_field(one, step.place)
    changing.insert(node, one, step.numbers["index"], value, step.place)


def _delete(root: Node, step: Step, finder: Finder) -> None:
    found = finder.find(root, step.path, step.place)
    if found:  # what is not there needs no deleting
        node = _single(found, step.place)
        _inner(node, step.place)
        changing.remove(node)


def _replace(root: Node, step: Step, finder: Finder) -> None:
    assert step.value is not None
    node = _single(finder.find(root, step.path, step.place), step.place)
    above, one = _inner(node, step.place)
    if one.choice:
        new = _field_for(above, one.choice, step.value, step.place)
        value = step.value.to_field(new, step.place)
        changing.drop(above, one)
        changing.put(above, new, value)
    else:
        changing.replace(node, step.value.to_field(one, step.place))


def _move(root: Node, step: Step, finder: Finder) -> None:
    node, one = _list(root, step, finder)
    changing.move(node, one, step.numbers["source"], step.numbers["destination"], step.place)


_TAKEN = {
    "add": _add,
    "insert": _insert,
    "delete": _delete,
    "replace": _replace,
    "move": _move,
}


def _single(found: Sequence[Node], place: str) -> Node:
    if not found:
        raise unfit(place, _("Sökvägen leder inte till något i den här resursen."))
    if len(found) > 1:
        raise unfit(place, _("Sökvägen träffar flera element. Ange vilket."))
    return found[0]


def _inner(node: Node, place: str) -> tuple[Node, Field]:
    if node.above is None or node.field is None:
        raise unfit(place, _("Hela resursen kan inte ändras så. Använd PUT eller DELETE."))
    return node.above, node.field


def _list(root: Node, step: Step, finder: Finder) -> tuple[Node, Field]:
    """A list by the path to it, even if it is not there yet."""
    *before, last = step.path.steps
    if not isinstance(last, Name):
        raise wrong(step.place, _("Sökvägen ska sluta med namnet på en lista."))
    above = [root]
    if before:
        above = finder.find(root, Expression(tuple(before), ""), step.place)
    node = _single(above, step.place)
    [one, *_others] = fields_of(node, last.name, step.place)
    if not one.many:
        raise wrong(step.place, _("Sökvägen ska sluta med namnet på en lista."))
    return node, one


def _field_for(node: Node, name: str, value: Given, place: str) -> Field:
    """The element that the value is for; of a choice the one of its type."""
    found = fields_of(node, name, place)
    if len(found) == 1:
        return found[0]
    for one in found:
        if str(one.name) == f"{one.choice}{value.kind}":
            return one
    raise wrong(place, _("Elementet kan inte ha ett värde av den typen."))
