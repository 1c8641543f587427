"""The narrative's XHTML: only what the standard allows, nothing that acts (R4, Narrative: txt-1, txt-2)."""

from __future__ import annotations

import re
from xml.parsers import expat

from samverka.resources.rules.validation import words
from samverka.resources.rules.validation.words import Words

SPACE = "http://www.w3.org/1999/xhtml"

_ELEMENTS_NAMES = (
    "a abbr acronym address b bdo big blockquote br caption center cite code col colgroup dd del dfn dir div dl "
    "dt em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li map area ol p pre q s samp small span strike "
    "strong sub sup table tbody td tfoot th thead tr tt u ul var"
)
_ELEMENTS = frozenset(_ELEMENTS_NAMES.split())
"""HTML 4.0, chapters 7 to 11 and 15, links and images."""

_ATTRIBUTES_NAMES = (
    "abbr accesskey align alt axis background bgcolor border cellhalign cellpadding cellspacing cellvalign "
    "char charoff charset cite class clear color cols colspan compact coords datetime dir face "
    "frame headers height href hreflang hspace id ismap lang longdesc media name noshade nowrap "
    "prefix profile rel rev rows rowspan rules scope shape size span src start style summary "
    "tabindex target title type usemap valign value vspace width xml:lang xmlns"
)
_ATTRIBUTES = frozenset(_ATTRIBUTES_NAMES.split())

_ACTS_NAMES = (
    "applet audio base basefont body button embed fieldset form frame frameset head html iframe input "
    "isindex link math meta noframes noscript object option param script select style svg "
    "template textarea title video"
)
_ACTS = frozenset(_ACTS_NAMES.split())
"""Elements that act, or take the page over."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*(?=:)")
_HARMLESS = frozenset({"http", "https", "mailto", "tel", "urn", "cid"})
_IMAGE = re.compile(r"data:image/(?:png|gif|jpeg|webp|bmp)[;,]")
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_STYLE = re.compile(r"expression\s*\(|javascript:|@import|behavior\s*:|-moz-binding", re.I)
_ANY_ACTIVE = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|form|input|button|base|link|meta|style|svg|math)\b"
    r"|<[^<>]{0,2000}\son[a-z]+\s*=|(?:href|src)\s*=\s*[\"']?\s*(?:javascript|vbscript|data:text/)",
    re.IGNORECASE,
)
"""In what is no XHTML, and that a browser would still show."""


class _Found(Exception):
    """Told out of the parser: it stops at the first fault that acts."""

    def __init__(self, found: Words) -> None:
        super().__init__()
        self.found = found


class _Reader:
    """Hears of each start of an element."""

    def __init__(self) -> None:
        self.mild: Words | None = None
        self.root = True
        self.told = (
            False  # the standard's own examples have nothing but blanks in a div: that will do
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """One element begins."""
        space, _mark, plain = name.rpartition(" ")
        self.told = not self.root
        if self.root:
            self.root = False
            if plain != "div" or space != SPACE:
                self.mild = words.NO_DIV
        if plain not in _ELEMENTS:
            if plain.lower() in _ACTS:
                raise _Found(words.ACTIVE)
            self.mild = self.mild or words.NOT_LISTED
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2], value)

    def _attribute(self, key: str, value: str) -> None:
        lower = key.lower()
        if lower.startswith("on") or (lower in ("href", "src", "background") and _leads_ill(value)):
            raise _Found(words.ACTIVE)
        if lower == "style" and _STYLE.search(value):
            raise _Found(words.ACTIVE)
        if key not in _ATTRIBUTES:
            self.mild = self.mild or words.NOT_LISTED

    def text(self, _value: str) -> None:
        """Text between elements."""
        self.told = True

    def refuse(self, *_given: object) -> None:
        """A document type could bring entities with it."""
        raise _Found(words.ACTIVE)


def _leads_ill(address: str) -> bool:
    """An address that acts instead of leading somewhere."""
    plain = _BLANK.sub("", address).lower()
    scheme = _SCHEME.match(plain)
    return scheme is not None and scheme[0] not in _HARMLESS and not _IMAGE.match(plain)


def told(text: str) -> Words | None:
    """What is wrong with a narrative; None if it is right."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    try:
        parser.Parse(text, True)
    except _Found as error:
        return error.found
    except (expat.ExpatError, ValueError):
        return words.ACTIVE if _ANY_ACTIVE.search(text) else words.NOT_XHTML
    if reader.mild is None and not reader.told:
        return words.NOTHING_TOLD
    return reader.mild
