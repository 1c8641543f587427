"""What recipients are granted: one by one, from a file, or all that has been reckoned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.areas import counties, municipalities
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.transition.models import GrantAgreement, GrantAward
from samverka.transition.reads.grants.agreements import found, period_of
from samverka.transition.reads.grants.distributions import distribution_row
from samverka.transition.reads.grants.own import own_code, require_lay_down
from samverka.transition.reads.grants.recipients import award_line
from samverka.transition.reads.grants.rows import grant_of
from samverka.transition.reads.grants.values import AwardLine, ImportedDetail
from samverka.transition.rules.grants import FIXED, FIXED_NAME, check_grant, share_year
from samverka.transition.rules.grants.choosing import DistributionStatus
from samverka.transition.rules.grants.reading import AmountRow, Fault, Row, amounts_of


def award_grant(
    actor: Actor, *, agreement_id: UUID, year: int, area: str, recipient: str, kronor: int,
    draw_from: date, draw_until: date, use_until: date, pay_back_by: date, source: str = "",
    invented: bool = False,
) -> AwardLine:  # fmt: skip
    """Enter what a region or municipality was granted for an area, and the days to keep.

    Raises:
        Invalid: an unknown recipient, days in the wrong order, or the same award twice.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        owner = found(GrantAgreement.objects.filter(id=agreement_id).first())
        if recipient not in counties() and recipient not in municipalities():
            raise Invalid(_("Ingen region eller kommun har den koden."), where="recipient")
        row = GrantAward(
            agreement=owner, year=year, area=area, recipient=recipient, kronor=kronor,
            draw_from=draw_from, draw_until=draw_until, use_until=use_until,
            pay_back_by=pay_back_by, source=source, invented=invented, **_made(actor),
        )  # fmt: skip
        check_grant(grant_of(row))
        key = {"agreement": owner, "year": year, "area": area, "recipient": recipient}
        if GrantAward.objects.filter(**key).exists():
            raise Invalid(_("Mottagaren har redan ett belopp för området och året."))
        row.save(force_insert=True)
        this.note_general("GrantAward", award=str(row.id), kronor=kronor)
        return award_line(this, row.id)


# ── all that has been reckoned ──


def award_shares(
    actor: Actor, *, distribution_id: UUID, draw_from: date, draw_until: date, use_until: date,
    pay_back_by: date, source: str, whole_nation: bool = False,
) -> ImportedDetail:  # fmt: skip
    """Grant each recipient what the distribution that holds gives it; what is granted already stays.

    Raises:
        NotNow: the distribution does not hold.
        Invalid: days in the wrong order.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        row = distribution_row(distribution_id)
        if row.status != DistributionStatus.CURRENT:
            raise NotNow(
                _("Bara en fördelning som gäller kan bli beslutade belopp."),
                mend=_("Låt utkastet gälla först."),
            )
        pot = row.pot
        rows = [AmountRow(code, pot.area, pot.year, kronor) for code, kronor in row.amounts.items()]
        days = _days(draw_from, draw_until, use_until, pay_back_by)
        return _award(this, pot.agreement, _meant(actor, rows, whole_nation), days, source)


def award_period(
    actor: Actor, *, agreement_id: UUID, year: int, draw_from: date, draw_until: date,
    use_until: date, pay_back_by: date, source: str, whole_nation: bool = False,
) -> ImportedDetail:  # fmt: skip
    """Grant each recipient its fixed part and its areas of one year; what is granted already stays.

    Raises:
        NotNow: no fixed part, a key that is missing, or a year outside the agreement.
        Invalid: days in the wrong order.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        owner = found(GrantAgreement.objects.filter(id=agreement_id).first())
        made = period_of(owner)
        names = {FIXED: str(FIXED_NAME)} | {area.code: area.name for area in made.areas}
        rows = [
            AmountRow(recipient, names[code], year, kronor)
            for code, _side, shared in share_year(made, year).pots
            for recipient, kronor in shared.amounts.items()
        ]
        days = _days(draw_from, draw_until, use_until, pay_back_by)
        return _award(this, owner, _meant(actor, rows, whole_nation), days, source)


def _meant(actor: Actor, rows: Iterable[AmountRow], whole_nation: bool) -> list[AmountRow]:
    """Those who get something: of the actor's own county, or all."""
    county = "" if whole_nation else own_code(actor)[:2]
    return [one for one in rows if one.kronor and one.recipient.startswith(county)]


# ── from a file ──


def import_awards(
    actor: Actor, *, agreement_id: UUID, rows: Iterable[Row], draw_from: date, draw_until: date,
    use_until: date, pay_back_by: date, source: str,
) -> ImportedDetail:  # fmt: skip
    """Read an agreement's amounts from a file; a row that is there already changes nothing."""
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        owner = found(GrantAgreement.objects.filter(id=agreement_id).first())
        read = amounts_of(rows)
        days = _days(draw_from, draw_until, use_until, pay_back_by)
        return _award(this, owner, read.kept, days, source, read.faults)


def _award(
    this: Act, owner: GrantAgreement, rows: Sequence[AmountRow], days: dict[str, date],
    source: str, faults: Iterable[Fault] = (),
) -> ImportedDetail:  # fmt: skip
    there = {(one.recipient, one.area, one.year): one.kronor for one in owner.awards.all()}
    new, wrong = _sorted_out(owner, rows, there)
    made = [
        GrantAward(
            agreement=owner, recipient=one.recipient, area=one.area, year=one.year,
            kronor=one.kronor, source=source, invented=owner.invented, **days, **_made(this.actor),
        )
        for one in new
    ]  # fmt: skip
    for row in made[:1]:
        check_grant(grant_of(row))
    GrantAward.objects.bulk_create(made)
    this.note_general("GrantAward", agreement=str(owner.id), kept=len(made))
    return imported(len(made), len(rows) - len(new) - len(wrong), [*faults, *wrong])


def _sorted_out(
    owner: GrantAgreement, rows: Sequence[AmountRow], there: dict[tuple[str, str, int], int]
) -> tuple[list[AmountRow], list[Fault]]:
    """The rows that are new, and those that say otherwise than what is kept."""
    new, faults = [], []
    for one in rows:
        kept = there.get((one.recipient, one.area, one.year))
        place = f"{one.recipient} {one.area} {one.year}"
        if not owner.first_year <= one.year <= owner.last_year:
            faults.append(Fault(0, _("%(row)s: året ligger utanför överenskommelsen", row=place)))
        elif kept is None:
            new.append(one)
        elif kept != one.kronor:
            faults.append(
                Fault(0, _("%(row)s: ett annat belopp är redan inlagt och står kvar", row=place))
            )
    return new, faults


def _days(draw_from: date, draw_until: date, use_until: date, pay_back_by: date) -> dict[str, date]:
    return {
        "draw_from": draw_from,
        "draw_until": draw_until,
        "use_until": use_until,
        "pay_back_by": pay_back_by,
    }


def imported(kept: int, same: int, faults: Iterable[Fault]) -> ImportedDetail:
    """What became of the rows, the faults by their row."""
    told = sorted(((one.row, one.words) for one in faults), key=lambda one: one[0])
    return ImportedDetail(kept, same, tuple(told))


def _made(actor: Actor) -> dict[str, Any]:
    return {"made_at": actor.at, "made_by": actor.name}
