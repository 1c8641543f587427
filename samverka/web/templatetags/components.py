"""The components that wrap content (block tags), and the icon. The others are plain includes.

`docs/reference/components.md` lists them; `/komponenter/` shows each in every state.
"""

from __future__ import annotations

from functools import cache

from django import template
from django.contrib import messages
from django.forms.utils import flatatt
from django.middleware.csrf import get_token
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html

from samverka.web.icons import NAMES
from samverka.web.refusals import Refusal, refusal_of

register = template.Library()

TONES = ("neutral", "info", "warning", "danger", "success")
TONE_ICONS = {
    "neutral": "circle",
    "info": "info",
    "warning": "triangle-alert",
    "danger": "circle-alert",
    "success": "circle-check",
}
SIDE_ICONS = {
    "region": "hospital",
    "municipality": "house",
    "private": "building-2",
    "person": "user",
    "other": "users",
}


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """One icon of the sprite. Without a label it is decoration and hidden from screen readers.

    Raises:
        KeyError: the name is not in `web.icons`, so the page would show nothing.
    """
    return _drawn(name, {"role": "img", "aria-label": label}) if label else _decoration(name)


@cache
def _decoration(name: str) -> str:
    """A list has a hundred of them, all alike."""
    return _drawn(name, {"aria-hidden": "true"})


def _drawn(name: str, says: dict[str, str]) -> str:
    if name not in NAMES:
        raise KeyError(f"no icon {name!r}; see samverka/web/icons.py")
    return format_html(
        '<svg class="ds-icon icon"{} focusable="false"><use href="{}#{}"></use></svg>',
        flatatt(says),
        static("vendor/lucide/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> str:
    """The csrf field inside a component. An include with `only` loses what `{% csrf_token %}` needs.

    Raises:
        AttributeError: rendered without a request, so that the form could never be sent.
    """
    request = context.request  # type: ignore[attr-defined]
    if not hasattr(request, "form_token"):  # masked anew for each page, not for each of its forms
        request.form_token = get_token(request)
    made = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    return format_html(made, request.form_token)


@register.simple_tag
def refusal_words(status: int) -> Refusal:
    """The heading, reason and way out of a refusal that has no words of its own."""
    return refusal_of(status)


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that goes with a tone; an unknown tone is neutral."""
    return TONE_ICONS.get(tone, TONE_ICONS["neutral"])


LEVEL_TONES = {
    messages.DEBUG: "neutral",
    messages.INFO: "info",
    messages.SUCCESS: "success",
    messages.WARNING: "warning",
    messages.ERROR: "danger",
}


@register.filter
def level_tone(level: int) -> str:
    """The tone of one of Django's messages."""
    return LEVEL_TONES.get(level, "info")


@register.filter
def side_icon(side: str) -> str:
    """The icon that goes with the side that owns something."""
    return SIDE_ICONS.get(side, SIDE_ICONS["other"])


@register.filter
def tone_color(tone: str) -> str:
    """The value of `data-color` for a tone; `next` is the card of the next step."""
    return {"next": "accent"}.get(tone, tone if tone in TONES else "neutral")


@register.filter
def side_color(side: str) -> str:
    """The value of `data-color` for a side: the region and the municipality have one each."""
    return {"region": "vard", "municipality": "kommun"}.get(side, "neutral")


def wrapped(context: Context, name: str, content: str, **values: object) -> str:
    """Render a component around its content, isolated from the page's other variables."""
    engine = context.template.engine  # type: ignore[union-attr]
    inner = context.new({"content": content, **values})
    return engine.get_template(f"web/components/{name}.html").render(inner)


@register.simple_block_tag(takes_context=True)
def page_header(context: Context, content: str, title: str = "", lead: str = "") -> str:
    """The page's heading and sentence; the content is its buttons."""
    return wrapped(context, "page_header", content, title=title, lead=lead)


@register.simple_block_tag(takes_context=True)
def card(
    context: Context,
    content: str,
    title: str = "",
    icon: str = "",  # the page author's word; the tag above is another thing
    tone: str = "",
    level: int = 2,
) -> str:
    """A card. `tone="next"` is the one card of the next step."""
    return wrapped(
        context, "card_block", content, title=title, icon=icon, tone=tone, level=heading(level)
    )


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, tone: str = "info", title: str = "") -> str:
    """Something the reader must know before going on."""
    return wrapped(context, "notice_block", content, tone=tone, title=title)


@register.simple_block_tag(takes_context=True)
def table_region(context: Context, content: str, label: str = "") -> str:
    """A table that scrolls by itself on narrow screens and is reached with the keyboard."""
    return wrapped(context, "table_region", content, label=label)


@register.simple_block_tag(takes_context=True)
def reveal(context: Context, content: str, label: str = "", icon: str = "") -> str:
    """Something shown on request, without script."""
    return wrapped(context, "reveal", content, label=label, icon=icon)


@register.simple_block_tag(takes_context=True)
def menu(context: Context, content: str, label: str = "", icon: str = "") -> str:
    """A few links or buttons behind one button, without script."""
    return wrapped(context, "menu", content, label=label, icon=icon)


@register.simple_block_tag(takes_context=True)
def section(context: Context, content: str, title: str = "", level: int = 2) -> str:
    """A part of a page with its heading."""
    return wrapped(context, "section", content, title=title, level=heading(level))


def heading(level: int) -> int:
    """A heading level that a part of a page may have.

    Raises:
        ValueError: outside 2–4: the page has one `<h1>`, and deeper than four nobody follows.
    """
    if not 2 <= int(level) <= 4:
        raise ValueError(f"a heading inside a page is level 2 to 4, not {level}")
    return int(level)
