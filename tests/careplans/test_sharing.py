"""What is given to whom: consent, disclosure, withdrawal (OSL 10:1, PDL 3:11, SEK-9, SIP-10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.access import operations as access
from samverka.access.models import Disclosure
from samverka.access.rules import ConsentForm, ConsentKind, ProxyKind, RelationKind
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind, PlanStatus, ReceivedPlan, Section, Term
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail, search_persons
from tests.careplans.conftest import given
from tests.factories.cast import Cast, make_person, person_login, relate


def test_the_other_side_cannot_even_know_before_it_is_shared(
    cast: Cast, karin: PersonDetail, written: PlanDetail
) -> None:
    for reader in (cast.needs_assessor, cast.municipal_nurse, cast.stranger, cast.ward_nurse):
        with pytest.raises(NotFound):
            reads.plan(reader, plan_id=written.id)
        assert reads.list_plans(reader, person_id=karin.id) == []


def test_the_other_side_reads_and_writes_after(cast: Cast, shared: PlanDetail) -> None:
    other = cast.needs_assessor
    seen = reads.plan(other, plan_id=shared.id)
    assert seen.what_matters == shared.what_matters
    assert (seen.may_edit, seen.may_share) == (True, False)
    assert shared.shared_with == ("Krokoms omsorg",)
    made = ops.write_section(
        other,
        plan_id=shared.id,
        section=Section.STRENGTHS,
        text="Lagar mat",
        version=seen.version,
    )
    assert made.strengths == "Lagar mat"
    assert reads.plan(cast.region_nurse, plan_id=shared.id).strengths == "Lagar mat"


def test_consent_opens_for_those_it_names_only(cast: Cast, shared: PlanDetail) -> None:
    for reader in (cast.municipal_nurse, cast.ifo_officer, cast.other_municipality):
        with pytest.raises(NotFound):
            reads.plan(reader, plan_id=shared.id)


def test_the_other_side_cannot_hand_it_on(cast: Cast, shared: PlanDetail) -> None:
    with pytest.raises(NotAllowed):
        ops.share_plan(
            cast.needs_assessor,
            plan_id=shared.id,
            unit_ids=[cast.units["home_health"].id],
            consent=given(),
        )


def test_each_version_is_noted_as_given(cast: Cast, shared: PlanDetail) -> None:
    provider = cast.units["assessment"].provider_id
    made = ops.add_goal(cast.region_nurse, plan_id=shared.id, words="Gå ut", term=Term.LONG)
    given_now = Disclosure.objects.filter(object_id=shared.id, provider_id=provider)
    assert sorted(given_now.values_list("version", flat=True)) == [shared.version, made.version]
    # What the plan was before it was shared has not been given.
    history = reads.history(cast.needs_assessor, plan_id=shared.id)
    assert [one.number for one in history.versions] == [made.version, shared.version]
    with pytest.raises(NotFound):
        reads.compare_versions(cast.needs_assessor, plan_id=shared.id, old=1, new=made.version)


def test_nothing_is_shared_without_consent_that_covers(cast: Cast, written: PlanDetail) -> None:
    unit = cast.units["home_health"].id
    with pytest.raises(NotNow):
        ops.share_plan(cast.region_nurse, plan_id=written.id, unit_ids=[unit])
    with pytest.raises(Invalid):
        ops.share_plan(
            cast.region_nurse,
            plan_id=written.id,
            unit_ids=[unit],
            consent=ops.ConsentGiven(given_by=" "),
        )
    with pytest.raises(Invalid):
        ops.share_plan(cast.region_nurse, plan_id=written.id, unit_ids=[], consent=given())
    with pytest.raises(Invalid):
        ops.share_plan(
            cast.region_nurse,
            plan_id=written.id,
            unit_ids=[cast.units["ward"].id],
            consent=given(),
        )
    assert not Disclosure.objects.exists()
    assert not reads.plan(cast.region_nurse, plan_id=written.id).consent


def test_a_consent_that_holds_is_used_again(cast: Cast, shared: PlanDetail) -> None:
    home_care = cast.units["home_care"]  # the same care provider as needs assessment
    made = ops.share_plan(cast.region_nurse, plan_id=shared.id, unit_ids=[home_care.id])
    assert "Krokoms hemtjänst" in {party.name for party in made.parties if party.shared}


def test_withdrawn_consent_stops_all_that_comes_after(cast: Cast, shared: PlanDetail) -> None:
    stopped = ops.withdraw_sharing(cast.region_nurse, plan_id=shared.id, by="Karin Åström")
    assert (stopped.consent, stopped.shared_with) == (False, ())
    ops.add_goal(cast.region_nurse, plan_id=shared.id, words="Gå ut", term=Term.LONG)
    kept = reads.plan(cast.needs_assessor, plan_id=shared.id)
    assert (kept.version, kept.what_matters) == (shared.version, shared.what_matters)
    assert "Gå ut" not in {one.words for one in kept.goals}
    assert not Disclosure.objects.filter(stopped_at__isnull=True).exists()
    with pytest.raises(NotNow):
        ops.withdraw_sharing(cast.region_nurse, plan_id=shared.id, by="Karin Åström")
    again = ops.share_plan(
        cast.region_nurse,
        plan_id=shared.id,
        unit_ids=[cast.units["assessment"].id],
        consent=given(),
    )
    assert again.shared_with == ("Krokoms omsorg",)
    assert reads.plan(cast.needs_assessor, plan_id=shared.id).version == again.version


def test_when_consent_runs_out_the_last_given_version_is_what_they_see(
    cast: Cast, written: PlanDetail
) -> None:
    nurse = cast.region_nurse
    until = nurse.at + timedelta(days=7)
    shared = ops.share_plan(
        nurse,
        plan_id=written.id,
        unit_ids=[cast.units["assessment"].id],
        consent=ops.ConsentGiven(given_by="Karin", form=ConsentForm.WRITTEN, until=until),
    )
    later = cast.at(nurse, days=8)
    made = ops.add_goal(later, plan_id=shared.id, words="Nytt och hemligt", term=Term.SHORT)
    ops.write_section(
        later,
        plan_id=shared.id,
        section=Section.WHAT_MATTERS,
        text="Något nytt",
        version=made.version,
    )
    seen = reads.plan(cast.at(cast.needs_assessor, days=8), plan_id=shared.id)
    assert seen.version == shared.version
    assert seen.what_matters == shared.what_matters
    assert "Nytt och hemligt" not in {one.words for one in seen.goals}
    assert not seen.may_edit
    ops.write_section(
        later, plan_id=shared.id, section=Section.TITLE, text="Ny titel", version=made.version
    )
    reader = cast.at(cast.needs_assessor, days=8)
    (line,) = reads.list_plans(reader, person_id=shared.person_id)
    assert (line.title, line.next_step) == (shared.title, None)
    assert reads.worklist(reader) == []
    assert reads.history(reader, plan_id=shared.id).title == shared.title
    with pytest.raises(NotAllowed):
        ops.add_goal(
            cast.at(cast.needs_assessor, days=8), plan_id=shared.id, words="X", term=Term.SHORT
        )


def test_a_party_is_let_in_and_out(cast: Cast, shared: PlanDetail) -> None:
    nurse = cast.region_nurse
    made = ops.add_party(nurse, plan_id=shared.id, unit_id=cast.units["home_health"].id)
    party = next(one for one in made.parties if one.name == "Krokoms hemsjukvård")
    assert not party.shared
    with pytest.raises(NotNow):
        ops.add_party(nurse, plan_id=shared.id, unit_id=cast.units["home_health"].id)
    after = ops.remove_party(nurse, party_id=party.id)
    assert "Krokoms hemsjukvård" not in {one.name for one in after.parties}
    ours = next(one for one in after.parties if one.unit_id == shared.unit.id)
    with pytest.raises(NotNow):
        ops.remove_party(nurse, party_id=ours.id)
    with_tasks = next(one for one in after.parties if one.name == "Krokoms biståndshandläggning")
    with pytest.raises(NotNow):
        ops.remove_party(nurse, party_id=with_tasks.id)
    task = next(one for one in after.activities if one.owner == with_tasks.name)
    ops.finish_activity(nurse, activity_id=task.id)
    after = ops.remove_party(nurse, party_id=with_tasks.id)
    kept = reads.plan(cast.needs_assessor, plan_id=shared.id)
    assert kept.version == after.version - 1  # keeps what it was given, gets no more
    with pytest.raises(NotAllowed):
        ops.add_goal(cast.needs_assessor, plan_id=shared.id, words="X", term=Term.SHORT)


# ── the person and those who act for the person ──


def test_the_person_reads_the_own_plan(cast: Cast, karin: PersonDetail, shared: PlanDetail) -> None:
    seen = reads.plan(person_login(karin), plan_id=shared.id)
    assert seen.goals[0].words == "Gå till affären själv"
    assert not any((seen.may_edit, seen.may_share, seen.may_activate, seen.may_end))
    assert seen.may_comment
    someone = make_person(cast.region_nurse, PersonFacts("Bo", "Lind"))
    with pytest.raises(NotFound):
        reads.plan(person_login(someone), plan_id=shared.id)


@pytest.mark.parametrize(("scopes", "may_write"), [({"read"}, False), ({"read", "write"}, True)])
def test_a_representative_writes_only_with_that_scope(
    cast: Cast, karin: PersonDetail, shared: PlanDetail, scopes: set[str], may_write: bool
) -> None:
    daughter = make_person(cast.region_nurse, PersonFacts("Eva", "Åström"))
    access.grant_proxy(
        person_login(karin),
        person_id=karin.id,
        proxy_person_id=daughter.id,
        kind=ProxyKind.REPRESENTATIVE,
        scopes=frozenset(scopes),
    )
    her = person_login(daughter)
    assert reads.plan(her, plan_id=shared.id).may_comment is may_write
    if may_write:
        told = ops.comment_plan(her, plan_id=shared.id, words="Mamma sover dåligt.")
        assert told.comments[0].by == "Eva Åström"
        return
    with pytest.raises(NotAllowed):
        ops.comment_plan(her, plan_id=shared.id, words="Mamma sover dåligt.")


def test_a_plan_withheld_from_the_person_is_not_there_for_the_person(
    cast: Cast, karin: PersonDetail
) -> None:
    plan = ops.receive_plan(
        cast.system,
        person_id=karin.id,
        received=ReceivedPlan(
            "1", PlanKind.CARE, PlanStatus.ACTIVE, "Vårdplan", not_for_patient=True
        ),
        source="Journalen",
        unit_id=cast.units["health_centre"].id,
    )
    assert reads.plan(cast.region_nurse, plan_id=plan.id).not_for_patient
    with pytest.raises(NotFound):
        reads.plan(person_login(karin), plan_id=plan.id)
    assert reads.list_plans(person_login(karin), person_id=karin.id) == []


def test_another_unit_of_the_same_care_provider_reads_by_choice(
    cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    relate(cast.ward_nurse, karin)
    with pytest.raises(NotFound):
        reads.plan(cast.ward_nurse, plan_id=plan.id)
    access.make_choice(cast.ward_nurse, person_id=karin.id)
    assert reads.plan(cast.ward_nurse, plan_id=plan.id).title == "Karins plan"


def test_ifo_keeps_a_plan_that_only_a_consent_opens(cast: Cast) -> None:
    person = make_person(cast.ifo_officer, relation=RelationKind.SOCIAL_SERVICE)
    relate(cast.region_nurse, person)
    plan = ops.start_plan(cast.ifo_officer, person_id=person.id, kind=PlanKind.SIP)
    with pytest.raises(NotFound):
        reads.plan(cast.region_nurse, plan_id=plan.id)
    ops.share_plan(
        cast.ifo_officer,
        plan_id=plan.id,
        unit_ids=[cast.units["health_centre"].id],
        consent=given(),
    )
    assert reads.plan(cast.region_nurse, plan_id=plan.id).may_edit


def test_a_unit_that_had_nothing_to_do_with_the_person_finds_the_plan_it_was_given(
    cast: Cast, karin: PersonDetail, written: PlanDetail
) -> None:
    """OSL 10:1: what is disclosed, and who it is about; nothing else of the person."""
    ops.share_plan(
        cast.region_nurse,
        plan_id=written.id,
        unit_ids=[cast.units["are_home_health"].id],
        consent=given(),
    )
    away = cast.other_municipality
    (line,) = search_persons(away, text="Åström", number=None)
    assert line.id == karin.id
    assert reads.plan(away, plan_id=written.id).what_matters == written.what_matters
    ops.withdraw_sharing(cast.at(cast.region_nurse, hours=1), plan_id=written.id, by="Karin")
    # It keeps its copy, so it knows whom that is about; where she lives now is newer than the copy.
    after = cast.at(away, hours=2)
    (line,) = search_persons(after, text="Åström", number=None)
    assert (line.id, line.town) == (karin.id, "")
    assert reads.plan(after, plan_id=written.id).what_matters == written.what_matters
    assert reads.list_contacts(after, person_id=karin.id) == []


def test_one_who_was_let_in_but_given_nothing_does_not_know_of_the_person_any_longer(
    cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    away = cast.units["are_home_health"]
    consent = access.give_consent(
        cast.region_nurse,
        person_id=karin.id,
        kind=ConsentKind.PLAN,
        reader_providers=[away.provider_id],
        form=ConsentForm.ORAL,
        given_by="Karin",
        plan_id=plan.id,
    )
    access.invite_unit(
        cast.region_nurse,
        person_id=karin.id,
        unit_id=away.id,
        provider_id=away.provider_id,
        consent_id=consent.id,
    )
    access.withdraw_consent(cast.region_nurse, consent_id=consent.id, by="Karin")
    assert search_persons(cast.other_municipality, text="Åström", number=None) == []
