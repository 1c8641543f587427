"""The county's cast."""

from __future__ import annotations

import pytest

from tests.factories.cast import Cast, county


@pytest.fixture
def cast(db: None) -> Cast:
    """The county."""
    return county()
