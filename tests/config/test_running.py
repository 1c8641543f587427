"""The whole house in its own processes: migrate, check, serve, the seal, and a stop that leaves nothing behind."""

from __future__ import annotations

import json
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samverka.config.command.importing import REFUSED_CODE
from samverka.config.postgres import Cluster, Urls
from tests.config.processes import (
    COMMAND,
    ROOT,
    STARTED,
    command,
    free_port,
    get,
    processes_of,
    surroundings,
    until_line,
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="samverka-run-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def urls(folder: Path) -> Iterator[Urls]:
    with Cluster(folder / "database", hasty=True) as found:
        yield found


@pytest.fixture(scope="module")
def installation(folder: Path, urls: Urls) -> dict[str, str]:
    """The environment of a real installation whose tables are in place."""
    environment = surroundings(
        DATABASE_URL=urls.app,
        SAMVERKA_SECRET_KEY=secrets.token_urlsafe(64),
        SAMVERKA_HOSTS="samverka.example",
        SAMVERKA_BEHIND_PROXY="1",
        SAMVERKA_DATA=str(folder / "files"),
    )
    done = command("migrate", environment | {"DATABASE_OWNER_URL": urls.owner})
    assert done.returncode == 0, done.stderr
    return environment


def test_migrate_twice_is_harmless(installation, urls):
    assert command("migrate", installation | {"DATABASE_OWNER_URL": urls.owner}).returncode == 0


def test_a_safe_installation_passes_its_own_check(installation):
    done = command("check", installation)
    assert (done.returncode, done.stderr) == (0, "")


def test_before_migrate_every_command_says_so(installation, urls):
    with psycopg.connect(urls.root, autocommit=True) as root:
        root.execute("CREATE DATABASE bare OWNER samverka_owner")
    bare = installation | {"DATABASE_URL": urls.app.removesuffix("samverka") + "bare"}
    for words in ("check", "audit verify", "audit seal", "import pyproject.toml", "serve"):
        done = command(words, bare)
        assert (words, done.returncode) == (words, 1)
        assert "samverka migrate" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_gives_a_sentence(installation):
    done = command("check", installation | {"DATABASE_URL": "postgresql://x@%2Fnowhere/x"})
    assert done.returncode == 1
    assert "Databasen svarar inte" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_installation_run_by_the_owner_does_not(installation, urls):
    done = command(
        "check", installation | {"DATABASE_URL": urls.root.removesuffix("postgres") + "samverka"}
    )
    assert done.returncode == 1
    assert "row security" in done.stderr


def test_files_are_taken_in_once_and_the_faulty_part_is_named(installation, tmp_path):
    good = {"resourceType": "Observation", "id": "1", "status": "final", "code": {"text": "Puls"}}
    faulty = {"resourceType": "Observation", "id": "2", "code": {"text": "Puls"}}
    file = tmp_path / "matningar.ndjson"
    file.write_text("\n".join(json.dumps(one) for one in (good, faulty)))
    first = command(f"import --source prov {file}", installation)
    assert first.returncode == REFUSED_CODE
    assert "matningar.ndjson:2" in first.stderr
    file.write_text(json.dumps(good))
    again = command(f"import --source prov {tmp_path}", installation)
    assert (again.returncode, again.stderr) == (0, "")
    assert "Inget har ändrats" in again.stdout


def test_an_unknown_unit_is_refused(installation):
    done = command("import --unit SE0000000000-0000 pyproject.toml", installation)
    assert done.returncode == 1
    assert "SE0000000000-0000" in done.stderr


@pytest.fixture(scope="module")
def served(installation: dict[str, str], folder: Path) -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)],
        cwd=ROOT,
        env=installation,
        stdout=subprocess.PIPE,
        text=True,
    )
    until_line(process, f":{port}/")
    yield port
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=STARTED)
    assert process.returncode == 0
    assert processes_of(folder / "files") == []


def test_it_serves_over_the_proxy_only_and_only_its_own_name(served):
    behind = {"Host": "samverka.example", "X-Forwarded-Proto": "https"}
    assert get(served, "/konto/login/", **behind).status == 200
    assert get(served, "/konto/login/", Host="samverka.example").status == 301
    assert get(served, "/konto/login/", **(behind | {"Host": "elsewhere.example"})).status == 400


def test_its_cookies_are_for_this_host_over_https(served):
    answer = get(
        served, "/konto/login/", **{"Host": "samverka.example", "X-Forwarded-Proto": "https"}
    )
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie


def test_static_files_are_served_compressed_and_for_ever(served):
    behind = {"Host": "samverka.example", "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}
    page = get(served, "/konto/login/", **(behind | {"Accept-Encoding": "identity"})).body.decode()
    sheet = page.partition('rel="stylesheet"')[2].partition('href="')[2].partition('"')[0]
    answer = get(served, sheet, **behind)
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]


def test_there_is_no_demo_page(served):
    behind = {"Host": "samverka.example", "X-Forwarded-Proto": "https"}
    assert get(served, "/demo/", **behind).status == 404


def test_lines_of_the_trail_are_sealed_while_it_runs(served, urls, installation):
    with psycopg.connect(urls.root, dbname="samverka") as root:
        add_line(root)
    end = time.monotonic() + STARTED
    while sealed(urls) == 0:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert "Loggen är hel" in command("audit verify", installation).stdout


def test_a_changed_line_is_found(served, urls, installation):
    with psycopg.connect(urls.root, dbname="samverka") as root:
        root.execute("UPDATE audit_event SET actor_name = 'någon annan'")
    done = command("audit verify", installation)
    assert done.returncode == 1
    assert "has been changed" in done.stderr


def add_line(root: psycopg.Connection) -> None:
    """One line, written as the superuser so that no actor is needed."""
    columns = root.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'audit_event' AND column_name <> 'id'"
    ).fetchall()
    plain = {"timestamp with time zone": "now()", "jsonb": "'{}'", "ARRAY": "'{}'", "smallint": "0"}
    values = ", ".join(plain.get(kind, "'x'") for _name, kind in columns)
    root.execute(
        f"INSERT INTO audit_event ({', '.join(name for name, _kind in columns)}) VALUES ({values})".encode()
    )


def sealed(urls: Urls) -> int:
    with psycopg.connect(urls.root, dbname="samverka") as root:
        row = root.execute("SELECT count(*) FROM audit_leaf").fetchone()
    assert row is not None
    return int(row[0])


def test_a_running_database_is_not_needed_for_help():
    assert (
        command("--help", surroundings(DATABASE_URL="postgresql://x@%2Fnowhere/x")).returncode == 0
    )
