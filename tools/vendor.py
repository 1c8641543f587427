"""Fetch, build and list every third-party file that the pages serve. Only for those who change a version.

Needs Node (`npm`, `npx`). Nobody needs it to run or test Samverka: the result is committed together with
`VENDOR.toml`, which names version, licence and sha256 of each file; `tests/web/test_vendor.py` hashes them again.

Usage: python tools/vendor.py
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from samverka.web.icons import NAMES  # noqa: E402  (the path above makes it importable)

PAGES = ROOT / "samverka/web/static/vendor"
TESTS = ROOT / "tests/journeys/vendor"
THEME_CONFIG = ROOT / "design/designsystemet.config.json"


@dataclass(frozen=True, slots=True)
class Package:
    """One package: where its files go, and which of its files we keep as what."""

    name: str
    version: str
    licence: str
    folder: Path
    files: dict[str, str] = field(default_factory=dict)  # path in the package -> our name
    note: str = ""


PACKAGES = (
    Package(
        "@digdir/designsystemet-css",
        "1.22.0",
        "MIT",
        PAGES / "designsystemet",
        {"dist/src/index.css": "designsystemet.css"},
    ),
    Package(
        "@digdir/designsystemet",
        "1.15.0",
        "MIT",
        PAGES / "tema",
        note="theme.css is what its command-line tool makes of design/designsystemet.config.json",
    ),
    Package(
        "@fontsource-variable/inter",
        "5.3.0",
        "OFL-1.1",
        PAGES / "inter",
        {
            "files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
            "files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
        },
    ),
    Package(
        "lucide-static",
        "1.62.0",
        "ISC AND MIT",
        PAGES / "lucide",
        note="icons.svg holds the icons named in samverka/web/icons.py as symbols",
    ),
    Package("htmx.org", "2.0.11", "0BSD", PAGES / "htmx", {"dist/htmx.min.js": "htmx.min.js"}),
    Package("htmx-ext-sse", "2.2.4", "0BSD", PAGES / "htmx-sse", {"dist/sse.min.js": "sse.min.js"}),
    Package(
        "idiomorph",
        "0.7.4",
        "0BSD",
        PAGES / "idiomorph",
        {"dist/idiomorph-ext.min.js": "idiomorph-ext.min.js"},
    ),
    Package("axe-core", "4.14.1", "MPL-2.0", TESTS / "axe", {"axe.min.js": "axe.min.js"}),
)


def main() -> None:
    """Fetch everything into a scratch folder, then replace the vendor folders and their lists."""
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        fetch(work)
        for package in PACKAGES:
            place(package, work / "node_modules" / package.name)
        make_theme(work, PAGES / "tema/theme.css")
        make_sprite(work / "node_modules/lucide-static/icons", PAGES / "lucide/icons.svg")
    for folder in (PAGES, TESTS):
        write_list(folder)


def fetch(work: Path) -> None:
    """Install the packages by name and exact version, running none of their scripts."""
    (work / "package.json").write_text('{"private": true}')
    wanted = [f"{package.name}@{package.version}" for package in PACKAGES]
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--save-exact"]
    subprocess.run(["npm", "install", *flags, *wanted], cwd=work, check=True)


def place(package: Package, source: Path) -> None:
    """Copy the chosen files and the licence texts into an emptied folder."""
    shutil.rmtree(package.folder, ignore_errors=True)
    package.folder.mkdir(parents=True)
    for theirs, ours in package.files.items():
        shutil.copyfile(source / theirs, package.folder / ours)
    for text in sorted(source.glob("LICENSE*")):
        shutil.copyfile(text, package.folder / text.name)


def make_theme(work: Path, target: Path) -> None:
    """Build our theme: light and dark, three sizes."""
    shutil.copyfile(THEME_CONFIG, work / THEME_CONFIG.name)
    for step in ("create", "build"):
        command = ["npx", "--no-install", "designsystemet", "tokens", step, "--clean"]
        subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL)
    shutil.copyfile(work / "design-tokens-build/samverka.css", target)


def make_sprite(icons: Path, target: Path) -> None:
    """Put the chosen icons into one file, each a `<symbol>` that takes the colour of the text."""
    symbols = "\n".join(symbol(name, (icons / f"{name}.svg").read_text()) for name in NAMES)
    target.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Lucide, see LICENSE -->\n{symbols}\n</svg>\n'
    )


def symbol(name: str, svg: str) -> str:
    """One icon's drawing, as a symbol with its name as id."""
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if drawing is None:
        raise ValueError(f"no drawing in the icon {name}")
    shapes = re.sub(r"\s*\n\s*", "", drawing.group(1))
    stroke = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"'
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" {stroke} stroke-linejoin="round">'
        f"{shapes}</symbol>"
    )


def write_list(root: Path) -> None:
    """Write VENDOR.toml: version and licence of each package, sha256 of each file."""
    lines = ["# Made by tools/vendor.py. tests/web/test_vendor.py hashes every file again."]
    for package in PACKAGES:
        if package.folder.is_relative_to(root):
            lines += ["", *entry(package, root)]
    (root / "VENDOR.toml").write_text("\n".join(lines) + "\n")


def entry(package: Package, root: Path) -> list[str]:
    """The lines of one package."""
    facts = {"name": package.name, "version": package.version, "licence": package.licence}
    if package.note:
        facts["note"] = package.note
    lines = ["[[package]]", *(f'{key} = "{value}"' for key, value in facts.items())]
    lines.append("[package.sha256]")
    for path in sorted(package.folder.iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f'"{path.relative_to(root).as_posix()}" = "{digest}"')
    return lines


if __name__ == "__main__":
    main()
