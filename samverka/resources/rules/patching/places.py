"""Places in a resource that an expression names: each knows what it stands in, so it can be changed there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.lines import Sort
from samverka.resources.rules.patching.expressions import (
    At,
    Both,
    Call,
    Condition,
    Expression,
    Literal,
    Name,
    Step,
)
from samverka.resources.rules.patching.faults import unfit, wrong
from samverka.resources.rules.validation.plans import Field, Form, Plan, plan_of

MAX_LOOKS = 100_000
"""Elements that the steps of one patch may look at together."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element.

    Attributes:
        plan: what its object may hold; that of a primitive is its id and extensions.
        above: what it stands in; None for the resource.
        name: its JSON name there.
        index: its place in a list; None for what is alone.
        field: how it is defined; None for the resource.
    """

    plan: Plan
    value: Any
    above: Node | None = None
    name: str = ""
    index: int | None = None
    field: Field | None = None

    @property
    def is_primitive(self) -> bool:
        """Whether it is a single value, with its extensions beside it."""
        return self.field is not None and self.field.form is Form.PRIMITIVE

    @property
    def content(self) -> dict[str, Any]:
        """The names that stand in it: of a primitive those beside it."""
        found = self.beside() if self.is_primitive else self.value
        return found if isinstance(found, dict) else {}

    def beside(self) -> Any:
        """`_birthDate` of birthDate."""
        if self.above is None:
            return None
        found = self.above.content.get(f"_{self.name}")
        if self.index is None:
            return found
        return found[self.index] if isinstance(found, list) and self.index < len(found) else None


def root_of(content: dict[str, Any]) -> Node:
    """The resource itself."""
    return Node(plan_of(content["resourceType"]), content)


class Finder:
    """Finds places, and counts how much it has looked at."""

    def __init__(self) -> None:
        self._looked = 0

    def find(self, root: Node, path: Expression, place: str) -> list[Node]:
        """Every element that a path names.

        Raises:
            Faulty: a name that R4 does not have there.
            Unfit: the patch looks at too much.
        """
        steps = path.steps
        first = steps[0]
        if isinstance(first, Name) and first.name in (
            root.plan.name, "Resource", "DomainResource", "$this",
        ):  # fmt: skip
            steps = steps[1:]
        return self.follow([root], steps, place)

    def follow(self, nodes: list[Node], steps: Iterable[Step], place: str) -> list[Node]:
        """The elements after some more steps."""
        for step in steps:
            if isinstance(step, Name):
                nodes = [found for one in nodes for found in self._under(one, step.name, place)]
            elif isinstance(step, At):
                nodes = nodes[step.index : step.index + 1]
            else:
                nodes = self._called(nodes, step, place)
            self._count(len(nodes))
        return nodes

    def _count(self, number: int) -> None:
        self._looked += number + 1
        if self._looked > MAX_LOOKS:
            raise unfit("", _("Ändringen måste leta igenom för mycket."), Sort.TOO_COSTLY)

    def _under(self, node: Node, name: str, place: str) -> list[Node]:
        if name == "$this":
            return [node]
        made: list[Node] = []
        for one in fields_of(node, name, place):
            made += children(node, one)
        return made

    def _called(self, nodes: list[Node], call: Call, place: str) -> list[Node]:
        if call.name == "where":
            assert call.condition is not None
            return [one for one in nodes if self._holds(one, call.condition, place)]
        if call.name == "extension":
            return [
                found
                for one in nodes
                for found in self._under(one, "extension", place)
                if found.content.get("url") == call.word
            ]
        if call.name in ("ofType", "as"):
            return [one for one in nodes if _is_of(one, call.word)]
        if call.name == "single" and len(nodes) > 1:
            raise unfit(place, _("Sökvägen träffar flera element. Ange vilket."))
        if call.name == "exists":
            raise wrong(place, _("Sökvägen ska leda till ett element."))
        return nodes[-1:] if call.name == "last" else nodes[:1]

    def _holds(self, node: Node, condition: Condition, place: str) -> bool:
        if isinstance(condition, Both):
            held = (self._holds(node, one, place) for one in condition.parts)
            return all(held) if condition.every else any(held)
        left = self._values(node, condition.left, place)
        right = self._values(node, condition.right, place)
        if not left or not right:
            return False
        same = len(left) == len(right) and all(map(_same, left, right))
        return same == (condition.operator == "=")

    def _values(self, node: Node, side: Expression | Literal, place: str) -> list[Any]:
        self._count(1)
        if isinstance(side, Literal):
            return [side.value]
        *steps, last = side.steps
        if isinstance(last, Call) and last.name == "exists":
            return [bool(self.follow([node], steps, place))]
        return [one.value for one in self.follow([node], side.steps, place)]


def _same(one: object, other: object) -> bool:
    """Equal as FHIRPath says it of the values that JSON has: 1 and 1.0 are, 1 and true are not."""
    numbers = int | Decimal
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, numbers) and isinstance(other, numbers):
        return one == other
    return type(one) is type(other) and one == other


def _is_of(node: Node, kind: str) -> bool:
    if node.field is not None and node.field.form is not Form.RESOURCE:
        return node.field.kind == kind
    return bool(node.plan.name == kind)


def fields_of(node: Node, name: str, place: str) -> list[Field]:
    """How an element of that name is defined there: one, or one for each type of a choice.

    Raises:
        Faulty: R4 has no such element there.
    """
    found = [
        one
        for one in node.plan.fields.values()
        if one.form is not Form.SHADOW and (one.choice or one.name) == name
    ]
    exact = node.plan.fields.get(name)
    if not found and exact is not None and exact.form is not Form.SHADOW:
        found = [exact]  # by its name in JSON, as many write it
    if not found:
        raise wrong(place, _("Elementet %(name)s finns inte där i FHIR R4.", name=name[:64]))
    return found


def children(node: Node, field: Field) -> list[Node]:
    """What stands under a name."""
    content, name = node.content, str(field.name)
    value = content.get(name)
    if not field.many:
        there = name in content or (field.form is Form.PRIMITIVE and f"_{name}" in content)
        return [Node(plan_for(field, value), value, node, name, None, field)] if there else []
    values = value if isinstance(value, list) else []
    if not values and isinstance(content.get(f"_{name}"), list):
        values = [None] * len(content[f"_{name}"])
    return [Node(plan_for(field, one), one, node, name, at, field) for at, one in enumerate(values)]


_ELEMENT = "Element"


def plan_for(field: Field, value: object) -> Plan:
    """What may stand in an element."""
    if field.form is Form.PRIMITIVE:
        return plan_of(_ELEMENT)
    if field.form is Form.RESOURCE:
        kind = value.get("resourceType") if isinstance(value, dict) else None
        return plan_of(kind if kind in RESOURCE_TYPES else "Resource")
    return field.plan
