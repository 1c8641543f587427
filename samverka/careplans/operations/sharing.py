"""Who takes part, and what is given to whom on which consent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverka.access import operations as access
from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, ConsentForm, ConsentKind, Refusal
from samverka.careplans.models import Activity, Party, Plan, WithheldPart
from samverka.careplans.operations.answers import check_child, note_given, publish_consent
from samverka.careplans.operations.disclosing import hand_out, withhold
from samverka.careplans.operations.joining import call_off_tasks, ensure_invited
from samverka.careplans.operations.live import open_settled, settle_texts
from samverka.careplans.operations.plans import add_party_row
from samverka.careplans.operations.writing import (
    check_kept_here,
    finish,
    open_plan,
    text_of,
)
from samverka.careplans.reads.disclosing import content_of
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans, holding_consents
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import OPEN_ACTIVITIES, ChangeKind, PartyRole
from samverka.careplans.rules.disclosing import PartKind, check_withholds
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, unit_names


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The person's consent to share the plan, as it was given now.

    Attributes:
        given_by: who consented: the person, a guardian, a trustee.
        not_covered: what the person does not want to be shared.
        until: None: until the plan ends or it is withdrawn.
    """

    given_by: str
    form: ConsentForm = ConsentForm.ORAL
    covers: str = ""
    not_covered: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A part that is not to be given out: what it is, and its code or id (a party: its unit's)."""

    part: PartKind
    key: str


def add_party(
    actor: Actor, *, plan_id: UUID, unit_id: UUID, role: PartyRole = PartyRole.PARTICIPANT
) -> PlanDetail:
    """Let a unit take part. It can read the plan first when the plan has been shared with it."""
    with act(actor, Action.PLAN_EDIT) as this:
        plan = open_plan(this, plan_id)
        if unit_id not in unit_names({unit_id}):
            raise Invalid(_("Enheten finns inte. Välj en ur listan."), where="unit")
        if not add_party_row(this, plan, unit_id, role):
            raise NotNow(_("Enheten deltar redan i planen."))
        return finish(this, plan, ChangeKind.PARTY)


def remove_party(actor: Actor, *, party_id: UUID) -> PlanDetail:
    """End a unit's part in the plan. It keeps what it has been given; nothing more is given."""
    with act(actor, Action.PLAN_SHARE) as this:
        row: Party = this.row(Party.objects, id=party_id)
        plan = open_settled(this, row.plan_id)
        _check_removable(plan, row)
        row.until = actor.at
        row.save(update_fields=["until"])
        call_off_tasks(this, plan, _("Enheten deltar inte längre i planen."), owner_id=row.unit_id)
        return finish(this, plan, ChangeKind.PARTY)


def _check_removable(plan: Plan, row: Party) -> None:
    if row.until is not None:
        raise NotNow(_("Enheten deltar inte längre."))
    if row.unit_id == plan.unit_id:
        raise NotNow(_("Enheten håller i planen och kan inte tas bort."))
    open_ones = Activity.objects.filter(
        plan=plan, owner_unit_id=row.unit_id, status__in=sorted(OPEN_ACTIVITIES)
    )
    if open_ones.exists():
        raise NotNow(
            _("Enheten har insatser kvar i planen. Avsluta dem eller låt någon annan ta över.")
        )


def share_plan(
    actor: Actor,
    *,
    plan_id: UUID,
    unit_ids: list[UUID],
    consent: ConsentGiven | None = None,
    kept_back: Sequence[KeptBack] = (),
) -> PlanDetail:
    """Give the plan to other units on the person's consent: they read it, and write in it with us.

    Every later change is given to them too, as long as the consent holds. Consent does not open our
    system to them: it allows us to hand out what the plan says (OSL 10:1, PDL 3:11).

    Args:
        consent: as given now; None to use one that holds and covers the units.
        kept_back: what lies outside the consent and is not given to those units.
    """
    with act(actor, Action.PLAN_SHARE) as this:
        plan = open_settled(this, plan_id)
        units = _receivers(plan, unit_ids)
        providers = list(dict.fromkeys(unit.provider_id for unit in units))
        if consent is None:
            _check_covered(this, plan, providers)
        else:
            _give(this, plan, units, consent)
        for one in kept_back:
            _keep_back(this, plan, one, frozenset(providers) - {plan.provider_id})
        for unit in units:
            add_party_row(this, plan, unit.id, PartyRole.PARTICIPANT)
            ensure_invited(this, plan, unit)
            _let_know(this, plan, unit)
        return finish(this, plan, ChangeKind.SHARE)


def _let_know(this: Act, plan: Plan, unit: UnitDetail) -> None:
    """A unit that has nothing else to do with the person must find the plan it was given."""
    covering = (
        one
        for one in holding_consents(this.actor, plan.id)
        if unit.provider_id in one.reader_providers
    )
    consent = next(covering, None)
    access.invite_unit(
        this.actor,
        person_id=plan.person_id,
        unit_id=unit.id,
        provider_id=unit.provider_id,
        consent_id=consent.id if consent else None,
    )


def _receivers(plan: Plan, unit_ids: list[UUID]) -> list[UnitDetail]:
    known = unit_names(set(unit_ids))
    found = [known[one] for one in dict.fromkeys(unit_ids) if one in known]
    if not found or len(found) != len(set(unit_ids)):
        raise Invalid(_("Välj minst en enhet som ska få planen."), where="units")
    if all(unit.provider_id == plan.provider_id for unit in found):
        raise Invalid(
            _("De enheterna hör till samma vårdgivare och läser planen utan att den lämnas ut."),
            where="units",
        )
    return found


def _check_covered(this: Act, plan: Plan, providers: list[UUID]) -> None:
    covered = {
        one for consent in holding_consents(this.actor, plan.id) for one in consent.reader_providers
    }
    if not set(providers) - {plan.provider_id} <= covered:
        raise NotNow(_("Det finns inget samtycke som gäller de enheterna. Fråga personen."))


def _give(this: Act, plan: Plan, units: list[UnitDetail], consent: ConsentGiven) -> None:
    """Those who must answer for a child have; the yes and what was asked are kept together."""
    check_child(this, plan)
    providers = dict.fromkeys(unit.provider_id for unit in units)
    covers = consent.covers or _("Planen, till dem som deltar i den.")
    given = access.give_consent(
        this.actor,
        person_id=plan.person_id,
        kind=ConsentKind.PLAN,
        reader_providers=[one for one in providers if one != plan.provider_id],
        form=consent.form,
        given_by=consent.given_by,
        covers=covers,
        not_covered=consent.not_covered,
        plan_id=plan.id,
        until=consent.until,
    )
    note_given(
        this,
        plan,
        consent_id=given.id,
        units=[unit.id for unit in units],
        given_by=consent.given_by,
        form=consent.form,
        covers=covers,
        not_covered=consent.not_covered,
        until=consent.until,
    )


def withdraw_sharing(actor: Actor, *, plan_id: UUID, by: str) -> PlanDetail:
    """Note that the person has withdrawn the consent: nothing more of the plan is given to others.

    Each party keeps what it was given; what it writes from now it writes in its own records.
    """
    with act(actor, Action.PLAN_SHARE) as this:
        plan: Plan = this.row(Plan.objects, lock=True, id=plan_id)
        check_kept_here(plan)
        if settle_texts(actor, plan_id):  # what was given while it was written is theirs to keep
            plan = this.row(Plan.objects, id=plan_id)
        consents = holding_consents(this.actor, plan.id)
        if not consents:
            raise NotNow(_("Det finns inget samtycke att återkalla."))
        for consent in consents:
            access.withdraw_consent(actor, consent_id=consent.id, by=by)
        publish_consent(this, plan)
        return finish(this, plan, ChangeKind.WITHDRAW)


# ── sent when somebody sends it ──


def send_plan(actor: Actor, *, plan_id: UUID) -> PlanDetail:
    """Send the changes to those who take part, as far as the consent covers them.

    Raises:
        NotNow: there is no consent, or everyone has all that they are given already.
    """
    with act(actor, Action.PLAN_SHARE) as this:
        plan = open_plan(this, plan_id)
        if not holding_consents(actor, plan.id):
            raise NotNow(_("Det finns inget samtycke som gäller. Fråga personen."))
        sent = hand_out(this, full_plans(actor).get(id=plan.id), explicitly=True)
        if not sent:
            raise NotNow(_("Det finns inget nytt att skicka till dem som samtycket gäller."))
        this.note(plan, sent=[str(one) for one in sent], version=plan.version)
        return detail_of(this, full_plans(actor).get(id=plan.id))


# ── outside the consent ──

REASON_LENGTH = 500
"""Why a part is kept back (characters)."""


def keep_back(
    actor: Actor,
    *,
    plan_id: UUID,
    parts: Sequence[KeptBack],
    providers: Iterable[UUID] = (),
    reason: str = "",
) -> PlanDetail:
    """Keep parts of the plan outside what is given out, from now. What has been given stays with them.

    Args:
        providers: the care providers that are not given them; none: nobody but the own.
    """
    with act(actor, Action.PLAN_SHARE) as this:
        plan = open_settled(this, plan_id)
        if not parts:
            raise Invalid(_("Välj minst en del av planen."), where="parts")
        words = text_of(reason, "reason", REASON_LENGTH)
        for one in parts:
            _keep_back(this, plan, one, frozenset(providers), words)
        return finish(this, plan, ChangeKind.WITHHOLD)


def _keep_back(
    this: Act, plan: Plan, one: KeptBack, providers: frozenset[UUID], reason: str = ""
) -> None:
    actor = this.actor
    content = content_of(full_plans(actor).get(id=plan.id))
    check_withholds(
        one.part,
        one.key,
        content,
        keeps_plan=actor.provider_id == plan.provider_id,
        provider=plan.provider_id,
    )
    withhold(this, plan, one.part, one.key, receivers=providers, reason=reason)


def give_out(actor: Actor, *, withheld_id: UUID) -> PlanDetail:
    """Give out again what was kept back, to those whom the consent covers."""
    with act(actor, Action.PLAN_EDIT) as this:
        row: WithheldPart = this.row(WithheldPart.objects, id=withheld_id)
        plan = open_settled(this, row.plan_id)
        if row.provider_id != actor.provider_id:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        if row.until is not None:
            raise NotNow(_("Den delen lämnas redan ut."))
        row.until, row.ended_by = actor.at, actor.name
        row.save(update_fields=["until", "ended_by"])
        return finish(this, plan, ChangeKind.WITHHOLD)
