"""The demo's figures go on where they were: what is reckoned is not reckoned again."""

from __future__ import annotations

from pathlib import Path

from samverka.config.command.figures import _Done
from samverka.demo.history.figures import FIRST, first, the_rest
from samverka.indicators.warehouse.measures import shipped


def test_first_and_the_rest_are_all() -> None:
    assert [one.code for one in first()] == list(FIRST)
    assert {one.code for one in (*first(), *the_rest())} == set(shipped())
    assert len(first()) + len(the_rest()) == len(shipped())


def test_what_is_done_is_remembered(tmp_path: Path) -> None:
    done = _Done(tmp_path)
    assert (done.snapshot, done.told, done.left(first())) == (None, False, list(first()))
    done.snapshot = "natten"
    done.add(FIRST[0])
    done.told = True
    again = _Done(tmp_path)
    assert (again.snapshot, again.told) == ("natten", True)
    assert again.left(first()) == list(first()[1:])
