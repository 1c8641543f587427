"""Plans as FHIR R4: what is published, and what another system's plan becomes here."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samverka.careplans import fhir, reads
from samverka.careplans import operations as ops
from samverka.careplans.models import Activity, Plan, PlanVersion
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import (
    ActivityStatus,
    GoalStatus,
    OwnerKind,
    PlanKind,
    PlanStatus,
    ReceivedPlan,
    Section,
)
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource, Version
from samverka.resources.rules.profiles import breaks, claimed
from samverka.resources.rules.validation import validate
from tests.factories import samples
from tests.factories.cast import Cast, make_person
from tests.factories.fhir import FhirClient


def published(kind: str, key: object) -> dict[str, Any]:
    resource = Resource.objects.get(kind=kind, local_id=str(key))
    newest = Version.objects.get(resource=resource, number=resource.version)
    found: dict[str, Any] = json.loads(newest.text)
    return found


def test_a_plan_is_published_with_category_goals_activities_and_team(
    cast: Cast, active: PlanDetail
) -> None:
    made = published("CarePlan", active.id)
    assert (made["status"], made["intent"], made["title"]) == ("active", "plan", "Karins plan")
    codes = {
        (coding["system"], coding["code"])
        for category in made["category"]
        for coding in category["coding"]
    }
    assert codes == {
        ("http://snomed.info/sct", "734163000"),
        ("https://fhir.inera.se/CodeSystem/typeofcareplan-cs", "SIP"),
    }
    assert made["subject"] == {"reference": f"Patient/{active.person_id}"}
    assert made["goal"] == [{"reference": f"Goal/{active.goals[0].id}"}]
    first, second, third = (one["detail"] for one in made["activity"])
    assert first["goal"] == made["goal"]
    assert first["scheduledPeriod"]["end"] == "2026-11-30"
    assert second["performer"][0]["display"] == "Krokoms biståndshandläggning"
    assert third["performer"] == [made["subject"]]
    team = published("CareTeam", active.id)
    assert team["managingOrganization"][0]["display"] == "Region Jämtland Härjedalen"
    assert len(team["participant"]) == 1, "the other has been asked and has not said yes"
    goal = published("Goal", active.goals[0].id)
    assert goal["description"] == {"text": "Gå till affären själv"}
    assert goal["lifecycleStatus"] == "active"


@pytest.mark.parametrize("kind", list(PlanKind))
def test_each_kind_has_its_national_code_or_none(active: PlanDetail, kind: PlanKind) -> None:
    made = fhir.care_plan(replace(active, kind=kind))
    national = [
        coding["code"]
        for category in made["category"]
        for coding in category.get("coding", [])
        if "typeofcareplan" in coding["system"]
    ]
    expected = {
        PlanKind.SIP: ["SIP"],
        PlanKind.DISCHARGE: ["SPU"],
        PlanKind.COERCIVE_CARE: ["SPLPTLRV"],
        PlanKind.LSS: [],
        PlanKind.HABILITATION: ["HP"],
        PlanKind.REHABILITATION: ["RP"],
        PlanKind.CARE: ["VP"],
        PlanKind.CARER: [],
    }
    assert national == expected[kind]


def test_what_the_person_may_not_see_bears_the_label(active: PlanDetail) -> None:
    assert "security" not in fhir.care_plan(active).get("meta", {})
    withheld = replace(active, not_for_patient=True)
    for made in (
        fhir.care_plan(withheld),
        fhir.care_team(withheld),
        fhir.goal(withheld, active.goals[0]),
    ):
        assert made["meta"]["security"][0]["code"] == "NOPATIENT"


def test_hsa_ids_are_sent_under_the_swedish_name(active: PlanDetail) -> None:
    unit = replace(active.unit, hsa_id="SE2321000000-A001")
    made = fhir.care_plan(replace(active, unit=unit))
    assert made["author"]["identifier"] == {
        "system": "urn:oid:1.2.752.29.4.19",
        "value": "SE2321000000-A001",
    }
    custodian, author = fhir.provenance(replace(active, unit=unit))["agent"]
    assert author["who"]["identifier"] == made["author"]["identifier"]
    assert "identifier" not in custodian["who"]
    of_provider = replace(unit, provider_hsa_id="SE2321000000-VG1")
    custodian, _author = fhir.provenance(replace(active, unit=of_provider))["agent"]
    assert custodian["who"]["identifier"]["value"] == "SE2321000000-VG1"


def test_the_source_is_this_system(active: PlanDetail, settings: Any) -> None:
    """The contracts' sourceSystemHSAId, as EHDS-TK 0.3.3 writes it: not the unit's."""
    assert "source" not in fhir.care_plan(active)["meta"]
    settings.SAMVERKA_HSA_ID = "SE2321000000-SAM1"
    source = fhir.care_plan(active)["meta"]["source"]
    assert source == "https://tjanstekatalogen.inera.se/Endpoint/SE2321000000-SAM1"


INERA = "https://fhir.inera.se/ig/ehds-tk/StructureDefinition/SEEHDS"


def test_a_plan_and_its_record_keep_to_the_profiles_that_they_name(
    cast: Cast, active: PlanDetail
) -> None:
    for kind in ("CarePlan", "Provenance"):
        made = published(kind, active.id)
        assert claimed(made) == (f"{INERA}{kind}",)
        assert breaks(made, f"{INERA}{kind}") == []
    kept = [kind for kind in PlanKind if claimed(fhir.care_plan(replace(active, kind=kind)))]
    assert set(PlanKind) - set(kept) == {PlanKind.LSS, PlanKind.CARER}  # no national code
    for kind in kept:
        assert breaks(fhir.care_plan(replace(active, kind=kind)), f"{INERA}CarePlan") == []
    assert not claimed(fhir.care_plan(replace(active, title="")))


def test_provenance_says_whose_record_the_plan_is(cast: Cast, active: PlanDetail) -> None:
    """Custodian is the outer block's care provider, author the inner block's unit (Inera, EHDS-TK)."""
    made = published("Provenance", active.id)
    assert validate(json.dumps(made)) == []
    targets = [one["reference"] for one in made["target"]]
    goal = f"Goal/{active.goals[0].id}"
    assert targets == [f"CarePlan/{active.id}", f"CareTeam/{active.id}", goal]
    who = {one["type"]["coding"][0]["code"]: one["who"]["reference"] for one in made["agent"]}
    unit = cast.units["health_centre"]
    assert who == {
        "custodian": f"Organization/{unit.provider_id}",
        "author": f"Organization/{unit.id}",
    }
    read, _tag = FhirClient(cast.region_nurse).read(f"Provenance/{active.id}")
    assert read == made
    assert FhirClient(cast.stranger).get(f"Provenance/{active.id}").status_code == 404


def test_a_new_text_makes_no_new_provenance_and_a_new_goal_does(
    cast: Cast, active: PlanDetail
) -> None:
    def versions(kind: str) -> int:
        row = Resource.objects.get(kind=kind, local_id=str(active.id))
        return Version.objects.filter(resource=row).count()

    before = versions("CarePlan"), versions("Provenance")
    ops.write_section(
        cast.region_nurse,
        plan_id=active.id,
        section=Section.TITLE,
        text="Nytt",
        version=active.version,
    )
    assert (versions("CarePlan"), versions("Provenance")) == (before[0] + 1, before[1])
    ops.add_goal(cast.region_nurse, plan_id=active.id, words="Sova", term=active.goals[0].term)
    assert versions("Provenance") == before[1] + 1


def test_plans_from_before_are_published_by_the_command(cast: Cast, active: PlanDetail) -> None:
    before = Version.objects.count()
    assert ops.publish_plans(cast.system) == Plan.objects.filter(source="").count()
    assert Version.objects.count() == before  # nothing new: nothing is written


def test_what_a_plan_points_at_can_be_read(cast: Cast, active: PlanDetail) -> None:
    nurse = FhirClient(cast.region_nurse)
    for kind in ("CarePlan", "CareTeam", "Provenance"):
        text = json.dumps(published(kind, active.id))
        for place in set(re.findall(r'"reference": "([A-Za-z]+/[0-9a-f-]+)"', text)):
            assert nurse.get(place).status_code == 200, place


def test_a_change_of_one_goal_publishes_that_goal_only(cast: Cast, active: PlanDetail) -> None:
    made = ops.add_goal(
        cast.region_nurse, plan_id=active.id, words="Sova bättre", term=active.goals[0].term
    )
    versions = {
        str(goal.id): Version.objects.filter(resource__local_id=str(goal.id)).count()
        for goal in made.goals
    }
    assert set(versions.values()) == {1}
    ops.follow_up_goal(
        cast.region_nurse,
        goal_id=made.goals[1].id,
        version=1,
        status=GoalStatus.PARTLY,
        outcome="Lite bättre",
    )
    goal = published("Goal", made.goals[1].id)
    assert goal["achievementStatus"]["coding"][0]["code"] == "improving"
    assert goal["note"] == [{"text": "Lite bättre"}]
    assert Version.objects.filter(resource__local_id=str(made.goals[0].id)).count() == 1


# ── receive ──


class Beside:
    """A shelf that knows these resources."""

    def __init__(self, *resources: dict[str, Any]) -> None:
        self._known = {f"{one['resourceType']}/{one['id']}": one for one in resources}

    def resource(self, reference: str) -> dict[str, Any] | None:
        return self._known.get(reference)


GOAL = {
    "resourceType": "Goal",
    "id": "g",
    "lifecycleStatus": "completed",
    "achievementStatus": {"coding": [{"code": "achieved"}]},
    "description": {"text": "Kunna gå i trappor"},
    "subject": {"reference": "Patient/p"},
    "target": [{"dueDate": "2026-12-24"}],
}
TEAM = {
    "resourceType": "CareTeam",
    "id": "t",
    "participant": [
        {"member": {"reference": "Patient/p"}},
        {"member": {"display": "Dr Ek"}},
        {"member": {"reference": "Practitioner/x"}},
    ],
}
NURSE = {
    "resourceType": "Practitioner",
    "id": "x",
    "name": [{"given": ["Ida", "Li"], "family": "Dahl"}],
}
PLAN = {
    "resourceType": "CarePlan",
    "id": "cp",
    "status": "active",
    "intent": "plan",
    "title": "Rehabplan",
    "description": "Efter höftbrott",
    "category": [
        {
            "coding": [
                {
                    "system": "https://fhir.inera.se/CodeSystem/typeofcareplan-cs",
                    "code": "RP",
                }
            ]
        }
    ],
    "subject": {"reference": "Patient/p"},
    "period": {"start": "2026-10-01"},
    "careTeam": [{"reference": "CareTeam/t"}],
    "goal": [{"reference": "Goal/g"}],
    "activity": [
        {
            "detail": {
                "status": "in-progress",
                "description": "Gångträning",
                "goal": [{"reference": "Goal/g"}],
                "performer": [{"reference": "Practitioner/x"}],
                "scheduledPeriod": {"end": "2026-12-01"},
            }
        },
        {"detail": {"status": "completed", "performer": [{"reference": "Patient/p"}]}},
    ],
    "note": [{"text": "Ring vid feber"}],
}


def received(change: dict[str, Any] | None = None, *beside: dict[str, Any]) -> ReceivedPlan:
    made = fhir.receive_careplan(PLAN | (change or {}), Beside(*(beside or (GOAL, TEAM, NURSE))))
    assert made is not None
    return made


def test_a_foreign_plan_is_read_with_what_it_points_at() -> None:
    plan = received()
    assert (plan.kind, plan.status, plan.title) == (
        PlanKind.REHABILITATION,
        PlanStatus.ACTIVE,
        "Rehabplan",
    )
    assert plan.summary == "Efter höftbrott\n\nRing vid feber"
    assert plan.team == ("Dr Ek", "Ida Li Dahl")
    (goal,) = plan.goals
    assert (goal.words, goal.status, goal.reach_by) == (
        "Kunna gå i trappor",
        GoalStatus.REACHED,
        date(2026, 12, 24),
    )
    walk, other = plan.activities
    assert (walk.what, walk.owner, walk.goal, walk.due_on, walk.status) == (
        "Gångträning",
        "Ida Li Dahl",
        0,
        date(2026, 12, 1),
        ActivityStatus.ONGOING,
    )
    assert (other.what, other.owner_kind, other.status) == (
        "–",
        OwnerKind.PERSON,
        ActivityStatus.DONE,
    )


def test_contained_goals_are_read_and_unknown_ones_leave_a_dash() -> None:
    inside = GOAL | {"id": "own"}
    plan = received(
        {"contained": [inside], "goal": [{"reference": "#own"}, {"reference": "Goal/?"}]}
    )
    assert [goal.words for goal in plan.goals] == ["Kunna gå i trappor", "–"]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("draft", PlanStatus.DRAFT),
        ("active", PlanStatus.ACTIVE),
        ("on-hold", PlanStatus.ACTIVE),
        ("completed", PlanStatus.ENDED),
        ("revoked", PlanStatus.ENDED),
        ("unknown", PlanStatus.DRAFT),
    ],
)
def test_status_of_a_foreign_plan(code: str, status: PlanStatus) -> None:
    assert received({"status": code}).status is status


def test_a_plan_entered_in_error_is_none() -> None:
    assert fhir.receive_careplan(PLAN | {"status": "entered-in-error"}, Beside()) is None


@samples.needed
def test_every_published_example_is_read() -> None:
    found = 0
    for path in samples.files(samples.R4_EXAMPLES):
        resource = json.loads(path.read_text())
        if resource.get("resourceType") != "CarePlan":
            continue
        made = fhir.receive_careplan(resource, Beside())
        found += 1
        assert made is not None, path.name
        assert made.title, path.name
        assert all(one.what for one in made.activities), path.name
    assert found > 5


def take(cast: Cast, person: PersonDetail, plan: ReceivedPlan) -> PlanDetail:
    return ops.receive_plan(
        cast.system,
        person_id=person.id,
        received=plan,
        source="Rehabsystemet",
        unit_id=cast.units["health_centre"].id,
    )


def test_a_received_plan_is_shown_with_its_source_and_changed_only_there(
    cast: Cast, karin: PersonDetail
) -> None:
    taken = take(cast, karin, received())
    seen = reads.plan(cast.region_nurse, plan_id=taken.id)
    assert (seen.source, seen.title, seen.summary.splitlines()[-1]) == (
        "Rehabsystemet",
        "Rehabplan",
        "Deltar: Dr Ek, Ida Li Dahl",
    )
    assert [one.owner for one in seen.activities] == ["Ida Li Dahl", "Karin"]
    assert seen.activities[0].goal_id == seen.goals[0].id
    assert not any((seen.may_edit, seen.may_share, seen.may_activate, seen.may_comment))
    with pytest.raises(NotAllowed):
        ops.add_goal(cast.region_nurse, plan_id=taken.id, words="Nytt", term=seen.goals[0].term)
    with pytest.raises(NotAllowed):
        ops.comment_plan(cast.region_nurse, plan_id=taken.id, words="Hej")
    assert reads.worklist(cast.region_nurse) == []


def test_the_same_again_changes_nothing_and_a_change_is_a_version(
    cast: Cast, karin: PersonDetail
) -> None:
    first = take(cast, karin, received())
    parts = sorted(Activity.objects.values_list("id", flat=True))
    later = replace(cast, system=cast.at(cast.system, days=1))
    again = take(later, karin, received())
    assert (again.id, again.version) == (first.id, 1)
    assert sorted(Activity.objects.values_list("id", flat=True)) == parts
    assert PlanVersion.objects.count() == 1
    changed = take(later, karin, received({"title": "Ny titel", "activity": [], "goal": []}))
    assert (changed.id, changed.version, changed.title) == (first.id, 2, "Ny titel")
    assert changed.activities == ()
    assert changed.goals == ()


def test_a_source_cannot_give_the_same_plan_to_another_person(
    cast: Cast, karin: PersonDetail
) -> None:
    take(cast, karin, received())
    other = make_person(cast.region_nurse)
    with pytest.raises(Invalid):
        take(cast, other, received())
    assert Plan.objects.count() == 1


def test_a_plan_without_source_or_number_is_refused(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(Invalid):
        take(cast, karin, replace(received(), source_id=""))
