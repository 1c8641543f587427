"""What a signed report holds, as one text, and its seal. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def content(**parts: Any) -> dict[str, Any]:
    """All that is signed, in the order of its names."""
    return {name: parts[name] for name in sorted(parts)}


def seal(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON: the same content always has the same seal."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
