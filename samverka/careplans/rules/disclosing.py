"""What of a plan is given to whom: what lies outside the consent stays with its author. Pure.

A consent covers some information and not other (OSL 10:1); what a party has written and marked as not to
be given out is that party's own (OSL 25:1, 26:1). What is handed out is then a copy without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any
from uuid import UUID

from samverka.careplans.rules.compare import Snapshot, compare
from samverka.careplans.rules.kinds import SECTION_WORDS, Section
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class PartKind(StrEnum):
    """What can be kept back. The codes are stored."""

    SECTION = "section"
    GOAL = "goal"
    ACTIVITY = "activity"
    PARTY = "party"


PART_WORDS: dict[PartKind, Text] = {
    PartKind.SECTION: _("Text"),
    PartKind.GOAL: _("Mål"),
    PartKind.ACTIVITY: _("Insats"),
    PartKind.PARTY: _("Deltar"),
}


@dataclass(frozen=True, slots=True)
class Withheld:
    """A part that is not given out.

    Attributes:
        key: the section's code, the goal's or activity's id, the unit's id of a party; as text.
        by: the care provider whose author keeps it back; it always sees it.
        receivers: care providers that are not given it; empty: no other than the author's.
    """

    part: PartKind
    key: str
    by: UUID
    receivers: frozenset[UUID] = frozenset()

    def hides_from(self, provider: UUID | None) -> bool:
        """Whether the care provider is not given it."""
        if provider == self.by:
            return False
        return not self.receivers or provider in self.receivers


WITHHOLDABLE = tuple(section for section in Section if section is not Section.TITLE)
"""A plan is always given by its name; what the name tells is for its author to think of."""

SHOWN = frozenset(
    {
        "kind",
        "status",
        "follow_up_on",
        "responsible_id",
        "responsible",
        "responsible_side",
        "no_others",
        "goals",
        "activities",
        "parties",
        *(section.value for section in Section),
    }
)
"""What a copy can hold. A new field of a version is not given until someone has thought of it here."""


def hidden_from(
    withheld: Iterable[Withheld], provider: UUID | None
) -> Mapping[PartKind, frozenset[str]]:
    """What a care provider is not given, by kind: keys as text."""
    found: dict[PartKind, set[str]] = {part: set() for part in PartKind}
    for one in withheld:
        if one.hides_from(provider):
            found[one.part].add(one.key)
    return {part: frozenset(keys) for part, keys in found.items()}


def given(content: Snapshot, withheld: Iterable[Withheld], provider: UUID | None) -> Snapshot:
    """What a care provider is given of a version: the same object when that is all of it.

    A party that is kept back takes with it what it does, and the huvudman that only it would name.
    What a unit of the care provider is itself to do is always given to it.
    """
    hidden = hidden_from(withheld, provider)
    if not any(hidden.values()):
        return content
    made: dict[str, Any] = {name: value for name, value in content.items() if name in SHOWN}
    for section in hidden[PartKind.SECTION]:
        made[section] = ""
    own = _own_units(content, provider)
    made["parties"] = _parties(content, hidden[PartKind.PARTY] - own)
    made["goals"] = [
        one for one in content.get("goals", ()) if one["id"] not in hidden[PartKind.GOAL]
    ]
    made["activities"] = _activities(content, hidden, own, str(provider))
    return made | _responsible(content, made["parties"])


def _own_units(content: Snapshot, provider: UUID | None) -> frozenset[str]:
    own = str(provider)
    return frozenset(
        one["unit_id"] for one in content.get("parties", ()) if one.get("provider_id") == own
    )


def _parties(content: Snapshot, hidden: frozenset[str]) -> list[Snapshot]:
    return [one for one in content.get("parties", ()) if one["unit_id"] not in hidden]


def _activities(
    content: Snapshot,
    hidden: Mapping[PartKind, frozenset[str]],
    own: frozenset[str],
    reader: str,
) -> list[Snapshot]:
    """Without those kept back, and those of units kept back; a goal that is not given is not named."""
    goals, found = hidden[PartKind.GOAL], []
    for one in content.get("activities", ()):
        unit = one.get("owner_unit_id")
        kept_back = unit in hidden[PartKind.PARTY] or one["id"] in hidden[PartKind.ACTIVITY]
        if kept_back and not (unit in own or one.get("owner_provider") == reader):
            continue
        found.append({**one, "goal_id": None} if one.get("goal_id") in goals else one)
    return found


def _responsible(content: Snapshot, parties: Iterable[Snapshot]) -> dict[str, Any]:
    """A huvudman of which every party is kept back is not named either."""
    name, parties = content.get("responsible", ""), list(parties)
    before = [one for one in content.get("parties", ()) if one.get("organisation_name") == name]
    after = [one for one in parties if one.get("organisation_name") == name]
    if name and before and not after:
        return {"responsible_id": None, "responsible": "", "responsible_side": None}
    return {}


def hidden_names(content: Snapshot, shown: Snapshot) -> frozenset[str]:
    """Names of units that a copy does not tell: who wrote what must not tell them either."""
    kept = {one["unit_id"] for one in shown.get("parties", ())}
    return frozenset(
        one["name"] for one in content.get("parties", ()) if one["unit_id"] not in kept
    )


def is_all_given(
    old: Snapshot, new: Snapshot, withheld: Iterable[Withheld], provider: UUID | None
) -> bool:
    """Whether a care provider is given all that differs between two versions.

    Why a version was made is said of all that it changed: it may tell of what is kept back.
    """
    parts = tuple(withheld)
    shown = (given(one, parts, provider) for one in (old, new))
    return compare(old, new) == compare(*shown)


def digest(content: Snapshot) -> str:
    """SHA-256 of what was given, in canonical JSON: shows later that it is the same, letter by letter."""
    text = dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


# ── who may keep what back ──


def check_withholds(
    part: PartKind, key: str, content: Snapshot, *, keeps_plan: bool, provider: UUID
) -> None:
    """Raise unless this part can be kept back by this care provider.

    The one who keeps the plan chooses what goes out. Another keeps back what it writes when it writes it:
    what has been given is already with those who got it.
    """
    if not keeps_plan:
        raise NotAllowed(
            _(
                "Det som redan är skrivet har de andra fått. Markera i stället när du skriver något nytt."
            )
        )
    if key not in _keys(part, content):
        raise Invalid(_("Välj något som står i planen."), where="parts")
    if part is PartKind.PARTY and key in _own_units(content, provider):
        raise NotNow(_("Enheten håller i planen eller hör till er. Den kan inte hållas utanför."))


def _keys(part: PartKind, content: Snapshot) -> frozenset[str]:
    if part is PartKind.SECTION:
        return frozenset(one.value for one in WITHHOLDABLE)
    if part is PartKind.PARTY:
        return frozenset(one["unit_id"] for one in content.get("parties", ()))
    name = "goals" if part is PartKind.GOAL else "activities"
    return frozenset(one["id"] for one in content.get(name, ()))


def part_words(part: PartKind, key: str, content: Snapshot) -> Text:
    """What a part is called: "Mål: ”Gå ut”"."""
    if part is PartKind.SECTION:
        return SECTION_WORDS[Section(key)]
    names = {PartKind.GOAL: ("goals", "words"), PartKind.ACTIVITY: ("activities", "what")}
    place, field = names.get(part, ("parties", "name"))
    same = "unit_id" if part is PartKind.PARTY else "id"
    found = next((one[field] for one in content.get(place, ()) if one[same] == key), "")
    return (
        _("%(part)s: %(words)s", part=PART_WORDS[part], words=found) if found else PART_WORDS[part]
    )


NOT_SENT_TO_YOU = _(
    "De som håller i planen har ändringar som inte är skickade till er än. Ni kan skriva när ni har "
    "fått dem."
)
KEEPERS_ONLY = _(
    "Det här är för dem som håller i planen. Vad ni har fått och på vems samtycke står på planens sida."
)
NOT_GIVEN_TO_YOU = _("Den delen lämnas inte ut till er, så ni kan inte skriva i den.")
