"""Reads data that someone has written, field by field, and keeps every fault with where it is. Pure.

The same reader serves the files that are shipped, a county's own file and its form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from samverka.kernel.text import Text
from samverka.kernel.text import text as _

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be used as it is written.

    Attributes:
        field: which, with its place: "settings.where[2].column".
    """

    field: str
    words: Text
    mend: Text


@dataclass(slots=True)
class Reader:
    """One table of what was written. Ask for every field, then `finish`."""

    data: Mapping[str, object]
    place: str
    faults: list[Fault]
    asked: set[str] = field(default_factory=set)

    def fault(self, name: str, words: Text, mend: Text) -> None:
        """Keep that something is wrong, and go on."""
        self.faults.append(Fault(f"{self.place}.{name}" if self.place else name, words, mend))

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self.data

    def _get(self, name: str, kind: type | tuple[type, ...], words: Text, need: bool) -> object:
        self.asked.add(name)
        if name not in self.data or self.data[name] in ("", None):
            if need:
                self.fault(
                    name, _("Fältet är tomt."), _("Skriv något i fältet %(field)s.", field=name)
                )
            return None
        found = self.data[name]
        if isinstance(found, bool) is not (kind is bool) or not isinstance(found, kind):
            self.fault(name, _("”%(value)s” går inte här.", value=found), words)
            return None
        return found

    def string(self, name: str, need: bool = False) -> str:
        """A text; empty if there is none."""
        found = self._get(name, str, _("Här ska stå en text."), need)
        return str(found).strip() if found is not None else ""

    def whole(self, name: str, otherwise: int, at_least: int = 0) -> int:
        """A whole number; `otherwise` if there is none."""
        found = self.maybe_whole(name)
        if found is not None and found < at_least:
            self.fault(
                name,
                _("”%(value)s” går inte här.", value=found),
                _("Skriv %(least)d eller mer.", least=at_least),
            )
            return otherwise
        return otherwise if found is None else found

    def maybe_whole(self, name: str) -> int | None:
        """A whole number, or None."""
        found = self._get(name, int, _("Här ska stå ett heltal."), need=False)
        return found if isinstance(found, int) else None

    def flag(self, name: str, otherwise: bool = False) -> bool:
        """Yes or no."""
        found = self._get(name, bool, _("Här ska stå true (ja) eller false (nej)."), need=False)
        return otherwise if found is None else bool(found)

    def maybe_flag(self, name: str) -> bool | None:
        """Yes, no, or not said."""
        return self.flag(name) if name in self.data else None

    def choice(self, name: str, of: type[Choice], otherwise: Choice | None = None) -> Choice:
        """One of the codes."""
        found = self.string(name, need=otherwise is None)
        first = otherwise if otherwise is not None else next(iter(of))
        if not found:
            return first
        if found not in {one.value for one in of}:
            self.fault(
                name,
                _("”%(value)s” går inte här.", value=found),
                _("Välj ett av: %(choices)s.", choices=", ".join(one.value for one in of)),
            )
            return first
        return of(found)

    def day(self, name: str, otherwise: date) -> date:
        """A date, as TOML writes it or as text."""
        mend = _("Skriv ett datum, till exempel 2024-01-01.")
        found = self._get(name, (date, str), mend, need=False)
        try:
            return date.fromisoformat(str(found)[:10]) if found is not None else otherwise
        except ValueError:
            self.fault(name, _("”%(value)s” går inte här.", value=found), mend)
            return otherwise

    def listed(self, name: str, kind: type | tuple[type, ...] = str) -> tuple[object, ...]:
        """A list of values of one kind."""
        mend = _('Här ska stå en lista, till exempel ["a", "b"].')
        found = self._get(name, (list, tuple), mend, need=False)
        if not isinstance(found, list | tuple):
            return ()
        if any(not isinstance(one, kind) for one in found):
            self.fault(name, _("”%(value)s” går inte här.", value=found), mend)
            return ()
        return tuple(found)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(str(one) for one in self.listed(name))

    def table(self, name: str) -> Reader:
        """A table within this one; empty if it is not there."""
        mend = _("Här ska stå en tabell: { fält = värde }.")
        found = self._get(name, Mapping, mend, need=False)
        return self._inner(name, found if isinstance(found, Mapping) else {})

    def tables(self, name: str) -> tuple[Reader, ...]:
        """A list of tables within this one; one alone may stand without its list."""
        if isinstance(self.data.get(name), Mapping):
            return (self.table(name),)
        found = self.listed(name, Mapping)
        return tuple(
            self._inner(f"{name}[{at}]", one)
            for at, one in enumerate(found, start=1)
            if isinstance(one, Mapping)
        )

    def _inner(self, name: str, data: Mapping[str, object]) -> Reader:
        return Reader(data, f"{self.place}.{name}" if self.place else name, self.faults)

    def finish(self) -> None:
        """Tell of every field that nobody asked for: most often a slip of the pen."""
        for name in self.data:
            if name not in self.asked:
                self.fault(
                    str(name),
                    _("Fältet %(field)s finns inte.", field=name),
                    _("Ta bort det eller använd ett av: %(fields)s.",
                      fields=", ".join(sorted(self.asked))),
                )  # fmt: skip
