"""From the old files to the new in one step: either all of a fact's partitions change, or none.

What is to be done is first written down and then done. Whoever stops in the middle leaves the list, and
the next to come does the rest of it. A list that was never written whole is not there, and the old
files hold.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from samverka.indicators.warehouse.places import JOURNAL, STAGING, STATE


def commit(
    folder: Path,
    *,
    moves: Sequence[tuple[Path, Path]],
    removes: Sequence[Path] = (),
    state: Mapping[str, Any] | None = None,
) -> None:
    """Put the new files in their places.

    Args:
        moves: new file → its place; removes: files that go. All below `folder`, which is not written down.
        state: what is known from now on, added to what `known` tells.
    """
    todo = {
        "moves": [[str(new), str(place)] for new, place in moves],
        "removes": [str(one) for one in removes],
        "state": dict(state or {}),
    }
    keep(folder / JOURNAL, todo)
    mend(folder)


def mend(folder: Path) -> bool:
    """Finish what someone stopped in the middle of; True if there was anything. Only with the lock held."""
    journal = folder / JOURNAL
    if not journal.exists():
        return False
    todo = json.loads(journal.read_text(encoding="utf-8"))
    for new, place in todo["moves"]:
        _move(folder / new, folder / place)
    for gone in todo["removes"]:
        (folder / gone).unlink(missing_ok=True)
    if todo["state"]:
        keep(folder / STATE, {**known(folder), **todo["state"]})
    journal.unlink()
    return True


def known(folder: Path) -> dict[str, Any]:
    """What earlier exports have left for the next: see `commit`."""
    kept = folder / STATE
    return dict(json.loads(kept.read_text(encoding="utf-8"))) if kept.exists() else {}


def sweep(folder: Path) -> None:
    """Throw away what was begun and never came into the list. Only with the lock held, after `mend`."""
    shutil.rmtree(folder / STAGING, ignore_errors=True)


def keep(path: Path, content: Mapping[str, Any]) -> None:
    """Write a small file whole or not at all."""
    new = path.with_name(path.name + ".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(content, out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    new.replace(path)


def _move(new: Path, place: Path) -> None:
    """Done before, if the new file is no longer there."""
    if new.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        new.replace(place)
