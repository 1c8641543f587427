"""Where the data folder lies and which user runs the server.

The folder is private (0700). The server refuses to run as root, so when root starts it, it runs as a user id
that nobody has; no account is made and no parent folder is opened. If that user cannot reach the
folder (a project under /root, which is 0700), another folder is taken and said aloud.
"""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from samverka.config.postgres.problems import DatabaseProblem
from samverka.config.postgres.programs import Account, run_as
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

MARK = "samverka-data.json"
# systemd's list of user ids calls 60578-61183 unused; Debian hands out none of them to programs.
SPARE_UIDS = range(61032, 61184)
SHELTERS = (Path("/var/lib/samverka"), Path("/var/tmp/samverka"), Path("/tmp/samverka"))  # noqa: S108

Say = Callable[[Text], None]


@dataclass(frozen=True)
class Place:
    """A data folder that is ours and that the server's user can use."""

    home: Path
    account: Account

    @property
    def mark(self) -> Path:
        """Says that the folder is ours."""
        return self.home / MARK

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own folder."""
        return self.home / "postgres"

    @property
    def lock(self) -> Path:
        """Held by the one that uses the folder."""
        return self.home / "lock"

    @property
    def passwords(self) -> Path:
        """The roles' passwords, 0600."""
        return self.home / "passwords.json"

    @property
    def log(self) -> Path:
        """What the server says; without values, see `server.SETTINGS`."""
        return self.home / "postgres.log"

    def give(self, path: Path) -> None:
        """Let the server's user own `path` (and what is in it)."""
        if self.account.uid is None:
            return
        for each in [path, *path.rglob("*")]:
            os.chown(each, self.account.uid, self.account.gid, follow_symlinks=False)

    def private(self, path: Path) -> Path:
        """A new or existing folder that only the server's user (and root) can enter."""
        path.mkdir(mode=0o700, exist_ok=True)
        if path.is_symlink() or path.stat().st_uid not in (os.geteuid(), self.account.uid):
            raise DatabaseProblem(_("Mappen %(path)s tillhör någon annan.", path=path))
        path.chmod(0o700)
        if self.account.uid is not None:
            os.chown(path, self.account.uid, self.account.gid)
        return path


def place(wanted: Path, say: Say) -> Place:
    """The place for `wanted`; `say` hears of it if it lies elsewhere.

    Raises:
        DatabaseProblem: the folder holds something else, or no folder can be used.
    """
    wanted = wanted.resolve()  # the server reports its folder without links
    if os.geteuid() != 0:
        return Place(_furnished(wanted), Account())
    return _as_root(wanted, say)


def _as_root(wanted: Path, say: Say) -> Place:
    for home in _candidates(wanted):
        made = not home.exists()
        found = Place(_furnished(home), _account(home / "postgres"))
        if _usable(found):
            if home != wanted:
                say(
                    _(
                        "%(wanted)s ligger i en stängd mapp. Databasen ligger i %(home)s.",
                        wanted=wanted,
                        home=home,
                    )
                )
            return found
        if made:
            _unfurnish(home)
    raise DatabaseProblem(
        _("Ingen mapp går att använda för databasen när root startar den."),
        mend=_("Starta som en vanlig användare, eller välj en mapp med SAMVERKA_DATA."),
    )


def _candidates(wanted: Path) -> list[Path]:
    """The wanted folder, then shelters named after it so that two projects never meet."""
    name = hashlib.sha256(bytes(wanted)).hexdigest()[:8]
    return [wanted, *(shelter / name for shelter in SHELTERS)]


def _account(cluster: Path) -> Account:
    """The user that owns the cluster already, else a user id that no account has."""
    if cluster.exists() and (owner := cluster.stat().st_uid):
        return Account(owner, cluster.stat().st_gid)
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    spare = next(uid for uid in SPARE_UIDS if uid not in taken)
    return Account(spare, spare)


def _furnished(home: Path) -> Path:
    """The folder, made and marked as ours.

    Raises:
        DatabaseProblem: it belongs to another user, or holds something that is not ours.
    """
    _make(home)
    if home.stat().st_uid != os.geteuid():
        raise DatabaseProblem(
            _("Mappen %(path)s tillhör en annan användare.", path=home),
            mend=_("Starta som den användaren, eller välj en annan mapp med SAMVERKA_DATA."),
        )
    _mark(home)
    home.chmod(0o711 if os.geteuid() == 0 else 0o700)  # 0711: the server's user may pass, not look
    return home


def _make(home: Path) -> None:
    shelter = home.parent in SHELTERS
    if shelter:
        home.parent.mkdir(mode=0o711, exist_ok=True)
        if home.parent.stat().st_uid != 0 or home.parent.is_symlink():
            raise DatabaseProblem(
                _("Mappen %(path)s tillhör en annan användare.", path=home.parent)
            )
    home.mkdir(mode=0o700, parents=True, exist_ok=True)


def _mark(home: Path) -> None:
    names = sorted(path.name for path in home.iterdir())
    if MARK in names:
        return
    if names:
        raise DatabaseProblem(
            _("Mappen %(path)s innehåller något annat (%(name)s).", path=home, name=names[0]),
            mend=_("Välj en tom mapp med SAMVERKA_DATA."),
        )
    mark = {"what": "the data folder of Samverka", "format": 1, "id": secrets.token_hex(8)}
    (home / MARK).write_text(json.dumps(mark, indent=1) + "\n")


def _unfurnish(home: Path) -> None:
    (home / MARK).unlink(missing_ok=True)
    home.rmdir()


def _usable(found: Place) -> bool:
    """Whether the server's user can really write there: tried, since ACLs and mounts may differ from the modes."""
    trial = Path(tempfile.mkdtemp(prefix="trial-", dir=found.home))
    try:
        found.private(trial)
        done = run_as(
            found.account,
            ["/bin/sh", "-c", 'cd "$1" && : >x && rm x', "sh", str(trial)],
            cwd=Path("/"),
        )
    except OSError:  # no right to change owner (a shared folder) or user (a narrow container)
        return False
    finally:
        trial.rmdir()
    return done.returncode == 0
