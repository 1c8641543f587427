"""Where value sets and code systems are found: the standard's, our own, and those that lie on the shelf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from samverka.config.invoked import codes
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.terminology import STANDARD, concepts_of, expand
from samverka.resources.rules.terminology.expanding import above, below

Fetch = Callable[[str, str], Content | None]
"""Type and canonical address → the resource that the reader may see; None for none."""


def nothing_kept(_kind: str, _url: str) -> Content | None:
    """A shelf with nothing on it."""
    return None


@dataclass(frozen=True, slots=True)
class Shelves:
    """A library: what is ours and the standard's first, then what is kept, through the gate of who asks."""

    kept: Fetch = nothing_kept
    _seen: dict[tuple[str, str], Content | None] = field(default_factory=dict)

    def value_set(self, url: str) -> Content | None:
        """A ValueSet by its canonical address; a version after | is passed over."""
        plain = url.partition("|")[0]
        ours = codes.value_sets().get(plain) or STANDARD.value_set(plain)
        return ours or self._kept("ValueSet", plain)

    def code_system(self, url: str) -> Content | None:
        """A CodeSystem by its canonical address. What is kept goes before a part of the standard's."""
        plain = url.partition("|")[0]
        if ours := codes.code_systems().get(plain):
            return ours
        standard = STANDARD.code_system(plain)
        if standard is None or standard["content"] != "complete":
            return self._kept("CodeSystem", plain) or standard
        return standard

    def with_its_levels(self, url: str) -> Content | None:
        """A CodeSystem of which it is known what stands under what: the standard's tables are lists."""
        plain = url.partition("|")[0]
        found = codes.code_systems().get(plain) or self._kept("CodeSystem", plain)
        return found if found and found.get("content") == "complete" else None

    def _kept(self, kind: str, url: str) -> Content | None:
        if (kind, url) not in self._seen:
            self._seen[(kind, url)] = self.kept(kind, url)
        return self._seen[(kind, url)]


def definition(kind: str, key: str) -> Content | None:
    """A ValueSet or CodeSystem of ours or of the standard's, by the id that it has here."""
    own = {"ValueSet": codes.value_sets, "CodeSystem": codes.code_systems}.get(kind)
    if own is None:
        return None
    found = next((one for one in own().values() if one["id"] == key), None)
    return found or STANDARD.by_id(kind, key)


def codes_in(url: str, kept: Fetch = nothing_kept) -> frozenset[tuple[str, str]]:
    """Every (system, code) of a value set: what `:in` of a search looks for.

    Raises:
        NotFound: there is no such set here.
        Invalid: it cannot be listed here.
    """
    library = Shelves(kept)
    value_set = library.value_set(url)
    if value_set is None:
        raise NotFound(_("Värdemängden %(url)s finns inte här.", url=url), where="url")
    return frozenset((one.system, one.code) for one in expand(value_set, library))


def codes_asked(
    modifier: str, system: str, of: str, kept: Fetch = nothing_kept
) -> list[tuple[str, str]] | None:
    """What a search by `:in`, `:not-in`, `:below` or `:above` looks for; None: it cannot be told here.

    Args:
        system: of the code `of`, for `:below` and `:above`; for a set, `of` is its address.
    """
    if modifier in ("in", "not-in"):
        try:
            return sorted(codes_in(f"{system}|{of}" if system else of, kept))
        except (NotFound, Invalid):
            return None
    found = Shelves(kept).with_its_levels(system) if system else None
    if found is None:
        return None
    known = concepts_of(found)
    codes = below(of, known) if modifier == "below" else above(of, known)
    return sorted((system, code) for code in codes)
