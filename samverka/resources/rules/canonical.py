"""One hash for one content: "a second import of the same changes nothing", however it is laid out.

Order of names, blanks and escapes do not count. The digits of a number do: 72.50 is not 72.5, because the
precision is part of what was measured (FHIR R4, datatype decimal).
"""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256

import msgspec

_decoder = msgspec.json.Decoder(float_hook=Decimal)
_encoder = msgspec.json.Encoder(order="sorted", decimal_format="number")


def decode(text: bytes) -> object:
    """Read JSON; decimals come as `Decimal` with all their digits.

    Raises:
        msgspec.DecodeError, UnicodeDecodeError, RecursionError: not JSON, not UTF-8, nested too deeply.
    """
    return _decoder.decode(text)


def digest(value: object) -> bytes:
    """SHA-256 (32 bytes) of a value that `decode` gave."""
    try:
        return sha256(_encoder.encode(value)).digest()
    except OverflowError:  # a whole number of more than 64 bits
        return sha256(json.dumps(value, sort_keys=True, default=str).encode()).digest()
