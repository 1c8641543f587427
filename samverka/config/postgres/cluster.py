"""One data folder with a PostgreSQL in it: made, started, given its roles, stopped."""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import re
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql

from samverka.config.postgres.lock import Lock
from samverka.config.postgres.places import Place, Say, place
from samverka.config.postgres.problems import DatabaseProblem
from samverka.config.postgres.programs import Account, Programs, programs_for
from samverka.config.postgres.server import Server, kill_all
from samverka.config.postgres.urls import APP, DATABASE, OWNER, ROOT, Urls, urls
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

SOCKET_NAME = "/.s.PGSQL.5432.lock"
PLAIN = re.compile(r"[\w./-]+", re.ASCII)  # a comma would be read as two folders
SOCKET_BYTES = 107  # the longest address of a Unix socket


class Cluster:
    """The built-in database over one data folder.

    Args:
        data_dir: the private folder; made if missing.
        hasty: no fsync. For tests only: a crash loses the data.
        say: hears sentences for the user, for example that the folder lies elsewhere.
    """

    def __init__(self, data_dir: Path, *, hasty: bool = False, say: Say | None = None) -> None:
        self.place: Place = place(data_dir, say or _silent)
        self.hasty = hasty
        self._lock = Lock(self.place.lock)
        self._server: Server | None = None

    def start(self) -> Urls:
        """Make the cluster if it is new, start it, see to its roles; return when it takes connections.

        Raises:
            AlreadyRunning: another process uses the folder.
            DatabaseProblem: another major version made it, or it does not start.
        """
        self._lock.take()
        try:
            return self._started()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server and let go of the folder. Stopping twice does no harm."""
        if self._server is not None:
            self._server.stop()
            if self._server.socket_dir.parent != self.place.home:
                self._server.socket_dir.rmdir()
            self._server = None
        self._lock.release()

    def alive(self) -> bool:
        """Whether the server's process is still there."""
        return self._server is not None and self._server.alive()

    def join(self) -> Urls | None:
        """The addresses if someone else is running this very folder now, else None. Starts nothing."""
        if not self._lock.held_by_other() or not self.place.passwords.exists():
            return None
        return urls(self._socket_dir(), self._passwords())

    def erase(self) -> None:
        """Take away everything in the data folder, a leftover server included.

        Raises:
            AlreadyRunning: another process uses the folder.
        """
        self._lock.take()
        try:
            kill_all(self.place.cluster)
            for path in self.place.home.iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                elif path not in (self.place.lock, self.place.mark):
                    path.unlink()
        finally:
            self._lock.release()

    def __enter__(self) -> Urls:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _started(self) -> Urls:
        programs = programs_for(self.place.account, self.place.home)
        passwords = self._passwords()
        if not self.place.cluster.exists():
            self._make(programs, passwords[ROOT])
        self._check_major(programs)
        addresses = urls(self._socket_dir(), passwords)
        self._server = Server(
            self.place, programs, self._socket_dir(), addresses.root, hasty=self.hasty
        )
        self._server.start()
        furnish(addresses, passwords)
        return addresses

    def _make(self, programs: Programs, password: str) -> None:
        """Make the cluster beside its place and move it in when whole: a cut-off start leaves no half one."""
        new = self.place.home / "postgres.new"
        shutil.rmtree(new, ignore_errors=True)
        maker = Place(self.place.home, _named_account(self.place.account))
        maker.private(new)
        word = new / "word"
        word.write_text(password)
        maker.give(new)
        made = Programs(programs.folder, maker.account)
        made.run("initdb", *_initdb_arguments(new, hasty=self.hasty), cwd=new)
        word.unlink()
        self.place.give(new / "data")
        (new / "data").rename(self.place.cluster)
        shutil.rmtree(new)

    def _check_major(self, programs: Programs) -> None:
        have = (self.place.cluster / "PG_VERSION").read_text().strip()
        if have != programs.major():
            raise DatabaseProblem(
                _(
                    "Databasen i %(path)s är gjord med PostgreSQL %(have)s, men programmet har %(want)s.",
                    path=self.place.cluster,
                    have=have,
                    want=programs.major(),
                ),
                mend=_("Ta ut innehållet med den förra versionen, eller börja om i en ny mapp."),
            )

    def _passwords(self) -> dict[str, str]:
        """The roles' passwords; made on the first start, kept in a file that only the user can read."""
        path = self.place.passwords
        if not path.exists():
            if self.place.cluster.exists():
                raise DatabaseProblem(
                    _("Filen %(path)s saknas, så databasen går inte att öppna.", path=path)
                )
            new = path.with_suffix(".new")
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                json.dump({role: secrets.token_urlsafe(24) for role in (ROOT, OWNER, APP)}, out)
            new.replace(path)
        words: dict[str, str] = json.loads(path.read_text())
        return words

    def _socket_dir(self) -> Path:
        """A private folder for the socket: in the data folder, or one with a short and plain name."""
        near = self.place.home / "run"
        fits = len(bytes(near)) + len(SOCKET_NAME) <= SOCKET_BYTES
        if fits and PLAIN.fullmatch(str(near)):
            return self.place.private(near)
        name = hashlib.sha256(bytes(self.place.home)).hexdigest()[:12]
        return self.place.private(Path(tempfile.gettempdir()) / f"samverka-{os.geteuid()}-{name}")


def furnish(addresses: Urls, passwords: dict[str, str]) -> None:
    """See to it that the two roles and the database are there, whatever an earlier start left half done."""
    with psycopg.connect(addresses.root, autocommit=True) as connection:
        for role in (OWNER, APP):
            known = connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [role]
            ).fetchone()
            if not known:
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
            connection.execute(
                sql.SQL(
                    "ALTER ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION PASSWORD {}"
                ).format(sql.Identifier(role), sql.Literal(passwords[role]))
            )
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )
        connection.execute(
            sql.SQL("REVOKE TEMPORARY, CREATE ON DATABASE {} FROM PUBLIC").format(
                sql.Identifier(DATABASE)
            )
        )


def _initdb_arguments(folder: Path, *, hasty: bool) -> list[str]:
    # The same order of letters on every machine, whatever locales it has.
    locale = [
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--encoding=UTF8",
    ]
    entry = ["--auth=scram-sha-256", f"--username={ROOT}", f"--pwfile={folder / 'word'}"]
    return [f"--pgdata={folder / 'data'}", *locale, *entry, *(["--no-sync"] if hasty else [])]


def _named_account(account: Account) -> Account:
    """initdb wants a user that has a name; what it makes is handed over to the spare user id at once."""
    if account.uid is None:
        return account
    with suppress(KeyError):
        pwd.getpwuid(account.uid)
        return account
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def _silent(sentence: Text) -> None:
    """Nobody listens."""
