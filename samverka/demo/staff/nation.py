"""Those who ask all regions: unit, roles, profession, name."""

from __future__ import annotations

NATION: tuple[tuple[str, str, str, str], ...] = (
    ("kansliet", "analyst", "samordnare", "Asta Lundén"),
    ("kansliet", "analyst", "utredare", "Bo Rydell"),
)
