"""Hand out what the consent covers, and keep back what lies outside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Func, QuerySet, UUIDField, Value

from samverka.access import operations as access
from samverka.access.act import Act
from samverka.access.operations import Disclosed, Receipt
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans.models import Comment, Plan, WithheldPart
from samverka.careplans.reads.disclosing import (
    COPY_GROUNDS,
    content_of,
    gives_at_save,
    last_given,
    withheld_of,
)
from samverka.careplans.reads.rows import (
    PlanConsent,
    disclosed_now,
    holding_consents,
    live_receivers,
)
from samverka.careplans.rules import Snapshot
from samverka.careplans.rules.disclosing import (
    NOT_GIVEN_TO_YOU,
    NOT_SENT_TO_YOU,
    PartKind,
    Withheld,
    digest,
    given,
    hidden_from,
)
from samverka.kernel.problems import NotFound, NotNow
from samverka.subscriptions.operations import tell
from samverka.subscriptions.rules import Cause, Happened


def of_plan(row: Plan | Any) -> Disclosed:
    """Which record it is that is given out."""
    return Disclosed(row.person_id, row.id, "Plan", row.version)


# ── who takes part ──


def settle_parts(this: Act, row: Any) -> None:
    """Let the gate know who takes part now: other units of the care provider that keeps the plan, and
    which other care providers.

    Args:
        row: annotated with its parties.
    """
    own = str(row.provider_id)
    units = {UUID(one["unit_id"]) for one in row.party_parts if one["provider_id"] == own}
    others = {UUID(one["provider_id"]) for one in row.party_parts if one["provider_id"] != own}
    access.settle_parts(
        this.actor,
        of=of_plan(row),
        provider_id=row.provider_id,
        units=frozenset(units - {row.unit_id}),
        receivers=frozenset(others),
    )


# ── handing out ──


def hand_out(
    this: Act, row: Any, *, explicitly: bool = False, before: Snapshot | None = None
) -> list[UUID]:
    """Give the newest version to the parties that the consent covers (PDL 3:11, OSL 10:1).

    Where the county asks for it to be sent, a change is given only to those who made it and to those who
    keep the plan, until somebody sends it.

    Args:
        row: annotated, as the version has just been kept.
        explicitly: someone sends it now.
        before: what the version before held; None: not known.

    Returns:
        the care providers that were given something new.
    """
    consents = holding_consents(this.actor, row.id)
    if not consents:
        return []
    receipts = list(_receipts(this, row, consents))
    if not explicitly and not gives_at_save(this):
        receipts = [one for one in receipts if _goes_anyway(this, row, one)]
    if not receipts:
        return []
    new = access.disclose(this.actor, of=of_plan(row), receipts=receipts)
    _let_know(this, row, [one for one in receipts if one.provider_id in new])
    _tell(this, row, new, before or {})
    _give_comments(row, [one for one in new if one != row.provider_id])
    return new


def _tell(this: Act, row: Any, providers: Sequence[UUID], before: Snapshot) -> None:
    """Systems of those who were given something new hear that they were: of the plan, and of what is new in it for them."""
    if not providers:
        return
    behind = tuple(one for one in providers if not _had_the_one_before(row, one))
    every, content = tuple(providers), content_of(row)
    known = {one["id"]: one for one in before.get("goals", [])}
    same_team = before.get("parties") == content["parties"]
    given_to = [
        ("CarePlan", str(row.id), every),
        ("CareTeam", str(row.id), behind if same_team else every),
        ("Provenance", str(row.id), behind),
        *(
            ("Goal", one["id"], behind if known.get(one["id"]) == one else every)
            for one in content["goals"]
        ),
    ]
    person, at = row.person_id, this.actor.at
    tell(
        this,
        [
            Happened(kind, key, person, Cause.GIVEN, at, providers=whom)
            for kind, key, whom in given_to
            if whom
        ],
    )


def _had_the_one_before(row: Any, provider: UUID) -> bool:
    """It needs to be told only of what differs from the version before."""
    last = last_given(row, provider)
    return last is not None and last["through"] == row.version - 1


def _let_know(this: Act, row: Any, given_now: Iterable[Receipt]) -> None:
    """A unit that takes part finds the plan that its care provider is given for the first time."""
    first = {
        one.provider_id: one.consent_id
        for one in given_now
        if not one.keeper and last_given(row, one.provider_id) is None
    }
    for one in row.party_parts:
        provider = UUID(one["provider_id"])
        if provider in first:
            access.invite_unit(
                this.actor,
                person_id=row.person_id,
                unit_id=UUID(one["unit_id"]),
                provider_id=provider,
                consent_id=first[provider],
            )


def _receipts(this: Act, row: Any, consents: Sequence[PlanConsent]) -> Iterable[Receipt]:
    content, withheld = content_of(row), withheld_of(row)
    for provider in _receivers(row):
        consent = _covering(consents, provider)
        if consent is not None:
            yield _receipt(content, withheld, provider, consent)
    writer = this.actor.provider_id
    consent = _covering(consents, writer) if writer and writer != row.provider_id else None
    if consent is not None:  # what another writes is given to those who keep the plan
        yield _receipt(content, withheld, row.provider_id, consent, keeper=True)


def _receivers(row: Any) -> list[UUID]:
    found = {UUID(one["provider_id"]) for one in row.party_parts} - {row.provider_id}
    return sorted(found)


def _covering(consents: Sequence[PlanConsent], provider: UUID | None) -> UUID | None:
    return next((one.id for one in consents if provider in one.reader_providers), None)


def _receipt(
    content: dict[str, Any],
    withheld: Sequence[Withheld],
    provider: UUID,
    consent: UUID,
    *,
    keeper: bool = False,
) -> Receipt:
    made = given(content, withheld, provider)
    kept = None if made is content else made
    return Receipt(provider, consent, digest(made), kept, keeper)


def _goes_anyway(this: Act, row: Any, one: Receipt) -> bool:
    """Not sent: to the writer's own, to those who keep the plan, and where nothing new is given."""
    last = last_given(row, one.provider_id)
    same = last is not None and last["digest"] == one.digest
    return one.keeper or same or one.provider_id == this.actor.provider_id


def _give_comments(row: Any, providers: Iterable[UUID]) -> None:
    """The words about the plan go with it, but those about what is kept back."""
    withheld = withheld_of(row)
    for provider in providers:
        hidden = hidden_from(withheld, provider)
        about = Comment.objects.filter(plan_id=row.id).exclude(given_to__contains=[provider])
        about = about.exclude(goal_id__in=hidden[PartKind.GOAL])
        about = about.exclude(activity_id__in=hidden[PartKind.ACTIVITY])
        add = Func(F("given_to"), Value(provider, UUIDField()), function="array_append")
        about.update(given_to=add)


def comment_receivers(this: Act, plan: Plan) -> list[UUID]:
    """To whom words about the plan are given at once: the person's always to all who take part."""
    if this.actor.is_staff and not gives_at_save(this):
        return []
    return live_receivers(this.actor, plan.id)


def word_receivers(
    this: Act, plan: Plan, part: PartKind, key: str, *, owner_unit_id: UUID | None = None
) -> dict[UUID, UUID]:
    """To which other care providers words are given as they are written, each with its consent.

    To those that have the newest version and from which the part is not kept back; to those who keep the
    plan always. Where the county asks for it to be sent, to no others.

    Args:
        owner_unit_id: whose an activity is: one of a party that is kept back is kept back with it.
    """
    writers, keeper = this.actor.provider_id, plan.provider_id
    newest = disclosed_now(this.actor, plan)
    if writers != keeper and writers in newest:
        newest[keeper] = newest[writers]
    receivers = set(newest) if gives_at_save(this) else {keeper}
    withheld = _current(plan)
    found = {}
    for provider in receivers & newest.keys() - {writers}:
        hidden = hidden_from(withheld, provider)
        if key not in hidden[part] and str(owner_unit_id) not in hidden[PartKind.PARTY]:
            found[provider] = newest[provider]
    return found


# ── keeping back ──


def check_given_part(this: Act, plan: Plan, part: PartKind, key: str) -> None:
    """Raise for a part that is kept back from the actor's care provider: there is none, for it.

    Raises:
        NotFound: a goal or an activity.
        NotNow: one of the plan's texts, of which everyone knows that it can be there.
    """
    if (
        not this.actor.is_staff
        or key not in hidden_from(_current(plan), this.actor.provider_id)[part]
    ):
        return
    if part is PartKind.SECTION:
        raise NotNow(NOT_GIVEN_TO_YOU)
    raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])


def _current(plan: Plan) -> list[Withheld]:
    rows: QuerySet[Any] = WithheldPart.objects.filter(plan=plan, until__isnull=True)
    return [
        Withheld(PartKind(one.part), one.key, one.provider_id, frozenset(one.receivers))
        for one in rows
    ]


def withhold(
    this: Act,
    plan: Plan,
    part: PartKind,
    key: str,
    *,
    receivers: Iterable[UUID] = (),
    reason: str = "",
) -> None:
    """Keep a part back from the next version on; what has been given stays with those who got it."""
    provider = this.actor.provider_id
    assert provider is not None  # only staff write
    WithheldPart.objects.update_or_create(
        plan=plan,
        part=part,
        key=key,
        provider_id=provider,
        until=None,
        defaults={
            "person_id": plan.person_id,
            "receivers": sorted(set(receivers)),
            "reason": reason,
            "since": this.actor.at,
            "by": this.actor.name,
        },
    )


def check_sent(this: Act, plan: Plan, *, others_words: bool) -> None:
    """Raise where words stand in a text that have not been sent to the one who is to write in it.

    Args:
        others_words: someone else's words stand there that are not in a version yet.
    """
    if others_words and this.decide(plan).ground in COPY_GROUNDS and not gives_at_save(this):
        raise NotNow(NOT_SENT_TO_YOU)
