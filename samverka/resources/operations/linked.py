"""What lies behind a resource's references, read only when a room asks for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samverka.resources.operations import store
from samverka.resources.rules.canonical import decode
from samverka.resources.rules.keys import Scope
from samverka.resources.rules.persons import ABOUT_NOBODY
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.references import references


def content_of(text: str) -> dict[str, Any]:
    """Stored text to JSON values; of a version that says that it was taken away, nothing."""
    value = decode(text.encode()) if text else None
    return value if isinstance(value, dict) else {}


class Reader:
    """Follows references from one resource, and from what it has read so far.

    Another person's things are never read: a faulty or ill-meant reference must not carry them
    into this person's plan.
    """

    def __init__(self, resource: UUID, kind: str, content: Content, person: UUID | None) -> None:
        self._person = person
        self._unlearned: list[tuple[UUID, str, Content]] = [(resource, kind, content)]
        self._targets: dict[str, UUID] = {}
        self.used: set[UUID] = set()

    def read(self, reference: str) -> Content | None:
        """The content behind a literal reference; None if it is not here or not this person's."""
        while reference not in self._targets and self._unlearned:
            self._learn(*self._unlearned.pop(0))
        target = self._targets.get(reference)
        rows = store.fetch(_TEXT, [target]) if target else []
        for found, kind, person, text in rows:
            if person == self._person or (person is None and kind in ABOUT_NOBODY):
                content = content_of(text)
                self._unlearned.append((found, kind, content))
                self.used.add(found)
                return content
        return None

    def _learn(self, resource: UUID, kind: str, content: Content) -> None:
        rows = store.fetch(
            "SELECT path, target FROM resources_reference "
            "WHERE resource_id = %s AND target IS NOT NULL",
            [resource],
        )
        targets = dict(rows)
        for ref in references(dict(content), Scope()):
            if ref.literal and ref.path in targets:
                self._targets.setdefault(ref.literal, targets[ref.path])


_TEXT = """
    SELECT r.id, r.kind, r.person_id, v.text FROM resources_resource r
    JOIN resources_version v ON v.resource_id = r.id AND v.number = r.version WHERE r.id = %s
"""
