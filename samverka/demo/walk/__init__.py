"""A story, walked event by event: each is one call of an operation or a read by the one who does it."""

from samverka.demo.walk import (  # noqa: F401 (they register)
    alive,
    asking,
    calling,
    meetings,
    papers,
    persons,
    plans,
    reading,
)
from samverka.demo.walk.perform import perform

__all__ = ["perform"]
