"""Where this installation keeps its own files."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def checkout() -> Path | None:
    """The project's folder when we run from a checkout, None when installed from a wheel."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() else None


def data_folder() -> Path:
    """The private data folder: `SAMVERKA_DATA`, else `var/` of a checkout, else the user's own data folder."""
    if named := os.environ.get("SAMVERKA_DATA"):
        return Path(named).expanduser()
    if (root := checkout()) is not None:
        return root / "var"
    shared = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(shared).expanduser() / "samverka"


def kept_secret(path: Path) -> str:
    """A long random word kept in a file that only its owner can read; made the first time."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(64))
        new.replace(path)
    return path.read_text().strip()
