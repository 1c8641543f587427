"""An element put in, moved or taken away; what a primitive has beside it goes along, nothing empty is left."""

from __future__ import annotations

from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules.patching.faults import unfit
from samverka.resources.rules.patching.places import Node
from samverka.resources.rules.validation.plans import Field, Form

Value = tuple[Any, dict[str, Any] | None]
"""The value, and what stands beside it if it is a primitive."""


def has(node: Node, one: Field) -> bool:
    """Whether something stands under the name."""
    return str(one.name) in node.content or f"_{one.name}" in node.content


def put(node: Node, one: Field, value: Value) -> None:
    """Write a single element, over what stood there."""
    plain, beside = value
    content, name = _opened(node), str(one.name)
    _set(content, name, plain)
    _set(content, f"_{name}", beside or None)


def _set(content: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        content.pop(name, None)
    else:
        content[name] = value


def _opened(node: Node) -> dict[str, Any]:
    """Where names can be written; of a primitive what stands beside it, made if it is not there."""
    if not node.is_primitive:
        found: dict[str, Any] = node.value
        return found
    if isinstance(node.beside(), dict):
        return node.content
    assert node.above is not None
    around, shadow, made = node.above.content, f"_{node.name}", dict[str, Any]()
    if node.index is None:
        around[shadow] = made
    else:
        _shadows(around, node.name)[node.index] = made
    return made


def _shadows(around: dict[str, Any], name: str) -> list[Any]:
    """`_given` as long as `given`."""
    found: list[Any] = around.setdefault(f"_{name}", [])
    found.extend([None] * (len(around.get(name, ())) - len(found)))
    return found


def insert(node: Node, one: Field, index: int | None, value: Value, place: str) -> None:
    """Put into a list; at the end if no place is given."""
    plain, beside = value
    content, name = _opened(node), str(one.name)
    around: list[Any] = content.get(name, [])
    index = len(around) if index is None else index
    if index > len(around):
        raise unfit(place, _("Platsen ligger utanför listan."))
    if one.form is Form.PRIMITIVE and (beside or f"_{name}" in content):
        _shadows(content, name).insert(index, beside)
    around.insert(index, plain)
    content[name] = around


def move(node: Node, one: Field, source: int, destination: int, place: str) -> None:
    """From one place in a list to another; the places are those before, and after it was taken out."""
    content, name = node.content, str(one.name)
    around: list[Any] = content.get(name, [])
    if source >= len(around) or destination >= len(around):
        raise unfit(place, _("Platsen ligger utanför listan."))
    around.insert(destination, around.pop(source))
    if one.form is Form.PRIMITIVE and f"_{name}" in content:
        beside = _shadows(content, name)
        beside.insert(destination, beside.pop(source))


def replace(node: Node, value: Value) -> None:
    """Write another value in the same place."""
    assert node.above is not None
    assert node.field is not None
    if node.index is None:
        put(node.above, node.field, value)
        return
    plain, beside = value
    around = node.above.content
    around.setdefault(node.name, [None] * (node.index + 1))[node.index] = plain
    if node.is_primitive and (beside or f"_{node.name}" in around):
        _shadows(around, node.name)[node.index] = beside
        _tidy(around, node.name)


def drop(node: Node, one: Field) -> None:
    """Take away a single element, and leave the place open."""
    node.content.pop(str(one.name), None)
    node.content.pop(f"_{one.name}", None)


def remove(node: Node) -> None:
    """Take an element away, and all around it that is empty then."""
    if node.above is None:
        return
    around = node.above.content
    if node.index is None:
        around.pop(node.name, None)
        around.pop(f"_{node.name}", None)
    else:
        for name in (node.name, f"_{node.name}"):
            found = around.get(name)
            if isinstance(found, list) and node.index < len(found):
                del found[node.index]
        _tidy(around, node.name)
    if not around:
        _remove_empty(node.above)


def _remove_empty(node: Node) -> None:
    if node.above is None:
        return
    if node.is_primitive and node.value is not None:
        _take_beside(node)
    else:
        remove(node)


def _take_beside(node: Node) -> None:
    """A primitive whose last extension went keeps its value."""
    assert node.above is not None
    around = node.above.content
    if node.index is None:
        around.pop(f"_{node.name}", None)
    else:
        around[f"_{node.name}"][node.index] = None
        _tidy(around, node.name)


def _tidy(around: dict[str, Any], name: str) -> None:
    """No empty list, and none of nothing but null, may stand there."""
    for one in (name, f"_{name}"):
        found = around.get(one)
        if isinstance(found, list) and all(value is None for value in found):
            del around[one]
