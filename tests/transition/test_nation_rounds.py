"""The nation's rounds: kept by staff of a national organisation, asked of every region, nobody else's to touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from samverka.access.models import Account
from samverka.access.roles import Role
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.organisations import operations as organisations
from samverka.organisations.reads import staff_actor
from samverka.organisations.rules import OrganisationKind, UnitKind
from samverka.transition import operations as ops
from samverka.transition import reads
from samverka.transition.rules.reports.rounds import NATION
from samverka.transition.rules.reports.steps import StepName
from tests.factories.cast import NOW, Cast
from tests.factories.login import logged_in
from tests.transition.reporting import fill, report_of, sign


@dataclass(frozen=True)
class Country:
    """The national office beside the county."""

    cast: Cast
    leader: Actor


@pytest.fixture
def country(cast: Cast, time_machine: Any) -> Country:
    time_machine.move_to(NOW)
    builder = cast.at(cast.system, days=-30)
    owner = organisations.register_organisation(
        builder, name="Nationell samordning", kind=OrganisationKind.OTHER, county_code=NATION
    )
    provider = organisations.register_provider(
        builder, organisation_id=owner.id, name="Nationella kansliet", branch=Branch.HEALTH
    )
    unit = organisations.register_unit(
        builder, provider_id=provider.id, name="Kansliet", kind=UnitKind.ADMINISTRATION
    )
    account = Account.objects.create_user("nation", name="Asta Lund")
    staff = organisations.register_staff(
        builder, given_name="Asta", family_name="Lund", account_id=account.id
    )
    given = organisations.give_assignment(
        builder, staff_id=staff.id, unit_id=unit.id, profession="Samordnare", roles=(Role.LEADER,)
    )
    return Country(cast, staff_actor(given, account.id, NOW))


def test_a_nations_round_from_plan_to_publication_by_its_forms(country: Country) -> None:
    cast, client = country.cast, logged_in(country.leader)
    days = {"opens": "2026-11-01", "due": "2026-12-15", "closes": "2027-01-31"}
    given = {"year": "2026", "title": "Riket", **days}
    assert client.post(reverse("transition:round_new"), given).status_code == 302
    found = reads.report_home(country.leader).rounds
    assert [(one.county, one.kept) for one in found] == [(NATION, True)]
    round_id = found[0].id
    with pytest.raises(NotFound):  # it is only planned
        reads.round_detail(cast.leader, round_id=round_id)
    assert client.post(reverse("transition:round_open", args=[round_id])).status_code == 302
    made = reads.round_detail(cast.leader, round_id=round_id)
    assert (len(made.reports), sum(not one.outside for one in made.reports)) == (21, 1)
    with pytest.raises(NotFound):  # a municipality is not asked
        reads.round_detail(cast.municipal_leader, round_id=round_id)
    with pytest.raises(NotAllowed, match="landets"):
        ops.publish_round(cast.leader, round_id=round_id)
    own = report_of(made, "Region Jämtland")
    sign(cast.analyst, cast.leader, own)
    waits = reads.report_duties(country.leader)
    assert [(str(one.verb), one.owner) for one in waits] == [
        ("Ta emot rapporter (1)", "Nationell samordning")
    ]
    page = client.get(reverse("indicators:overview"))
    assert "Ta emot rapporter (1)" in page.content.decode()
    ops.take_step(country.leader, report_id=own, step=StepName.LOCK)
    other = report_of(made, "Region Skåne")
    fill(country.leader, other, "partly")
    ops.take_step(country.leader, report_id=other, step=StepName.RECEIVE, reason="Regiondirektören")
    assert client.post(reverse("transition:round_publish", args=[round_id])).status_code == 302
    told = reads.round_summary(cast.municipal_leader, round_id=round_id).regions
    assert (told.of, told.handed_in, told.findings[0].yes, told.findings[0].partly) == (21, 2, 1, 1)
    page = client.get(reverse("transition:public_round", args=[round_id]))
    assert "1 av 21 regioner" in page.content.decode()


def test_a_county_keeps_its_own(country: Country) -> None:
    made = ops.make_round(
        country.cast.analyst, year=2026, title="Länet", agreement="",
        opens=NOW.date(), due=NOW.date(), closes=NOW.date(),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        ops.open_round(country.leader, round_id=made.round.id)
    with pytest.raises(NotFound):
        reads.round_detail(country.leader, round_id=made.round.id)
