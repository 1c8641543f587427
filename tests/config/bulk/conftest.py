"""Karin's story with what a record system has sent, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.contract.conftest import Story, tell
from tests.contract.shelved import fill_shelf
from tests.factories.cast import NOW, Cast


@pytest.fixture
def story(laid_county: Cast) -> Story:
    made = tell(laid_county)
    fill_shelf(made, medicines=3)
    return made


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.SAMVERKA_BULK = tmp_path / "bulk"
    return tmp_path / "bulk"
