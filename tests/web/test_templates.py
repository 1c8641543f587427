"""What no template may hold: things that the content security policy or the reader would stumble on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samverka.web.icons import NAMES

PACKAGE = Path(__file__).resolve().parents[2] / "samverka"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
OWN = [path for path in TEMPLATES if "widgets" not in path.parts]

GIVEN_OUT = {"discharge/templates/discharge/reserve_file.html"}
"""Opens without the server, so it carries its looks and the code that unlocks it (held by its own security policy)."""

INLINE_STYLE = re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
SCRIPT_BODY = re.compile(r"<script(?![^>]*(?:\ssrc=|application/json))[^>]*>", re.IGNORECASE)
HTMX_FORBIDDEN = re.compile(r"hx-on|hx-boost|js:|hx-ext=\"sse morph")
SAFE_FILTER = re.compile(r"\|\s*safe\b|autoescape off|mark_safe")
OUTSIDE = re.compile(r"(?:src|href)=\"(?:https?:)?//")


NOT_PAGES = {"form", "button"}  # the form template itself; a button's `form` attribute


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize(
    "forbidden",
    [INLINE_STYLE, INLINE_HANDLER, SCRIPT_BODY, HTMX_FORBIDDEN, SAFE_FILTER, OUTSIDE],
    ids=["style", "handler", "script", "htmx", "safe", "outside"],
)
def test_no_template_holds(forbidden: re.Pattern[str]) -> None:
    found = {name(path) for path in TEMPLATES if forbidden.search(path.read_text())}
    within = GIVEN_OUT if forbidden in (INLINE_STYLE, SCRIPT_BODY) else set()
    assert found == within


def test_the_patterns_see_what_they_look_for() -> None:
    assert INLINE_STYLE.search('<p class="x" style="color:red">')
    assert INLINE_HANDLER.search('<a href="#" onclick="x()">')
    assert SCRIPT_BODY.search("<script>x()</script>")
    assert not SCRIPT_BODY.search('<script src="x.js" defer></script>')
    assert not SCRIPT_BODY.search('<script data-a="b" type="application/json">{}</script>')
    assert SAFE_FILTER.search("{{ x|safe }}")
    assert OUTSIDE.search('<img src="//elsewhere/x.png">')


def test_a_whole_form_stands_under_its_summary_of_faults() -> None:
    """`{{ form }}` shows fields only: without the summary a fault of the whole form would be unsaid."""
    whole = [
        path for path in OWN if "{{ form }}" in path.read_text() and path.stem not in NOT_PAGES
    ]
    assert [name(path) for path in whole if "form_errors.html" not in path.read_text()] == []


def test_components_take_the_csrf_token_from_the_request() -> None:
    """An include with `only` has no `csrf_token`; Django's own tag would silently give nothing."""
    parts = PACKAGE.glob("web/templates/web/components/*.html")
    assert [path.name for path in parts if "{% csrf_token %}" in path.read_text()] == []


def test_each_post_form_has_a_csrf_token() -> None:
    missing = [
        name(path)
        for path in OWN
        for form in re.findall(
            r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(), re.DOTALL
        )
        if "csrf_token" not in form and "form_token" not in form and "slot" not in form
    ]
    assert missing == []


STYLES = [
    *(PACKAGE / "web/static/app").glob("*.css"),
    PACKAGE / "web/static/vendor/designsystemet/designsystemet.css",
]
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def classes(template: str) -> set[str]:
    """The class names that a template writes out; those it makes from variables cannot be known."""
    written = re.findall(r'class="([^"]*)"', TAG.sub(" ", template))
    return {word for words in written for word in words.split()}


def test_every_class_that_a_template_uses_has_a_look() -> None:
    css = "".join(path.read_text() for path in STYLES)
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", css))
    pages = [path for path in OWN if name(path) not in GIVEN_OUT]
    unknown = {name(path): lost for path in pages if (lost := classes(path.read_text()) - known)}
    assert unknown == {}


def test_every_icon_and_component_that_a_template_names_exists() -> None:
    for path in OWN:
        text = path.read_text()
        icons = re.findall(r'(?:{% icon |\bicon=)"([^"]+)"', text)
        assert set(icons) <= set(NAMES), (name(path), set(icons) - set(NAMES))
        for included in re.findall(r'{% include "(web/[^"]+)"', text):
            assert (PACKAGE / "web/templates" / included).is_file(), (name(path), included)
