"""Whether rows of the shelf meet the conditions of a client's scopes: as a filter, of one row, and of many at once.

The gate stands on a lower storey and knows this by its name in the settings (`SAMVERKA_FITTING_FOR`). A row meets them by what
the index says of its current version. What is about to be written (`said`) and a former version are held against them by their own text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import BooleanField, Expression, F, Model, Q

from samverka.access.guarded import GatePath
from samverka.kernel.narrowing import Pairs
from samverka.resources.models import Resource, Version
from samverka.resources.reads.received import content_of
from samverka.resources.reads.searching.conditions import R, of_row
from samverka.resources.reads.searching.sql import both
from samverka.resources.rules.searching.own import criteria, meets_all
from samverka.resources.rules.status import Status

NOTHING = Q(pk__in=[])


class _Meets(Expression):
    """A condition on a row of the shelf, wherever the query has that row: one boolean expression, as it is written."""

    output_field = BooleanField()

    def __init__(self, column: str, text: str, values: tuple[Any, ...]) -> None:
        super().__init__()
        self.text, self.values = text, values
        self.column: Any = F(column)

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        [self.column] = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, _none = compiler.compile(self.column)
        table, _dot, _name = column.rpartition(".")
        return self.text.replace(f"{R}.", f"{table}."), self.values


class Fitting:
    """What the gate asks (`access.gate.narrowed.Fitting`)."""

    def rows(self, path: GatePath, kind: str, where: Pairs) -> Q:
        """The rows of the type that meet the conditions, as a filter; of a part of a resource, the resource does."""
        wanted = criteria(kind, where)
        if wanted is None or path.kind is None:
            return NOTHING
        found = both(of_row(kind, one) for one in wanted)
        return Q(_Meets(path.kind.removesuffix("kind") + "address", found.text, found.values))

    def meets(self, row: Model, kind: str, where: Pairs) -> bool:
        """Whether this row does."""
        match row:
            case Version(text=""):  # it was taken away
                return self._resource(row.resource, kind, where)
            case Version():  # by what it said; whether the resource meets them now, the filter has asked
                return meets_all(content_of(row.text), where)
            case Resource():
                return self._resource(row, kind, where)
            case _:
                return False

    def look(self, rows: Iterable[Model], kind: str, where: Pairs) -> None:
        """Ask of many rows of the type at once; `meets` remembers it as long as the rows live."""
        asked: dict[Any, list[Any]] = defaultdict(list)
        for row in rows:
            if isinstance(row, Resource) and row.status != Status.DELETED:
                asked[row.pk].append(row)
        if not asked:
            return
        path: GatePath = Resource.gate  # type: ignore[assignment]
        found = Resource.objects.filter(self.rows(path, kind, where), pk__in=list(asked))
        fitting = set(found.values_list("pk", flat=True))
        for pk, same in asked.items():
            for one in same:
                one.looked = {**one.looked, where: pk in fitting}

    def _resource(self, row: Resource, kind: str, where: Pairs) -> bool:
        if row.said is not None:
            return meets_all(row.said, where)
        if row.status == Status.DELETED:  # nothing of it is in the index any more
            return meets_all(_last(row), where)
        if where not in row.looked:
            self.look([row], kind, where)
        return bool(row.looked[where])


def _last(row: Resource) -> dict[str, Any]:
    """What it said before it was taken away."""
    texts = Version.objects.filter(resource=row, passed_over=False).exclude(text="")
    last = texts.order_by("-number").first()
    return dict(content_of(last.text)) if last else {}


FITTING = Fitting()
"""What `SAMVERKA_FITTING_FOR` names."""
