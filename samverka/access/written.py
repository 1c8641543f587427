"""Parts of a question that are written once and asked many times.

A plan's row carries two dozen subqueries. Built anew out of Python objects for every reader they cost more
than the database takes to answer; they differ only in who asks and when. A `Written` part is built and
compiled the first time, and then only given its values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.db.models import DateField, DateTimeField, Expression, Field, UUIDField


class Later(Expression):
    """A value that is known only when the question is asked; it has a place by its name."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


AT = Later("at", DateTimeField())
"""The moment of asking."""
DAY = Later("day", DateField())
"""The day of asking, in Sweden."""
PROVIDER = Later("provider", UUIDField())
"""The asker's care provider; no row has none."""

_Key = tuple[Callable[[], Any], str]
_texts: dict[_Key, tuple[str, tuple[Any, ...]]] = {}


@cache
def _field(make: Callable[[], Any]) -> Any:
    return make().output_field


class Written(Expression):
    """A subquery about the row (`OuterRef` of its own columns), made by a function without arguments.

    Args:
        make: makes the subquery; whatever depends on who asks and when is a `Later` in it. It must stand
            in a module: it is what the written text is known by.
        values: what each `Later` is this time.
    """

    def __init__(self, make: Callable[[], Any], values: Mapping[str, Any]) -> None:
        super().__init__()
        self.make, self.values = make, values

    @property
    def output_field(self) -> Any:
        return _field(self.make)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        text, places = self._text(compiler)
        return text, tuple(
            self.values[one.name] if isinstance(one, Later) else one for one in places
        )

    def _text(self, compiler: Any) -> tuple[str, tuple[Any, ...]]:
        """The text depends on nothing but what the question calls the row."""
        key = (self.make, compiler.query.get_initial_alias())
        if key not in _texts:
            made = self.make().resolve_expression(compiler.query)
            text, places = compiler.compile(made)
            _texts[key] = (text, tuple(places))
        return _texts[key]
