"""Fixtures of the shelf's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.resources.importing import Importer


@pytest.fixture
def importer(tmp_path: Path) -> Importer:
    """Writes files and imports them."""
    return Importer(tmp_path)
