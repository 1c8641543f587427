"""The command line: languages, sentences instead of tracebacks, and which database it takes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from samverka.config.command import language, surroundings, web
from samverka.config.command.progress import bar
from samverka.config.seal import Seal
from samverka.kernel.problems import Problem

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as one types it, without what this run's environment says of databases."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_", "SAMVERKA_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "samverka.config.command", *words],
        cwd=ROOT,
        env=kept | {"LANG": "sv_SE.UTF-8"} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "environment", "wanted"),
    [
        ([], {}, "sv"),
        ([], {"LANG": "C.UTF-8"}, "sv"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "sv_SE.UTF-8", "LC_ALL": "en_US"}, "en"),
        (["--lang", "sv", "demo"], {"LANG": "en_GB.UTF-8"}, "sv"),
        (["--lang=en", "demo"], {}, "en"),
    ],
)
def test_the_language(words, environment, wanted):
    assert language.chosen(words, environment) == wanted


def test_help_in_both_languages():
    assert "Starta ett helt län" in run("--help").stdout
    assert "Start a whole county" in run("--lang", "en", "--help").stdout
    assert "Används så:" in run("demo", "--help").stdout


def test_every_command_has_help_in_english():
    words = run("--lang", "en", "--help").stdout
    assert not set("åäöÅÄÖ") & set(words)


def test_a_mistyped_command_gets_a_proposal():
    done = run("dmo")
    assert done.returncode == 2
    assert "demo" in done.stderr


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://x@%2Fnowhere/x"}, "SAMVERKA_SECRET_KEY"),
        (
            {"DATABASE_URL": "postgresql://x@%2Fnowhere/x", "SAMVERKA_SECRET_KEY": "kort"},
            "SAMVERKA_SECRET_KEY",
        ),
        (
            {"DATABASE_URL": "postgresql://x@%2Fnowhere/x", "SAMVERKA_SECRET_KEY": "x" * 50},
            "SAMVERKA_HOSTS",
        ),
    ],
)
def test_serve_says_what_is_missing(environment, missing):
    done = run("serve", **environment)
    assert done.returncode == 1
    assert missing in done.stderr
    assert "Traceback" not in done.stderr


def test_migrate_needs_the_owner():
    done = run("migrate", DATABASE_URL="postgresql://x@%2Fnowhere/x")
    assert done.returncode == 1
    assert "DATABASE_OWNER_URL" in done.stderr


def test_a_named_database_is_taken_and_none_is_started(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone@elsewhere/samverka")
    monkeypatch.setenv("SAMVERKA_DATA", str(tmp_path / "data"))
    with surroundings.database():
        assert os.environ["DATABASE_URL"] == "postgresql://someone@elsewhere/samverka"
    assert not (tmp_path / "data").exists()


def test_a_taken_port_gives_a_sentence_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=str(port + 1)):
            web.check_port("127.0.0.1", port)


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path):
    left, other = (
        subprocess.Popen(["/bin/sleep", "600"], env={web.RUN: str(tmp_path / name)})
        for name in ("ours", "theirs")
    )
    try:
        web.sweep(tmp_path / "ours")
        assert left.wait(10) != 0
        assert other.poll() is None
    finally:
        for each in (left, other):
            each.kill()
            each.wait()


def test_the_web_server_never_gets_the_owners_address(monkeypatch, tmp_path):
    seen: dict[str, str] = {}

    def popen(_command, env, **_rest):
        seen.update(env)
        raise InterruptedError

    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner:secret@%2Frun/samverka")
    monkeypatch.setattr(subprocess, "Popen", popen)
    with pytest.raises(InterruptedError):
        web.Web(tmp_path, "127.0.0.1", free_port()).start()
    assert seen[web.RUN] == str(tmp_path)
    assert not [name for name, value in seen.items() if "owner:secret" in value]


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def test_a_bar_takes_its_length_from_the_first_step(capsys):
    with bar("Räknar") as step:
        step(1, 4)
        step(4, 4)
    assert "Räknar" in capsys.readouterr().out


def test_a_seal_holds_only_for_its_own_root_and_key():
    seal, root = Seal("a long random word"), "ab" * 32
    signature = seal.sign(root)
    assert seal.holds(root, signature)
    assert not seal.holds("cd" * 32, signature)
    assert not seal.holds(root, "")
    assert not Seal("another word").holds(root, signature)
