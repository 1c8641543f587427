"""A stay told by the hospital's own system opens, moves and ends the case, once, in whatever order it comes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from samverka.access.operations import set_county_value
from samverka.config.registry import REGISTRY
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.models import AfterContact, Case, Copy, Heard, Leave, Message
from samverka.discharge.rules.kinds import CaseStatus, CloseReason, Part
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.parameters import Key
from samverka.kernel.problems import NotAllowed
from samverka.notices.reads import unit_tasks
from samverka.organisations import operations as organisations
from samverka.resources.models import Resource, Version
from samverka.resources.operations import run_import
from tests.discharge.feeding import (
    ADMITTED,
    PHYSICIAN,
    System,
    bundle,
    case_now,
    known_by_hsa_id,
    patient,
    stay,
)
from tests.factories import samples
from tests.factories.cast import NOW, Cast, system

DAY = timedelta(days=1)


@pytest.fixture
def hospital(cast: Cast) -> System:
    known_by_hsa_id(cast)
    return System(cast)


# ── begins, changes, ends ──


def test_one_who_is_admitted_there_has_a_case_here(cast: Cast, hospital: System) -> None:
    told = hospital.tells(patient(), stay(estimated="2026-11-27"))
    case = case_now()
    assert (told.status, told.led_to) == (200, f"Encounter/{case.id}")
    assert (case.status, case.unit_id) == (CaseStatus.ADMITTED, cast.units["ward"].id)
    assert (case.admitted_at, str(case.estimated_at)) == (ADMITTED, "2026-11-27")
    assert reads.case(cast.at(cast.ward_nurse, hours=1), case_id=case.id).person.name


def test_one_who_is_to_come_is_expected_and_then_admitted(hospital: System) -> None:
    hospital.tells(patient(), stay("planned", start=None, estimated="2026-11-29"))
    assert case_now().status == CaseStatus.EXPECTED
    hospital.tells(stay("arrived"))
    [case] = Case.objects.all()
    assert (case.status, case.admitted_at) == (CaseStatus.ADMITTED, ADMITTED)


def test_one_who_is_to_come_and_never_does(hospital: System) -> None:
    hospital.tells(patient(), stay("planned", start=None))
    hospital.tells(stay("cancelled", start=None))
    assert case_now().status == CaseStatus.CANCELLED


def test_moved_to_another_ward(cast: Cast, hospital: System) -> None:
    hospital.tells(patient(), stay())
    hospital.tells(stay(at="surgery"))
    [case] = Case.objects.all()
    assert case.unit_id == cast.units["surgery"].id
    assert reads.case(cast.at(cast.surgery_nurse, hours=1), case_id=case.id).own_part is Part.WARD


def test_gone_home_is_home_without_typing(hospital: System) -> None:
    hospital.tells(patient(), stay())
    gone = NOW - timedelta(hours=1)
    hospital.tells(stay("finished", end=gone, hospitalization={"destination": {"display": "Hem"}}))
    case = case_now()
    assert (case.status, case.discharged_at, case.goes_to) == (CaseStatus.HOME, gone, "Hem")


def test_one_who_died_there_is_not_called_at_home(hospital: System) -> None:
    died = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/discharge-disposition",
                        "code": "exp"}]}  # fmt: skip
    psychiatry = {"coding": [{"system": "http://snomed.info/sct", "code": "394587001"}]}
    hospital.tells(patient(), stay(serviceType=psychiatry))
    assert case_now().psychiatric
    gone, end = NOW - timedelta(hours=1), {"dischargeDisposition": died}
    for _again in range(2):
        assert hospital.tells(stay("finished", end=gone, hospitalization=end)).status == 200
    case = case_now()
    assert (case.status, case.close_reason) == (CaseStatus.CLOSED, CloseReason.DIED)
    assert (case.closed_at, case.discharged_at) == (gone, None)
    assert not AfterContact.objects.exists()


def test_a_part_of_a_stay_opens_nothing_and_is_kept(hospital: System) -> None:
    hospital.tells(patient(), stay())
    part = hospital.tells(stay(id="del-1", at="surgery", partOf={"reference": "Encounter/vt-1"}))
    assert part.status == 200
    assert "del av en annan" in str(part.issue)
    assert [one.source_id for one in Case.objects.all()] == ["Encounter/vt-1"]


def test_a_leave_before_the_admission_is_said(hospital: System) -> None:
    hospital.tells(patient(), stay())
    history = [{"status": "onleave", "period": {
        "start": (ADMITTED - DAY).isoformat(), "end": NOW.isoformat()}}]  # fmt: skip
    told = hospital.tells(stay("onleave", statusHistory=history))
    assert (told.status, told.issue.path) == (422, "Encounter.statusHistory.period")
    assert not Leave.objects.exists()


def test_written_in_error_is_taken_back(hospital: System) -> None:
    hospital.tells(patient(), stay())
    hospital.tells(stay("entered-in-error"))
    assert case_now().status == CaseStatus.CANCELLED


def test_the_wards_own_case_becomes_that_stay(cast: Cast, hospital: System) -> None:
    hospital.tells(patient(), stay("planned", start=None, id="other"))
    Case.objects.all()
    hospital.tells(stay("cancelled", start=None, id="other"))
    person = case_now().person_id
    made = ops.open_case(
        cast.ward_nurse, person_id=person, facts=ops.AdmissionFacts(admitted_at=ADMITTED)
    )
    hospital.tells(stay(estimated="2026-11-28"))
    row = Case.objects.get(id=made.id)
    assert (row.source_id, str(row.estimated_at)) == ("Encounter/vt-1", "2026-11-28")
    assert Case.objects.count() == 2


def test_a_stay_that_was_over_before_anyone_told_of_it_opens_nothing(hospital: System) -> None:
    told = hospital.tells(patient(), stay("finished", end=NOW - timedelta(hours=1)))
    assert (told.status, case_now()) == (200, None)


# ── again, and in the wrong order ──


def test_the_same_again_changes_nothing(hospital: System) -> None:
    for _again in range(3):
        hospital.tells(patient(), stay(estimated="2026-11-27"))
    case = case_now()
    before = (case.version, case.changed_at, Version.objects.count())
    hospital.tells(patient(), stay(estimated="2026-11-27"))
    case.refresh_from_db()
    assert (case.version, case.changed_at, Version.objects.count()) == before
    assert Case.objects.count() == 1


def test_an_older_word_that_comes_late_turns_nothing_back(hospital: System) -> None:
    home = stay("finished", end=NOW - timedelta(hours=1), updated=NOW)
    inside = stay(estimated="2026-11-30", updated=NOW - timedelta(hours=5))
    hospital.tells(patient(), stay(updated=NOW - timedelta(hours=6)))
    hospital.tells(home)
    told = hospital.tells(inside)
    case = case_now()
    assert (told.status, case.status, case.estimated_at) == (200, CaseStatus.HOME, None)
    kept = Resource.objects.get(key="Encounter/vt-1")
    assert kept.versions == 3


def test_undated_words_never_turn_a_case_back_either(hospital: System) -> None:
    hospital.tells(patient(), stay())
    hospital.tells(stay("planned"))
    assert case_now().status == CaseStatus.ADMITTED
    hospital.tells(stay("finished", end=NOW - timedelta(hours=1)))
    hospital.tells(stay(estimated="2026-12-01"))
    assert case_now().status == CaseStatus.HOME


def test_a_newer_word_that_takes_the_discharge_back_is_told_and_not_done(hospital: System) -> None:
    hospital.tells(patient(), stay(updated=NOW - timedelta(hours=3)))
    hospital.tells(stay("finished", end=NOW - timedelta(hours=2), updated=NOW - timedelta(hours=2)))
    told = hospital.tells(stay(updated=NOW - timedelta(hours=1)))
    assert told.status == 422
    assert told.issue is not None
    assert "avslutat här" in told.issue.words
    assert case_now().status == CaseStatus.HOME


# ── what cannot be, and is kept ──


def refused(told: object, words: str) -> str:
    """The path of a refusal that says those words; what was sent is on the shelf all the same."""
    assert getattr(told, "status") == 422  # noqa: B009 (either form of answer)
    issue = getattr(told, "issue")  # noqa: B009
    assert words in issue.words
    return str(issue.path)


def test_someone_who_is_not_known_waits_and_is_taken_in_when_known(hospital: System) -> None:
    told = hospital.tells(stay())
    refused(told, "inte")
    assert Resource.objects.get(key="Encounter/vt-1").status == "waiting"
    hospital.tells(patient())
    assert case_now().status == CaseStatus.ADMITTED


def test_a_ward_that_is_not_known_and_then_is(cast: Cast, hospital: System) -> None:
    sent = stay(at="SE2321000172-9999")
    assert refused(hospital.tells(patient(), sent), "HSA-id") == "Encounter.serviceProvider"
    kept = Resource.objects.get(key="Encounter/vt-1")
    assert kept.status == "kept"
    assert "HSA-id" in kept.reason
    assert '"vt-1"' in Version.objects.get(resource=kept).text
    unit = cast.units["surgery"]
    organisations.register_unit(
        system(), provider_id=unit.provider_id, name=unit.name, kind=unit.kind,
        hsa_id="SE2321000172-9999", municipality_code="2380",
    )  # fmt: skip
    assert hospital.tells(sent).status == 200
    assert case_now().unit_id == unit.id


def test_gone_home_before_the_admission(hospital: System) -> None:
    hospital.tells(patient(), stay())
    told = hospital.tells(stay("finished", end=ADMITTED - timedelta(hours=1)))
    assert told.status in (400, 422)
    assert case_now().status == CaseStatus.ADMITTED


def test_times_to_come_are_refused(hospital: System) -> None:
    path = refused(hospital.tells(patient(), stay(start=NOW + DAY)), "framtiden")
    assert path == "Encounter.period.start"
    path = refused(hospital.tells(stay("finished", end=NOW + DAY)), "framtid")
    assert path == "Encounter.period.end"
    assert case_now() is None


def test_a_finished_stay_without_an_end(hospital: System) -> None:
    hospital.tells(patient(), stay())
    path = refused(hospital.tells(stay("finished")), "saknar slut")
    assert path == "Encounter.period.end"


def test_two_wards_at_once(hospital: System) -> None:
    hospital.tells(patient(), stay())
    told = hospital.tells(stay(id="vt-2", at="surgery"))
    refused(told, "redan inskriven på Medicinavdelningen")
    assert Case.objects.count() == 1


def test_someone_who_is_dead(hospital: System) -> None:
    told = hospital.tells(patient(deceasedDateTime="2026-11-19"), stay())
    refused(told, "avliden")
    assert case_now() is None


def test_the_good_part_of_a_batch_goes_in_once(hospital: System) -> None:
    bad = stay(id="vt-9", at="SE2321000172-9999")
    for _again in range(2):
        fed = hospital.sends(patient(), bad, stay())
        assert [one.status for one in fed.entries] == [200, 422, 200]
    assert Case.objects.count() == 1


def test_a_transaction_goes_in_whole_or_not_at_all(hospital: System) -> None:
    bad = stay(id="vt-9", at="SE2321000172-9999")
    fed = hospital.sends(patient(), stay(), bad, kind="transaction")
    assert fed.whole
    assert [one.status for one in fed.entries][-1] == 422
    assert case_now() is None
    assert Resource.objects.filter(kind="Encounter").count() == 2  # kept, word for word
    fed = hospital.sends(patient(), stay(), kind="transaction")
    assert [one.status for one in fed.entries] == [200, 200]
    assert Case.objects.count() == 1


def test_only_one_who_may_import_may_send(cast: Cast, hospital: System) -> None:
    hospital.actor = cast.ward_nurse
    with pytest.raises(NotAllowed):
        hospital.tells(patient(), stay())
    assert case_now() is None


def test_a_ward_of_another_care_provider_is_not_for_the_sender(
    cast: Cast, hospital: System
) -> None:
    nurse = cast.municipal_nurse
    hospital.actor = replace(
        hospital.actor, unit_id=nurse.unit_id, provider_id=nurse.provider_id, branch=nurse.branch
    )
    refused(hospital.tells(patient(), stay()), "annan vårdgivare")
    assert case_now() is None


@samples.needed
def test_published_encounters_are_kept_and_open_nothing_that_is_not_a_stay_here(
    hospital: System,
) -> None:
    """HL7's own examples: all R4, none of them on a ward of ours."""
    found = [
        json.loads(path.read_text())
        for path in samples.files(samples.R4_EXAMPLES)
        if path.name.startswith(("Encounter-", "Patient-"))
    ]
    fed = hospital.sends(*found)
    assert {one.status for one in fed.entries} <= {200, 202, 422}
    assert Resource.objects.filter(kind="Encounter", source__gt="").count() >= 9
    assert case_now() is None


def test_the_importer_takes_the_same_stays(cast: Cast, hospital: System, tmp_path: Path) -> None:
    lines = tmp_path / "stays.ndjson"
    lines.write_text("\n".join(json.dumps(one) for one in (patient(), stay())) + "\n")
    for _again in range(2):
        run_import(hospital.actor, paths=[lines], source="journal", registry=REGISTRY)
    assert Case.objects.count() == 1
    whole = tmp_path / "bundle.json"
    whole.write_text(json.dumps(bundle(stay("finished", end=NOW - timedelta(hours=1)))))
    run_import(hospital.actor, paths=[whole], source="journal", registry=REGISTRY)
    assert case_now().status == CaseStatus.HOME


# ── the clocks of the wall ──


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-10-24T22:00:00+02:00", "2026-10-25T02:30:00+01:00"),  # the hour that comes twice
        ("2027-03-27T23:00:00+01:00", "2027-03-28T03:30:00+02:00"),  # the hour that is not
        ("2028-02-28T12:00:00+01:00", "2028-02-29T09:00:00+01:00"),
        ("2026-12-31T23:59:00+01:00", "2027-01-01T00:01:00+01:00"),
    ],
)
def test_over_summer_time_leap_day_and_new_year(hospital: System, start: str, end: str) -> None:
    begun, gone = datetime.fromisoformat(start), datetime.fromisoformat(end)
    hospital.at(gone + timedelta(minutes=5))
    day = gone.date().isoformat()
    hospital.tells(patient(), stay(start=begun, estimated=day))
    hospital.tells(stay("finished", start=begun, end=gone, estimated=day))
    case = case_now()
    assert (case.status, case.discharged_at) == (CaseStatus.HOME, gone)
    assert case.discharged_at - case.admitted_at == gone.astimezone(UTC) - begun.astimezone(UTC)


def test_a_day_that_no_year_has_is_refused_whole(hospital: System) -> None:
    assert hospital.tells(patient(), stay(estimated="2027-02-29")).status == 400


# ── what others are told ──

INFORMED = ("health_centre", "assessment")


def lets_it_send() -> None:
    """The county lets the record system's word go on by itself."""
    day = NOW.date()
    set_county_value(
        system(), key=Key.DISCHARGE_FEED, value=1, valid_from=day, reason="Prövat av regionen."
    )


def test_the_admission_message_is_prepared_and_never_sent_by_itself(
    cast: Cast, hospital: System
) -> None:
    sent = stay(estimated="2026-11-27", informs=INFORMED, participant=PHYSICIAN)
    hospital.tells(patient(), sent)
    case = case_now()
    assert not Message.objects.exists()
    assert not Copy.objects.exists()
    assert (case.needs, case.needs_judged_by) == (["open-care", "social"], "Per Överläkare")
    view, receivers = reads.case_and_receivers(
        cast.at(cast.ward_nurse, hours=1), case_id=case.id, kind=MessageKind.ADMISSION
    )
    assert view.own is not None
    assert view.own.message is MessageKind.ADMISSION
    assert view.own.by_law
    ticked = {one.unit.id for one in receivers.proposed if one.chosen}
    assert {cast.units[one].id for one in INFORMED} <= ticked


def test_the_admission_message_is_sent_where_the_county_says_so(
    cast: Cast, hospital: System
) -> None:
    lets_it_send()
    sent = stay(estimated="2026-11-27", informs=INFORMED, participant=PHYSICIAN)
    told = hospital.tells(patient(), sent)
    [message] = Message.objects.all()
    assert (message.kind, message.unit_id) == (MessageKind.ADMISSION, cast.units["ward"].id)
    assert set(message.copies.values_list("unit_id", flat=True)) == {
        cast.units[one].id for one in INFORMED
    }, told
    hospital.tells(sent)
    assert Message.objects.count() == 1


def test_half_of_those_concerned_are_never_told_by_themselves(hospital: System) -> None:
    lets_it_send()
    sent = stay(estimated="2026-11-27", informs=(*INFORMED, "SE-OKÄND"), participant=PHYSICIAN)
    told = hospital.tells(patient(), sent)
    assert not Message.objects.exists()
    assert told.issue is not None
    assert "SE-OKÄND" in told.issue.words


def test_without_a_physician_nobody_has_judged(hospital: System) -> None:
    lets_it_send()
    told = hospital.tells(patient(), stay(estimated="2026-11-27", informs=INFORMED))
    assert not Message.objects.exists()
    assert case_now().needs_judged_at is None
    assert told.issue is not None
    assert "läkare" in told.issue.words


def told_case(cast: Cast, hospital: System) -> Case:
    """The health centre and needs assessment have the admission message."""
    hospital.tells(patient(), stay(estimated="2026-11-27"))
    case: Case = case_now()
    ops.send_message(
        cast.at(cast.ward_nurse, minutes=1),
        case_id=case.id,
        kind=MessageKind.ADMISSION,
        letter=ops.Letter(
            {"estimated_at": "2026-11-27"}, units=tuple(cast.units[one].id for one in INFORMED)
        ),
    )
    hospital.at(NOW + timedelta(minutes=10))
    return case


def wards_tasks(cast: Cast) -> list[str]:
    nurse = cast.at(cast.ward_nurse, hours=2)
    return [str(one.verb) for one in unit_tasks(nurse) if "vårdens system" in str(one.verb)]


def test_a_new_estimate_is_the_wards_to_tell(cast: Cast, hospital: System) -> None:
    case = told_case(cast, hospital)
    hospital.tells(stay(estimated="2026-11-30"))
    assert str(case_now().estimated_at) == "2026-11-30"
    assert Message.objects.count() == 1
    assert len(wards_tasks(cast)) == 1
    ops.send_message(
        cast.at(cast.ward_nurse, hours=1), case_id=case.id, kind=MessageKind.ESTIMATE,
        letter=ops.Letter({"estimated_at": "2026-11-30"}),
    )  # fmt: skip
    assert not wards_tasks(cast)
    assert Heard.objects.get().untold == []


def test_a_new_estimate_goes_on_where_the_county_says_so(cast: Cast, hospital: System) -> None:
    lets_it_send()
    told_case(cast, hospital)
    for _again in range(2):
        hospital.tells(stay(estimated="2026-11-30"))
    kinds = list(Message.objects.order_by("sent_at").values_list("kind", flat=True))
    assert kinds == [MessageKind.ADMISSION, MessageKind.ESTIMATE]
    assert not wards_tasks(cast)


@pytest.mark.parametrize("sends", [False, True])
def test_the_discharge_is_told_to_others_only_where_the_county_says_so(
    cast: Cast, hospital: System, sends: bool
) -> None:
    if sends:
        lets_it_send()
    case = told_case(cast, hospital)
    hospital.tells(stay("finished", end=NOW, estimated="2026-11-27"))
    assert case_now().status == CaseStatus.HOME
    copies = Copy.objects.filter(message__kind=MessageKind.DISCHARGE)
    assert copies.count() == (2 if sends else 0)
    view = reads.case_view(cast.at(cast.ward_nurse, hours=2), case_id=case.id)
    assert view.own is not None  # the information of the same day is always the ward's to write
    assert view.own.message is MessageKind.INFORMATION


def test_a_leave_with_both_its_times(cast: Cast, hospital: System) -> None:
    told_case(cast, hospital)
    away = {"start": NOW.isoformat(), "end": (NOW + 2 * DAY).isoformat()}
    leave = stay("onleave", statusHistory=[{"status": "onleave", "period": away}])
    for _again in range(2):
        hospital.tells(leave)
    assert Leave.objects.filter(withdrawn_at=None).count() == 1
    assert len(wards_tasks(cast)) == 1


def test_a_stay_told_of_in_error_is_not_taken_from_others_by_itself(
    cast: Cast, hospital: System
) -> None:
    told_case(cast, hospital)
    hospital.tells(stay("entered-in-error"))
    assert case_now().status == CaseStatus.ADMITTED
    assert len(wards_tasks(cast)) == 1
