"""What is wrong with the facts, counted: never whose they are. The drawer of data quality shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class FaultKind(StrEnum):
    """One kind of fault."""

    NO_COUNTY = "no-county"
    NO_PERSON = "no-person"
    UNKNOWN_MUNICIPALITY = "unknown-municipality"
    CEASED_MUNICIPALITY = "ceased-municipality"
    UNKNOWN_SEX = "unknown-sex"
    UNKNOWN_AGE = "unknown-age"
    UNKNOWN_DIAGNOSIS = "unknown-diagnosis"
    UNKNOWN_CODE = "unknown-code"
    NO_UNIT = "no-unit"
    PROTECTED = "protected"
    FUTURE = "future"
    BACKWARDS = "backwards"
    DOUBLE = "double"
    TWO_SOURCES = "two-sources"
    REFUSED = "refused"
    NO_CARER = "no-carer"
    EMPTY = "empty"
    LATE = "late"
    BAD_FILE = "bad-file"
    UNSORTED = "unsorted"
    POPULATION = "population"
    MOVED = "moved"
    ORDERED_TOO = "ordered-too"


@dataclass(frozen=True, slots=True)
class FaultWords:
    """A kind of fault in words. `serious`: figures are wrong until it is mended."""

    words: Text
    mend: Text
    serious: bool = False


_NONE: Final = _("Inget behöver göras.")

FAULTS: Final = MappingProxyType(
    {
        FaultKind.NO_COUNTY: FaultWords(
            _("Länet är okänt, så raden är inte med"),
            _("Ge enheten en kommunkod, eller dess huvudman en länskod."),
        ),
        FaultKind.NO_PERSON: FaultWords(
            _("Sedan när personen är känd går inte att säga, så månaderna är inte med"),
            _("Lägg till ett personnummer eller en listning på personen."),
        ),
        FaultKind.UNKNOWN_MUNICIPALITY: FaultWords(
            _("Kommunkoden finns inte"), _("Rätta koden i källan. Raden räknas för länet.")
        ),
        FaultKind.CEASED_MUNICIPALITY: FaultWords(
            _("Kommunen har bytt kod, och den nya används"), _NONE
        ),
        FaultKind.UNKNOWN_SEX: FaultWords(
            _("Kön är inte känt"), _("Fyll i kön i källan: female eller male.")
        ),
        FaultKind.UNKNOWN_AGE: FaultWords(
            _("Ålder är inte känd"), _("Fyll i födelsedatum i källan.")
        ),
        FaultKind.UNKNOWN_DIAGNOSIS: FaultWords(
            _("Diagnosen har inte formen av en kod i ICD-10-SE"),
            _("Skriv koden så här: I501 eller I50.1."),
        ),
        FaultKind.UNKNOWN_CODE: FaultWords(
            _("Koden är inte en av dem som kolumnen har"),
            _("Använd en av de koder som står i docs/reference/facts.md."),
        ),
        FaultKind.ORDERED_TOO: FaultWords(
            _("Läkemedlet finns både i läkemedelslistan och som ordination, och är med en gång"),
            _NONE,
        ),
        FaultKind.MOVED: FaultWords(
            _("Personen har flyttat: raden har kvar kommunen från när den först hämtades"), _NONE
        ),
        FaultKind.NO_UNIT: FaultWords(
            _("Enhetens HSA-id är inte känt"), _("Fyll i enhetens HSA-id under Organisation.")
        ),
        FaultKind.PROTECTED: FaultWords(
            _("Skyddad identitet: kommun och enhet är inte med, bara länet"), _NONE
        ),
        FaultKind.FUTURE: FaultWords(
            _("Dagen har inte varit, så raden är inte med"),
            _("Rätta datumet i källan."),
            serious=True,
        ),
        FaultKind.BACKWARDS: FaultWords(
            _("Slutet ligger före början, så raden är inte med"),
            _("Rätta datumen i källan."),
            serious=True,
        ),
        FaultKind.DOUBLE: FaultWords(
            _("Samma rad kom flera gånger och är med en gång"),
            _("Se efter varför källan lämnar raden flera gånger."),
        ),
        FaultKind.TWO_SOURCES: FaultWords(
            _("Samma händelse finns från två källor"),
            _("Behåll en av källorna: den andra räknas dubbelt."),
            serious=True,
        ),
        FaultKind.REFUSED: FaultWords(
            _("Nekade rader vid import"),
            _("Rätta raderna i filen med nekade rader och läs in den."),
        ),
        FaultKind.NO_CARER: FaultWords(
            _("Ingen i personalen är namngiven, så besöket är inte med i kontinuiteten"),
            _("Fyll i vem som gjorde besöket i källan."),
        ),
        FaultKind.EMPTY: FaultWords(
            _("Inga uppgifter alls"), _("Koppla källan, eller läs in historiken från en fil.")
        ),
        FaultKind.LATE: FaultWords(
            _("Källan har inte lämnat något på länge"),
            _("Se efter att källan fortfarande skickar."),
        ),
        FaultKind.BAD_FILE: FaultWords(
            _("Filen går inte att läsa eller har andra kolumner"),
            _("Ta bort filen och kör samverka warehouse export --full."),
            serious=True,
        ),
        FaultKind.UNSORTED: FaultWords(
            _("Raderna är inte sorterade efter person"),
            _("Ta bort filen och kör samverka warehouse export --full."),
            serious=True,
        ),
        FaultKind.POPULATION: FaultWords(
            _("Befolkningen stämmer inte med månaden före"),
            _("Se efter om en källa med invånare saknas eller är med två gånger."),
            serious=True,
        ),
    }
)
"""Every kind of fault, in words."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault in one fact. `example`: a code, a file, a month; never of a person."""

    fact: str
    kind: FaultKind
    count: int
    example: str = ""

    @property
    def serious(self) -> bool:
        """Figures are wrong until it is mended."""
        return FAULTS[self.kind].serious

    def kept(self) -> dict[str, object]:
        """As an export keeps it."""
        words = FAULTS[self.kind]
        return {
            "fact": self.fact,
            "fault": self.kind.value,
            "words": str(words.words),
            "count": self.count,
            "example": self.example,
            "mend": str(words.mend),
        }


@dataclass
class Faults:
    """Faults as they are found, added up."""

    counts: Counter[tuple[str, FaultKind]] = field(default_factory=Counter)
    examples: dict[tuple[str, FaultKind], str] = field(default_factory=dict)

    def add(self, fact: str, kind: FaultKind, example: str = "", count: int = 1) -> None:
        """One more of a kind; the first example is kept."""
        if count:
            self.counts[fact, kind] += count
            self.examples.setdefault((fact, kind), example[:80])

    def join(self, others: Iterable[Fault]) -> None:
        """Those found by someone else too."""
        for one in others:
            self.add(one.fact, one.kind, one.example, one.count)

    def found(self) -> tuple[Fault, ...]:
        """All that was found, serious ones first and then by fact."""
        made = (
            Fault(fact, kind, count, self.examples[fact, kind])
            for (fact, kind), count in self.counts.items()
        )
        return tuple(sorted(made, key=lambda one: (not one.serious, one.fact, one.kind)))


def faults_of(kept: Iterable[Mapping[str, object]]) -> tuple[Fault, ...]:
    """What an export has kept, back as faults; kinds that are no longer known are left out."""
    known = {one.value for one in FaultKind}
    return tuple(
        Fault(
            str(one["fact"]),
            FaultKind(str(one["fault"])),
            int(str(one["count"])),
            str(one["example"]),
        )
        for one in kept
        if one["fault"] in known
    )
