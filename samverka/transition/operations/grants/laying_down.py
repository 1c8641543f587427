"""What holds for all: agreements, their documents and pots, populations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.transition.models import (
    GrantAgreement,
    GrantDocument,
    GrantPopulation,
    GrantPot,
)
from samverka.transition.reads.grants.agreements import found
from samverka.transition.reads.grants.own import require_lay_down
from samverka.transition.reads.grants.rows import agreement_line, population_line, pot_line
from samverka.transition.reads.grants.values import (
    AgreementLine,
    DocumentLine,
    PopulationLine,
    PotLine,
)
from samverka.transition.rules.grants import check_population
from samverka.transition.rules.grants.choosing import Receiver
from samverka.transition.rules.grants.kronor import check_whole
from samverka.transition.rules.grants.populations import Population
from samverka.transition.rules.grants.reading import Fault, Row, people_of

FIRST_YEAR = 2000
"""Older agreements are not reckoned with here."""


def register_agreement(
    actor: Actor, *, name: str, first_year: int, last_year: int, told: int | None = None,
    fixed: int | None = None, region_percent: int | None = None, invented: bool = False,
    source: str = "",
) -> AgreementLine:  # fmt: skip
    """Enter an agreement: its name, its years, its total, and where that is written.

    Raises:
        Invalid: years in the wrong order, a name that is taken, or a fixed part without its split.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        if not FIRST_YEAR <= first_year <= last_year:
            raise Invalid(_("Överenskommelsen slutar innan den börjar."), where="last_year")
        if (fixed is None) != (region_percent is None):
            raise Invalid(
                _("En fast del behöver också en andel för regionerna."), where="region_percent"
            )
        if GrantAgreement.objects.filter(name=name).exists():
            raise Invalid(_("Det finns redan en överenskommelse med det namnet."), where="name")
        row = GrantAgreement.objects.create(
            name=name, first_year=first_year, last_year=last_year, told=told, fixed=fixed,
            region_percent=region_percent, invented=invented, source=source, **_made(actor),
        )  # fmt: skip
        this.note_general("GrantAgreement", agreement=str(row.id))
        return agreement_line(row, 0)


def add_document(
    actor: Actor, *, agreement_id: UUID, title: str, link: str = "", dated: date | None = None,
    said: str = "",
) -> DocumentLine:  # fmt: skip
    """Enter where a document of an agreement is, and what it says that matters here.

    Raises:
        Invalid: neither an address nor words, or a title that is there already.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        owner = found(GrantAgreement.objects.filter(id=agreement_id).first())
        if not (link or said):
            raise Invalid(_("Skriv dokumentets adress eller vad det säger."), where="link")
        if link and not link.startswith(("https://", "http://")):
            raise Invalid(_("En adress börjar med https://."), where="link")
        if owner.documents.filter(title=title).exists():
            raise Invalid(_("Dokumentet finns redan."), where="title")
        row = GrantDocument.objects.create(
            agreement=owner, title=title, link=link, dated=dated, said=said, **_made(actor)
        )
        this.note_general("GrantDocument", agreement=str(owner.id))
        return DocumentLine(row.id, row.title, row.link, row.dated, row.said)


def set_pot(
    actor: Actor, *, agreement_id: UUID, year: int, area: str, receiver: Receiver, kronor: int,
    source: str = "",
) -> PotLine:  # fmt: skip
    """Enter what an area holds for regions or municipalities in a year; the same again changes it.

    Raises:
        Invalid: a year outside the agreement, or not whole kronor.
        NotNow: the pot has been shared out, and other kronor would make the shares wrong.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        owner = found(GrantAgreement.objects.filter(id=agreement_id).first())
        return pot_line(_pot(this, owner, (year, area, receiver), kronor, source))


def set_area(
    actor: Actor, *, agreement_id: UUID, year: int, area: str, kronor: Mapping[Receiver, int],
    source: str = "",
) -> AgreementLine:  # fmt: skip
    """Enter what an area holds in a year for regions, municipalities and both together, at once.

    Raises:
        Invalid: nothing at all, a year outside the agreement, or not whole kronor.
        NotNow: one of the pots has been shared out, and other kronor would make the shares wrong.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        owner = found(GrantAgreement.objects.filter(id=agreement_id).first())
        if not kronor:
            raise Invalid(_("Skriv minst ett belopp."), where="region")
        for receiver, amount in kronor.items():
            _pot(this, owner, (year, area, receiver), amount, source)
        return agreement_line(owner, sum(owner.pots.values_list("kronor", flat=True)))


def _pot(
    this: Act, owner: GrantAgreement, which: tuple[int, str, Receiver], kronor: int, source: str
) -> GrantPot:
    year, area, receiver = which
    check_whole(kronor, area)
    if not owner.first_year <= year <= owner.last_year:
        raise Invalid(_("Året ligger utanför överenskommelsen."), where="year")
    key: dict[str, Any] = {"agreement": owner, "year": year, "area": area, "receiver": receiver}
    old = GrantPot.objects.filter(**key).first()
    if old is not None and old.kronor != kronor and old.distributions.exists():
        raise NotNow(
            _("Potten är redan fördelad."),
            where=receiver.value,
            mend=_("Lägg in ändringen som ett eget område, så syns den."),
        )
    row, _new = GrantPot.objects.update_or_create(
        **key, defaults={"kronor": kronor, "source": source}
    )
    this.note_general("GrantPot", pot=str(row.id), kronor=kronor)
    return row


def keep_population(
    actor: Actor, *, name: str, version: str, counted_on: date, rows: Iterable[Row],
    told_total: int | None = None, source: str = "",
) -> PopulationLine:  # fmt: skip
    """Keep a count of inhabitants from a file: the good rows, with the faults in words beside.

    Raises:
        Invalid: no row can be used, regions and municipalities are mixed, or the version is there.
    """
    with act(actor, Action.GRANT_EDIT) as this:
        require_lay_down(this)
        read = people_of(rows, told_total)
        people = dict(read.kept)
        check_population(Population(name, version, counted_on, people, told_total))
        if GrantPopulation.objects.filter(name=name, version=version).exists():
            raise Invalid(
                _("Den versionen av befolkningen finns redan."),
                where="version",
                mend=_(
                    "En rättad tabell får en ny version: den gamla ligger till grund för beslut."
                ),
            )
        row = GrantPopulation.objects.create(
            name=name, version=version, counted_on=counted_on, people=people,
            told_total=told_total, source=source, faults=[_said(one) for one in read.faults],
            **_made(actor),
        )  # fmt: skip
        this.note_general("GrantPopulation", population=str(row.id), faults=len(read.faults))
        return population_line(row)


def _said(fault: Fault) -> str:
    return (
        str(_("rad %(row)s: %(words)s", row=fault.row, words=fault.words))
        if fault.row
        else str(fault.words)
    )


def _made(actor: Actor) -> dict[str, Any]:
    return {"made_at": actor.at, "made_by": actor.name}
