"""What must never stand in the repository: a living person's number, a secret, a place of our own."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from samverka.kernel.identity import IdentityKind, parse_identity
from samverka.kernel.identity.checkdigit import luhn
from samverka.kernel.problems import Problem
from samverka.kernel.testseries import is_test_number
from tests.house.source import REPOSITORY, told

NUMBER = re.compile(r"(?<![\d.-])(?:(?:18|19|20)\d{6}[-+]?\d{4}|\d{6}[-+]\d{4})(?![\d.-]\d|\d)")
"""What looks like a personnummer: twelve digits, or ten with a sign."""

TODAY = date(2026, 11, 20)

OFFICIAL: dict[str, str] = {
    "191212121212": "the specimen that authorities print",
    "201212121212": "the same specimen with the other century",
    "191212721219": "the specimen as a samordningsnummer",
    "198112189876": "the tax agency's worked example of the check digit",
    "197010632391": "the tax agency's example of a samordningsnummer",
    "191500722390": "a samordningsnummer of the test serials, month unknown",
    "191711602399": "a samordningsnummer of the test serials, day unknown",
}
"""Numbers that stand in official texts as examples, or cannot be given to anyone."""

FOREIGN = (
    "static/vendor/",
    "tests/journeys/vendor/",
    "kernel/testseries_listed.py",
    "requirements/",
)
"""Kept word for word as others published it."""


@cache
def files() -> tuple[Path, ...]:
    """Every text file that is in the repository, or would be with the next commit."""
    if (REPOSITORY / ".git").exists():
        said = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=REPOSITORY, capture_output=True, text=True, check=True,
        )  # fmt: skip
        names = said.stdout.splitlines()
    else:  # a copy without history
        names = [
            path.relative_to(REPOSITORY).as_posix()
            for path in REPOSITORY.rglob("*")
            if path.is_file() and not any(part.startswith(".") for part in path.parts)
        ]
    return tuple(REPOSITORY / one for one in sorted(names) if not any(f in one for f in FOREIGN))


def lines() -> Iterator[tuple[str, str]]:
    """(place, line) of all text."""
    for path in files():
        try:
            text = path.read_text()
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{path.relative_to(REPOSITORY)}:{number}", line


def could_be_someone(text: str) -> bool:
    """Whether it is a sound personnummer that is neither a listed test number nor an official example."""
    try:
        found = parse_identity(text, today=TODAY)
    except Problem:
        return False
    if found.kind not in (IdentityKind.PERSONNUMMER, IdentityKind.SAMORDNINGSNUMMER):
        return False
    return not is_test_number(found) and found.value not in OFFICIAL


def test_no_number_is_a_living_persons() -> None:
    faults = [
        f"{place}: {hit[:-4]}… may be someone's: take one from samverka.kernel.testseries."
        for place, line in lines()
        for hit in NUMBER.findall(line)
        if could_be_someone(hit)
    ]
    assert not faults, told(faults)


@pytest.mark.parametrize("sign", ["-", "", "+"])
def test_this_test_sees_a_number(sign: str) -> None:
    made = "19" + "640823" + sign + "3234"  # of the published test series
    assert NUMBER.findall(f'x = "{made}"') == [made]


def test_a_number_that_could_be_someones_is_told_from_a_test_number() -> None:
    day, serial = "650823", "323"
    digit = luhn([int(figure) for figure in day + serial])
    assert could_be_someone(f"{day}-{serial}{digit}")
    assert not could_be_someone(f"{day}-{serial}{(digit + 1) % 10}"), (
        "a wrong check digit is no one's"
    )
    assert not could_be_someone("640823-3234"), "of the published test series"


def _joined(*parts: str) -> str:
    return "".join(parts)


WORDS: dict[str, str] = {
    _joined("pypi", ".org"): "name the package, not where it is fetched",
    _joined("pythonhosted", ".org"): "name the package, not where it is fetched",
    _joined("npmjs", "."): "name the package, not where it is fetched",
    _joined("crates", ".io"): "name the package, not where it is fetched",
    _joined("/wo", "rk/"): "a path of one computer: use the data folder or an argument",
    _joined("/ro", "ot/"): "a path of one computer: use the data folder or an argument",
    _joined("/ho", "me/"): "a path of one computer: use the data folder or an argument",
    _joined("sha", "red/"): "a folder beside the checkout: say what is needed, not where it lay",
    _joined("BEGIN ", "PRIVATE KEY"): "keys come from the environment",
    _joined("BEGIN ", "RSA PRIVATE KEY"): "keys come from the environment",
}


def test_no_secret_and_no_place_of_our_own() -> None:
    faults = [
        f"{place}: “{word}”: {instead}."
        for place, line in lines()
        for word, instead in WORDS.items()
        if word in line
    ]
    assert not faults, told(faults)


SECRET = re.compile(
    r"""(?i)(?:password|secret|token|api_?key)["']?\s*[:=]\s*["'](?=[^"']*\d)(?=[^"']*[a-z])[^"'\s{}<>$]{16,}["']"""
)


def test_no_password_is_written_out() -> None:
    faults = [
        f"{place}: a secret comes from the environment or a file that is not committed."
        for place, line in lines()
        if SECRET.search(line) and not place.startswith("tests/")
    ]
    assert not faults, told(faults)
