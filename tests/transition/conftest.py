"""The county's cast."""

from __future__ import annotations

import pytest

from tests.factories.cast import Cast


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    """The county."""
    return laid_county
