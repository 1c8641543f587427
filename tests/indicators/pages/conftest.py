"""The county, and three figures of it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.browser import log_in
from tests.factories.cast import Cast
from tests.indicators.pages.curves import furnish


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    """The county with its units and those who work there."""
    return laid_county


@pytest.fixture
def analyst(cast: Cast) -> Client:
    """The region's analyst in front of three figures."""
    furnish()
    return log_in(cast.analyst)
