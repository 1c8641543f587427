"""Gated fetches of the consent to a plan: where it stands, who has answered, what each side still owes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access import reads as access
from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.access.models import Consent
from samverka.access.rules import ConsentForm, Ground, ProxyKind, is_child
from samverka.careplans import rules
from samverka.careplans.models import ConsentAsk, ConsentVoice, Party, Plan
from samverka.careplans.reads.contacts import contacts_of
from samverka.careplans.reads.disclosing import check_reads_own
from samverka.careplans.rules import (
    Answerers,
    ConsentStatus,
    ConsentStepName,
    Owing,
    PlanKind,
    VoiceAnswer,
    VoiceFacts,
    VoiceKind,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.text import Text
from samverka.organisations.reads import UnitDetail, list_units, unit_detail, unit_names
from samverka.people.reads import PersonLine, person_line


@dataclass(frozen=True, slots=True)
class ConsentAskDetail:
    """One question, and what was answered. `status`: what holds now, taken back and run out too."""

    id: UUID
    status: ConsentStatus
    status_words: Text
    units: tuple[str, ...]
    unit_ids: tuple[UUID, ...]
    covers: str
    not_covered: str
    until: datetime | None
    asked_at: datetime
    asked_by: str
    asked_unit: str
    answered_at: datetime | None
    answered_by: str
    written_by: str
    form: ConsentForm | None
    reason: str
    decided_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str


@dataclass(frozen=True, slots=True)
class ConsentVoiceDetail:
    """A guardian's answer, or the child's view with the judgement of it."""

    kind: VoiceKind
    kind_words: Text
    name: str
    answer: VoiceAnswer
    answer_words: Text
    view: str
    judgement: str
    at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """The consent to one plan as the reader may see and change it.

    Attributes:
        current: the newest question; None before anybody has asked.
        earlier: those before it; nothing is thrown away.
        missing: what lacks before a child's consent is whole.
        as_guardian: the reader answers for a child.
        holds_without: it holds even if this guardian takes the yes back; another's is enough.
        helps: by huvudman, what is still owed when nothing may be shared.
    """

    plan_id: UUID
    title: str
    kind: PlanKind
    kind_words: Text
    person: PersonLine
    unit: UnitDetail
    status: ConsentStatus
    status_words: Text
    current: ConsentAskDetail | None
    earlier: tuple[ConsentAskDetail, ...]
    voices: tuple[ConsentVoiceDetail, ...]
    child: bool
    guardians: tuple[str, ...]
    missing: tuple[Text, ...]
    as_guardian: bool
    answered_here: bool
    may_ask: bool
    may_note: bool
    may_answer: bool
    may_withdraw: bool
    holds_without: bool = False

    @property
    def stopped(self) -> bool:
        """The plan must not be shared: the person has said no, taken back, or let it run out."""
        return self.status in (
            ConsentStatus.REFUSED,
            ConsentStatus.WITHDRAWN,
            ConsentStatus.EXPIRED,
        )

    @property
    def owed(self) -> tuple[tuple[Owing, tuple[Text, ...]], ...]:
        """What each side still owes, when nothing may be shared."""
        return tuple(rules.OWED_WORDS.items()) if self.stopped else ()

    @property
    def owed_plainly(self) -> tuple[Text, ...]:
        """The same to the person."""
        return tuple(rules.OWED_TO_PERSON.values())


# ── what holds ──


def consent_rows(plan_id: UUID) -> list[ConsentAsk]:
    """The questions about one plan, the newest first; inside an act that has passed the plan."""
    return list(ConsentAsk.objects.filter(plan_id=plan_id).order_by("-number"))


def legal_rows(asks: Iterable[ConsentAsk]) -> dict[UUID, Consent]:
    """The yes rows behind the questions."""
    ids = {one.consent_id for one in asks if one.consent_id}
    return {row.id: row for row in Consent.objects.filter(id__in=ids)} if ids else {}


def status_of(ask: ConsentAsk | None, given: Consent | None, at: datetime) -> ConsentStatus:
    """Where the consent stands by the newest question."""
    if ask is None:
        return ConsentStatus.NOT_ASKED
    withdrawn = given is not None and given.withdrawn_at is not None
    until = given.until if given else None
    return rules.status_at(ConsentStatus(ask.status), withdrawn=withdrawn, until=until, at=at)


def answerers_of(this: Act, person_id: UUID) -> Answerers:
    """Who must answer for the person, by the county's settings; for a grown-up only the person."""
    if not is_child(this.standing(person_id).age):
        return Answerers()
    on = local_date(this.actor.at)
    return Answerers(
        guardians=_guardians(this, person_id),
        all_guardians=bool(county_value(Key.PLAN_ALL_GUARDIANS, on)),
        child_heard=bool(county_value(Key.PLAN_CHILD_HEARD, on)),
        child=True,
    )


def _guardians(this: Act, person_id: UUID) -> tuple[str, ...]:
    found = access.list_proxies(this.actor, person_id=person_id)
    return tuple(one.proxy_name for one in found if one.kind is ProxyKind.GUARDIAN)


def voice_rows(plan_id: UUID) -> list[ConsentVoice]:
    """The newest answer of each voice; whether the child decides alone is judged anew each time."""
    found = ConsentVoice.objects.filter(plan_id=plan_id).order_by("id")
    newest = {(one.kind in rules.CHILDS_OWN, one.name.casefold()): one for one in found}
    return list(newest.values())


def voice_facts(rows: Iterable[ConsentVoice]) -> list[VoiceFacts]:
    """Rows → what the rule asks."""
    return [VoiceFacts(VoiceKind(one.kind), one.name, VoiceAnswer(one.answer)) for one in rows]


# ── the page ──


def plan_consent(actor: Actor, *, plan_id: UUID) -> ConsentPage:
    """Where the consent to a plan stands, with what has been asked and answered."""
    with act(actor, Action.PLAN_READ) as this:
        plans = Plan.objects.select_related("person", "unit__provider__organisation")
        row = this.row(plans, id=plan_id)
        check_reads_own(this, row)
        this.note(row, consent=True)
        return consent_page(this, row)


@dataclass(frozen=True, slots=True)
class ConsentQuestion:
    """What is needed to put the question: the page, whom it can be about, and those who take part.

    Attributes:
        near: units of the person's contacts, as far as the reader may know of them.
    """

    page: ConsentPage
    units: tuple[UnitDetail, ...]
    parties: frozenset[UUID]
    near: frozenset[UUID]


def consent_question(actor: Actor, *, plan_id: UUID) -> ConsentQuestion:
    """Where the consent to a plan stands, and the units of others that it can be about."""
    with act(actor, Action.PLAN_READ) as this:
        plans = Plan.objects.select_related("person", "unit__provider__organisation")
        row = this.row(plans, id=plan_id)
        check_reads_own(this, row)
        this.note(row, consent=True)
        units = list_units(actor)
        others = [one for one in units if one.provider_id != row.provider_id]
        parties = Party.objects.filter(plan_id=row.id, until__isnull=True)
        return ConsentQuestion(
            page=consent_page(this, row, {one.id: one for one in units}),
            units=tuple(others),
            parties=frozenset(parties.values_list("unit_id", flat=True)),
            near=frozenset(one.unit_id for one in contacts_of(this, row.person_id)),
        )


def consent_page(
    this: Act, row: Any, known: Mapping[UUID, UnitDetail] | None = None
) -> ConsentPage:
    """A plan's row → the page, inside an act that has passed the gate and noted it.

    Args:
        known: units that the caller has fetched already.
    """
    actor, asks = this.actor, consent_rows(row.id)
    given, voices = legal_rows(asks), voice_rows(row.id)
    names = _names(asks, known or {})
    details = [
        _ask_detail(one, given.get(one.consent_id) if one.consent_id else None, names, actor.at)
        for one in asks
    ]
    status = details[0].status if details else ConsentStatus.NOT_ASKED
    asked = answerers_of(this, row.person_id)
    decision = this.decide(row)
    guardian = decision.ground is Ground.GUARDIAN
    return ConsentPage(
        plan_id=row.id,
        title=row.title,
        kind=PlanKind(row.kind),
        kind_words=rules.KINDS[PlanKind(row.kind)].words,
        person=person_line(row.person, actor, decision),
        unit=unit_detail(row.unit),
        status=status,
        status_words=rules.CONSENT_WORDS[status],
        current=details[0] if details else None,
        earlier=tuple(details[1:]),
        voices=tuple(_voice_detail(one) for one in voices),
        child=asked.child,
        guardians=asked.guardians,
        missing=rules.missing_voices(asked, voice_facts(voices)),
        as_guardian=guardian,
        answered_here=guardian and asks[:1] != [] and _answered(actor, voices, asks[0].asked_at),
        may_ask=_may(this, row, status, Action.PLAN_CONSENT_ASK, ConsentStepName.ASK),
        may_note=actor.is_staff
        and _may(this, row, status, Action.PLAN_CONSENT_ANSWER, ConsentStepName.GIVE),
        may_answer=_may_answer(this, row, status, guardian=guardian),
        may_withdraw=_may_withdraw(this, row, status, voices, guardian=guardian),
        holds_without=guardian and rules.holds_after_no(asked, voice_facts(voices), actor.name),
    )


def _names(
    asks: Iterable[ConsentAsk], known: Mapping[UUID, UnitDetail]
) -> Mapping[UUID, UnitDetail]:
    asked = {unit for one in asks for unit in one.units}
    return known if asked <= known.keys() else unit_names(asked)


def _may(this: Act, row: Any, status: ConsentStatus, action: Action, name: ConsentStepName) -> bool:
    actor = this.actor
    holds = actor.is_person or row.provider_id == actor.provider_id
    kept_here = not row.source
    turn = rules.may_consent_step(status, name, actor.side)
    return holds and kept_here and turn and permits(actor, action)


def _may_answer(this: Act, row: Any, status: ConsentStatus, *, guardian: bool) -> bool:
    """The person alone, or a guardian; another representative can read the question only."""
    own = row.person_id == this.actor.person_id or guardian
    asked = _may(this, row, status, Action.PLAN_CONSENT_ANSWER, ConsentStepName.GIVE)
    return this.actor.is_person and own and asked


def _may_withdraw(
    this: Act, row: Any, status: ConsentStatus, voices: list[ConsentVoice], *, guardian: bool
) -> bool:
    """Staff note it; the person and each guardian take back their own, once."""
    actor = this.actor
    turn = _may(this, row, status, Action.PLAN_CONSENT_ANSWER, ConsentStepName.WITHDRAW)
    if not actor.is_person or row.person_id == actor.person_id:
        return turn
    said_no = any(_same(actor, one) and one.answer == VoiceAnswer.NO for one in voices)
    return turn and guardian and not said_no


def _same(actor: Actor, voice: ConsentVoice) -> bool:
    return voice.kind == VoiceKind.GUARDIAN and voice.name.casefold() == actor.name.casefold()


def _answered(actor: Actor, voices: list[ConsentVoice], since: datetime) -> bool:
    """The guardian has answered this question; an answer to an earlier one can be another."""
    return any(_same(actor, one) and one.at >= since for one in voices)


def _ask_detail(
    row: ConsentAsk, given: Consent | None, names: Mapping[UUID, UnitDetail], at: datetime
) -> ConsentAskDetail:
    status = status_of(row, given, at)
    return ConsentAskDetail(
        id=row.id,
        status=status,
        status_words=rules.CONSENT_WORDS[status],
        units=tuple(names[one].name for one in row.units if one in names),
        unit_ids=tuple(row.units),
        covers=row.covers,
        not_covered=row.not_covered,
        until=row.until,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        asked_unit=row.asked_unit,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        written_by=row.written_by,
        form=ConsentForm(row.form) if row.form else None,
        reason=row.reason,
        decided_by=row.decided_by,
        withdrawn_at=given.withdrawn_at if given else None,
        withdrawn_by=given.withdrawn_by if given else "",
    )


def _voice_detail(row: ConsentVoice) -> ConsentVoiceDetail:
    kind, answer = VoiceKind(row.kind), VoiceAnswer(row.answer)
    return ConsentVoiceDetail(
        kind=kind,
        kind_words=rules.VOICE_WORDS[kind],
        name=row.name,
        answer=answer,
        answer_words=rules.ANSWER_WORDS[answer],
        view=row.view,
        judgement=row.judgement,
        at=row.at,
        written_by=row.written_by,
    )
