"""Make .venv and install the locked requirements, but only what is missing. Used by the Makefile.

Standard library only, and old syntax on purpose: an old Python must get as far as the sentence about it.

    python3 tools/prepare.py runtime|dev|spark|fuzz
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import List, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ENGLISH = (
    (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "")
    .lower()
    .startswith("en")
)


def say(swedish: str, english: str) -> None:
    """One sentence in the user's language."""
    print(english if ENGLISH else swedish, flush=True)


def stop(swedish: str, english: str) -> NoReturn:
    """A sentence, and the end."""
    say(swedish, english)
    sys.exit(1)


def make_venv() -> None:
    """The virtual environment, if there is none that works here."""
    if works():
        return
    say("Gör en egen Python-miljö i .venv", "Making a Python environment in .venv")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        (VENV / "made-in").write_text(str(ROOT))
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if "ensurepip" in done.stdout + done.stderr:
        stop(
            "Pythons del för egna miljöer saknas. Installera den (som root): apt-get install python3-venv",
            "Python's part for environments is missing. Install it (as root): apt-get install python3-venv",
        )
    stop(done.stdout + done.stderr, done.stdout + done.stderr)


def works() -> bool:
    """Whether the environment runs and was made in this very folder (its programs name it)."""
    mark = VENV / "made-in"
    if not mark.exists():
        return False
    runs = PYTHON.exists() and subprocess.run([str(PYTHON), "-c", ""], check=False).returncode == 0
    return runs and mark.read_text() == str(ROOT)


def install(which: str) -> None:
    """The locked requirements; nothing is done if the same file was installed before."""
    wanted = ROOT / "requirements" / (which + ".txt")
    installed = VENV / ("installed-" + which + ".txt")
    if installed.exists() and installed.read_bytes() == wanted.read_bytes():
        return
    total = len(re.findall(r"^[\w.-]+==", wanted.read_text(), re.M))
    say(f"Installerar {total} paket", f"Installing {total} packages")
    words = pip(["install", "--require-hashes", "--no-deps", "-r", str(wanted)], total)
    if words:
        stop(
            words
            + "\nPaketen kunde inte installeras. Försök igen: det som redan är hämtat hämtas inte om.",
            words
            + "\nThe packages could not be installed. Try again: what was fetched is not fetched again.",
        )
    shutil.copyfile(str(wanted), str(installed))


def pip(arguments: List[str], total: int) -> str:
    """Run pip behind a bar; returns its last words if it failed, else nothing."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    lines = []
    seen = 0
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in running.stdout or ():
        lines.append(line.rstrip())
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            seen += 1
            bar(seen, total)
    failed = running.wait() != 0
    bar(total, total, end=True)
    return "\n".join(lines[-15:]) if failed else ""


def bar(done: int, total: int, end: bool = False) -> None:
    """A bar on a terminal; silence elsewhere."""
    if not sys.stdout.isatty():
        return
    filled = 36 * min(done, total) // total
    sys.stdout.write(
        "\r  [" + "#" * filled + "-" * (36 - filled) + "] " + str(done) + "/" + str(total)
    )
    sys.stdout.write("\n" if end else "")
    sys.stdout.flush()


def command() -> None:
    """`samverka` inside the environment, running this checkout."""
    packages = next((VENV / "lib").glob("python3*")) / "site-packages"
    (packages / "samverka-checkout.pth").write_text(str(ROOT) + "\n")
    script = VENV / "bin" / "samverka"
    script.write_text('#!/bin/sh\nexec "${0%/*}/python" -m samverka.config.command "$@"\n')
    script.chmod(0o755)


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        stop("Samverka behöver Python 3.11 eller senare.", "Samverka needs Python 3.11 or later.")
    make_venv()
    install(sys.argv[1])
    command()
