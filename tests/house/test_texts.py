"""Every sentence that users read has its English translation."""

from __future__ import annotations

import subprocess
import sys

from tests.house.source import REPOSITORY


def test_every_sentence_is_translated() -> None:
    done = subprocess.run(
        [sys.executable, "tools/messages.py", "--check"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"Run make messages, then translate:\n{done.stdout}{done.stderr}"
