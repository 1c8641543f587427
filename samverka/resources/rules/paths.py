"""FHIRPath of a place in a resource, kept as linked pairs: a healthy resource pays little for it."""

from __future__ import annotations

Path = tuple["Path | None", str | int]
"""(where the parent is, name or index)."""


class Choice(str):
    """The JSON name of one type of a choice; FHIRPath names the choice without its type.

    Attributes:
        label: "deceased" for deceasedDateTime.
    """

    __slots__ = ("label",)

    label: str

    def __new__(cls, name: str, label: str) -> Choice:
        made = super().__new__(cls, name)
        made.label = label
        return made


def render(path: Path | None) -> str:
    """Linked pairs to "Patient.name[0].given[1]"; `_given` and `given` are the same element."""
    parts: list[str] = []
    while path is not None:
        path, key = path
        parts.append(f"[{key}]" if isinstance(key, int) else f".{key.removeprefix('_')}")
    return "".join(reversed(parts)).removeprefix(".")


def fhirpath(path: Path | None) -> str:
    """The same place for FHIRPath: "Patient.deceased", not "Patient.deceasedDateTime"."""
    plain: list[str | int] = []
    while path is not None:
        path, key = path
        plain.append(key.label if isinstance(key, Choice) else key)
    found: Path | None = None
    for key in reversed(plain):
        found = (found, key)
    return render(found)
