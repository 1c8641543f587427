"""One event happens. The modules beside this one say how, by kind of event."""

from __future__ import annotations

from functools import singledispatch

from samverka.demo import script as s
from samverka.demo.scene import Scene


@singledispatch
def perform(event: s.Event, scene: Scene) -> None:
    """Let the event happen at `scene.at`.

    Raises:
        TypeError: nobody has said how that kind of event happens.
    """
    raise TypeError(f"no way to perform {type(event).__name__}")
