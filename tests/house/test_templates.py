"""Templates show what they are given: no queries, no permissions, no inline style or script."""

from __future__ import annotations

import re
from pathlib import Path

from samverka.config.folders import PACKAGE
from samverka.web.icons import NAMES
from tests.house.source import REPOSITORY, templates, told

FORBIDDEN: dict[str, tuple[re.Pattern[str], str]] = {
    "safe": (
        re.compile(r"\|\s*safe(seq)?\b|\{%\s*autoescape\s+off|\|\s*escapejs\b"),
        "let Django escape; markup is a component",
    ),
    "style": (re.compile(r"""\sstyle\s*=|<style\b"""), "use a class of static/app"),
    "handler": (re.compile(r"""<[^>]*\son[a-z]+\s*=""", re.S), "use data- and static/app/app.js"),
    "script": (
        re.compile(r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")[^>]*>"""),
        "scripts are files in static/app; the security policy refuses others",
    ),
    "javascript address": (re.compile(r"javascript:"), "use a link or a form"),
    "permission": (
        re.compile(r"\bperms\b|permission|has_perm|\.may\b(?!_)|is_superuser|user\.is_staff"),
        "let the …Detail carry `may_…`, computed by the predicate that the operation uses",
    ),
    "query": (
        re.compile(r"\.objects\b|_set\.|\.all\b|\.filter\b|\.exists\b"),
        "ask in reads.py and pass a frozen dataclass",
    ),
    "get with a number": (
        re.compile(r"""\?[^"']*(personnummer|identity)="""),
        "an identity number travels in the body of a POST",
    ),
    "far away": (
        re.compile(r"""(src|href|action)\s*=\s*["']https?://(?!www\.digg\.se|www\.1177\.se)"""),
        "everything is served by us; or add the host to this test",
    ),
}

COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.S)


def _text(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


GIVEN_OUT = {
    "samverka/discharge/templates/discharge/reserve_file.html": "it opens without the server, so it "
    "carries its looks and its key-hole with it; its own security policy lets no other script in",
}
"""Files that are handed out and are no page of ours, and why they hold style and script."""


def _faults(path: Path) -> list[str]:
    text, found = _text(path), []
    out = path.relative_to(REPOSITORY).as_posix() in GIVEN_OUT
    for name, (pattern, instead) in FORBIDDEN.items():
        if out and name in ("style", "script"):
            continue
        for hit in pattern.finditer(text):
            line = text.count("\n", 0, hit.start()) + 1
            place = path.relative_to(REPOSITORY)
            found.append(f"{place}:{line}: {name} “{hit.group(0).strip()[:60]}”: {instead}.")
    return found


def test_there_are_templates() -> None:
    assert len(list(templates())) > 50, "No templates were found: mend the test."


def test_templates_only_show() -> None:
    faults = [fault for path in templates() for fault in _faults(path)]
    assert not faults, told(faults)


def test_a_template_includes_only_its_own_rooms_parts_and_the_houses() -> None:
    """Rooms are strangers: what two show alike is a component of `web`."""
    used = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
    shared = {"web", "allauth", "account", "mfa", "django"}
    faults = []
    for path in templates():
        room = path.relative_to(PACKAGE).parts[0]
        for name in used.findall(_text(path)):
            owner = name.split("/")[0]
            if owner not in shared | {room} and "/" in name:
                faults.append(
                    f"{path.relative_to(REPOSITORY)}: {name} belongs to another room: make it a "
                    "component of web, or let the page above both put them together."
                )
    assert not faults, told(faults)


ENDS = re.compile(
    r"\b[a-z_.]*(?:until|due_at|answer_by|confirm_by)"
    r"\|(?:day|short_day|near_day|date|day_time|short_time|near_time)\b[^ %}]*"
)
"""A moment at which something ends, shown as if it were a day."""

WITHIN_A_DAY = re.compile(r"\b(?:answer_by|confirm_by)\|(?:near|day|short)_time\b")
"""These fall at an hour that counts: it may be shown."""


def test_the_last_day_is_the_day_before_midnight() -> None:
    """`end_of_day` is the first moment of the next day: `|day` would name a day too late."""
    assert ENDS.search("one.consent.until|day:now")
    assert not ENDS.search("until|last_day|day:now")
    faults = [
        f"{path.relative_to(REPOSITORY)}: “{hit.group(0)}” shows a day too late: put |last_day before."
        for path in templates()
        for hit in ENDS.finditer(_text(path))
        if not WITHIN_A_DAY.search(hit.group(0))
    ]
    assert not faults, told(faults)


def test_every_icon_is_in_the_sprite() -> None:
    """A name that is not there stops the whole page."""
    named = re.compile(r"""\bicon="([a-z0-9-]+)"|\{%\s*icon\s+"([a-z0-9-]+)\"""")
    faults = [
        f"{path.relative_to(REPOSITORY)}: no icon “{''.join(hit.groups(''))}”; see samverka/web/icons.py."
        for path in templates()
        for hit in named.finditer(_text(path))
        if "".join(hit.groups("")) not in NAMES
    ]
    assert not faults, told(faults)


def test_titles_name_no_person() -> None:
    """Titles stay in the browser's history and in window lists."""
    title = re.compile(r"\{%\s*block title\s*%\}(.*?)\{%\s*endblock", re.S)
    faults = [
        f"{path.relative_to(REPOSITORY)}: the title “{shown.strip()[:60]}” shows a value of a person."
        for path in templates()
        for shown in title.findall(_text(path))
        if re.search(r"\{\{[^}]*(person|patient|name|identity|birth)", shown)
        and not re.search(r"\{\{\s*unit\.name", shown)
    ]
    assert not faults, told(faults)
