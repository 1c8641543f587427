"""Time is an argument: `actor.at`. The door gives a request its time, a job gives its own."""

from __future__ import annotations

from tests.house.source import Module, calls, modules, told

CLOCKS = (
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "date.today",
    "datetime.date.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
    "functions.Now",
    "Now",
)

MAY_READ = {
    "samverka.web.door": "the time of a request",
    "samverka.web.straight": "the same, for a client with a token",
}
"""Modules beside every `jobs.py` and the command line, and why."""


def _may(module: Module) -> bool:
    command = module.parts[:2] == ("config", "command")
    return module.parts[-1:] == ("jobs",) or command or module.name in MAY_READ


def test_only_the_door_and_jobs_read_the_clock() -> None:
    faults = [
        f"{module.place}:{line}: {name}() reads the clock; take the time from `actor.at`."
        for module in modules()
        if not _may(module)
        for line, name in calls(module.tree)
        if name in CLOCKS
    ]
    assert not faults, told(faults)


def test_no_hidden_clock_is_read() -> None:
    words = (
        "localtime()",
        "localdate()",
        "CURRENT_TIMESTAMP",
        "CURRENT_DATE",
        "clock_timestamp(",
        " now()",
        "auto_now",
    )
    faults = [
        f"{module.place}: “{word.strip()}” is a clock; take the time from `actor.at`."
        for module in modules()
        for word in words
        if word in module.text
    ]
    assert not faults, told(faults)
