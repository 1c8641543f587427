"""JSON Patch (RFC 6902), with limits: how many steps, how long pointers, how much may be copied."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec
from jsonpatch import JsonPatch, JsonPatchException, JsonPatchTestFailed
from jsonpointer import JsonPointer, JsonPointerException

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules import canonical
from samverka.resources.rules.lines import Sort
from samverka.resources.rules.objects import MAX_BYTES
from samverka.resources.rules.patching.faults import unfit, wrong

MAX_STEPS = 500
MAX_POINTER = 1_000
"""Characters of a pointer."""

MAX_COPIED = 2 * 1024 * 1024
"""Bytes that the copies of a patch may add: a few copies of copies are more than any resource."""

Step = dict[str, Any]

_NEEDS = {
    "add": ("path", "value"),
    "remove": ("path",),
    "replace": ("path", "value"),
    "move": ("path", "from"),
    "copy": ("path", "from"),
    "test": ("path", "value"),
}


def read_steps(text: bytes) -> list[Step]:
    """The steps of a patch.

    Raises:
        Faulty: it is not JSON, no list, too long, or a step lacks something.
    """
    if len(text) > MAX_BYTES:
        raise wrong("", _("Ändringen är för stor."), Sort.TOO_LONG)
    try:
        found = canonical.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, ArithmeticError) as error:
        raise wrong("", _("Texten är inte giltig JSON.")) from error
    except RecursionError as error:
        raise wrong("", _("Ändringen är nästlad för djupt."), Sort.TOO_COSTLY) from error
    if not isinstance(found, list):
        raise wrong("", _("En JSON Patch är en lista av steg."))
    if len(found) > MAX_STEPS:
        message = _("Ändringen har fler än %(limit)s steg.", limit=MAX_STEPS)
        raise wrong("", message, Sort.TOO_COSTLY)
    return [_checked(one, f"[{at}]") for at, one in enumerate(found)]


def _checked(step: object, place: str) -> Step:
    if not isinstance(step, dict):
        raise wrong(place, _("Varje steg är ett objekt med op och path."))
    needs = _NEEDS.get(step.get("op", "")) if isinstance(step.get("op"), str) else None
    if needs is None:
        known = ", ".join(_NEEDS)
        raise wrong(f"{place}.op", _("Stegets op ska vara en av %(known)s.", known=known))
    for name in needs:
        if name not in step:
            raise wrong(f"{place}.{name}", _("Steget saknar %(name)s.", name=name))
        if name != "value":
            _check_pointer(step[name], f"{place}.{name}")
    return step


def _check_pointer(pointer: object, place: str) -> None:
    if not isinstance(pointer, str) or len(pointer) > MAX_POINTER:
        raise wrong(place, _("Här ska stå en JSON-pekare, som /name/0/given."))
    try:
        JsonPointer(pointer)
    except JsonPointerException as error:
        raise wrong(place, _("Här ska stå en JSON-pekare, som /name/0/given.")) from error


def applied(content: dict[str, Any], steps: Sequence[Step], *, size: int) -> dict[str, Any]:
    """The object after all steps.

    Args:
        size: bytes that it takes now; with what is copied it must stay under the limit of a resource.

    Raises:
        Unfit: a step points at nothing, a test fails, or copies make it too large.
    """
    made, most = content, min(size + MAX_COPIED, MAX_BYTES)
    for at, step in enumerate(steps):
        place = f"[{at}]"
        try:
            size += _copied(made, step)
            if size > most:
                raise unfit(place, _("Kopiorna gör resursen för stor."), Sort.TOO_COSTLY)
            made = JsonPatch([step]).apply(made, in_place=True)
        except (JsonPatchException, JsonPointerException) as error:
            raise unfit(place, _words(error)) from error
        except RecursionError as error:
            raise unfit(place, _("Resursen blir nästlad för djupt."), Sort.TOO_COSTLY) from error
        if not isinstance(made, dict):
            raise unfit(place, _("Det som blir kvar är ingen resurs."))
    return made


def _words(error: Exception) -> Text:
    if isinstance(error, JsonPatchTestFailed):
        return _("Det som ändringen bygger på stämmer inte (test).")
    return _("Steget pekar på något som inte finns eller inte kan ändras så.")


def _copied(content: dict[str, Any], step: Step) -> int:
    if step["op"] != "copy":
        return 0
    return _weight(JsonPointer(step["from"]).resolve(content))


def _weight(value: object) -> int:
    """About how many bytes a value takes in JSON."""
    total, left = 0, [value]
    while left:
        one = left.pop()
        total += 2
        if isinstance(one, dict):
            total += sum(len(name) + 4 for name in one)
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)
        elif isinstance(one, str):
            total += len(one)
        elif isinstance(one, int | Decimal):
            total += 8
    return total
