"""What invariants are made of: most of the standard's are one of these few shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Sort
from samverka.resources.rules.validation.words import Words

Value = Mapping[str, Any]
Broken = tuple[str, Words]
"""The name where it shows ("" for the whole object), and the words."""

Rule = Callable[[Value], Broken | None]


def said(key: str, message: Text) -> Words:
    """A sentence, and the standard's name of the rule."""
    return Sort.INVARIANT, message, _("Regeln heter %(key)s i FHIR R4.", key=key)


def has(value: Value, name: str) -> bool:
    """Whether an element is there; `value[x]` is any type of a choice."""
    if name in value:
        return True
    if not name.endswith("[x]"):
        return f"_{name}" in value
    stem = name[:-3]
    size = len(stem)
    return any(
        one.startswith(stem, one[:1] == "_") and one[size + (one[:1] == "_") :][:1].isupper()
        for one in value
    )


def plain(name: str) -> str:
    """As FHIRPath names it."""
    return name.removesuffix("[x]")


def needs(key: str, name: str, other: str) -> Rule:
    """Where one is, the other must be."""
    words = said(
        key,
        _("Finns %(first)s måste %(second)s också finnas.", first=plain(name), second=plain(other)),
    )

    def rule(value: Value) -> Broken | None:
        return (plain(other), words) if has(value, name) and not has(value, other) else None

    return rule


def apart(key: str, name: str, other: str) -> Rule:
    """Never both."""
    words = said(
        key,
        _("%(first)s och %(second)s får inte stå tillsammans.", first=plain(name),
          second=plain(other)),
    )  # fmt: skip

    def rule(value: Value) -> Broken | None:
        return (plain(name), words) if has(value, name) and has(value, other) else None

    return rule


def some(key: str, *names: str) -> Rule:
    """At least one."""
    words = said(key, _("Något av detta måste finnas: %(names)s.", names=_list(names)))

    def rule(value: Value) -> Broken | None:
        return None if any(has(value, name) for name in names) else ("", words)

    return rule


def one_of(key: str, *names: str) -> Rule:
    """Exactly one."""
    words = said(key, _("Ett av detta måste finnas, och bara ett: %(names)s.", names=_list(names)))

    def rule(value: Value) -> Broken | None:
        return None if sum(has(value, name) for name in names) == 1 else ("", words)

    return rule


def only_for(key: str, name: str, by: str, allowed: str) -> Rule:
    """An element that may stand only beside some codes of another."""
    codes = frozenset(allowed.split())
    words = said(
        key,
        _("%(first)s får bara finnas när %(second)s är: %(codes)s.", first=plain(name), second=by,
          codes=", ".join(sorted(codes))),
    )  # fmt: skip

    def rule(value: Value) -> Broken | None:
        return (plain(name), words) if has(value, name) and code(value, by) not in codes else None

    return rule


def never_for(key: str, name: str, by: str, refused: str) -> Rule:
    """An element that may not stand beside some codes of another."""
    codes = frozenset(refused.split())
    words = said(
        key,
        _("%(first)s får inte finnas när %(second)s är: %(codes)s.", first=plain(name), second=by,
          codes=", ".join(sorted(codes))),
    )  # fmt: skip

    def rule(value: Value) -> Broken | None:
        return (plain(name), words) if has(value, name) and code(value, by) in codes else None

    return rule


def asked_by(key: str, name: str, by: str, asking: str) -> Rule:
    """An element that must be there beside some codes of another."""
    codes = frozenset(asking.split())
    words = said(
        key,
        _("%(first)s måste finnas när %(second)s är: %(codes)s.", first=plain(name), second=by,
          codes=", ".join(sorted(codes))),
    )  # fmt: skip

    def rule(value: Value) -> Broken | None:
        return (plain(name), words) if code(value, by) in codes and not has(value, name) else None

    return rule


def objects(value: Value, name: str) -> Iterator[dict[str, Any]]:
    """The objects of a list, whatever else may stand in it."""
    found = value.get(name)
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict):
            yield one


def part(value: Value, name: str) -> Value:
    """An object under a name; an empty one where there is something else."""
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def code(value: Value, name: str) -> str:
    """A code under a name; "" where there is something else."""
    found = value.get(name)
    return found if isinstance(found, str) else ""


def coded(value: Value, name: str, codes: str, system: str = "") -> bool:
    """Whether a concept has one of the codes."""
    wanted = codes.split()
    return any(
        one.get("code") in wanted and (not system or one.get("system") == system)
        for one in objects(part(value, name), "coding")
    )


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(plain(name) for name in names)
