"""Consent to the coordination: asked, given, refused, not possible, withdrawn; who must answer. Pure.

Sources: HSL (2017:30) 16:4 st. 2, LUS (2017:612) 4:2 (consent); OSL (2009:400) 10:1, 12:2–3; föräldrabalken
(1949:381) 6:11; PL (2014:821) 4:3 (the child's view by age and maturity).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from samverka.careplans.rules.missing import join_sentences
from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class ConsentStatus(StrEnum):
    """Where the consent to one plan stands. The codes are stored, but for the first and the last two."""

    NOT_ASKED = "not-asked"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    NOT_POSSIBLE = "not-possible"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


CONSENT_WORDS: dict[ConsentStatus, Text] = {
    ConsentStatus.NOT_ASKED: _("Inte frågat än"),
    ConsentStatus.ASKED: _("Frågan är ställd"),
    ConsentStatus.GIVEN: _("Samtycke finns"),
    ConsentStatus.REFUSED: _("Personen har sagt nej"),
    ConsentStatus.NOT_POSSIBLE: _("Personen kan inte samtycka"),
    ConsentStatus.WITHDRAWN: _("Samtycket är återkallat"),
    ConsentStatus.EXPIRED: _("Samtycket har gått ut"),
}


class ConsentStepName(StrEnum):
    """What can happen to the question of consent."""

    ASK = "ask"
    GIVE = "give"
    REFUSE = "refuse"
    NOTE_NOT_POSSIBLE = "note-not-possible"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class ConsentStep:
    """One line of the process, and which sides may take it. The person may always answer and take back."""

    name: ConsentStepName
    to: ConsentStatus
    sides: frozenset[Side]
    words: Text


_CARE = frozenset({Side.REGION, Side.MUNICIPALITY, Side.PRIVATE})
_ALL = _CARE | {Side.PERSON}
_ASK = ConsentStep(ConsentStepName.ASK, ConsentStatus.ASKED, _CARE, _("Fråga personen på Min sida"))
_GIVE = ConsentStep(ConsentStepName.GIVE, ConsentStatus.GIVEN, _CARE, _("Notera ja"))
_REFUSE = ConsentStep(ConsentStepName.REFUSE, ConsentStatus.REFUSED, _CARE, _("Notera nej"))
_UNABLE = ConsentStep(
    ConsentStepName.NOTE_NOT_POSSIBLE,
    ConsentStatus.NOT_POSSIBLE,
    _CARE,
    _("Notera att personen inte kan samtycka"),
)
_ANSWERS = (_ASK, _GIVE, _REFUSE, _UNABLE)

CONSENT_STEPS: dict[ConsentStatus, tuple[ConsentStep, ...]] = {
    ConsentStatus.NOT_ASKED: _ANSWERS,
    ConsentStatus.ASKED: (
        _ASK,
        ConsentStep(ConsentStepName.GIVE, ConsentStatus.GIVEN, _ALL, _("Ja")),
        ConsentStep(ConsentStepName.REFUSE, ConsentStatus.REFUSED, _ALL, _("Nej")),
        _UNABLE,
    ),
    ConsentStatus.GIVEN: (
        ConsentStep(
            ConsentStepName.WITHDRAW, ConsentStatus.WITHDRAWN, _ALL, _("Ta tillbaka samtycket")
        ),
        ConsentStep(
            ConsentStepName.EXPIRE, ConsentStatus.EXPIRED, frozenset({Side.SYSTEM}), _("Går ut")
        ),
        _ASK,
        _GIVE,
    ),
    ConsentStatus.REFUSED: _ANSWERS,
    ConsentStatus.NOT_POSSIBLE: _ANSWERS,
    ConsentStatus.WITHDRAWN: _ANSWERS,
    ConsentStatus.EXPIRED: _ANSWERS,
}
"""The process in one table: status → next status → which side may."""


def may_consent_step(status: ConsentStatus, name: ConsentStepName, side: Side) -> bool:
    """Whether this side may take the step now; the same predicate for button and operation."""
    return any(one.name is name and side in one.sides for one in CONSENT_STEPS[status])


def check_consent_step(status: ConsentStatus, name: ConsentStepName, side: Side) -> ConsentStatus:
    """The status after the step.

    Raises:
        NotNow: the step is not open from there, or not for that side.
    """
    if not may_consent_step(status, name, side):
        raise NotNow(
            _("Det går inte nu: %(status)s.", status=CONSENT_WORDS[status]),
            mend=_("Ladda om sidan och se vad som gäller."),
        )
    return next(one.to for one in CONSENT_STEPS[status] if one.name is name)


def status_at(
    stored: ConsentStatus, *, withdrawn: bool, until: datetime | None, at: datetime
) -> ConsentStatus:
    """What holds now: a yes that was taken back or has run out is no yes any more."""
    if stored is not ConsentStatus.GIVEN:
        return stored
    if withdrawn:
        return ConsentStatus.WITHDRAWN
    return ConsentStatus.EXPIRED if until is not None and until <= at else stored


def check_may_share(status: ConsentStatus) -> None:
    """Raise, saying why, unless the plan may be made and shared together."""
    if status is not ConsentStatus.GIVEN:
        raise NotNow(_SHARE_WORDS[status], mend=_SHARE_MEND)


_SHARE_WORDS: dict[ConsentStatus, Text] = {
    ConsentStatus.NOT_ASKED: _("Fråga personen först: samtycke saknas."),
    ConsentStatus.ASKED: _("Personen har inte svarat än."),
    ConsentStatus.GIVEN: _("Samtycket gäller."),
    ConsentStatus.REFUSED: _("Personen har sagt nej. Då delas planen inte."),
    ConsentStatus.NOT_POSSIBLE: _("Personen kan inte samtycka. Planen delas inte på samtycke."),
    ConsentStatus.WITHDRAWN: _("Personen har tagit tillbaka sitt samtycke."),
    ConsentStatus.EXPIRED: _("Samtycket har gått ut."),
}
_SHARE_MEND = _("Öppna samtycket i planen och fråga igen när det passar.")


# ── what each side still owes ──


class Owing(StrEnum):
    """Which huvudman still owes help when nothing may be shared."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    BOTH = "both"


OWED_WORDS: dict[Owing, tuple[Text, ...]] = {
    Owing.REGION: (
        _("Regionen ger vård efter behov och planerar sin egen del (hälso- och sjukvårdslagen)."),
        _("Personen har kvar sin fasta vårdkontakt och rätten till information (patientlagen)."),
    ),
    Owing.MUNICIPALITY: (
        _("Kommunen prövar ansökningar och ger insatser som är beslutade (socialtjänstlagen)."),
        _("Kommunens hemsjukvård fortsätter med sin del (12 kap. hälso- och sjukvårdslagen)."),
    ),
    Owing.BOTH: (
        _(
            "Vid utskrivning gäller planeringen på var sida ändå "
            "(2 kap. 6 § lagen om samverkan vid utskrivning)."
        ),
    ),
}
"""A no stops the shared plan; these duties stay."""

OWED_TO_PERSON: dict[Owing, Text] = {
    Owing.REGION: _("Du får vård precis som förut."),
    Owing.MUNICIPALITY: _("Kommunen ger dig den hjälp som den har lovat."),
    Owing.BOTH: _("De planerar var för sig i stället för ihop."),
}
"""The same to the person, in plain words."""


# ── who must answer ──


class VoiceKind(StrEnum):
    """Whose voice it is."""

    GUARDIAN = "guardian"  # vårdnadshavare: OSL 12:3, FB 6:11
    CHILD = "child"
    CHILD_DECIDES = "child-decides"  # so old and mature that the child's answer is the consent


CHILDS_OWN = frozenset({VoiceKind.CHILD, VoiceKind.CHILD_DECIDES})

VOICE_WORDS: dict[VoiceKind, Text] = {
    VoiceKind.GUARDIAN: _("Vårdnadshavare"),
    VoiceKind.CHILD: _("Barnet"),
    VoiceKind.CHILD_DECIDES: _("Barnet, som bestämmer själv"),
}


class VoiceAnswer(StrEnum):
    """What was said."""

    YES = "yes"
    NO = "no"
    NOT_HEARD = "not-heard"  # could not be asked, or did not want to say; the reason is written


ANSWER_WORDS: dict[VoiceAnswer, Text] = {
    VoiceAnswer.YES: _("Ja"),
    VoiceAnswer.NO: _("Nej"),
    VoiceAnswer.NOT_HEARD: _("Har inte sagt något"),
}


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """One answer, the newest of that voice."""

    kind: VoiceKind
    name: str
    answer: VoiceAnswer


@dataclass(frozen=True, slots=True)
class Answerers:
    """Who must answer for one person (a county setting).

    Attributes:
        guardians: names of those with custody, as known; empty for a grown-up.
        all_guardians: each of them must say yes; else one is enough.
        child_heard: the child's own view must be written down.
    """

    guardians: tuple[str, ...] = ()
    all_guardians: bool = True
    child_heard: bool = True
    child: bool = False


def missing_voices(asked: Answerers, voices: Iterable[VoiceFacts]) -> tuple[Text, ...]:
    """What is still lacking before a child's consent is whole; nothing for a grown-up.

    A child who is judged old and mature enough decides alone, and nobody else's answer is needed
    (FB 6:11, PL 4:3): the judgement stands beside the answer.
    """
    if not asked.child:
        return ()
    voices = list(voices)
    decides = [one for one in voices if one.kind is VoiceKind.CHILD_DECIDES]
    if decides:
        lacks = _("%(name)s bestämmer själv och har inte sagt ja.", name=decides[-1].name)
        return () if decides[-1].answer is VoiceAnswer.YES else (lacks,)
    said = {(one.kind, one.name.casefold()): one for one in voices}
    yes = {key for key, one in said.items() if one.answer is VoiceAnswer.YES}
    lacking = [name for name in asked.guardians if (VoiceKind.GUARDIAN, name.casefold()) not in yes]
    guardian_yes = any(kind is VoiceKind.GUARDIAN for kind, _name in yes)
    found: list[Text] = []
    if asked.all_guardians:
        found += [_("%(name)s har inte sagt ja.", name=name) for name in lacking]
    if not guardian_yes and not found:
        found.append(_("Ingen vårdnadshavare har sagt ja."))
    if asked.child_heard and not any(kind is VoiceKind.CHILD for kind, _name in said):
        found.append(_("Barnets egen syn är inte nedskriven."))
    return tuple(found)


def holds_after_no(asked: Answerers, voices: Iterable[VoiceFacts], name: str) -> bool:
    """Whether a child's consent still holds when one guardian has taken the yes back.

    The same rule as for giving it: where each guardian must say yes, one no ends it; where one is enough,
    it holds as long as another's yes stands.
    """
    mine = (VoiceKind.GUARDIAN, name.casefold())
    others = [one for one in voices if (one.kind, one.name.casefold()) != mine]
    no = VoiceFacts(VoiceKind.GUARDIAN, name, VoiceAnswer.NO)
    return not missing_voices(replace(asked, child=True, child_heard=False), [*others, no])


def check_voices(asked: Answerers, voices: Iterable[VoiceFacts]) -> None:
    """Raise, with all that lacks, unless those who must answer for the child have."""
    lacking = missing_voices(asked, voices)
    if lacking:
        raise NotNow(
            join_sentences(_("Samtycket är inte komplett."), *lacking),
            mend=_("Notera svaren först."),
        )


def check_voice(kind: VoiceKind, *, view: str, judgement: str) -> None:
    """Raise unless a child's view is written with a judgement of age and maturity."""
    if kind not in CHILDS_OWN:
        return
    if not view.strip():
        raise Invalid(
            _("Skriv vad barnet har sagt, eller varför det inte har hörts."), where="view"
        )
    if not judgement.strip():
        raise Invalid(
            _("Skriv hur ni har vägt barnets åsikt efter ålder och mognad."), where="judgement"
        )


SHORTEST_GROUND = 20
"""Shortest ground for "cannot consent" (characters); practice."""


def check_not_possible(*, decided_by: str, ground: str) -> None:
    """Raise unless a named decision-maker says why the person cannot consent."""
    if not decided_by.strip():
        raise Invalid(_("Skriv vem som har gjort bedömningen."), where="decided_by")
    if len(ground.strip()) < SHORTEST_GROUND:
        raise Invalid(
            _("Skriv grunden: hur ni har sett att personen inte kan samtycka."), where="reason"
        )


COVERS_LENGTH = 1000
"""Longest text of what a consent covers, or does not (characters)."""
