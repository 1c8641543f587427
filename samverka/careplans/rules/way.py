"""How far a plan that several make together has come, from the need to the day when it holds. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Stage(StrEnum):
    """A stage of the way (upptäck behov, förbered, kalla, möte, följ upp: the common process of the SIP)."""

    CONSENT = "consent"
    PREPARE = "prepare"
    CALL = "call"
    MEET = "meet"
    ESTABLISH = "establish"


STAGE_WORDS: dict[Stage, Text] = {
    Stage.CONSENT: _("Samtycke"),
    Stage.PREPARE: _("Inför mötet"),
    Stage.CALL: _("Kalla"),
    Stage.MEET: _("Möte"),
    Stage.ESTABLISH: _("Planen gäller"),
}


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage: "done", "current" (the first that is left) or "todo"."""

    stage: Stage
    state: str

    @property
    def words(self) -> Text:
        """What the stage is called."""
        return STAGE_WORDS[self.stage]


def way(*, consent: bool, prepared: bool, called: bool, met: bool) -> tuple[StageLine, ...]:
    """The stages of a draft. A later one done first is done all the same: people do not always walk in line."""
    done = {
        Stage.CONSENT: consent,
        Stage.PREPARE: prepared,
        Stage.CALL: called or met,
        Stage.MEET: met,
        Stage.ESTABLISH: False,
    }
    current = next(stage for stage in Stage if not done[stage])
    return tuple(StageLine(stage, _state(done[stage], stage is current)) for stage in Stage)


def _state(done: bool, current: bool) -> str:
    if done:
        return "done"
    return "current" if current else "todo"
