"""What is given to whom: consent, disclosure, withdrawal (OSL 10:1, PDL 3:11, SEK-9, SIP-10)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from samverka.access import operations as access
from samverka.access import reads as access_reads
from samverka.access.models import Disclosure
from samverka.access.rules import BlockKind, ConsentForm, ConsentKind, ProxyKind, RelationKind
from samverka.audit.models import Event
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.models import PlanVersion
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind, PlanStatus, ReceivedPlan, Section, Term
from samverka.careplans.rules.disclosing import PartKind, digest
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail, search_persons
from samverka.resources import reads as shelf
from samverka.resources.models import Resource
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


# ── each party keeps what it was given ──


def taken_back(cast: Cast, shared: PlanDetail) -> PlanDetail:
    return ops.withdraw_sharing(cast.at(cast.region_nurse, hours=1), plan_id=shared.id, by="Karin")


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


# ── what lies outside the consent ──


def goal_part(plan: PlanDetail, words: str) -> ops.KeptBack:
    found = next(one for one in plan.goals if one.words == words)
    return ops.KeptBack(PartKind.GOAL, str(found.id))


def everything(plan: PlanDetail) -> str:
    """Every string that the page gets."""
    return repr(plan)


def test_what_is_kept_back_is_at_no_exit(cast: Cast, written: PlanDetail) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    made = ops.add_goal(nurse, plan_id=written.id, words="Hemligt mål", term=Term.SHORT)
    goal = next(one for one in made.goals if one.words == "Hemligt mål")
    ops.comment_plan(nurse, plan_id=written.id, words="Hemligt ord", goal_id=goal.id)
    shared = ops.share_plan(
        nurse,
        plan_id=written.id,
        unit_ids=[cast.units["assessment"].id],
        consent=given(),
        kept_back=[goal_part(made, "Hemligt mål"), ops.KeptBack(PartKind.SECTION, "what_matters")],
    )
    seen = reads.plan(other, plan_id=shared.id)
    for words in ("Hemligt", "katten"):
        assert words in everything(shared)
        assert words not in everything(seen)
        assert words not in repr(reads.list_plans(other, person_id=shared.person_id))
        assert words not in repr(reads.worklist(other))
        assert words not in repr(reads.history(other, plan_id=shared.id))
    later = ops.edit_goal(
        nurse, goal_id=goal.id, version=goal.version, words="Hemligare", term=Term.SHORT
    )
    assert "Hemlig" not in everything(reads.plan(other, plan_id=shared.id))
    # Nothing that it is given has changed: nothing new is given, and it can still write.
    again = reads.plan(other, plan_id=shared.id)
    assert (again.version, again.may_edit) == (shared.version, True)
    third = ops.add_goal(nurse, plan_id=shared.id, words="Öppet mål", term=Term.SHORT)
    compared = reads.compare_versions(
        other, plan_id=shared.id, old=shared.version, new=third.version
    )
    assert [one.after for one in compared.differences] == ["”Öppet mål” · På kort sikt · Pågår"]
    assert later.version not in {
        one.number for one in reads.history(other, plan_id=shared.id).versions
    }


def test_what_is_kept_back_cannot_be_reached_by_guessing(cast: Cast, shared: PlanDetail) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    (goal,) = shared.goals
    parts = [
        ops.KeptBack(PartKind.GOAL, str(goal.id)),
        ops.KeptBack(PartKind.SECTION, "strengths"),
    ]
    ops.keep_back(nurse, plan_id=shared.id, parts=parts, reason="Karin vill inte")
    with pytest.raises(NotFound):
        ops.edit_goal(other, goal_id=goal.id, version=0, words="X", term=Term.SHORT)
    with pytest.raises(NotFound):
        ops.comment_plan(other, plan_id=shared.id, words="X", goal_id=goal.id)
    with pytest.raises(NotNow):
        ops.write_section(other, plan_id=shared.id, section=Section.STRENGTHS, text="X", version=1)
    # It was given before: that copy stays in the history, and is not taken back.
    first, second = reads.history(other, plan_id=shared.id).versions[::-1]
    compared = reads.compare_versions(other, plan_id=shared.id, old=first.number, new=second.number)
    assert goal.words in compared.differences[0].before


def test_it_is_given_out_again(cast: Cast, shared: PlanDetail) -> None:
    nurse, (goal,) = cast.region_nurse, shared.goals
    kept = ops.keep_back(
        nurse, plan_id=shared.id, parts=[ops.KeptBack(PartKind.GOAL, str(goal.id))]
    )
    assert reads.plan(cast.needs_assessor, plan_id=shared.id).goals == ()
    (one,) = kept.withheld
    assert one.words == f"Mål: {goal.words}"
    (receiver,) = kept.receivers
    assert receiver.held_back == (one.words,)
    ops.give_out(nurse, withheld_id=one.id)
    assert reads.plan(cast.needs_assessor, plan_id=shared.id).goals == shared.goals
    with pytest.raises(NotNow):
        ops.give_out(nurse, withheld_id=one.id)


def test_a_party_can_be_kept_outside(cast: Cast, shared: PlanDetail) -> None:
    """That the person has to do with addiction care is itself outside the consent."""
    nurse, unit = cast.region_nurse, cast.units["ifo"].id
    ops.add_activity(nurse, plan_id=shared.id, what="Samtal", owner=ops.Owner(unit_id=unit))
    ops.keep_back(nurse, plan_id=shared.id, parts=[ops.KeptBack(PartKind.PARTY, str(unit))])
    seen = everything(reads.plan(cast.needs_assessor, plan_id=shared.id))
    assert "vuxenenhet" not in seen
    assert "Samtal" not in seen
    ours = ops.KeptBack(PartKind.PARTY, str(shared.unit.id))
    with pytest.raises(NotNow):
        ops.keep_back(nurse, plan_id=shared.id, parts=[ours])


def test_the_other_side_keeps_back_what_it_writes(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    made = ops.add_goal(
        other, plan_id=shared.id, words="Kommunens eget", term=Term.SHORT, withheld=True
    )
    goal = next(one for one in made.goals if one.words == "Kommunens eget")
    assert "Kommunens eget" not in everything(reads.plan(nurse, plan_id=shared.id))
    assert "Kommunens eget" in everything(reads.plan(person_login(karin), plan_id=shared.id))
    with pytest.raises(NotFound):
        ops.edit_goal(nurse, goal_id=goal.id, version=1, words="X", term=Term.SHORT)
    assert not Resource.objects.filter(kind="Goal", local_id=str(goal.id)).exists()
    plan = Resource.objects.get(kind="CarePlan", local_id=str(shared.id))
    assert not plan.published
    (old, *_rest) = shared.goals
    with pytest.raises(NotAllowed):  # what is given is given
        ops.keep_back(other, plan_id=shared.id, parts=[ops.KeptBack(PartKind.GOAL, str(old.id))])


def test_nothing_is_kept_back_that_is_not_there(cast: Cast, shared: PlanDetail) -> None:
    nurse = cast.region_nurse
    with pytest.raises(Invalid):
        ops.keep_back(nurse, plan_id=shared.id, parts=[])
    with pytest.raises(Invalid):
        ops.keep_back(nurse, plan_id=shared.id, parts=[ops.KeptBack(PartKind.GOAL, str(shared.id))])


def test_the_shelf_gives_one_who_was_given_the_plan_nothing_beside_it(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    """The shelf's CarePlan, Goals and CareTeam are the keeper's whole ones."""
    rows = Resource.objects.filter(person_id=karin.id, source="samverka")
    assert {row.kind for row in rows} >= {"CarePlan", "Goal", "CareTeam"}
    for row in rows:
        with pytest.raises(NotFound):
            shelf.resource(cast.needs_assessor, resource_id=row.id)
    assert shelf.person_kinds(cast.needs_assessor, person_id=karin.id) == []


# ── sent when somebody sends it ──


@pytest.fixture
def sending(settings: Settings) -> None:
    settings.SAMVERKA_COUNTY = {**settings.SAMVERKA_COUNTY, str(Key.PLAN_GIVEN_AT_SAVE): 0}


def test_a_change_is_given_when_somebody_sends_it(
    cast: Cast, sending: None, shared: PlanDetail
) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    ops.add_goal(nurse, plan_id=shared.id, words="Ett", term=Term.SHORT)
    made = ops.add_goal(nurse, plan_id=shared.id, words="Två", term=Term.SHORT)
    ops.comment_plan(nurse, plan_id=shared.id, words="Ett ord")
    (receiver,) = made.unsent
    assert (receiver.name, receiver.unsent) == ("Krokoms omsorg", 2)
    seen = reads.plan(other, plan_id=shared.id)
    assert (seen.version, len(seen.goals), seen.comments) == (shared.version, 1, ())
    with pytest.raises(NotNow, match="inte är skickade"):
        ops.add_goal(other, plan_id=shared.id, words="Tre", term=Term.SHORT)
    sent = ops.send_plan(nurse, plan_id=shared.id)
    assert sent.unsent == ()
    seen = reads.plan(other, plan_id=shared.id)
    assert (seen.version, len(seen.goals), seen.may_edit) == (made.version, 3, True)
    assert [one.words for one in seen.comments] == ["Ett ord"]
    with pytest.raises(NotNow):
        ops.send_plan(nurse, plan_id=shared.id)
    # What the other side writes goes to those who keep the plan, and it has it itself.
    theirs = ops.add_goal(other, plan_id=shared.id, words="Tre", term=Term.SHORT)
    assert theirs.may_edit
    assert "Tre" in {one.words for one in reads.plan(nurse, plan_id=shared.id).goals}


def test_nothing_is_sent_without_consent(cast: Cast, sending: None, shared: PlanDetail) -> None:
    taken_back(cast, shared)
    with pytest.raises(NotNow):
        ops.send_plan(cast.at(cast.region_nurse, hours=2), plan_id=shared.id)


# ── units of the same care provider ──


def test_a_unit_of_the_same_care_provider_that_does_something_sees_that_plan_without_a_choice(
    cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    """PDL 4:1. It takes part in that care; the active choice is about what one goes looking for."""
    ward, nurse = cast.ward_nurse, cast.region_nurse
    other = ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.CARE, title="En annan plan")
    with pytest.raises(NotFound):
        reads.plan(ward, plan_id=plan.id)
    made = ops.add_activity(
        nurse, plan_id=plan.id, what="Provtagning", owner=ops.Owner(unit_id=cast.units["ward"].id)
    )
    seen = reads.plan(ward, plan_id=plan.id)
    assert (seen.title, seen.may_edit, seen.may_share) == ("Karins plan", True, False)
    assert Event.objects.order_by("-id").first().ground == "takes-part"  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        reads.plan(ward, plan_id=other.id)  # and nothing else
    done = ops.finish_activity(ward, activity_id=made.activities[0].id)
    party = next(one for one in done.parties if one.unit_id == ward.unit_id)
    ops.remove_party(nurse, party_id=party.id)
    with pytest.raises(NotFound):
        reads.plan(ward, plan_id=plan.id)
    assert search_persons(ward, text="Åström", number=None) == []


def test_taking_part_ends_when_it_is_undone(cast: Cast, plan: PlanDetail) -> None:
    made = ops.add_activity(
        cast.region_nurse,
        plan_id=plan.id,
        what="Provtagning",
        owner=ops.Owner(unit_id=cast.units["ward"].id),
    )
    ops.undo_change(cast.region_nurse, plan_id=plan.id, version=made.version)
    with pytest.raises(NotFound):
        reads.plan(cast.ward_nurse, plan_id=plan.id)


def test_a_block_stands_before_taking_part(
    cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    ops.add_party(cast.region_nurse, plan_id=plan.id, unit_id=cast.units["ward"].id)
    assert reads.plan(cast.ward_nurse, plan_id=plan.id)
    access.set_block(
        person_login(karin),
        person_id=karin.id,
        kind=BlockKind.INNER,
        provider_id=plan.unit.provider_id,
        unit_id=plan.unit.id,
    )
    with pytest.raises(NotFound):
        reads.plan(cast.ward_nurse, plan_id=plan.id)


def test_what_is_kept_back_stays_so_when_two_plans_become_one(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    nurse = cast.region_nurse
    other = ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.SIP, title="Den andra planen")
    made = ops.add_goal(nurse, plan_id=other.id, words="Hemligt mål", term=Term.SHORT)
    part = ops.KeptBack(PartKind.GOAL, str(made.goals[0].id))
    ops.keep_back(nurse, plan_id=other.id, parts=[part])
    one = ops.merge_plans(
        nurse, plan_id=shared.id, other_id=other.id, why="Samma sak", person_wants=True
    )
    assert "Hemligt mål" in everything(one)
    assert "Hemligt mål" not in everything(reads.plan(cast.needs_assessor, plan_id=shared.id))
