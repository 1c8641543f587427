"""Consents, blocks, openings and proxies, done by the cast."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from samverka.access import gate, operations, reads
from samverka.access.actions import Action
from samverka.access.reads import LogFilter
from samverka.access.rules import (
    AgeLimits,
    BlockKind,
    ConsentForm,
    ConsentKind,
    ProxyKind,
    RelationKind,
    Standing,
)
from samverka.careplans import operations as careplans
from samverka.careplans import reads as plans
from samverka.careplans.rules import PlanKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from tests.factories.cast import Cast, make_person, person_login, relate

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse)


def standing_of(actor: Actor, person_id: UUID) -> Standing:
    return gate.standings(actor, [person_id], AgeLimits())[person_id]


def consent(cast: Cast, person: PersonDetail, **more: object) -> reads.ConsentDetail:
    given = {
        "kind": ConsentKind.SVOD,
        "reader_providers": [cast.region_nurse.provider_id],
        "form": ConsentForm.ORAL,
        "given_by": person.name,
    }
    return operations.give_consent(
        cast.region_nurse, person_id=person.id, **given | more  # type: ignore[arg-type]
    )  # fmt: skip


def test_consent_is_noted_and_can_be_withdrawn_and_both_stay(
    cast: Cast, karin: PersonDetail
) -> None:
    given = consent(cast, karin, not_covered="psykiatrin")
    me = cast.at(person_login(karin), hours=1)
    operations.withdraw_consent(me, consent_id=given.id, by="")
    (shown,) = reads.list_consents(me, person_id=karin.id)
    assert (shown.holds, shown.not_covered, shown.withdrawn_by) == (False, "psykiatrin", karin.name)


def test_a_consent_cannot_be_withdrawn_twice(cast: Cast, karin: PersonDetail) -> None:
    given = consent(cast, karin)
    operations.withdraw_consent(cast.region_nurse, consent_id=given.id, by="Karin")
    with pytest.raises(NotNow, match="redan återkallat"):
        operations.withdraw_consent(cast.region_nurse, consent_id=given.id, by="Karin")


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"reader_providers": []}, "readers"),
        ({"given_by": " "}, "given_by"),
        ({"until": "past"}, "until"),
    ],
)
def test_a_consent_that_says_too_little_is_refused_in_words(
    cast: Cast, karin: PersonDetail, wrong: dict[str, object], where: str
) -> None:
    if wrong.get("until"):
        wrong = {"until": cast.region_nurse.at - timedelta(days=1)}
    with pytest.raises(Invalid) as refusal:
        consent(cast, karin, **wrong)
    assert refusal.value.where == where


def test_a_stranger_can_neither_give_nor_see(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(NotFound):
        operations.give_consent(
            cast.stranger, person_id=karin.id, kind=ConsentKind.SVOD,
            reader_providers=[cast.stranger.provider_id], form=ConsentForm.ORAL, given_by="K",
        )  # fmt: skip
    assert reads.list_consents(cast.stranger, person_id=karin.id) == []


def test_the_person_blocks_and_unblocks_without_asking_anyone(
    cast: Cast, karin: PersonDetail
) -> None:
    me = person_login(karin)
    block = operations.set_block(
        me, person_id=karin.id, kind=BlockKind.OUTER, provider_id=cast.region_nurse.provider_id
    )
    again = operations.set_block(
        me, person_id=karin.id, kind=BlockKind.OUTER, provider_id=cast.region_nurse.provider_id
    )
    assert again.id == block.id
    operations.remove_block(cast.at(me, hours=1), block_id=block.id)
    assert reads.list_blocks(cast.at(me, hours=2), person_id=karin.id) == []


def test_another_care_provider_cannot_remove_a_block(cast: Cast, karin: PersonDetail) -> None:
    """SVOD 2:3: only where it was set."""
    relate(cast.municipal_nurse, karin)
    block = operations.set_block(
        cast.region_nurse, person_id=karin.id, kind=BlockKind.OUTER,
        provider_id=cast.region_nurse.provider_id, asked_by=karin.name,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        operations.remove_block(cast.municipal_nurse, block_id=block.id)
    assert reads.list_blocks(cast.municipal_nurse, person_id=karin.id) == []


def test_emergency_needs_a_reason_and_health_care(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(Invalid, match="minst tio tecken"):
        operations.open_emergency(cast.region_nurse, person_id=karin.id, reason="bråttom")
    relate(cast.needs_assessor, karin, RelationKind.INVESTIGATION)
    with pytest.raises(NotAllowed, match="hälso- och sjukvården"):
        operations.open_emergency(
            cast.needs_assessor, person_id=karin.id, reason="Ligger på golvet och svarar inte"
        )


def test_emergency_ends_by_itself(cast: Cast, karin: PersonDetail) -> None:
    operations.open_emergency(
        cast.region_nurse, person_id=karin.id, reason="Medvetslös, okända läkemedel"
    )
    assert standing_of(cast.region_nurse, karin.id).emergency
    assert not standing_of(cast.at(cast.region_nurse, hours=13), karin.id).emergency
    assert not standing_of(cast.physician, karin.id).emergency


def test_a_stranger_cannot_open_in_an_emergency_without_a_patient_relation(
    cast: Cast, karin: PersonDetail
) -> None:
    with pytest.raises(NotFound):
        operations.open_emergency(
            cast.stranger, person_id=karin.id, reason="Jag vill bara titta lite"
        )


def test_an_officer_lifts_an_inner_block_for_one_reader(cast: Cast, karin: PersonDetail) -> None:
    relate(cast.ward_nurse, karin)
    unit = cast.units["health_centre"]
    with pytest.raises(NotNow, match="ingen inre spärr"):
        lift(cast, karin)
    operations.set_block(
        cast.region_nurse, person_id=karin.id, kind=BlockKind.INNER,
        provider_id=unit.provider_id, unit_id=unit.id, asked_by=karin.name,
    )  # fmt: skip
    lift(cast, karin)
    assert standing_of(cast.ward_nurse, karin.id).lifted_units == {unit.id}
    with pytest.raises(NotAllowed):
        operations.lift_block(
            cast.ward_nurse, person_id=karin.id, target_unit_id=unit.id,
            for_account_id=cast.ward_nurse.id, for_unit_id=cast.ward_nurse.unit_id,
            reason="Patienten kan inte svara",
        )  # fmt: skip


def lift(cast: Cast, person: PersonDetail) -> None:
    operations.lift_block(
        cast.block_officer, person_id=person.id, target_unit_id=cast.units["health_centre"].id,
        for_account_id=cast.ward_nurse.id, for_unit_id=cast.ward_nurse.unit_id,
        reason="Patienten kan inte svara",
    )  # fmt: skip


def test_a_representative_sees_until_the_end_and_no_longer(cast: Cast, karin: PersonDetail) -> None:
    eva = make_person(cast.region_nurse)
    me, daughter = person_login(karin), person_login(eva)
    proxy = operations.grant_proxy(
        me, person_id=karin.id, proxy_person_id=eva.id, kind=ProxyKind.REPRESENTATIVE,
    )  # fmt: skip
    assert karin.id in reads.list_represented(daughter)
    operations.end_proxy(cast.at(me, hours=1), proxy_id=proxy.id)
    assert karin.id not in reads.list_represented(cast.at(daughter, hours=2))


def test_a_representative_cannot_let_in_another(cast: Cast, karin: PersonDetail) -> None:
    eva, olle = make_person(cast.region_nurse), make_person(cast.region_nurse)
    operations.grant_proxy(
        person_login(karin), person_id=karin.id, proxy_person_id=eva.id,
        kind=ProxyKind.REPRESENTATIVE, scopes=frozenset({"read", "write"}),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        operations.grant_proxy(
            person_login(eva), person_id=karin.id, proxy_person_id=olle.id,
            kind=ProxyKind.REPRESENTATIVE,
        )  # fmt: skip


def test_the_person_reads_who_has_looked(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(NotFound):
        reads.subject(cast.stranger, person_id=karin.id)
    log = reads.own_log(cast.at(person_login(karin), hours=1), person_id=karin.id)
    assert any(
        line.who == "Lena Berg" and line.unit == "Krokoms hälsocentral" for line in log.lines
    )
    assert any(line.who == "Per Holm" and line.refused for line in log.lines)


def test_a_log_reviewer_sees_the_own_care_providers_log_and_nothing_else(
    cast: Cast, karin: PersonDetail
) -> None:
    relate(cast.municipal_nurse, karin)
    seen = reads.review_log(cast.log_reviewer, wanted=reads.LogFilter())
    assert seen.lines
    assert {line.provider for line in seen.lines} == {"Regionens hälso- och sjukvård"}
    with pytest.raises(NotAllowed):
        reads.review_log(cast.region_nurse, wanted=reads.LogFilter())


def test_reading_without_a_relation_stands_out_in_the_review(
    cast: Cast, karin: PersonDetail
) -> None:
    with pytest.raises(NotFound):
        reads.subject(cast.stranger, person_id=karin.id)
    wanted = reads.LogFilter(without_relation=True)
    seen = reads.review_log(cast.log_reviewer, wanted=wanted)
    assert {line.who for line in seen.lines} == {"Per Holm"}


def test_one_who_guesses_an_address_leaves_a_line_that_tells_no_more_than_that(cast: Cast) -> None:
    """The reviewer sees who and which address; neither the answer nor the line tells if it is there."""
    someone = make_person(cast.region_nurse)
    other = make_person(cast.region_nurse, PersonFacts("Bo", "Lind"))
    plan = careplans.start_plan(cast.region_nurse, person_id=someone.id, kind=PlanKind.CARE)
    guesses = [plan.id, uuid4()]
    said = []
    for guess in guesses:
        with pytest.raises(NotFound) as refused:
            plans.plan(person_login(other), plan_id=guess)
        said.append(str(refused.value))
    assert said[0] == said[1]
    lines = reads.review_log(
        cast.at(cast.log_reviewer, hours=1), wanted=LogFilter(refused=True)
    ).lines
    found = [one for one in lines if one.actor_id == str(person_login(other).id)]
    assert [one.reason for one in found] == [f"Plan {guess}" for guess in reversed(guesses)]
    assert {(one.who, one.person_id, one.refused) for one in found} == {("Bo Lind", "", True)}


def test_a_person_is_refused_in_words_for_a_person(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="Det här gör bara personalen"):
        reads.may_open(person_login(make_person(cast.region_nurse)), action=Action.PERSON_REGISTER)
