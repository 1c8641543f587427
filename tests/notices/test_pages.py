"""The start page of a unit, the buttons of a task, a unit's settings and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client

from samverka.audit.models import Event
from samverka.kernel.actor import Actor
from samverka.notices import operations as ops
from samverka.notices.models import Task, UnitSettings
from samverka.notices.rules import TaskKind, TaskStatus
from samverka.people.reads import PersonDetail
from tests.contract.pagetext import blocks, questions
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast
from tests.notices.conftest import Keep, manager_of, only_task, wanted


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def task(cast: Cast, keep: Keep) -> Task:
    """The health centre must look at what a stay means; it can be ticked off."""
    keep(
        cast.municipal_nurse,
        wanted(cast.region_nurse, "stay", TaskKind.STAY, due_at=NOW + timedelta(hours=28)),
    )
    return only_task()


def _shown(client: Client, address: str = "/") -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return blocks(response.content.decode())


# ── the list ──


def test_the_manager_sees_what_nobody_has_opened_and_the_others_see_no_more_than_before(
    cast: Cast, keep: Keep
) -> None:
    keep(cast.municipal_nurse, wanted(cast.region_nurse, wait_limit=timedelta()))
    head = log_in(manager_of(cast))
    assert "Ingen har öppnat" not in _shown(head)
    ops.send_on_unopened(cast.system)
    text = " ".join(_shown(head))
    assert text.index("Ingen har öppnat") < text.index("Karin Åström") < text.index("Alla 1")
    assert text.count("Karin Åström") == 1
    assert "Ingen har öppnat" not in _shown(log_in(cast.region_nurse))
    head.post(f"/uppgifter/{only_task().id}/oppna/")
    assert "Ingen har öppnat" not in _shown(head)


def test_the_row_says_who_what_where_and_when(cast: Cast, task: Task) -> None:
    text = _shown(log_in(cast.region_nurse))
    assert "Karin Åström" in " ".join(text)
    assert "Svara på kallelsen" in text
    assert "Krokoms hälsocentral" in " ".join(text)
    assert "1 dygn 4 h kvar" in text
    assert "Öppna" in text
    assert "Alla 1" in text
    assert only_task().shown_at == NOW


@pytest.mark.parametrize("who", ["municipal_nurse", "ward_nurse", "stranger", "needs_assessor"])
def test_no_other_unit_sees_it(cast: Cast, task: Task, who: str) -> None:
    text = _shown(log_in(getattr(cast, who)))
    assert "Inget väntar på er" in text
    assert "Karin" not in " ".join(text)


@pytest.mark.parametrize("step", ["oppna", "ta", "klart", "angra", "lamna-over"])
@pytest.mark.parametrize("who", ["municipal_nurse", "stranger"])
def test_a_stranger_finds_no_task(cast: Cast, task: Task, who: str, step: str) -> None:
    client = log_in(getattr(cast, who))
    assert client.post(f"/uppgifter/{task.id}/{step}/").status_code == 404
    assert only_task().status == TaskStatus.OPEN


def test_the_person_has_no_way_in(patient: Actor, task: Task) -> None:
    client = log_in(patient)
    for step in ("oppna", "ta", "klart", "lamna-over"):
        assert client.post(f"/uppgifter/{task.id}/{step}/").status_code in (403, 404)
    assert client.get("/uppgifter/andringar/").status_code == 403


def test_what_is_taken_says_by_whom(cast: Cast, task: Task) -> None:
    assert log_in(cast.physician).post(f"/uppgifter/{task.id}/ta/").status_code == 302
    text = _shown(log_in(cast.region_nurse))
    assert "Tagen av Anna Lund" in text
    assert "Ta över" in text
    assert "Tagen av dig" in _shown(log_in(cast.physician), "/?visa=mina")
    assert "Inget här" in _shown(log_in(cast.region_nurse), "/?visa=mina")
    assert "Inget här" in _shown(log_in(cast.region_nurse), "/?visa=forsenade")


def test_a_collision_is_said_in_words(cast: Cast, task: Task) -> None:
    ops.take_task(cast.physician, task_id=task.id)
    client = log_in(cast.region_nurse)
    refused = client.post(f"/uppgifter/{task.id}/ta/")
    assert refused.status_code == 409
    assert "Anna Lund har redan tagit uppgiften" in refused.content.decode()
    assert client.post(f"/uppgifter/{task.id}/ta/", {"over": "1"}).status_code == 302


def test_opening_goes_to_where_it_is_done(cast: Cast, task: Task) -> None:
    response = log_in(cast.region_nurse).post(f"/uppgifter/{task.id}/oppna/")
    assert response["Location"] == "/planer/"
    assert only_task().seen_by == "Lena Berg"


@pytest.mark.parametrize("address", ["", "//evil.example/", "https://evil.example/"])
def test_an_address_elsewhere_is_never_followed(
    cast: Cast, task: Task, karin: PersonDetail, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import models

    models.QuerySet.update(Task.objects.all(), address=address)
    response = log_in(cast.region_nurse).post(f"/uppgifter/{task.id}/oppna/")
    assert response["Location"] == f"/personer/{karin.id}/"


def test_done_and_taken_back(cast: Cast, task: Task, clock: time_machine.Traveller) -> None:
    client = log_in(cast.region_nurse)
    done = client.post(f"/uppgifter/{task.id}/klart/", follow=True)
    text = blocks(done.content.decode())
    assert "Uppgiften är klar." in text
    assert f"/uppgifter/{task.id}/angra/" in done.content.decode()
    assert "Inget väntar på er" in text
    clock.shift(timedelta(seconds=8))
    assert "Ångrat. Uppgiften är som den var." in blocks(
        client.post(f"/uppgifter/{task.id}/angra/", follow=True).content.decode()
    )
    assert only_task().status == TaskStatus.OPEN
    client.post(f"/uppgifter/{task.id}/klart/")
    clock.shift(timedelta(seconds=16))
    assert client.post(f"/uppgifter/{task.id}/angra/").status_code == 409


# ── hand over ──


def test_handing_over_to_a_colleague_and_a_unit(cast: Cast, task: Task) -> None:
    client, address = log_in(cast.region_nurse), f"/uppgifter/{task.id}/lamna-over/"
    choices = client.get(address).content.decode()
    assert "Anna Lund" in choices
    assert "Medicinavdelningen" in choices
    for never in ("Lena Berg</option>", "Krokoms hemsjukvård</option>", "Mats Öberg"):
        assert never not in choices
    to = f"s:{cast.physician.staff_id}"
    assert client.post(address, {"to": to, "reason": "Läkemedel"}).status_code == 302
    assert only_task().taken_by == "Anna Lund"
    to = f"u:{cast.ward_nurse.unit_id}"
    client.post(address, {"to": to, "reason": "Ligger inne"})
    assert only_task().unit_id == cast.ward_nurse.unit_id
    assert "Lämnad av Lena Berg, Krokoms hälsocentral: Ligger inne" in _shown(
        log_in(cast.ward_nurse)
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"to": "", "reason": "Semester"}, "Till: "),
        ({"to": "s:hittepå", "reason": "Semester"}, "hittepå"),
        ({"to": "PHYSICIAN", "reason": ""}, "Varför?: "),
        ({"to": "PHYSICIAN", "reason": "x" * 501}, "Varför?: "),
    ],
)
def test_what_cannot_be_handed_over_is_said_and_nothing_typed_is_lost(
    cast: Cast, task: Task, given: dict[str, str], said: str
) -> None:
    values = given | {"to": given["to"].replace("PHYSICIAN", f"s:{cast.physician.staff_id}")}
    refused = log_in(cast.region_nurse).post(f"/uppgifter/{task.id}/lamna-over/", values)
    assert refused.status_code == 422
    assert said in " ".join(blocks(refused.content.decode()))
    assert values["reason"] in refused.content.decode()
    assert only_task().handed_by == ""


# ── the poll ──


def _poll(client: Client, known: str) -> tuple[int, str, str]:
    response = client.get(
        f"/uppgifter/andringar/?sedan={NOW.isoformat().replace('+', '%2B')}",
        headers={"If-None-Match": f'"{known}"'},
    )
    text = (
        ""
        if response.status_code == 304
        else " ".join(re.findall(r"<span>(.*?)</span>", response.content.decode()))
    )
    return response.status_code, response.get("ETag", "").strip('"'), text


def _known(client: Client) -> str:
    found = re.search(r'If-None-Match": "\\"(\w*)', client.get("/").content.decode())
    assert found
    return found[1]


def test_an_unchanged_list_costs_no_line_and_no_words(cast: Cast, task: Task) -> None:
    client = log_in(cast.region_nurse)
    known = _known(client)
    lines = Event.objects.count()
    assert _poll(client, known) == (304, "", "")
    assert Event.objects.count() == lines


def test_a_changed_list_says_how_much_and_nobodys_name(cast: Cast, task: Task, keep: Keep) -> None:
    client = log_in(cast.region_nurse)
    known = _known(client)
    later = cast.at(cast.municipal_nurse, minutes=1)
    keep(later, wanted(cast.region_nurse), wanted(cast.region_nurse, "other"))
    ops.take_task(cast.at(cast.physician, minutes=1), task_id=task.id)
    status, digest, text = _poll(client, known)
    assert (status, text) == (200, "3 ändringar – visa")
    assert _poll(client, digest)[0] == 304
    last = Event.objects.filter(action="worklist.read").latest("id")
    assert (last.person_id, last.detail) == ("", {"changed": True})


def test_what_is_gone_counts_too(cast: Cast, task: Task, keep: Keep) -> None:
    client = log_in(cast.region_nurse)
    known = _known(client)
    keep(cast.at(cast.municipal_nurse, minutes=1), object_id=task.object_id)
    assert _poll(client, known)[2] == "1 ändring – visa"


def test_what_others_do_is_no_change_of_ours(cast: Cast, task: Task, keep: Keep) -> None:
    client = log_in(cast.region_nurse)
    known = _known(client)
    keep(cast.at(cast.municipal_nurse, minutes=1), wanted(cast.municipal_nurse))
    assert _poll(client, known)[0] == 304


def test_a_poll_is_no_sign_of_life(cast: Cast, task: Task, clock: time_machine.Traveller) -> None:
    """One who has gone is logged out, however long the page asks by itself."""
    client = log_in(cast.region_nurse)
    known = _known(client)
    for _minute in range(16):
        clock.shift(timedelta(minutes=1))
        status, _digest, _text = _poll(client, known)
    assert status == 302


def test_nonsense_in_the_address_is_taken_as_now(cast: Cast, task: Task) -> None:
    client = log_in(cast.region_nurse)
    for since in ("", "i går", "2026-11-20T10:00:00", "9" * 40):
        assert client.get(f"/uppgifter/andringar/?sedan={since}&visa=x").status_code == 200


# ── the next in the chain ──


def test_the_stand_in_takes_over(cast: Cast, keep: Keep) -> None:
    ops.change_settings(
        cast.administrator, unit_id=cast.region_nurse.unit_id, emails=[], week=(), digest_hour=7,
        stand_in_id=cast.ward_nurse.unit_id, fallback_id=None, version=0,
    )  # fmt: skip
    keep(cast.municipal_nurse, wanted(cast.region_nurse, wait_limit=timedelta()))
    ops.send_on_unopened(cast.system)
    client = log_in(cast.ward_nurse)
    text = " ".join(_shown(client))
    assert "Krokoms hälsocentral har inte öppnat 1 uppgift i tid" in text
    assert "Karin" not in text
    client.post(f"/uppgifter/ta-over/{cast.region_nurse.unit_id}/")
    assert "Karin Åström" in " ".join(_shown(client))


# ── settings ──


def _settings(cast: Cast) -> str:
    return f"/enheter/{cast.region_nurse.unit_id}/notiser/"


def test_settings_are_kept(cast: Cast) -> None:
    client = log_in(cast.administrator)
    page = client.get(_settings(cast)).content.decode()
    assert "Medicinavdelningen" in page
    assert "Krokoms hemsjukvård" not in page
    given = {
        "emails": "vakt@hc.example, chef@hc.example\nvakt@hc.example",
        "digest_hour": "6",
        "stand_in": str(cast.ward_nurse.unit_id),
        "fallback": "",
        "version": "0",
        "from_0": "08:00",
        "to_0": "16.30",
    }
    assert client.post(_settings(cast), given).status_code == 302
    row = UnitSettings.objects.get()
    assert row.emails == ["vakt@hc.example", "chef@hc.example"]
    assert row.hours == [["08:00", "16:30"], *[None] * 6]
    assert (row.stand_in_id, row.fallback_id) == (cast.ward_nurse.unit_id, None)
    again = client.get(_settings(cast)).content.decode()
    assert 'value="08:00"' in again


def test_two_who_change_see_both_texts_and_the_second_decides(cast: Cast) -> None:
    ops.change_settings(
        cast.administrator, unit_id=cast.region_nurse.unit_id, emails=["vakt@hc.example"],
        stand_in_id=cast.ward_nurse.unit_id, fallback_id=None, digest_hour=6, version=0,
        week=((time(8), time(16)),) * 5 + (None, None),
    )  # fmt: skip
    client = log_in(cast.administrator)
    given = {"emails": "chef@hc.example", "digest_hour": "6", "stand_in": "", "version": "0"}
    refused = client.post(_settings(cast), given)
    assert refused.status_code == 409
    text = blocks(refused.content.decode())
    assert "Siv Alm sparade klockan 15.30, medan du skrev. Båda texterna finns här." in text
    both = " ".join(text).split("Båda texterna")[1]
    for theirs, mine in (
        ("vakt@hc.example", "chef@hc.example"),
        ("Medicinavdelningen", "Ingen"),
        ("Måndag 08.00–16.00", "Alltid öppet"),
    ):
        assert 0 < both.index(theirs) < both.index(mine)
    assert "När ska det skickas? Sparat nu" not in both, "what is the same is not shown"
    html = refused.content.decode()
    assert "chef@hc.example</textarea>" in html
    assert UnitSettings.objects.get().emails == ["vakt@hc.example"]
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version is not None
    assert client.post(_settings(cast), {**given, "version": version[1]}).status_code == 302
    assert UnitSettings.objects.get().emails == ["chef@hc.example"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"emails": "inte en adress"}, "ingen e-postadress"),
        ({"from_0": "25:99", "to_0": "16:00"}, "08:00"),
        ({"from_0": "08:00"}, "Måndag: fyll i både öppnar och stänger"),
        ({"from_2": "16:00", "to_2": "08:00"}, "Onsdag: enheten måste stänga"),
        ({"digest_hour": "25"}, "När ska det skickas?"),
        ({"stand_in": "OWN"}, "Ersättare"),
    ],
)
def test_what_cannot_be_meant_is_said_where(cast: Cast, given: dict[str, str], said: str) -> None:
    values = {"version": "0", "emails": "", **given}
    if values.get("stand_in") == "OWN":
        values["stand_in"] = str(cast.region_nurse.unit_id)
    refused = log_in(cast.administrator).post(_settings(cast), values)
    assert refused.status_code == 422
    assert said in " ".join(blocks(refused.content.decode()))
    assert not UnitSettings.objects.exists()


@pytest.mark.parametrize("part", ["", "statistik/", "statistik.csv"])
def test_settings_and_numbers_are_for_those_who_keep_the_organisation(
    cast: Cast, patient: Actor, part: str
) -> None:
    address = _settings(cast) + part
    assert log_in(cast.administrator).get(address).status_code == 200
    for other in (cast.region_nurse, cast.municipal_nurse, patient):
        assert log_in(other).get(address).status_code == 403
    foreign = f"/enheter/{cast.municipal_nurse.unit_id}/notiser/{part}"
    assert log_in(cast.administrator).get(foreign).status_code == 403


# ── numbers ──


def test_the_numbers_in_a_sentence_a_table_and_a_file(cast: Cast, task: Task, keep: Keep) -> None:
    ops.take_task(cast.region_nurse, task_id=task.id)
    call = keep(cast.municipal_nurse, wanted(cast.region_nurse))
    keep(cast.municipal_nurse, object_id=call)
    client, address = log_in(cast.administrator), _settings(cast)
    text = _shown(client, f"{address}statistik/")
    assert (
        "50 av 100 uppgifter togs om hand: 1 av 2 det senaste året. 1 öppnade ingen i tid." in text
    )
    assert "Kallelse att svara på" in text
    assert "Karin" not in " ".join(text)
    file = client.get(f"{address}statistik.csv")
    assert "notiser-krokoms-halsocentral.csv" in file["Content-Disposition"]
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Månad;Slag;Kom;Visades;Togs om hand;Ingen öppnade"
    assert "2026-11;Kallelse att svara på;1;0;0;1" in lines


# ── what it costs ──


def test_a_full_list_costs_twelve_questions(cast: Cast, keep: Keep) -> None:
    for number in range(20):
        keep(cast.municipal_nurse, wanted(cast.region_nurse, str(number)))
    client = log_in(cast.region_nurse)
    client.get("/")
    with questions() as asked:
        assert client.get("/").status_code == 200
    assert len(asked) <= 12, "\n".join(asked)
