"""Sentences for the user that the kernel and the pure rules can speak without a web framework.

A `Text` is a `str` that holds the finished Swedish sentence, so every caller that just prints it is
right. It also remembers the message id and the values, so the edge can say the same thing in
another language.

Import it as `_`: the catalogue tool (xgettext, Django's makemessages) then finds the sentences by
itself::

    from samverka.kernel.text import text as _

    raise Invalid(_("Numret %(number)s har fel kontrollsiffra.", number=masked))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType


class Text(str):
    """A finished Swedish sentence that can still be translated.

    Attributes:
        msgid: the Swedish sentence with `%(name)s` where the values go; the key of the catalogue.
        params: the values by name. Never a whole personal identity number: texts reach logs.
    """

    __slots__ = ("msgid", "params")

    msgid: str
    params: Mapping[str, object]

    def __new__(cls, msgid: str, params: Mapping[str, object] | None = None) -> Text:
        values = dict(params or {})
        made = super().__new__(cls, msgid % values if values else msgid)
        made.msgid = msgid
        made.params = MappingProxyType(values)
        return made

    def __reduce__(self) -> tuple[type[Text], tuple[str, dict[str, object]]]:
        """Copies and pickles keep the message id and the values."""
        return Text, (self.msgid, dict(self.params))


def text(msgid: str, /, **params: object) -> Text:
    """Make a sentence from its Swedish template.

    A template without values is taken as it stands, so a lone `%` needs no doubling there.

    Raises:
        KeyError: a placeholder of the template has no value: a fault in the program.
    """
    return Text(msgid, params)


def in_language(message: str, translate: Callable[[str], str]) -> str:
    """Say a message in the language of `translate` (gettext at the edge).

    Plain strings come back as they are. Values that are themselves `Text` are translated too.
    """
    if not isinstance(message, Text):
        return message
    template = translate(message.msgid)
    if not message.params:
        return template
    return template % {name: _value(value, translate) for name, value in message.params.items()}


def _value(value: object, translate: Callable[[str], str]) -> object:
    return in_language(value, translate) if isinstance(value, Text) else value
