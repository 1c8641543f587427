"""Swedish or English on the command line, without waiting for Django to start."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping, Sequence

from samverka.config.folders import PACKAGE
from samverka.kernel.text import in_language

LANGUAGES = ("sv", "en")
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language by `--lang`, else by the environment; Swedish unless English is asked for."""
    for place, word in enumerate(arguments):
        if word == "--lang" and place + 1 < len(arguments):
            return _known(arguments[place + 1])
        if word.startswith("--lang="):
            return _known(word.removeprefix("--lang="))
    names = ("SAMVERKA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    return _known(next((environment[name] for name in names if environment.get(name)), ""))


def choose(arguments: Sequence[str]) -> None:
    """Choose for this process and those it starts."""
    global _catalogue
    language = os.environ["SAMVERKA_LANG"] = chosen(arguments, os.environ)
    _catalogue = gettext.translation(
        "django", PACKAGE / "locale", languages=[language], fallback=True
    )
    # click's own words ("Usage", "Options") come from the process's default catalogue.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", str(PACKAGE / "config" / "command" / "locale"))
    gettext.textdomain("click")


def words(msgid: str, /, **values: object) -> str:
    """The sentence in the chosen language. Import it as `_`."""
    sentence = _catalogue.gettext(msgid)
    return sentence % values if values else sentence


def said(message: str) -> str:
    """A `Text` of a lower room in the chosen language."""
    return in_language(message, _catalogue.gettext)


def _known(word: str) -> str:
    return "en" if word.lower().startswith("en") else "sv"
