"""The sentences that users read: collect them, compile the translations, check that nothing is missing.

    python tools/messages.py            collect new sentences, drop unused ones, compile
    python tools/messages.py --check    change nothing; fail if something is missing, stale or untranslated

Swedish stands in the source, English in `samverka/locale/en`. The compiled files are committed, so that neither
users nor tests need gettext's programs.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "samverka"
ENGLISH = PACKAGE / "locale/en/LC_MESSAGES/django.po"
# click's own words in Swedish; its list of sentences is kept by hand.
CLICK = PACKAGE / "config/command/locale/sv/LC_MESSAGES/click.po"
# Likewise the log-in library's sentences where its Swedish is not ours: passnyckel, kodapp, reservkod.
LOGIN = PACKAGE / "locale/sv/LC_MESSAGES/django.po"
COMPILED = (ENGLISH, CLICK, LOGIN)
Keywords: TypeAlias = dict[str, tuple[int | tuple[int, str], ...] | None]
KEYWORDS: Keywords = {
    **dict.fromkeys(["_", "text", "words", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    "npgettext": ((1, "c"), 2, 3),
}
SPEAKERS = ("django.utils.translation", "samverka.kernel.text")
"""Modules whose functions say sentences, under whatever name a file imports them."""
SHOWN = 20
# Dates would make every run a change.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!\{)\{\w*(?:![rs])?\}(?!\})")


def sources() -> Iterator[tuple[Path, str]]:
    """Every file with sentences, and its text as Python."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text()
    for kind in ("html", "txt"):
        for path in sorted(PACKAGE.glob(f"*/templates/**/*.{kind}")):
            yield path, templatize(path.read_text())


def renamed(text: str) -> Keywords:
    """The file's own names for the functions that say sentences: `from … import gettext as say`."""
    return {
        name.asname: KEYWORDS[name.name]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module in SPEAKERS
        for name in node.names
        if name.asname and name.name in KEYWORDS
    }


def collected() -> Catalog:
    """The sentences of the source, in one catalogue without translations."""
    catalogue = _empty("en")
    for path, text in sources():
        place = (str(path.relative_to(ROOT)), 0)
        known = KEYWORDS | (renamed(text) if path.suffix == ".py" else {})
        found = extract(
            "python", io.BytesIO(text.encode()), keywords=known, comment_tags=["Translators:"]
        )
        for _line, message, comments, context in found:
            catalogue.add(message, locations=[place], auto_comments=comments, context=context)
    return catalogue


def _empty(language: str) -> Catalog:
    catalogue = Catalog(
        locale=language,
        project="Samverka",
        version="1",
        msgid_bugs_address="",
        header_comment="# Samverka. Made by make messages; the translations are written by hand.",
        creation_date=NO_DATE,
        revision_date=NO_DATE,
        fuzzy=False,
    )
    catalogue.last_translator = catalogue.language_team = ""
    return catalogue


def updated() -> Catalog:
    """The collected sentences with the translations there are."""
    catalogue = collected()
    known = read(ENGLISH) if ENGLISH.exists() else catalogue
    for message in catalogue:
        old = known.get(message.id, message.context) if message.id else None
        if old is not None:
            message.string = old.string
    return catalogue


def read(path: Path) -> Catalog:
    """A catalogue from its file."""
    with path.open("rb") as file:
        return read_po(file)


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as text; the same sentences always give the same bytes."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, sort_output=True, include_lineno=False)
    return out.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue compiled."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def faults() -> list[str]:
    """What is missing, stale or untranslated, one sentence each."""
    english = read(ENGLISH)
    kept, now = _sentences(english), _sentences(collected())
    found = [f"New, run make messages: {one}" for one in sorted(now - kept)]
    found += [f"No longer said, run make messages: {one}" for one in sorted(kept - now)]
    found += [
        f"{path.name} has not been compiled: run make messages."
        for path in COMPILED
        if path.with_suffix(".mo").read_bytes() != as_mo(read(path))
    ]
    waiting = [str(message.id) for message in english if message.id and not _whole(message)]
    found += [f"Not translated: {one}" for one in waiting[:SHOWN]]
    if len(waiting) > SHOWN:
        found.append(f"... and {len(waiting) - SHOWN} more.")
    found += [
        f"Other placeholders: {message.id}" for message in english if not _same_places(message)
    ]
    return found


def _sentences(catalogue: Catalog) -> set[str]:
    """What is said. Where it is said may differ: a sentence that moves needs no new catalogue."""
    return {
        " / ".join([*_strings(message.id), *([message.context] if message.context else [])])
        for message in catalogue
        if message.id
    }


def _strings(part: object) -> list[str]:
    return list(part) if isinstance(part, (list, tuple)) else [str(part or "")]


def _whole(message: Message) -> bool:
    return not message.fuzzy and all(_strings(message.string))


def _same_places(message: Message) -> bool:
    if not message.id or not _whole(message):
        return True
    wanted = {place for one in _strings(message.id) for place in PLACEHOLDER.findall(one)}
    return all(
        set(PLACEHOLDER.findall(one)) <= wanted for one in _strings(message.string)
    ) and wanted <= {
        place for one in _strings(message.string) for place in PLACEHOLDER.findall(one)
    }


def write() -> None:
    """Collect and compile."""
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    catalogue = updated()
    ENGLISH.write_bytes(as_po(catalogue))
    for path in COMPILED:
        path.with_suffix(".mo").write_bytes(as_mo(read(path)))
    waiting = sum(not _whole(message) for message in catalogue if message.id)
    print(f"{len(catalogue)} sentences, {waiting} not translated.")


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    django.setup()
    if "--check" not in sys.argv:
        write()
    elif wrong := faults():
        sys.exit("\n".join(wrong))
