"""Keep a plan alive: follow it up, say what changed in plain words, what happens around it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from samverka.careplans.rules.compare import Snapshot
from samverka.careplans.rules.kinds import (
    OWNER_WORDS,
    SECTION_WORDS,
    ActivityStatus,
    GoalStatus,
    OwnerKind,
    PartyRole,
    PlanStatus,
    Section,
)
from samverka.kernel.calendar import said_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

# ── a follow-up of the whole plan ──


class Question(StrEnum):
    """What the person is asked when the plan is followed up. The codes are stored."""

    HEARD = "heard"
    HELPS = "helps"
    KEPT = "kept"
    KNOWS = "knows"
    BETTER = "better"


QUESTIONS: dict[Question, Text] = {
    Question.HEARD: _("Fick du säga det som är viktigt för dig?"),
    Question.HELPS: _("Hjälper det vi gör dig?"),
    Question.KEPT: _("Har alla gjort det de lovade?"),
    Question.KNOWS: _("Vet du vem du ska ringa?"),
    Question.BETTER: _("Är det bättre för dig nu än förra gången?"),
}


class Answer(StrEnum):
    """The person's answer. The codes are stored."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    SILENT = "silent"


ANSWERS: dict[Answer, Text] = {
    Answer.YES: _("Ja"),
    Answer.PARTLY: _("Delvis"),
    Answer.NO: _("Nej"),
    Answer.SILENT: _("Vill inte svara"),
}

WORDS_LENGTH = 2000
"""Longest text of what the person says at a follow-up (characters)."""

WHY_LENGTH = 500
"""Longest reason for a change (characters)."""


def check_held(on: date, next_on: date | None, today: date, began: date) -> None:
    """Raise unless a follow-up can have been held that day, and the next one lies ahead.

    Args:
        began: when the plan was begun.
    """
    if on > today:
        raise Invalid(
            _("Uppföljningen kan inte ha hållits en dag som inte har kommit."), where="on"
        )
    if on < began:
        raise Invalid(_("Den dagen fanns inte planen än. Välj en senare dag."), where="on")
    if next_on is not None and next_on <= today:
        raise Invalid(
            _("Nästa uppföljning måste ligga framåt i tiden. Välj en senare dag."), where="next_on"
        )


# ── what happens around the plan ──


class EventKind(StrEnum):
    """Something outside the plan that can make it wrong."""

    ADMITTED = "admitted"
    DISCHARGED = "discharged"
    CONTACT_CHANGED = "contact-changed"


EVENT_VERBS: dict[EventKind, Text] = {
    EventKind.ADMITTED: _("se över planen: personen är på sjukhus"),
    EventKind.DISCHARGED: _("se över planen: personen har kommit hem"),
    EventKind.CONTACT_CHANGED: _("se över planen: personen har fått en ny kontakt"),
}
"""What the unit is asked to do; fits after "Väntar på: NAME ·"."""


# ── what changed, in one sentence for the person ──


def tell_changes(old: Snapshot, new: Snapshot) -> tuple[Text, ...]:
    """Each thing that differs between two versions, as a sentence that the person understands."""
    return tuple(
        dict.fromkeys(
            [
                *_status(old, new),
                *_follow_up(old, new),
                *_goals(old, new),
                *_activities(old, new),
                *_parties(old, new),
                *_texts(old, new),
            ]
        )
    )


def tell_in_one(sentences: Sequence[Text]) -> Text | None:
    """The one sentence: the only one there is, or the first and how many more; None for none."""
    if not sentences:
        return None
    if len(sentences) == 1:
        return sentences[0]
    more = len(sentences) - 1
    if more == 1:
        return _("%(first)s Det finns en ändring till.", first=sentences[0])
    return _("%(first)s Det finns %(more)d ändringar till.", first=sentences[0], more=more)


_NEW_STATUS: dict[PlanStatus, Text] = {
    PlanStatus.DRAFT: _("Din plan skrivs om."),
    PlanStatus.ACTIVE: _("Din plan är klar och gäller nu."),
    PlanStatus.ENDED: _("Din plan är slut."),
}


def _status(old: Snapshot, new: Snapshot) -> Iterator[Text]:
    now = new.get("status")
    if now and old.get("status") != now:
        yield _NEW_STATUS[PlanStatus(now)]


def _follow_up(old: Snapshot, new: Snapshot) -> Iterator[Text]:
    before, after = old.get("follow_up_on"), new.get("follow_up_on")
    if before == after:
        return
    if after and before:
        yield _(
            "Vi ses om planen den %(day)s. Förut var det den %(before)s.",
            day=_said(after),
            before=_said(before),
        )
    elif after:
        yield _("Vi ses om planen den %(day)s.", day=_said(after))
    else:
        yield _("Dagen för att ses om planen är borta.")


def _pairs(old: Snapshot, new: Snapshot, name: str) -> Iterator[tuple[Any, Any]]:
    before = {one["id"]: one for one in old.get(name, [])}
    after = {one["id"]: one for one in new.get(name, [])}
    for key in dict.fromkeys([*after, *before]):
        if before.get(key) != after.get(key):
            yield before.get(key), after.get(key)


_GOAL_NOW: dict[GoalStatus, Text] = {
    GoalStatus.OPEN: _("Ditt mål ”%(words)s” är på gång igen."),
    GoalStatus.REACHED: _("Du har nått ditt mål ”%(words)s”."),
    GoalStatus.PARTLY: _("Du är en bit på väg mot ditt mål ”%(words)s”."),
    GoalStatus.NOT_REACHED: _("Ditt mål ”%(words)s” är inte nått."),
    GoalStatus.DROPPED: _("Ditt mål ”%(words)s” gäller inte mer."),
}


def _goals(old: Snapshot, new: Snapshot) -> Iterator[Text]:
    for before, after in _pairs(old, new, "goals"):
        if before is None:
            yield _("Du har ett nytt mål: ”%(words)s”.", words=after["words"])
        elif after is None:
            yield _("Ditt mål ”%(words)s” är borta.", words=before["words"])
        elif before["status"] != after["status"]:
            yield _filled(_GOAL_NOW[GoalStatus(after["status"])], words=after["words"])
        elif before["words"] != after["words"]:
            yield _(
                "Ditt mål heter nu ”%(words)s”. Förut hette det ”%(before)s”.",
                words=after["words"],
                before=before["words"],
            )
        elif before.get("outcome") != after.get("outcome"):
            yield _("Vi har skrivit hur det går med ”%(words)s”.", words=after["words"])
        elif before.get("reach_by") != after.get("reach_by"):
            yield _("Ditt mål ”%(words)s” har en ny dag.", words=after["words"])


_ACTIVITY_NOW: dict[ActivityStatus, Text] = {
    ActivityStatus.PLANNED: _("”%(what)s” är inte klart. Det ska göras."),
    ActivityStatus.ONGOING: _("”%(what)s” är på gång."),
    ActivityStatus.DONE: _("”%(what)s” är klart."),
    ActivityStatus.CANCELLED: _("”%(what)s” blir inte av."),
}


def _activities(old: Snapshot, new: Snapshot) -> Iterator[Text]:
    for before, after in _pairs(old, new, "activities"):
        if before is None:
            yield _("Något nytt ska göras: ”%(what)s”.", what=after["what"])
        elif after is None:
            yield _("”%(what)s” ska inte göras längre.", what=before["what"])
        elif (said := _activity_change(before, after)) is not None:
            yield said


def _activity_change(before: Snapshot, after: Snapshot) -> Text | None:
    """The one most telling thing that changed; None if it says nothing to the person."""
    what = after["what"]
    if before["status"] != after["status"]:
        return _filled(_ACTIVITY_NOW[ActivityStatus(after["status"])], what=what)
    if _owner(before) != _owner(after):
        return _owner_change(before, after)
    if before.get("due_on") != after.get("due_on"):
        return _activity_day(before, after)
    if before["what"] != what:
        return _(
            "Det som ska göras heter nu ”%(what)s”. Förut hette det ”%(before)s”.",
            what=what,
            before=before["what"],
        )
    if before.get("outcome") != after.get("outcome"):
        return _("Vi har skrivit hur det går med ”%(words)s”.", words=what)
    return None


def _said(day: str) -> Text:
    """A day of a version, as a person says it."""
    return said_date(date.fromisoformat(day))


def _owner(one: Snapshot) -> tuple[Any, ...]:
    return (one.get("owner_kind"), one.get("owner_unit_id"), one.get("owner_text"))


_MYSELF = _("dig")


def _owner_change(before: Snapshot, after: Snapshot) -> Text:
    old, new, what = _owner_named(before), _owner_named(after), after["what"]
    if old == new:
        return _("Någon annan gör nu ”%(what)s”.", what=what)
    told = {"what": what, "owner": new, "before": old}
    return _("”%(what)s” görs nu av %(owner)s. Förut gjordes det av %(before)s.", **told)


def _owner_named(one: Snapshot) -> Text | str:
    """Who does it, as the person is told: by name, or the person."""
    kind = OwnerKind(one["owner_kind"])
    if kind is OwnerKind.PERSON:
        return _MYSELF
    return str(one.get("owner_unit") or one.get("owner_text") or "") or OWNER_WORDS[kind]


def _activity_day(before: Snapshot, after: Snapshot) -> Text:
    day, old = after.get("due_on"), before.get("due_on")
    if day and old:
        return _(
            "”%(what)s” ska vara klart den %(day)s. Förut var det den %(before)s.",
            what=after["what"],
            day=_said(day),
            before=_said(old),
        )
    if day:
        return _("”%(what)s” ska vara klart den %(day)s.", what=after["what"], day=_said(day))
    return _("”%(what)s” har ingen sista dag nu.", what=after["what"])


def _parties(old: Snapshot, new: Snapshot) -> Iterator[Text]:
    for before, after in _pairs(old, new, "parties"):
        if before is None and after["role"] != PartyRole.HOLDER:
            yield _("%(name)s är med i planen nu.", name=after["name"])
        elif after is None:
            yield _("%(name)s är inte med i planen längre.", name=before["name"])


def _texts(old: Snapshot, new: Snapshot) -> Iterator[Text]:
    for section in Section:
        if old.get(section.value, "") != new.get(section.value, ""):
            yield _("Texten ”%(section)s” är ändrad.", section=SECTION_WORDS[section])
    if (old.get("responsible") or "") != (new.get("responsible") or "") and new.get("responsible"):
        yield _("%(name)s ansvarar nu för hela planen.", name=new["responsible"])


def _filled(template: Text, **params: object) -> Text:
    return Text(template.msgid, params)


# ── merging two plans of one person ──

MERGEABLE: Mapping[str, frozenset[str]] = {
    "sip": frozenset({"sip", "discharge"}),
    "discharge": frozenset({"sip", "discharge"}),
}
"""Kinds that follow the same law (LUS 4:2 points at HSL 16:4 st. 3–4); else only its own kind."""


def list_conflicts(stays: Snapshot, ends: Snapshot) -> tuple[Text, ...]:
    """What the two plans say differently, and which of it then holds."""
    found = []
    one, other = stays.get("responsible") or "", ends.get("responsible") or ""
    if one and other and one != other:
        found.append(
            _(
                "Planerna har olika övergripande ansvar: %(one)s och %(other)s. %(one)s gäller sedan.",
                one=one,
                other=other,
            )
        )
    if stays.get("no_others") != ends.get("no_others"):
        found.append(
            _("Bara den ena planen säger att ingen annan gör något. Svara på det på nytt sedan.")
        )
    day, other_day = stays.get("follow_up_on"), ends.get("follow_up_on")
    if day and other_day and day != other_day:
        found.append(
            _(
                "Planerna följs upp olika dagar. Den första gäller sedan: %(day)s.",
                day=_said(min(day, other_day)),
            )
        )
    return (*found, *_same_activities(stays, ends))


def _same_activities(stays: Snapshot, ends: Snapshot) -> Iterator[Text]:
    """The same thing with two owners: someone must choose."""
    known = {_folded(one["what"]): one for one in stays.get("activities", [])}
    for one in ends.get("activities", []):
        twin = known.get(_folded(one["what"]))
        if twin is not None and _owner(twin) != _owner(one):
            yield _(
                "”%(what)s” finns i båda planerna, med olika ansvarig. Båda följer med.",
                what=one["what"],
            )


def join_texts(one: str, other: str) -> str:
    """Both texts; once where one holds the other."""
    if not other.strip() or _folded(other) in _folded(one):
        return one
    if not one.strip() or _folded(one) in _folded(other):
        return other
    return f"{one}\n\n{other}"


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, but for capitals and spaces."""
    return _folded(one) == _folded(other)


def may_merge(one: str, other: str) -> bool:
    """Whether plans of the two kinds can become one: they follow the same law."""
    return other in MERGEABLE.get(one, frozenset({one}))
