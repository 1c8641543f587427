"""FHIRPath of a place in a resource, kept as linked pairs: a healthy resource pays little for it."""

from __future__ import annotations

Path = tuple["Path | None", str | int]
"""(where the parent is, name or index)."""


def render(path: Path | None) -> str:
    """Linked pairs to "Patient.name[0].given[1]"; `_given` and `given` are the same element."""
    parts: list[str] = []
    while path is not None:
        path, key = path
        parts.append(f"[{key}]" if isinstance(key, int) else f".{key.removeprefix('_')}")
    return "".join(reversed(parts)).removeprefix(".")
