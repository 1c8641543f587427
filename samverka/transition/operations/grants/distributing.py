"""Versions of a distribution: drawn up, decided, compared with what was published."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Max

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.transition.models import GrantDistribution, GrantPopulation, GrantPot
from samverka.transition.reads.grants.agreements import SIDES, found
from samverka.transition.reads.grants.distributions import (
    Wish,
    distribution_detail,
    distribution_row,
    wished,
)
from samverka.transition.reads.grants.own import require_lay_down
from samverka.transition.reads.grants.rows import facts_of, population_of
from samverka.transition.reads.grants.values import DistributionDetail
from samverka.transition.rules.grants import KeyKind, Residual
from samverka.transition.rules.grants.choosing import (
    Choice,
    DistributionStatus,
    Receiver,
    share_by,
)
from samverka.transition.rules.grants.populations import side_of


def draft_distribution(
    actor: Actor, *, pot_id: UUID, kind: KeyKind, population_id: UUID | None = None,
    weights: Mapping[str, int] | None = None, key_source: str = "", floor: int | None = None,
    ceiling: int | None = None, residual: Residual = Residual.LARGEST, why: str = "",
) -> DistributionDetail:  # fmt: skip
    """Draw up how a pot is to be shared out; it holds when it has been decided.

    Raises:
        Invalid: what the rules refuse, or a key of regions for a pot of municipalities.
        NotNow: the pot is for nobody in particular.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        pot = found(GrantPot.objects.select_related("agreement").filter(id=pot_id).first())
        people = None
        if population_id is not None:
            people = found(GrantPopulation.objects.filter(id=population_id).first())
        choice = Choice(
            kind, population_of(people) if people else None, weights or {}, key_source, floor,
            ceiling, residual,
        )  # fmt: skip
        return _keep(this, pot, pot.kronor, choice, population_id, why)


def keep_tried(actor: Actor, *, distribution_id: UUID, wish: Wish, why: str) -> DistributionDetail:
    """Keep what was tried as a draft beside the others. It changes nobody's money."""
    with act(actor, Action.GRANT_EDIT) as this:
        this.require_permission()
        row = distribution_row(distribution_id)
        kronor, choice = wished(row, wish)
        population = wish.population_id or row.population_id
        return _keep(this, row.pot, kronor, choice, population, why)


def _keep(
    this: Act, pot: GrantPot, kronor: int, choice: Choice, population: UUID | None, why: str
) -> DistributionDetail:
    shared = share_by(kronor, choice)
    _check_receiver(pot, shared.amounts)
    GrantPot.objects.select_for_update().get(id=pot.id)  # two at once get numbers of their own
    last = pot.distributions.aggregate(last=Max("number"))["last"] or 0
    row = GrantDistribution.objects.create(
        pot=pot, number=last + 1, status=DistributionStatus.DRAFT, kronor=kronor,
        population_id=population, amounts=shared.amounts, why=why, made_at=this.actor.at,
        made_by=this.actor.name, **facts_of(choice),
    )  # fmt: skip
    this.note_general("GrantDistribution", distribution=str(row.id), number=row.number)
    return distribution_detail(this.actor, distribution_row(row.id))


def _check_receiver(pot: GrantPot, amounts: Mapping[str, int]) -> None:
    receiver = Receiver(pot.receiver)
    if receiver not in SIDES:
        raise NotNow(_("Potten är inte avsedd för någon region eller kommun."))
    if any(side_of(code) is not SIDES[receiver] for code in amounts):
        raise Invalid(
            _("Nyckeln gäller inte dem som potten är till för."),
            where="population",
            mend=_("Välj en befolkning per region för regionerna, per kommun för kommunerna."),
        )


def decide_distribution(actor: Actor, *, distribution_id: UUID) -> DistributionDetail:
    """Let a draft hold; what held before is kept to be read.

    Raises:
        NotNow: it is no draft, or was tried with other kronor than the pot has.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        row = distribution_row(distribution_id)
        GrantPot.objects.select_for_update().get(id=row.pot_id)
        if row.status != DistributionStatus.DRAFT:
            raise NotNow(_("Bara ett utkast kan börja gälla."))
        if row.kronor != row.pot.kronor:
            raise NotNow(
                _("Utkastet är räknat på en annan summa än pottens."),
                mend=_("Spara ett nytt utkast med pottens egen summa."),
            )
        row.pot.distributions.filter(status=DistributionStatus.CURRENT).update(
            status=DistributionStatus.FORMER
        )
        row.status = DistributionStatus.CURRENT
        row.save()
        this.note_general("GrantDistribution", distribution=str(row.id), decided=True)
        return distribution_detail(actor, row)


def set_published(
    actor: Actor, *, distribution_id: UUID, amounts: Mapping[str, int], source: str,
    told: int | None = None,
) -> DistributionDetail:  # fmt: skip
    """Enter the published table to compare with, and the sum as its text says it.

    Raises:
        Invalid: a recipient that the distribution does not have, or no source.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        row = distribution_row(distribution_id)
        if not source:
            raise Invalid(_("Skriv var tabellen är publicerad."), where="source")
        strangers = sorted(set(amounts) - set(row.amounts))
        if strangers:
            raise Invalid(
                _("%(code)s finns i tabellen men inte i fördelningen.", code=strangers[0]),
                where="amounts",
            )
        row.published, row.published_source, row.told = dict(amounts), source, told
        row.save()
        this.note_general("GrantDistribution", distribution=str(row.id), published=True)
        return distribution_detail(actor, row)
