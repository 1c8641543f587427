"""Each party keeps what it was given, and sees nothing newer (PDL 3:11, SEK-9, SEK-12)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.access import reads as access_reads
from samverka.access.models import Disclosure
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.models import PlanVersion
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import Term
from samverka.careplans.rules.disclosing import digest
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.people.reads import PersonDetail
from tests.careplans.conftest import everything, taken_back
from tests.factories.cast import Cast, person_login


def test_a_copy_that_is_kept_tells_nothing_of_what_came_after(
    cast: Cast, shared: PlanDetail
) -> None:
    taken_back(cast, shared)
    later = cast.at(cast.region_nurse, hours=2)
    ops.comment_plan(later, plan_id=shared.id, words="Sagt efteråt")
    region = cast.units["health_centre"].organisation_id
    assert region == shared.responsible_id
    krokom = cast.units["assessment"].organisation_id
    ops.set_responsible(later, plan_id=shared.id, organisation_id=krokom)
    ops.end_plan(later, plan_id=shared.id, reason="Skälet efteråt")
    kept = reads.plan(cast.at(cast.needs_assessor, hours=3), plan_id=shared.id)
    assert kept.responsible == shared.responsible
    assert (kept.ended_at, kept.end_reason, kept.comments) == (None, "", ())
    assert (kept.status, kept.updated_at) == (shared.status, shared.updated_at)
    assert kept.given is not None
    assert (kept.given.live, kept.given.version) == (False, shared.version)
    assert not kept.may_edit
    assert not kept.may_comment
    assert kept.missing == ()


def test_a_copy_that_is_kept_is_not_written_in_and_that_is_said(
    cast: Cast, shared: PlanDetail
) -> None:
    taken_back(cast, shared)
    other = cast.at(cast.needs_assessor, hours=2)
    (goal, *_rest) = shared.goals
    (own,) = [one for one in shared.activities if one.owner_unit_id == other.unit_id]
    with pytest.raises(NotAllowed, match="Ni läser det ni har fått"):
        ops.add_goal(other, plan_id=shared.id, words="Nytt", term=Term.SHORT)
    with pytest.raises(NotAllowed, match="egen dokumentation"):
        ops.comment_plan(other, plan_id=shared.id, words="Hej")
    with pytest.raises((NotAllowed, NotFound)):  # not even what it was to do itself
        ops.finish_activity(other, activity_id=own.id)
    with pytest.raises((NotAllowed, NotFound)):
        ops.edit_goal(other, goal_id=goal.id, version=1, words="Nytt", term=Term.SHORT)


def test_pages_around_the_plan_tell_one_who_keeps_a_copy_nothing(
    cast: Cast, shared: PlanDetail
) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    for reader in (other, cast.at(other, hours=3)):
        with pytest.raises(NotAllowed):  # whom else the person has been asked about is not given
            reads.plan_consent(reader, plan_id=shared.id)
        taken_back(cast, shared) if reader is other else None
    with pytest.raises(NotAllowed):
        reads.preparation(cast.at(other, hours=3), plan_id=shared.id)
    later = cast.at(nurse, hours=2)
    begins = later.at + timedelta(days=3)
    facts = ops.MeetingFacts(begins, begins + timedelta(hours=1), place="Hemligt rum")
    invited = ops.Invited(units=(cast.units["ward"].id,))
    ops.call_meeting(later, plan_id=shared.id, facts=facts, invited=invited)
    reader = cast.at(other, hours=3)
    assert reads.list_meetings(reader, plan_id=shared.id) == []
    assert reads.follow_ups(reader, plan_id=shared.id) == []
    assert "Hemligt rum" not in everything(reads.plan(reader, plan_id=shared.id))


def test_history_of_a_kept_copy_is_what_was_given(cast: Cast, shared: PlanDetail) -> None:
    nurse = cast.region_nurse
    second = ops.add_goal(nurse, plan_id=shared.id, words="Gå ut", term=Term.LONG)
    after = taken_back(cast, shared)
    third = ops.add_goal(
        cast.at(nurse, hours=2), plan_id=shared.id, words="Efteråt", term=Term.LONG
    )
    reader = cast.at(cast.needs_assessor, hours=3)
    found = reads.history(reader, plan_id=shared.id)
    assert [one.number for one in found.versions] == [second.version, shared.version]
    compared = reads.compare_versions(
        reader, plan_id=shared.id, old=shared.version, new=second.version
    )
    assert [one.after for one in compared.differences] == ["”Gå ut” · På lång sikt · Pågår"]
    for version in (1, after.version, third.version):
        with pytest.raises(NotFound):
            reads.compare_versions(reader, plan_id=shared.id, old=shared.version, new=version)


def test_consent_that_has_run_out_gives_no_right_to_write_even_if_nothing_is_newer(
    cast: Cast, written: PlanDetail
) -> None:
    nurse = cast.region_nurse
    shared = ops.share_plan(
        nurse,
        plan_id=written.id,
        unit_ids=[cast.units["assessment"].id],
        consent=ops.ConsentGiven(given_by="Karin", until=nurse.at + timedelta(days=7)),
    )
    other = cast.at(cast.needs_assessor, days=8)
    assert not reads.plan(other, plan_id=shared.id).may_edit
    with pytest.raises(NotAllowed):
        ops.add_goal(other, plan_id=shared.id, words="X", term=Term.SHORT)


def test_the_one_who_keeps_the_plan_and_the_person_see_who_has_what(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    after = taken_back(cast, shared)
    seen = [after, reads.plan(person_login(karin), plan_id=shared.id)]
    for one in seen:
        (keeper,) = one.keepers
        assert (keeper.name, keeper.version) == ("Krokoms omsorg", shared.version)
        assert keeper.at == shared.updated_at
    assert reads.plan(cast.needs_assessor, plan_id=shared.id).receivers == ()


def test_each_disclosure_can_be_shown_letter_by_letter(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    (row,) = Disclosure.objects.filter(object_id=shared.id)
    version = PlanVersion.objects.get(plan_id=shared.id, number=row.version)
    assert (row.content, row.digest) == (None, digest(version.content))  # the whole, as it stands
    (line,) = access_reads.latest_disclosures(person_login(karin), person_id=karin.id)
    assert (line.version, line.whole, line.by) == (shared.version, True, "Lena Berg")
    (consent,) = access_reads.list_consents(cast.region_nurse, person_id=karin.id)
    assert line.consent_id == consent.id


def test_what_the_other_side_writes_is_given_to_those_who_keep_the_plan(
    cast: Cast, shared: PlanDetail
) -> None:
    made = ops.add_goal(cast.needs_assessor, plan_id=shared.id, words="Duscha", term=Term.SHORT)
    holder = cast.units["health_centre"].provider_id
    (row,) = Disclosure.objects.filter(object_id=shared.id, provider_id=holder)
    assert row.version == made.version
    after = taken_back(cast, shared)
    assert "Duscha" in {one.words for one in after.goals}
    assert after.shared_with == ()
    assert {one.name for one in after.receivers} == {"Krokoms omsorg"}
