"""The reserve routine: the unit's list, locked, opens without the server; and what is entered afterwards."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.roles import Role, permissions_of
from samverka.audit.models import Event
from samverka.config.command.group import samverka
from samverka.discharge import jobs, reads
from samverka.discharge import operations as ops
from samverka.discharge.models import Copy, ReserveKey
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules import sealing
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.sealing import Inside, Sealed
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.notices.models import Task
from tests.factories.browser import log_in
from tests.factories.cast import KARINS_NUMBER, NOW, Cast

WORDS = "blå häst på isen"
KEY, SALT = b"k" * 32, b"s" * 16


def manager(cast: Cast) -> Actor:
    roles = (Role.MANAGER, Role.CARE)
    return replace(cast.ward_nurse, permissions=permissions_of(roles))


@pytest.fixture
def written(cast: Cast, told: CaseDetail, tmp_path: Path) -> Path:
    """The ward's list with Karin on it."""
    ops.set_reserve_password(manager(cast), password=WORDS, again=WORDS)
    assert jobs.run_reserve(tmp_path) == 1
    (found,) = tmp_path.iterdir()
    return found


# ── the lock ──


@settings(max_examples=25, deadline=None)
@given(html=st.text(max_size=2000), title=st.text(max_size=60))
def test_what_is_locked_comes_out_as_it_was(html: str, title: str) -> None:
    one = sealing.seal_list(title, NOW, Inside(html, "x"), key=KEY, salt=SALT)
    page = 'a <script type="application/json" id="sealed">{{sealed}}</script> {{code}} {{hash}}'
    found = sealing.sealed_in(sealing.file_of(one, page))
    assert found == one


@pytest.mark.parametrize("change", ["title", "written_at", "nonce", "sealed", "salt"])
def test_who_changes_anything_cannot_open_it(change: str) -> None:
    key = sealing.derive_key(WORDS, SALT)
    one = sealing.seal_list("Medicin", NOW, Inside("<p>Karin</p>", "Karin"), key=key, salt=SALT)
    assert sealing.open_list(one, f"  {WORDS} ").text == "Karin"
    values: dict[str, Any] = {
        "title": "Kirurgi",
        "written_at": "2026-11-21T00:00:00+01:00",
        "nonce": bytes(12),
        "sealed": one.sealed[:-1] + bytes([one.sealed[-1] ^ 1]),
        "salt": b"t" * 16,
    }
    with pytest.raises(Invalid, match="gick inte att öppna"):
        sealing.open_list(replace(one, **{change: values[change]}), WORDS)


NOT_ONE = '<script type="application/json" id="sealed">[1]</script>'


@pytest.mark.parametrize("text", ["", "<html></html>", NOT_ONE, "x" * 1000])
def test_another_file_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Invalid, match="ingen reservlista"):
        sealing.sealed_in(text)


def test_the_key_is_of_no_use_without_the_server_s_secret() -> None:
    wrapped = sealing.wrap_key(KEY, "secret", "unit")
    assert KEY not in wrapped
    assert sealing.unwrap_key(wrapped, "secret", "unit") == KEY
    for secret, unit in (("other", "unit"), ("secret", "another")):
        with pytest.raises(Invalid, match="sättas på nytt"):
            sealing.unwrap_key(wrapped, secret, unit)


@pytest.mark.parametrize(
    ("password", "fault"),
    [("", "för kort"), ("kort", "för kort"), (" " * 30, "för kort"), ("a" * 13, "för kort"),
     ("a" * 201, "för långt")],
)  # fmt: skip
def test_passwords_that_will_not_do(password: str, fault: str) -> None:
    with pytest.raises(Invalid, match=fault):
        sealing.check_password(password)


# ── the list ──


def test_the_unit_s_file_is_locked_and_names_nobody(written: Path) -> None:
    text = written.read_text()
    assert "Karin" not in text + written.name
    assert KARINS_NUMBER.value[-4:] not in written.name
    assert written.stat().st_mode & 0o077 == 0
    inside = sealing.open_list(sealing.sealed_in(text), WORDS)
    assert "Karin Åström" in inside.html
    assert KARINS_NUMBER.formatted() in inside.text
    assert "Krokoms hälsocentral 08-465 004 10" in inside.text


def test_it_opens_without_django(written: Path) -> None:
    """By the command, where there is neither Django nor a database."""
    wall = (
        "import sys\n"
        "class Wall:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] == 'django': raise ImportError(name)\n"
        "sys.meta_path.insert(0, Wall())\n"
        "from samverka.config.command.group import samverka\n"
        "samverka(['reserve', 'open', sys.argv[1]])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", wall, str(written)],
        input=f"{WORDS}\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Karin Åström" in done.stdout, done.stderr


def test_the_command_says_what_is_wrong(written: Path, tmp_path: Path) -> None:
    wrong = CliRunner().invoke(samverka, ["reserve", "open", str(written)], input="fel lösenord\n")
    assert wrong.exit_code == 1
    assert "gick inte att öppna" in wrong.output
    other = tmp_path / "brev.txt"
    other.write_text("hej")
    none = CliRunner().invoke(samverka, ["reserve", "open", str(other)])
    assert "ingen reservlista" in none.output


def test_it_is_written_anew_in_one_piece_and_old_ones_go(
    cast: Cast, written: Path, told: CaseDetail
) -> None:
    first = written.read_text()
    (written.parent / "reserv-gammal.html").write_text("gammal")
    (written.parent / f"{written.name}.new").write_text("halv")
    assert jobs.run_reserve(written.parent) == 1
    assert [one.name for one in written.parent.iterdir()] == [written.name]
    assert written.read_text() != first
    with act(cast.system, Action.RESERVE_KEEP) as this:
        this.unchanged()
        ReserveKey.objects.all().delete()
    assert jobs.run_reserve(written.parent) == 0
    assert not list(written.parent.iterdir())


def test_the_log_says_who_is_new_on_the_list_and_not_the_same_again(
    cast: Cast, written: Path, told: CaseDetail
) -> None:
    lines = Event.objects.filter(action="reserve.keep", person_id=str(told.person_id))
    assert lines.count() == 1
    jobs.run_reserve(written.parent)
    assert lines.count() == 1
    letter = ops.Letter(body={"words": "Hej"})
    ward = cast.at(cast.ward_nurse, minutes=9)
    ops.send_message(ward, case_id=told.id, kind=MessageKind.FREE, letter=letter)
    jobs.run_reserve(written.parent)
    assert lines.count() == 2


def test_a_unit_that_fails_is_said_and_stops_no_other(cast: Cast, written: Path) -> None:
    with act(cast.system, Action.RESERVE_KEEP) as this:
        this.unchanged()
        ReserveKey.objects.update(wrapped=b"x" * 60)
    assert jobs.run_reserve(written.parent) == 0
    found = reads.reserve(manager(cast))
    assert found
    assert "sättas på nytt" in found.fault
    assert written.exists()


def test_only_the_manager_sets_the_password(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        ops.set_reserve_password(cast.ward_nurse, password=WORDS, again=WORDS)
    with pytest.raises(Invalid, match="inte lika"):
        ops.set_reserve_password(manager(cast), password=WORDS, again=WORDS + "x")
    assert not ReserveKey.objects.exists()
    assert reads.reserve(cast.ward_nurse) is None


def test_the_page_says_when_and_gives_the_locked_file(
    cast: Cast, written: Path, settings: object
) -> None:
    settings.SAMVERKA_RESERVE = written.parent  # type: ignore[attr-defined]
    client = log_in(cast.ward_nurse)
    shown = client.get("/utskrivning/reserv/").content.decode()
    assert "Senast skriven" in shown
    assert "Nytt lösenord" not in shown
    assert client.post("/utskrivning/reserv/", {"password": WORDS}).status_code == 403
    fetched = client.get("/utskrivning/reserv/fil/")
    assert fetched.content.decode() == written.read_text()
    other = log_in(cast.surgery_nurse)
    assert "Ingen lista skrivs än" in other.get("/utskrivning/reserv/").content.decode()
    assert other.get("/utskrivning/reserv/fil/").status_code == 422


def test_a_password_that_is_set_is_changed_behind_a_fold_until_something_is_wrong(
    cast: Cast,
) -> None:
    client = log_in(cast.municipal_manager)
    first = client.get("/utskrivning/reserv/").content.decode()
    assert "Sätt lösenord" in first
    assert (
        client.post("/utskrivning/reserv/", {"password": WORDS, "again": WORDS}).status_code == 302
    )
    fold = '<details class="reveal"'
    again = client.get("/utskrivning/reserv/").content.decode()
    assert again.count(fold) == first.count(fold) + 1
    assert "Nytt lösenord" in again
    wrong = client.post("/utskrivning/reserv/", {"password": WORDS, "again": "annat"})
    assert wrong.status_code == 422
    assert wrong.content.decode().count(fold) == first.count(fold)


# ── afterwards ──


def test_what_went_on_paper_is_entered_with_both_times(cast: Cast, told: CaseDetail) -> None:
    client = log_in(cast.ward_nurse)
    assert "Skriv in efteråt" in client.get(f"/utskrivning/{told.id}/efterat/").content.decode()
    when = (NOW - timedelta(hours=2)).astimezone()
    sent = client.post(
        f"/utskrivning/{told.id}/efterat/free/",
        {"sent_at": "2026-11-20T13:30", "words": "Ringde hemtjänsten", "ground": "consent",
         "units": [str(cast.units["assessment"].id)]},
    )  # fmt: skip
    assert sent.status_code == 302, when
    (one,) = [m for m in reads.case(cast.ward_nurse, case_id=told.id).messages if m.kind == "free"]
    assert one.sent_at == NOW - timedelta(hours=2)
    assert one.entered_at > one.sent_at
    later = client.post(
        f"/utskrivning/{told.id}/efterat/free/",
        {"sent_at": "2036-11-20T13:30", "words": "Fel år", "ground": "consent",
         "units": [str(cast.units["assessment"].id)]},
    )  # fmt: skip
    assert later.status_code == 422
    assert "framtiden" in later.content.decode()
    assert "Fel år" in later.content.decode()
    assert log_in(cast.stranger).get(f"/utskrivning/{told.id}/efterat/").status_code == 404


def test_who_could_not_receipt_before_it_was_entered_is_not_late(
    cast: Cast, told: CaseDetail
) -> None:
    """It went by telephone two days ago; the receiver's clock starts when it can be receipted."""
    ward = cast.at(cast.ward_nurse, days=2)
    letter = ops.Letter(
        body={"words": "Ringde er"}, units=(cast.units["assessment"].id,), sent_at=NOW
    )
    ops.send_message(ward, case_id=told.id, kind=MessageKind.FREE, letter=letter)
    copy = Copy.objects.select_related("message").get(message__kind=MessageKind.FREE)
    assert (copy.sent_at, copy.message.sent_at) == (NOW, NOW)
    due = Task.objects.get(object_id=copy.id).due_at
    assert due
    assert due > ward.at
    assert reads.copy_record(ward, copy_id=copy.id).due_at == due
    steps = reads.case_view(cast.at(cast.needs_assessor, days=2), case_id=told.id).steps
    assert [one.due_at for one in steps if one.copy_id == copy.id] == [due]


def test_an_admission_message_on_paper_has_its_judgement_and_is_not_before_the_stay(
    cast: Cast, case: CaseDetail
) -> None:
    client = log_in(cast.ward_nurse)
    address = f"/utskrivning/{case.id}/efterat/admission/"
    assert "skriver in efteråt" in client.get(address).content.decode()
    body = {
        "sent_at": "2026-11-20T12:30", "estimated_at": "2026-11-23", "judged_by": "Per Överläkare",
        "judged_at": "2026-11-20T11:00", "units": [str(cast.units["health_centre"].id)],
    }  # fmt: skip
    early = client.post(address, body | {"sent_at": "2026-11-20T09:20"})
    assert "före inskrivningen" in early.content.decode()
    assert client.post(address, body).status_code == 302
    found = reads.case(cast.ward_nurse, case_id=case.id)
    assert found.needs_judged_by == "Per Överläkare"
    assert found.messages[0].sent_at == NOW - timedelta(hours=3)


def test_a_list_that_is_not_written_any_more_is_old() -> None:
    assert not sealing.is_stale(NOW, NOW + timedelta(minutes=16))
    assert sealing.is_stale(NOW, NOW + timedelta(minutes=31))


def test_a_sealed_list_is_a_plain_value() -> None:
    assert Sealed("a", "b", b"", b"", b"").outside() == b"samverka-reserv\na\nb"
