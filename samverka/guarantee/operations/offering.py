"""Times that are offered and answered, days that are not counted, letters to the person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.reads import has_account
from samverka.guarantee.models import Wait, WaitLetter, WaitOffer, WaitPause
from samverka.guarantee.operations.keeping import (
    full_wait,
    keep_change,
    noted,
    own_part,
    own_wait,
    saved,
)
from samverka.guarantee.reads import WaitDetail, letter_words, rule_pause
from samverka.guarantee.rules import LETTER_WORDS, LetterKind, Offer, Pause, Reason
from samverka.guarantee.rules.hearing import Answer
from samverka.guarantee.rules.keeping import (
    check_answer,
    check_offer,
    check_pause,
    check_pause_end,
    check_waits,
)
from samverka.guarantee.rules.letters import Way, check_new, way_of
from samverka.guarantee.rules.pauses import judge_pauses
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.notices.operations import tell_person


def offer_time(
    actor: Actor,
    *,
    wait_id: UUID,
    care_on: date,
    where: str,
    elsewhere: bool = False,
    travel: str = "",
    made_on: date | None = None,
    informed_on: date | None = None,
) -> WaitDetail:
    """Offer the person a time, here or at another provider; the person sees it at once."""
    with act(actor, Action.GUARANTEE_EDIT) as this:
        row = own_wait(this, wait_id)
        found, made = full_wait(this, wait_id), made_on or local_date(actor.at)
        check_offer(
            found.clock,
            made_on=made,
            care_on=care_on,
            where=where,
            elsewhere=elsewhere,
            at=actor.at,
        )
        WaitOffer(
            **noted(this, row),
            made_on=made,
            care_on=care_on,
            where=where.strip(),
            elsewhere=elsewhere,
            travel=travel.strip(),
            informed_on=informed_on,
        ).save(force_insert=True)
        _tell(this, row, _("Du har fått en tid. Säg ja eller nej till den."))
        return saved(this, row, offered=str(care_on), elsewhere=elsewhere)


def _tell(this: Act, row: Wait, sentence: Text) -> None:
    if not row.not_for_patient:
        tell_person(this, person_id=row.person_id, sentence=sentence, once_a_day=True)


def answer_offer(
    actor: Actor,
    *,
    offer_id: UUID,
    accepted: bool,
    answered_on: date | None = None,
    informed_on: date | None = None,
) -> WaitDetail:
    """Write down the person's answer to a time. A no in time, by one who knows the guarantee, stops the count."""
    with act(actor, Action.GUARANTEE_EDIT) as this:
        offer: WaitOffer = own_part(this, WaitOffer, offer_id)
        row = offer.wait
        today = local_date(actor.at)
        on = answered_on or today
        check_waits(full_wait(this, row.id).clock.status)
        check_answer(
            made_on=offer.made_on,
            answered_on=on,
            today=today,
            withdrawn=offer.withdrawn_at is not None,
        )
        if offer.answer:
            before = {"answer": offer.answer, "answered_on": offer.answered_on}
            keep_change(this, row, before, str(_ANSWERED_AGAIN))
        offer.answer = (Answer.YES if accepted else Answer.NO).value
        offer.answered_on, offer.answered_to = on, actor.name
        offer.informed_on = informed_on or offer.informed_on
        offer.save()
        return saved(this, row, answered=offer.answer)


_ANSWERED_AGAIN = _("Personen har svarat på nytt")


def pause_wait(
    actor: Actor,
    *,
    wait_id: UUID,
    reason: Reason,
    first: date,
    last: date | None = None,
    offer_id: UUID | None = None,
    informed_on: date | None = None,
    declined_on: date | None = None,
    words: str = "",
) -> WaitDetail:
    """Let days not be counted: for medical reasons, for care in another region, or as the person abstains.

    To abstain takes three things: told of the guarantee, offered a time within it, and having said no
    (HSF 6:2 st. 2). Where one is missing the answer is a refusal that says which.
    """
    with act(actor, Action.GUARANTEE_EDIT) as this:
        row = own_wait(this, wait_id)
        found = full_wait(this, wait_id)
        check_waits(found.clock.status)
        pause = _pause(found, reason, first, last, offer_id, informed_on, declined_on)
        _check_pause(found, pause, local_date(actor.at))
        WaitPause(
            **noted(this, row),
            reason=reason.value,
            first=first,
            last=last,
            informed_on=pause.informed_on,
            declined_on=pause.declined_on,
            offer_id=offer_id if pause.offer else None,
            words=words.strip(),
        ).save(force_insert=True)
        return saved(this, row, paused=reason.value)


def _pause(
    found: WaitDetail,
    reason: Reason,
    first: date,
    last: date | None,
    offer_id: UUID | None,
    informed_on: date | None,
    declined_on: date | None,
) -> Pause:
    """The conditions belong to abstaining alone; what the offer's answer says need not be said again."""
    if reason is not Reason.ABSTAINS:
        return Pause(reason=reason, first=first, last=last)
    said = next((one for one in found.standing_offers if one.id == offer_id), None)
    no = said.answered_on if said and said.accepted is False else None
    return Pause(
        reason=reason,
        first=first,
        last=last,
        informed_on=informed_on or (said.informed_on if said else None),
        declined_on=declined_on or no,
        offer=Offer(made_on=said.made_on, care_on=said.care_on) if said else None,
    )


def _check_pause(found: WaitDetail, pause: Pause, today: date) -> None:
    """Judge it beside the pauses that stand already."""
    clock = found.clock
    if clock.start is None or clock.limit is None:
        raise NotNow(_("Ingen tid räknas, så inga dagar kan dras av."))
    if pause.first > today:
        raise Invalid(_("Uppehållet ligger i framtiden."), where="first")
    if pause.last is not None:
        check_pause_end(pause.first, pause.last, today)
    others = [rule_pause(one, found.offers) for one in found.pauses if one.stands]
    for one in judge_pauses(clock.start.on, clock.limit, [*others, pause], None):
        if one.pause is pause:
            check_pause(one, pause)


def end_pause(actor: Actor, *, pause_id: UUID, last: date) -> WaitDetail:
    """Say which day was the last that is not counted; the day after counts again."""
    with act(actor, Action.GUARANTEE_EDIT) as this:
        pause: WaitPause = own_part(this, WaitPause, pause_id)
        if pause.withdrawn_at is not None:
            raise NotNow(_("Uppehållet är taget tillbaka."))
        check_pause_end(pause.first, last, local_date(actor.at))
        row = pause.wait
        if pause.last is not None:
            keep_change(this, row, {"last": pause.last}, str(_END_MOVED))
        pause.last = last
        pause.save()
        return saved(this, row, counts_again=str(last))


_END_MOVED = _("Ny sista dag för uppehållet")


def write_letter(
    actor: Actor, *, wait_id: UUID, kind: LetterKind, offer_id: UUID | None = None
) -> WaitDetail:
    """Write a letter to the person, kept word for word: sent to the own page, or on paper for one without.

    The very same letter is not written twice.
    """
    with act(actor, Action.GUARANTEE_LETTER) as this:
        row = own_wait(this, wait_id)
        found = full_wait(this, wait_id)
        words = [str(one) for one in letter_words(found, kind, offer_id)]
        check_new(words, {one.words: local_date(one.noted_at) for one in found.letters})
        way = way_of(has_account=has_account(row.person_id), not_for_patient=row.not_for_patient)
        WaitLetter(
            **noted(this, row),
            kind=kind.value,
            offer_id=offer_id,
            heading=str(LETTER_WORDS[kind]),
            words=words,
            way=way.value,
        ).save(force_insert=True)
        if way is Way.PAGE:
            tell_person(this, person_id=row.person_id, sentence=_LETTER_CAME)
        return saved(this, row, letter=kind.value, way=way.value)


_LETTER_CAME = _("Du har fått ett brev om din väntan. Det finns på din sida.")
