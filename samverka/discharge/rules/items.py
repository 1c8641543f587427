"""The list "ready to go home": what must be seen to, who answers for it, what an answer does. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from samverka.discharge.rules.kinds import INSIDE, CaseStatus, Part, Secrecy, Track
from samverka.discharge.rules.messages import check_tested
from samverka.kernel.calendar import add_working_days, end_of_day, local_date
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class ItemKind(StrEnum):
    """What must be in place when someone comes home. The codes are stored."""

    DOSE = "dose"
    PRESCRIPTIONS = "prescriptions"
    FIRST_DAYS = "first-days"
    AIDS = "aids"
    HOME = "home"  # bed, adjustment of the home
    FOOD = "food"
    KEYS = "keys"
    MEETS = "meets"
    TRANSPORT = "transport"
    HOME_CARE = "home-care"
    HOME_HEALTH = "home-health"
    OTHER = "other"
    WORRY = "worry"  # something that worried when the person was asked at home


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """One kind of thing.

    Attributes:
        words: what it is called on the list.
        ask: what the unit is asked; a yes means that it is in place.
        owners: parts that answer, the first of them that takes part; else the ward.
        tracks: on which it is proposed.
        only_with: proposed only where this part takes part.
    """

    words: Text
    ask: Text
    owners: tuple[Part, ...] = ()
    tracks: frozenset[Track] = frozenset()
    only_with: Part | None = None


_ALL = frozenset(Track)
_MORE = frozenset({Track.YELLOW, Track.RED})
_RED = frozenset({Track.RED})
_HEALTH, _SOCIAL = Part.MUNICIPAL_HEALTH, Part.SOCIAL

ITEMS: dict[ItemKind, ItemSpec] = {
    ItemKind.DOSE: ItemSpec(
        _("Dos"), _("Vet alla vilken dos som gäller, och vem som delar medicinen?"), (), _MORE,
    ),
    ItemKind.PRESCRIPTIONS: ItemSpec(
        _("Recept"), _("Finns recept på det som ska tas hemma?"), (), _ALL,
    ),
    ItemKind.FIRST_DAYS: ItemSpec(
        _("Medicin första dagarna"), _("Finns medicin med hem för de första dagarna?"), (), _MORE,
    ),
    ItemKind.AIDS: ItemSpec(
        _("Hjälpmedel"), _("Finns hjälpmedlen på plats?"), (_HEALTH,), _MORE,
    ),
    ItemKind.HOME: ItemSpec(
        _("Säng och bostad"), _("Är säng och bostad ordnade?"), (_HEALTH, _SOCIAL), _RED,
    ),
    ItemKind.FOOD: ItemSpec(_("Mat"), _("Finns det mat hemma?"), (_SOCIAL,), _MORE),
    ItemKind.KEYS: ItemSpec(
        _("Nycklar"), _("Kan den som ska in komma in?"), (_SOCIAL,), _MORE,
    ),
    ItemKind.MEETS: ItemSpec(
        _("Någon möter"), _("Är det bestämt vem som möter hemma?"), (_SOCIAL,), _ALL,
    ),
    ItemKind.TRANSPORT: ItemSpec(_("Resan hem"), _("Är resan hem bokad?"), (), _ALL),
    ItemKind.HOME_CARE: ItemSpec(
        _("Hemtjänsten börjar"), _("Börjar hemtjänsten samma dag som hemgången?"), (_SOCIAL,),
        _MORE, _SOCIAL,
    ),
    ItemKind.HOME_HEALTH: ItemSpec(
        _("Hemsjukvården tar över"), _("Tar hemsjukvården över vid hemgången?"), (_HEALTH,),
        _MORE, _HEALTH,
    ),
    ItemKind.OTHER: ItemSpec(_("Annat"), _("Är det ordnat?")),
    ItemKind.WORRY: ItemSpec(_("Oro hemma"), _("Har ni tagit hand om det?")),
}  # fmt: skip
"""The whole list in one table; practice, not law."""

ASKED_BY_HAND = tuple(one for one in ItemKind if one is not ItemKind.WORRY)
"""What a unit can put on the list itself."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One line that the table proposes, and the part that answers."""

    kind: ItemKind
    part: Part


def propose_items(track: Track | None, parts: Set[Part]) -> list[Proposed]:
    """What the list should hold, few lines on the green track and many on the red.

    Args:
        track: None, not judged yet: as the yellow one.
        parts: of the units that take part beside the ward.
    """
    chosen = track or Track.YELLOW
    return [
        Proposed(kind, owner_of(kind, parts))
        for kind, one in ITEMS.items()
        if chosen in one.tracks and (one.only_with is None or one.only_with in parts)
    ]


def owner_of(kind: ItemKind, parts: Set[Part]) -> Part:
    """Which part answers for a line: the first of the table's that takes part, else the ward."""
    return next((one for one in ITEMS[kind].owners if one in parts), Part.WARD)


# ── answers ──


class Answer(StrEnum):
    """What the unit says. The codes are stored."""

    YES = "yes"
    NO = "no"
    NOT_NEEDED = "not-needed"


ANSWER_WORDS: Mapping[Answer, Text] = {
    Answer.YES: _("Ja"),
    Answer.NO: _("Nej"),
    Answer.NOT_NEEDED: _("Behövs inte"),
}


def check_answer(answer: Answer, words: str) -> None:
    """Raises Invalid for a no that says nothing of what is missing."""
    if answer is Answer.NO and not words:
        raise Invalid(
            _("Skriv vad som saknas."),
            where="words",
            mend=_("En mening räcker: vad som inte är klart och när det blir det."),
        )


def check_may_answer(*, own: bool, status: CaseStatus, at_home: bool) -> None:
    """Raise unless the own unit is asked, and the answer can still matter.

    Raises:
        NotAllowed: another unit is asked.
        NotNow: the person has gone home, or the case has ended.
    """
    if not own:
        raise NotAllowed(_("Frågan är ställd till en annan enhet."))
    if not wanted_now(status, at_home=at_home):
        raise NotNow(
            _("Personen är inte kvar på sjukhuset. Frågan behöver inget svar nu."),
            mend=_("Skriv ett meddelande i ärendet om något ändå ska sägas."),
        )


def wanted_now(status: CaseStatus, *, at_home: bool) -> bool:
    """Whether a line still needs its answer: before going home, or asked when the person had come home."""
    return status in INSIDE or (at_home and status is CaseStatus.HOME)


# ── last moment ──


def answer_due(estimated_at: date | None, asked_at: datetime, days_before: int) -> datetime | None:
    """The last moment for an answer: the end of the day before the person is believed to go home.

    What is asked later than that is to be answered the same day. None where no day is set.
    """
    if estimated_at is None:
        return None
    return end_of_day(max(estimated_at - timedelta(days=days_before), local_date(asked_at)))


WORRY_DAYS = 1
"""Working days within which a unit takes care of what worried at home; practice, not law."""


def worry_due(asked_at: datetime) -> datetime:
    """The last moment to take care of what worried: the end of the next working day."""
    return end_of_day(add_working_days(local_date(asked_at), WORRY_DAYS))


# ── going home ──


@dataclass(frozen=True, slots=True)
class Standing:
    """A line as the one who sends someone home must know it."""

    words: Text | str
    answer: Answer | None


def not_in_place(lines: Iterable[Standing]) -> list[Standing]:
    """What has no answer, or has a no: sending someone home without it needs a reason."""
    return [one for one in lines if one.answer in (None, Answer.NO)]


def check_may_go(lines: Iterable[Standing], reason: str) -> None:
    """Raises Invalid where something is not in place and nobody says why the person goes home anyway."""
    left = not_in_place(lines)
    if left and not reason:
        raise Invalid(
            _(
                "Allt är inte klart inför hemgången: %(things)s.",
                things=", ".join(one.words for one in left),
            ),
            where="anyway",
            mend=_("Skriv varför personen går hem ändå. Det sparas i ärendet."),
        )


GROUNDS = (Secrecy.CONSENT, Secrecy.HARM_TEST, Secrecy.UNABLE, Secrecy.NEEDED)
"""On what a question to another unit can be put: it tells something of the person's needs."""


def check_item_ground(ground: Secrecy, note: str) -> None:
    """Raises Invalid for a ground that cannot carry it, and for a test whose outcome is not written."""
    if ground not in GROUNDS:
        raise Invalid(_("Frågorna kan inte lämnas på den grunden."), where="ground")
    check_tested(ground, note)
