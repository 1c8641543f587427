"""The style sheets, fonts and scripts, collected under names that hold their hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

from samverka.config.command.language import words as _
from samverka.config.command.progress import bar


def collect() -> None:
    """Collect if something has changed since last time."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    mark, now = root / "collected", _fingerprint()
    if mark.is_file() and mark.read_text() == now:
        return
    with bar(_("Samlar sidornas filer")) as step:
        step(0, 1)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(now)


def _fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            changed = storage.get_modified_time(path).timestamp()
            found.update(f"{path} {changed} {storage.size(path)}\n".encode())
    return found.hexdigest()
