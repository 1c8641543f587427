"""Pages of meetings and calls: work · who may not · without script · the calendar file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import MeetingDetail, PlanDetail
from samverka.careplans.rules.meetings import CallStatus, MeetingStatus
from samverka.kernel.problems import NotAllowed
from tests.careplans.test_calling import THEN, facts, of
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, person_login

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting(cast: Cast, shared: PlanDetail) -> MeetingDetail:
    invited = ops.Invited(units=(cast.units["assessment"].id,))
    return ops.call_meeting(cast.region_nurse, plan_id=shared.id, facts=facts(), invited=invited)


def at(name: str, *args: object) -> str:
    return reverse(f"careplans:{name}", args=args)


def of_meeting(name: str, meeting: MeetingDetail) -> str:
    return at(name, meeting.plan.id, meeting.id)


PAGES = ("meeting", "meeting_move", "meeting_more", "meeting_cancel", "meeting_live",
         "meeting_screen", "meeting_people", "meeting_hold")  # fmt: skip


def test_every_page_works_and_is_nowhere_for_a_stranger(cast: Cast, meeting: MeetingDetail) -> None:
    nurse, stranger = log_in(cast.region_nurse), log_in(cast.stranger)
    for name in PAGES:
        answer = nurse.get(of_meeting(name, meeting))
        assert answer.status_code == 200, name
        assert "19420311" not in answer.content.decode().replace("-", "")
        assert stranger.get(of_meeting(name, meeting)).status_code == 404, name
    assert stranger.get(of_meeting("meeting_state", meeting)).status_code == 404
    for call in meeting.calls:
        assert stranger.get(at("call", call.id)).status_code == 404


def test_calling_from_the_plan(cast: Cast, shared: PlanDetail) -> None:
    client = log_in(cast.region_nurse)
    assert "Kalla till möte" in client.get(at("meetings", shared.id)).content.decode()
    url = at("meeting_new", shared.id)
    sent = {
        "starts_at": "2026-11-30T10:00",
        "length": "60",
        "units": [str(cast.units["assessment"].id)],
        "person": "on",
        "others": "Eva, dotter\r\n\r\nSkolan",
        "purpose": "Hur Karin kan bo kvar",
    }
    refused = client.post(url, sent)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Skriv en plats eller en länk" in text
    assert "Hur Karin kan bo kvar" in text, "nothing typed is lost"
    made = client.post(url, sent | {"place": "Rum 2"})
    assert made.status_code == 302
    [line] = reads.list_meetings(cast.region_nurse, plan_id=shared.id)
    shown = reads.meeting(cast.region_nurse, meeting_id=line.id)
    assert {one.name for one in shown.calls} == {
        "Krokoms biståndshandläggning", "Karin Åström", "Eva, dotter", "Skolan",
    }  # fmt: skip


def test_the_called_unit_answers_on_a_page(cast: Cast, meeting: MeetingDetail) -> None:
    call = of(meeting, "Krokoms biståndshandläggning")
    client, url = log_in(cast.needs_assessor), at("call", call.id)
    assert "Rum 2" in client.get(url).content.decode()
    refused = client.post(url, {"answer": "declined", "reason": ""})
    assert refused.status_code == 422
    assert "Skriv varför" in refused.content.decode()
    assert client.post(url, {"answer": "declined", "reason": "Sjuk"}).status_code == 302
    assert "Kommer inte" in client.get(url).content.decode()


def test_an_answer_to_a_withdrawn_call_loses_nothing(cast: Cast, meeting: MeetingDetail) -> None:
    call = of(meeting, "Krokoms biståndshandläggning")
    ops.withdraw_call(cast.region_nurse, call_id=call.id)
    sent = {"answer": "declined", "reason": "Alla är på utbildning den dagen"}
    answer = log_in(cast.needs_assessor).post(at("call", call.id), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Kallelsen är återkallad" in text
    assert "Alla är på utbildning den dagen" in text


def test_the_person_sees_the_meeting_and_answers(cast: Cast, meeting: MeetingDetail) -> None:
    karin = log_in(person_login(meeting.person))  # type: ignore[arg-type]
    mine = of(meeting, "Karin Åström")
    text = karin.get(at("call", mine.id)).content.decode()
    assert "Jag kommer" in text
    assert "Vi kommer" not in text
    assert karin.post(at("call", mine.id), {"answer": "accepted"}).status_code == 302
    shown = reads.meeting(cast.region_nurse, meeting_id=meeting.id)
    assert of(shown, "Karin Åström").status is CallStatus.ACCEPTED
    page = karin.get(of_meeting("meeting", meeting)).content.decode()
    assert "Rum 2" in page
    assert "Kallade och inbjudna" not in page


# ── the calendar ──


def test_the_calendar_file_says_nothing_of_the_person(cast: Cast, meeting: MeetingDetail) -> None:
    client = log_in(cast.needs_assessor)
    call = of(meeting, "Krokoms biståndshandläggning")
    url = at("call_file", call.id)
    answer = client.get(url)
    text = answer.content.decode()
    for word in ("Karin", "Åström", "bo kvar", "SIP", meeting.plan.title):
        assert word not in text
    assert "personer" not in answer["Content-Disposition"]
    calendar = Calendar.from_ical(answer.content)
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], str(event["SUMMARY"]), str(event["LOCATION"])) == (
        "REQUEST", "Planeringsmöte", "Rum 2",
    )  # fmt: skip
    assert event.decoded("DTSTART") == THEN.replace(second=0, microsecond=0)
    later = facts(THEN + timedelta(days=1))
    moved = ops.move_meeting(cast.region_nurse, meeting_id=meeting.id, facts=later)
    again = client.get(at("call_file", of(moved, call.name).id)).content
    [new] = Calendar.from_ical(again).walk("VEVENT")
    assert new["UID"] == event["UID"]
    assert new.decoded("SEQUENCE") == event.decoded("SEQUENCE") + 1
    ops.cancel_meeting(cast.region_nurse, meeting_id=meeting.id)
    off = log_in(cast.region_nurse).get(of_meeting("meeting_file", meeting))
    assert Calendar.from_ical(off.content)["METHOD"] == "CANCEL"


# ── writing together ──


def asked(
    client: Client, meeting: MeetingDetail, stamp: str = ""
) -> tuple[int, str, dict[str, object]]:
    headers = {"if-none-match": f'"{stamp}"'} if stamp else {}
    answer = client.get(of_meeting("meeting_state", meeting), headers=headers)
    shown = json.loads(answer.content) if answer.status_code == 200 else {}
    return answer.status_code, answer.headers.get("ETag", "").strip('W/"'), shown


def test_what_one_writes_the_other_is_told(cast: Cast, meeting: MeetingDetail) -> None:
    one, other = log_in(cast.region_nurse), log_in(cast.needs_assessor)
    _status, stamp, _shown = asked(other, meeting)
    assert asked(other, meeting, stamp)[0] == 304
    base = meeting.plan.what_matters
    sent = {"key": "what_matters", "base": base, "text": f"{base} Och sova."}
    answer = one.post(of_meeting("meeting_save", meeting), sent, headers={"x-live": "1"})
    assert answer.json()["text"] == f"{base} Och sova."
    one.post(of_meeting("meeting_presence", meeting), {"key": "what_matters"})
    status, new, shown = asked(other, meeting, stamp)
    assert (status, new == stamp) == (200, False)
    assert shown["texts"]["what_matters"] == f"{base} Och sova."  # type: ignore[index]
    assert "Och sova." in str(shown["paper"])
    assert shown["presences"] == [{"name": "Lena Berg", "key": "what_matters"}]


def test_it_works_without_script(cast: Cast, meeting: MeetingDetail) -> None:
    client = log_in(cast.region_nurse)
    page = client.get(of_meeting("meeting_live", meeting)).content.decode()
    base = re.search(
        r'name="key" value="if_worse"><input type="hidden" name="base" value="(.*?)"', page
    )
    assert base is not None
    sent = {"key": "if_worse", "base": base.group(1), "text": "Ring Eva."}
    answer = client.post(of_meeting("meeting_save", meeting), sent)
    assert answer.status_code == 302
    assert answer["Location"].endswith("#if_worse")
    assert "Ring Eva." in client.get(of_meeting("meeting_live", meeting)).content.decode()
    client.post(of_meeting("meeting_goal", meeting), {"words": "Sova gott", "term": "short"})
    client.post(of_meeting("meeting_activity", meeting), {"what": "Gå ut", "owner": "person"})
    faulty = client.post(of_meeting("meeting_activity", meeting), {"what": "Städa", "owner": ""})
    assert faulty.status_code == 422
    assert "Städa" in faulty.content.decode()
    client.post(of_meeting("meeting_follow_up", meeting), {"follow_up_on": "2027-02-01"})
    plan = reads.plan(cast.region_nurse, plan_id=meeting.plan.id)
    assert "Sova gott" in [one.words for one in plan.goals]
    assert "Gå ut" in [one.what for one in plan.activities]
    assert str(plan.follow_up_on) == "2027-02-01"


def test_too_long_is_said_to_the_script(cast: Cast, meeting: MeetingDetail) -> None:
    sent = {"key": "if_worse", "base": "", "text": "x" * 5001}
    answer = log_in(cast.region_nurse).post(
        of_meeting("meeting_save", meeting), sent, headers={"x-live": "1"}
    )
    assert answer.status_code == 422
    assert "5000" in answer.json()["message"]


def test_the_screen_on_the_wall_is_the_plan_and_no_more(cast: Cast, meeting: MeetingDetail) -> None:
    ops.comment_plan(cast.region_nurse, plan_id=meeting.plan.id, words="Bara mellan oss")
    page = log_in(cast.region_nurse).get(of_meeting("meeting_screen", meeting)).content.decode()
    assert meeting.plan.what_matters in page
    for word in ("Bara mellan oss", "Åström", "1942", "Logga ut"):
        assert word not in page


# ── the end ──


def test_only_staff_end_the_meeting(cast: Cast, meeting: MeetingDetail) -> None:
    """The person who sends the form is told no; one of the staff who clicks twice sees the meeting."""
    address, sent = of_meeting("meeting_hold", meeting), {"now": "on"}
    patient = person_login(meeting.person)  # type: ignore[arg-type]
    client = log_in(patient)
    assert client.get(address).status_code == 302
    assert client.post(address, sent).status_code == 403
    with pytest.raises(NotAllowed):
        ops.hold_meeting(patient, meeting_id=meeting.id, now=True)
    assert reads.meeting(cast.region_nurse, meeting_id=meeting.id).status is MeetingStatus.PLANNED
    nurse = log_in(cast.region_nurse)
    assert nurse.post(address, sent).status_code == 302
    assert nurse.post(address, sent).status_code == 302
    assert reads.meeting(cast.region_nurse, meeting_id=meeting.id).status is MeetingStatus.HELD


def test_who_was_there_and_the_end(cast: Cast, meeting: MeetingDetail) -> None:
    nurse, other = log_in(cast.region_nurse), log_in(cast.needs_assessor)
    sent = {"there_0": "yes", "who_0": "Lena Berg", "there_1": "yes", "who_1": "",
            "others": "Eva Åström, dotter"}  # fmt: skip
    assert nurse.post(of_meeting("meeting_people", meeting), sent).status_code == 302
    page = nurse.get(of_meeting("meeting", meeting)).content.decode()
    assert "Eva Åström" in page
    assert "Läs upp det här" in nurse.get(of_meeting("meeting_hold", meeting)).content.decode()
    early = nurse.post(of_meeting("meeting_hold", meeting))
    assert early.status_code == 422
    assert "Möts ni redan nu?" in early.content.decode()
    nurse.post(of_meeting("meeting_hold", meeting), {"now": "on"})
    made = reads.meeting(cast.needs_assessor, meeting_id=meeting.id)
    assert made.status is MeetingStatus.HELD
    for client in (nurse, other):
        page = client.get(of_meeting("meeting", meeting)).content.decode()
        for address in re.findall(r'action="(/bekraftelser/[^"]+)"', page):
            assert client.post(address).status_code == 302
    made = reads.meeting(cast.needs_assessor, meeting_id=meeting.id)
    assert made.status is MeetingStatus.CONFIRMED


def test_what_is_missing_is_said_while_one_writes(cast: Cast, plan: PlanDetail) -> None:
    units = (cast.units["home_care"].id,)
    made = ops.call_meeting(
        cast.region_nurse, plan_id=plan.id, facts=facts(), invited=ops.Invited(units=units)
    )
    client = log_in(cast.region_nurse)
    page = client.get(of_meeting("meeting_live", made)).content.decode()
    assert "Det här saknas än" in page
    assert 'href="#responsible"' in page
    assert 'id="t-needs"' in page
    assert 'id="t-attitude"' not in page, "asked for in a plan after LPT, not in a SIP"
    back = of_meeting("meeting_live", made)
    nobody = client.post(f"{at('others', plan.id)}?mote={made.id}", {"nobody": "1"})
    assert nobody["Location"] == back
    region = str(cast.units["health_centre"].organisation_id)
    chosen = client.post(f"{at('responsible', plan.id)}?mote={made.id}", {"organisation": region})
    assert chosen["Location"] == back
    _status, _stamp, said = asked(client, made)
    assert 'href="#activity"' in str(said["lacks"])
    assert 'href="#responsible"' not in str(said["lacks"])


def test_who_and_when_is_changed_from_the_table_and_back(
    cast: Cast, meeting: MeetingDetail
) -> None:
    client, one = log_in(cast.region_nurse), meeting.plan.activities[0]
    page = client.get(of_meeting("meeting_live", meeting)).content.decode()
    edit = f"{at('activity_edit', meeting.plan.id, one.id)}?mote={meeting.id}"
    assert f'href="{edit}#' in page
    form = client.get(edit).content.decode()
    assert f'action="{edit}"' in form
    assert f'href="{of_meeting("meeting_live", meeting)}"' in form, "the way back, unchanged"


def test_few_questions(cast: Cast, meeting: MeetingDetail) -> None:
    client = log_in(cast.region_nurse)
    client.get(of_meeting("meeting", meeting))  # the session notes the first sign of life
    _status, stamp, _shown = asked(client, meeting)
    for name in ("meeting", "meeting_live", "meeting_screen", "meeting_hold"):
        assert questions(lambda: client.get(of_meeting(name, meeting))) <= MOST_QUERIES, name  # noqa: B023
    assert questions(lambda: asked(client, meeting, stamp)) <= 8, "asked by everyone all the time"


def questions(work: Callable[[], object]) -> int:
    """How many; a savepoint stands for what in life begins and ends a transaction."""
    with CaptureQueriesContext(connection) as made:
        work()
    own = ("SAVEPOINT", "RELEASE")
    return sum(not one["sql"].startswith(own) for one in made.captured_queries)
