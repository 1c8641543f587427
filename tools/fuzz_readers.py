"""What atheris drives: every reader of what a client sends. Pure functions; no database. Started by `tools/fuzz_fhir.py`.

The first byte of an input chooses the reader. An error that is not the reader's own refusal ends the run, with its input in `var/`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

with atheris.instrument_imports(include=["samverka"]):
    from samverka.kernel.problems import Problem
    from samverka.resources.rules.bundles import links_in, read_bundle
    from samverka.resources.rules.facts import examine
    from samverka.resources.rules.lines import Faulty
    from samverka.resources.rules.objects import read_object
    from samverka.resources.rules.patching import FHIRPATH_PATCH, JSON_PATCH, Unfit, patched
    from samverka.resources.rules.patching.expressions import read_expression
    from samverka.resources.rules.searching import asking, parsing
    from samverka.resources.rules.searching.indexing import index
    from samverka.resources.rules.splicing import stamped
    from samverka.resources.rules.validation import validate
    from samverka.resources.rules.validation.narrative import told
    from samverka.rivta.rules import CONTACTS, PLANS, BadXml, WrongRequest, read_request

ASKED = parsing.Asked(now=datetime(2026, 11, 20, tzinfo=UTC), base="https://a.example/fhir/R4")
KINDS = ("Observation", "Patient", "CarePlan", "Task", "ValueSet", "RiskAssessment", "Provenance")
ONE = b'{"resourceType":"Patient","id":"a","name":[{"given":["Ada","Bo"],"_given":[null,{"id":"x"}]}],"active":true}'


def _search(text: bytes) -> None:
    kind = KINDS[len(text) % len(KINDS)]
    asking.read(kind, parse_qsl(text.decode(errors="replace"), keep_blank_values=True), ASKED)


def _whole(text: bytes) -> None:
    """A resource as it comes in: judged, indexed, sent back."""
    examine(text)
    index(read_object(text))
    stamped(text, local_id="a", version="1", at=ASKED.now)


def _bundle(text: bytes) -> None:
    for one in read_bundle(text, ASKED.base).entries:
        links_in(one.text, ["urn:uuid:a"], http=True)


def _soap(text: bytes) -> None:
    for one in (PLANS, CONTACTS):
        with suppress(BadXml, WrongRequest):
            read_request(one, text)


READERS: tuple[Callable[[bytes], object], ...] = (
    _whole,
    _search,
    _bundle,
    lambda text: patched(ONE, text, JSON_PATCH),
    lambda text: patched(ONE, text, FHIRPATH_PATCH),
    lambda text: read_expression(text.decode(errors="replace"), "x"),
    lambda text: told(text.decode(errors="replace")),
    validate,
    _soap,
)


def one_input(data: bytes) -> None:
    """Read it; a refusal is what is wanted."""
    if data:
        with suppress(Faulty, Unfit, Problem):
            READERS[data[0] % len(READERS)](data[1:])


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
