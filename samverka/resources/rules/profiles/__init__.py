"""Whether a resource keeps to a profile: what the profile asks beyond R4, told place by place.

The profiles are data (`tables`), made of their published definitions by `tools/profiles.py`. What R4 itself
asks is judged in `rules.validation`. A resource that breaks a profile is taken in all the same, with a note:
it is right R4, and somebody has written it.
"""

from samverka.resources.rules.profiles.checking import breaks, claimed
from samverka.resources.rules.profiles.tables import known_profiles

__all__ = ["breaks", "claimed", "known_profiles"]
