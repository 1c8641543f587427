"""The built-in database: private, one user at a time, and nothing acknowledged is ever lost."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from samverka.config.postgres import AlreadyRunning, Cluster, DatabaseProblem, places, server
from samverka.config.postgres.urls import OWNER

AS_ROOT = os.geteuid() == 0
only_root = pytest.mark.skipif(not AS_ROOT, reason="only root changes user")

START_AND_WAIT = """
import sys, time
from pathlib import Path
from samverka.config.postgres import Cluster
Cluster(Path(sys.argv[1])).start()
print("started", flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's user may pass through (pytest's own are closed to all but its user)."""
    made = Path(tempfile.mkdtemp(prefix="samverka-pg-"))
    made.chmod(0o711)
    yield made
    server.kill_all(made / "data" / "postgres")
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    """One cluster for the tests that only look."""
    made = Path(tempfile.mkdtemp(prefix="samverka-pg-"))
    made.chmod(0o711)
    cluster = Cluster(made / "data")
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(made)


def only_urls(cluster: Cluster):
    """The addresses of a running cluster, as another process would get them."""
    return Cluster(cluster.place.home).join()


def one(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


# ── private ──────────────────────────────────────────────────────────────────


def test_the_data_is_closed_to_everyone_else(running):
    assert stat.S_IMODE(running.place.cluster.stat().st_mode) == 0o700
    assert stat.S_IMODE((running.place.home / "run").stat().st_mode) == 0o700
    assert stat.S_IMODE(running.place.passwords.stat().st_mode) == 0o600


@only_root
def test_the_server_of_root_runs_as_a_user_that_nobody_has(running):
    owner = running.place.cluster.stat().st_uid
    pid = int((running.place.cluster / "postmaster.pid").read_text().splitlines()[0])
    assert owner != 0
    assert Path(f"/proc/{pid}").stat().st_uid == owner
    with pytest.raises(KeyError):
        pwd.getpwuid(owner)


def test_there_is_no_network_and_no_entry_without_password(running):
    urls = only_urls(running)
    assert one(urls.root, "SHOW listen_addresses") == ""
    assert (
        one(
            urls.root, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"
        )
        == 0
    )
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(urls.root, password="guess")


def test_the_roles_can_do_what_they_must_and_no_more(running):
    urls = only_urls(running)
    may_all = "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert one(urls.owner, may_all) is False
    assert one(urls.app, may_all) is False
    assert (
        one(
            urls.owner,
            "SELECT pg_catalog.pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'samverka'",
        )
        == OWNER
    )
    with psycopg.connect(urls.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE mine (id int)")
    with psycopg.connect(urls.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TEMPORARY TABLE mine (id int)")


def test_it_is_safe_against_power_cuts_and_bit_rot(running):
    urls = only_urls(running)
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert one(urls.root, f"SHOW {setting}") == "on", setting


def test_letters_are_the_same_on_every_machine(running):
    row = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'samverka'"
    assert one(only_urls(running).root, row) == "bC.UTF-8"


def test_its_log_holds_no_values(running):
    with psycopg.connect(only_urls(running).owner) as owner:
        owner.execute("CREATE TABLE person (number text PRIMARY KEY)")
        for _again in range(2):
            with suppress(psycopg.errors.UniqueViolation):
                owner.execute("INSERT INTO person VALUES (%s)", ["tolv-hemliga-siffror"])
    log = running.place.log.read_text()
    assert "duplicate key" in log
    assert "tolv-hemliga" not in log


def test_addresses_are_not_printed_by_mistake(running):
    assert "samverka_app" not in repr(only_urls(running))


# ── one at a time ────────────────────────────────────────────────────────────


def test_what_was_written_is_there_at_the_second_start(folder):
    with Cluster(folder / "data") as urls, psycopg.connect(urls.owner) as owner:
        owner.execute("CREATE TABLE note AS SELECT 'kvar' AS text")
    with Cluster(folder / "data") as urls:
        assert one(urls.owner, "SELECT text FROM note") == "kvar"


def test_a_second_starter_is_told_who_has_the_folder(running):
    with pytest.raises(AlreadyRunning, match=str(os.getpid())):
        Cluster(running.place.home).start()


def test_two_starters_at_once_give_one_server(folder):
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", START_AND_WAIT, str(folder / "data")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _each in range(2)
    ]
    try:
        until(lambda: [each.poll() for each in starters].count(None) == 1)
        winner = next(each for each in starters if each.poll() is None)
        loser = next(each for each in starters if each.poll() is not None)
        assert winner.stdout is not None
        assert winner.stdout.readline() == "started\n"
        assert loser.stderr is not None
        assert "AlreadyRunning" in loser.stderr.read()
    finally:
        for each in starters:
            each.kill()
            each.communicate()


def test_one_that_starts_nothing_finds_the_running_one(running, folder):
    assert only_urls(running) is not None
    assert Cluster(folder / "data").join() is None


# ── after a crash ────────────────────────────────────────────────────────────


def test_no_acknowledged_write_is_lost_when_everything_is_killed(folder):
    cluster = Cluster(folder / "data")
    urls = cluster.start()
    with psycopg.connect(urls.owner) as owner:
        owner.execute("CREATE TABLE entry (writer int, number int)")
    acknowledged = [0, 0, 0, 0]
    writers = [
        threading.Thread(target=write, args=(urls.owner, writer, acknowledged))
        for writer in range(4)
    ]
    for writer in writers:
        writer.start()
    until(lambda: min(acknowledged) >= 50)
    server.kill_all(cluster.place.cluster)
    for writer in writers:
        writer.join()
    cluster.stop()

    with Cluster(folder / "data") as urls, psycopg.connect(urls.owner) as owner:
        for number, last in enumerate(acknowledged):
            row = owner.execute(
                "SELECT count(*) FROM entry WHERE writer = %s AND number <= %s", [number, last]
            ).fetchone()
            assert row == (last,)


def write(url: str, writer: int, acknowledged: list[int]) -> None:
    """Write rows until the server is gone; count those it said yes to."""
    with suppress(psycopg.OperationalError), psycopg.connect(url, autocommit=True) as connection:
        for number in range(1, 1_000_000):
            connection.execute("INSERT INTO entry VALUES (%s, %s)", [writer, number])
            acknowledged[writer] = number


def test_a_server_whose_starter_was_killed_is_taken_over_and_stopped(folder):
    starter = subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT, str(folder / "data")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    assert starter.stdout.readline() == "started\n"
    starter.kill()
    starter.communicate()

    cluster = Cluster(folder / "data")
    pid_file = cluster.place.cluster / "postmaster.pid"
    pid = pid_file.read_text().splitlines()[0]
    cluster.start()
    assert pid_file.read_text().splitlines()[0] == pid
    cluster.stop()
    assert not pid_file.exists()


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
def test_a_server_for_tests_goes_with_its_starter(folder):
    script = START_AND_WAIT.replace("Path(sys.argv[1])", "Path(sys.argv[1]), hasty=True")
    starter = subprocess.Popen(
        [sys.executable, "-c", script, str(folder / "data")], stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    assert starter.stdout.readline() == "started\n"
    starter.kill()
    starter.communicate()
    until(lambda: not server._living(folder / "data" / "postgres"))


def test_a_pid_file_whose_number_someone_else_has_now_does_not_stop_the_start(folder):
    cluster = Cluster(folder / "data")
    cluster.start()
    pid_file = cluster.place.cluster / "postmaster.pid"
    words = pid_file.read_text().splitlines()
    server.kill_all(cluster.place.cluster)
    cluster.stop()
    stranger = subprocess.Popen(["/bin/sleep", "600"], **cluster.place.account.popen())
    try:
        pid_file.write_text("\n".join([str(stranger.pid), *words[1:]]) + "\n")
        with Cluster(folder / "data") as urls:
            assert one(urls.app, "SELECT 1") == 1
    finally:
        stranger.kill()
        stranger.wait()


def test_a_first_start_that_was_cut_off_is_begun_again(folder):
    half = Cluster(folder / "data").place.home / "postgres.new"
    (half / "data").mkdir(parents=True)
    (half / "data" / "PG_VERSION").write_text("18\n")
    with Cluster(folder / "data") as urls:
        assert one(urls.app, "SELECT 1") == 1
    assert not half.exists()


# ── refused ──────────────────────────────────────────────────────────────────


def test_another_major_version_is_refused(folder):
    with Cluster(folder / "data"):
        pass
    (folder / "data" / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseProblem, match="PostgreSQL 17"):
        Cluster(folder / "data").start()


def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(folder):
    (folder / "data").mkdir()
    (folder / "data" / "bilder.zip").write_text("semester")
    with pytest.raises(DatabaseProblem, match=r"bilder\.zip"):
        Cluster(folder / "data")
    assert [path.name for path in (folder / "data").iterdir()] == ["bilder.zip"]


@only_root
def test_a_folder_of_another_user_is_refused(folder):
    (folder / "data").mkdir()
    os.chown(folder / "data", 1234, 1234)
    with pytest.raises(DatabaseProblem, match="annan användare"):
        Cluster(folder / "data")


def test_without_the_passwords_it_says_so(folder):
    with Cluster(folder / "data"):
        pass
    (folder / "data" / "passwords.json").unlink()
    with pytest.raises(DatabaseProblem, match=r"passwords\.json saknas"):
        Cluster(folder / "data").start()


# ── where ────────────────────────────────────────────────────────────────────


@only_root
def test_a_project_in_a_closed_folder_has_its_database_elsewhere_and_says_so(folder, monkeypatch):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(places, "SHELTERS", (folder / "shelter",))
    heard: list[str] = []
    cluster = Cluster(closed / "project" / "var", say=heard.append)
    with cluster as urls:
        assert one(urls.app, "SELECT 1") == 1
    assert cluster.place.home.parent == folder / "shelter"
    assert len(heard) == 1
    assert str(cluster.place.home) in heard[0]
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert Cluster(closed / "project" / "var").place.home == cluster.place.home


@only_root
def test_programs_out_of_reach_are_copied(folder, monkeypatch):
    from samverka.config.postgres import programs

    monkeypatch.setattr(programs, "may_run", lambda account, program: False)
    cluster = Cluster(folder / "data")
    with cluster as urls:
        assert one(urls.app, "SELECT 1") == 1
        pid = int((cluster.place.cluster / "postmaster.pid").read_text().splitlines()[0])
        assert Path(f"/proc/{pid}/exe").readlink().is_relative_to(folder / "data" / "programs")


def test_a_folder_with_a_very_long_name_gets_a_short_socket(folder):
    deep = folder / ("en-mapp-med-ett-långt-namn-" * 4) / "data"
    deep.parent.mkdir()
    deep.parent.chmod(0o711)
    cluster = Cluster(deep)
    with cluster as urls:
        assert one(urls.app, "SELECT 1") == 1
    server.kill_all(cluster.place.cluster)


def test_a_folder_may_be_called_anything(folder):
    odd = folder / "Läns-mapp, med 'allt' & 100 %"
    with Cluster(odd) as urls:
        assert one(urls.app, "SELECT 1") == 1
        settings = dj_database_url.parse(urls.app)
        assert (
            one(
                f"host={settings['HOST']} user={settings['USER']} password={settings['PASSWORD']} dbname=samverka",
                "SELECT 1",
            )
            == 1
        )


def test_erase_leaves_an_empty_folder_that_can_be_used_again(folder):
    with Cluster(folder / "data") as urls, psycopg.connect(urls.owner) as owner:
        owner.execute("CREATE TABLE note ()")
    Cluster(folder / "data").erase()
    assert sorted(path.name for path in (folder / "data").iterdir()) == [
        "lock",
        "samverka-data.json",
    ]
    with Cluster(folder / "data") as urls:
        assert one(urls.owner, "SELECT to_regclass('note')") is None


def test_a_running_one_is_not_erased(running):
    with pytest.raises(AlreadyRunning):
        Cluster(running.place.home).erase()
    assert one(only_urls(running).app, "SELECT 1") == 1


def until(true) -> None:
    """Wait for something that must come."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
