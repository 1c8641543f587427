"""What every test of a file begins with, laid once: in a transaction around the file's tests, taken back after the last.

Each test has a transaction of its own inside that one. So what it changes is gone before the next, and it
meets exactly the rows that it would have laid for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

Made = TypeVar("Made")
COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences"}
Files = dict[Path, list[pytest.Item]]


def by_file(items: list[pytest.Item]) -> Files:
    """The tests of each file."""
    found: Files = defaultdict(list)
    for item in items:
        found[item.path].append(item)
    return found


def stands(request: pytest.FixtureRequest, files: Files) -> bool:
    """Whether all tests of the file that ask the database anything ask for this fixture, and none commits."""
    asking = [item for item in files[request.path] if _asks_database(item)]
    return all(
        request.fixturename in _fixtures(item) and not _commits(item) for item in asking
    )  # fmt: skip


def lay(
    request: pytest.FixtureRequest,
    files: Files,
    blocker: DjangoDbBlocker,
    make: Callable[[], Made],
) -> Iterator[Made | None]:
    """Make it for the whole file; None where each test has to make it for itself."""
    if not stands(request, files):
        yield None
        return
    with blocker.unblock(), ExitStack() as begun:
        begun.enter_context(transaction.atomic())
        made = make()
        ground = begun.pop_all()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        ground.close()


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or bool(COMMITTING & _fixtures(item))


def _asks_database(item: pytest.Item) -> bool:
    """Also a test without the mark, if a fixture of its file has opened the database."""
    known = {"db", "built"} | COMMITTING
    return item.get_closest_marker("django_db") is not None or bool(known & _fixtures(item))
