"""The third-party files that we serve are the ones that VENDOR.toml names, byte for byte."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from samverka.web.icons import NAMES

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "samverka/web/static/vendor", ROOT / "tests/journeys/vendor")
FREE = {"MIT", "OFL-1.1", "ISC AND MIT", "0BSD", "MPL-2.0"}
ICONS = FOLDERS[0] / "lucide/icons.svg"


def listed(folder: Path) -> dict[str, str]:
    """Path → sha256 of every file that the folder's list names."""
    packages = tomllib.loads((folder / "VENDOR.toml").read_text())["package"]
    return {path: digest for package in packages for path, digest in package["sha256"].items()}


def present(folder: Path) -> dict[str, str]:
    """Path → sha256 of every file that is there, but the list itself."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "VENDOR.toml")
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_file_is_listed_and_unchanged(folder: Path) -> None:
    assert listed(folder) == present(folder)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_package_has_a_known_licence_and_its_text(folder: Path) -> None:
    for package in tomllib.loads((folder / "VENDOR.toml").read_text())["package"]:
        assert package["licence"] in FREE
        assert any(Path(path).name == "LICENSE" for path in package["sha256"]), package["name"]


def test_the_sprite_holds_just_the_icons_that_pages_may_use() -> None:
    assert re.findall(r'<symbol id="([^"]+)"', ICONS.read_text()) == list(NAMES)
