"""Every sentence that users read has its English translation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import allauth
from babel.messages.pofile import read_po

from samverka.config.folders import PACKAGE
from tests.house.source import REPOSITORY


def test_every_sentence_is_translated() -> None:
    done = subprocess.run(
        [sys.executable, "tools/messages.py", "--check"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"Run make messages, then translate:\n{done.stdout}{done.stderr}"


def _sentences(path: Path) -> set[str]:
    with path.open("rb") as file:
        return {str(one.id) for one in read_po(file) if one.id}


def test_our_words_for_the_log_in_library_are_still_its_sentences() -> None:
    """A sentence that the library has reworded would come back in the library's own Swedish."""
    ours = _sentences(PACKAGE / "locale/sv/LC_MESSAGES/django.po")
    theirs = _sentences(Path(allauth.__file__).parent / "locale/sv/LC_MESSAGES/django.po")
    assert ours
    assert not ours - theirs
