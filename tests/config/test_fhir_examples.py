"""HL7's own examples of R4 go in by the API and come out unchanged to the last digit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from samverka.config.exchange import create, read
from samverka.people.reads import PersonDetail
from samverka.resources.rules.splicing import members, stamped
from samverka.web.exchange import Misfit, Shown, Unreadable, Wish
from tests.factories import samples
from tests.factories.cast import KARINS_NUMBER, Cast, make_person

pytestmark = samples.needed

BROKEN = "Questionnaire-qs1"
"""No R4: a question without its linkId."""

MISFITS = {
    "DeviceMetric-example",
    "DeviceUseStatement-example",
    "MedicationRequest-medrx0301",
    "Observation-clinical-gender",
}
"""A reference to a type that R4 does not let stand there: kept only when the client asks for it (`handling=lenient`)."""

ROOMS = {"Patient", "Subscription"}
"""Sorts that a room makes by its own operation, whatever is sent."""

_PATIENT = re.compile(rb'("reference"\s*:\s*)"[^"]*Patient/[^"]*"')
_KIND = re.compile(rb'"resourceType"\s*:\s*"([A-Za-z]+)"')


def about(text: bytes, person: PersonDetail) -> bytes:
    """The example with a known person in the place of its own; no other letter changed."""
    who = f"Patient/{person.id}".encode()
    text = _PATIENT.sub(rb'\1"' + who + b'"', text)
    value = json.loads(text)
    name = {"Claim": "patient", "AppointmentResponse": "actor"}.get(
        value["resourceType"], "subject"
    )
    said = value.get(name)
    reference = b'{"reference":"' + who + b'"}'
    if said is not None:
        named = who.decode() in json.dumps(said)
        return text if named else _replaced(text, name, reference)
    kind = _KIND.search(text)
    assert kind is not None
    added = b',"%s":%s' % (name.encode(), reference)
    return text[: kind.end()] + added + text[kind.end() :]


def _replaced(text: bytes, name: str, new: bytes) -> bytes:
    """The member by that name with another value."""
    found = next(one for one in members(text, 0) if one.name == name)
    return text[: found.start] + new + text[found.end :]


def kept(path: Path) -> bool:
    return path.stem != BROKEN and path.name.split("-")[0] not in ROOMS


def _sent(path: Path, karin: PersonDetail) -> bytes:
    """Those that R4 lets be about nobody are sent as they are."""
    text = path.read_bytes()
    who = f"Patient/{karin.id}".encode()
    if path.stem.split("-")[0] in NEED_SOMEONE:
        return about(text, karin)
    return _PATIENT.sub(rb'\1"' + who + b'"', text)


NEED_SOMEONE = {"AppointmentResponse", "Claim", "Observation", "Procedure", "QuestionnaireResponse", "ServiceRequest",
                "Specimen"}  # fmt: skip
"""Of these, some examples name no person, or one who only lies inside them."""


def test_they_go_in_and_come_out_to_the_letter(laid_county: Cast) -> None:
    nurse = laid_county.region_nurse
    karin = make_person(nurse, identity=KARINS_NUMBER)
    paths = [path for path in samples.files(samples.R4_EXAMPLES) if kept(path)]
    assert len(paths) == 686
    for path in paths:
        text, kind = _sent(path, karin), path.name.split("-")[0]
        # The patient who lay inside is left without a reference to it.
        lenient = path.stem in MISFITS or (text != path.read_bytes() and b'"contained"' in text)
        made = create(nurse, kind, text, Wish(lenient=lenient)).shown
        back = read(nurse, kind, made.id, _unknown)
        assert back == made, path.stem
        assert back.text == stamped(text, local_id=made.id, version="1", at=made.changed_at)


def _unknown(_shown: Shown) -> bool:
    return False


@pytest.mark.parametrize("name", sorted(MISFITS))
def test_what_the_standard_does_not_let_stand_there_is_refused(
    laid_county: Cast, name: str
) -> None:
    path = samples.FOLDER / samples.R4_EXAMPLES / f"{name}.json"
    with pytest.raises(Misfit) as refused:
        create(laid_county.region_nurse, name.split("-")[0], path.read_bytes())
    assert refused.value.status == 422
    assert refused.value.issues[0].sort == "invariant"


def test_what_is_no_r4_is_kept_in_no_way(laid_county: Cast) -> None:
    path = samples.FOLDER / samples.R4_EXAMPLES / f"{BROKEN}.json"
    with pytest.raises(Unreadable) as refused:
        create(laid_county.region_nurse, "Questionnaire", path.read_bytes(), Wish(lenient=True))
    assert (refused.value.status, refused.value.issues[0].sort) == (400, "required")
