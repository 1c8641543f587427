"""Log lines without people in them.

An exception's text may quote a row ("Key (number)=(19121212-1212) already exists"), so lines keep the kind
of exception and where it happened, never its words. Whatever looks like an identity number is blotted out.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
from types import TracebackType

# 12 or 10 digits, with or without separator: personnummer, samordningsnummer, reservnummer.
_NUMBER = re.compile(r"(?<![\w-])(?:\d{2})?\d{6}[-+ ]?[\dA-Za-z]{4}(?![\w-])")
BLOT = "••••••"

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """One line for each event, UTC, without exception texts and identity numbers."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        """The finished line(s)."""
        return _NUMBER.sub(BLOT, super().format(record))

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802
        """Where it happened and of what kind, cause by cause."""
        lines: list[str] = []
        problem = ei[1]
        while problem is not None:
            lines += [line.rstrip() for line in traceback.format_tb(problem.__traceback__)]
            lines.append(type(problem).__qualname__)
            problem = problem.__cause__ or problem.__context__
        return "\n".join(lines)
