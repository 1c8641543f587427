"""Numbers in place of names: an index of four bytes is half as large as one of words."""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from typing import Final

INDEX: Final = 1
"""The number of the rules by which the index is made. Raise it when resources are found by something else than before;
then `samverka index` goes through those that bear a former number."""

LONGEST: Final = 1_000
"""Bytes of a text that an index compares: PostgreSQL's limit for what it keeps in one is 2,700."""


@lru_cache(maxsize=8192)
def number_of_parameter(kind: str, code: str) -> int:
    """The number of a type's parameter, always the same; a test says that no two have one."""
    return zlib.crc32(f"{kind}.{code}".encode()) - 2**31


@lru_cache(maxsize=4096)
def hash_of(text: str) -> int:
    """An address of a system as 64 bits; 0 for none."""
    if not text:
        return 0
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def sort_of(system: str, code: str) -> int:
    """What sort an identifier is (`:of-type`), as 64 bits; 0 for none."""
    return hash_of(f"{system}|{code}") if system or code else 0


def bounded(text: str) -> str:
    """A text that fits in an index: of a very long one its beginning and its hash, so that only it is the same."""
    if len(text) * 4 <= LONGEST or len(text.encode("utf-8", "replace")) <= LONGEST:
        return text
    return f"{text[:200]}…{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"
