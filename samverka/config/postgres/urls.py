"""The addresses of the database, one for each role."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

DATABASE = "samverka"
ROOT = "samverka_root"
OWNER = "samverka_owner"
APP = "samverka_app"


@dataclass(frozen=True)
class Urls:
    """Addresses with passwords in them: never print or log one.

    Attributes:
        app: the role that pages and imports use; cannot alter tables.
        owner: the role that owns the tables; migrations only.
        root: the cluster's superuser; only the launcher and the tests' housekeeping.
    """

    app: str
    owner: str
    root: str

    def __repr__(self) -> str:
        return "Urls(…)"


def urls(socket_dir: Path, passwords: dict[str, str]) -> Urls:
    """Addresses over the Unix socket in `socket_dir`."""

    def address(role: str, database: str = DATABASE) -> str:
        # The folder stands where a host stands, so "/" is written %2F.
        return f"postgresql://{role}:{passwords[role]}@{quote(str(socket_dir), safe='')}/{database}"

    return Urls(app=address(APP), owner=address(OWNER), root=address(ROOT, "postgres"))
