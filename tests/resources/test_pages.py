"""The page to read in files: works without script, tells what to mend, and is shut for all others."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samverka.access.models import Account
from samverka.people.models import Person
from samverka.resources import forms
from samverka.resources.models import Resource, Run
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person, person_login
from tests.factories.login import logged_in
from tests.resources.importing import observation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _friday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


PATIENT = {
    "resourceType": "Patient",
    "id": "1",
    "identifier": [{"system": KARINS_NUMBER.system, "value": KARINS_NUMBER.value}],
    "name": [{"family": "Åström", "given": ["Karin"]}],
}


def upload(name: str, *resources: object) -> SimpleUploadedFile:
    text = "\n".join(json.dumps(one) for one in resources)
    return SimpleUploadedFile(name, text.encode())


def send(client: Client, *files: SimpleUploadedFile, source: str = "Cosmic") -> tuple[int, str]:
    answer = client.post(
        reverse("resources:imports"), {"uploads": list(files), "source": source}, follow=True
    )
    return answer.status_code, answer.content.decode()


def test_files_go_in_and_the_report_is_shown(cast: Cast):
    status, page = send(
        logged_in(cast.administrator),
        upload("a.json", PATIENT),
        upload("a.json", observation(), observation(status="klar")),
    )
    assert status == 200
    assert Person.objects.count() == 1
    assert Resource.objects.filter(source="Cosmic").count() == 2
    for words in ("Inläsning", "Observation.status", "Koden finns inte", "Nekad", "Cosmic"):
        assert words in page, words
    assert KARINS_NUMBER.value not in page


def test_the_second_time_the_page_says_that_nothing_has_changed(cast: Cast):
    client = logged_in(cast.administrator)
    send(client, upload("a.json", PATIENT))
    assert "Allt fanns redan" in send(client, upload("b.json", PATIENT))[1]
    listed = client.get(reverse("resources:imports")).content.decode()
    assert listed.count("Siv Alm") >= 2


def test_the_page_is_the_same_for_known_and_unknown_persons(cast: Cast):
    client = logged_in(cast.administrator)
    make_person(cast.stranger, identity=KARINS_NUMBER)
    other = PATIENT | {"identifier": [{"system": "urn:local", "value": "1"}]}
    pages = [
        send(client, upload("a.json", one), source=source)[1].replace(source, "")
        for one, source in ((PATIENT, "Källa1"), (other, "Källa2"))
    ]
    tables = [page[page.index("<tbody>") : page.index("</tbody>")] for page in pages]
    assert tables[0] == tables[1]


def test_what_is_wrong_with_the_form_is_said_on_its_field(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    client = logged_in(cast.administrator)
    status, page = send(client)
    assert (status, "Välj minst en fil" in page, "Cosmic" in page) == (422, True, True)
    status, page = send(client, upload("a.json", PATIENT), source="samverka")
    assert (status, "Ange ett namn på källan" in page) == (422, True)
    monkeypatch.setattr(forms, "UPLOAD_MEGABYTES", 0)
    status, page = send(client, upload("a.json", PATIENT))
    assert (status, "samverka import" in page) == (422, True)
    assert not Run.objects.exists()


def test_too_many_files_are_refused_together(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forms, "UPLOAD_FILES", 1)
    status, page = send(
        logged_in(cast.administrator), upload("a.json", PATIENT), upload("b.json", PATIENT)
    )
    assert (status, "högst 1 filer" in page) == (422, True)


def test_a_files_name_is_only_a_name(cast: Cast):
    """What the browser sends as a name must not lead out of the folder."""
    body = "\r\n".join(
        [
            "--x",
            'Content-Disposition: form-data; name="source"',
            "",
            "Cosmic",
            "--x",
            'Content-Disposition: form-data; name="uploads"; filename="../../etc/passwd"',
            "",
            '{"x": 1}',
            "--x--",
            "",
        ]
    )
    client = logged_in(cast.administrator)
    answer = client.post(
        reverse("resources:imports"),
        body.encode(),
        content_type="multipart/form-data; boundary=x",
        follow=True,
    )
    page = answer.content.decode()
    assert "passwd" in page
    assert "etc/" not in page


@pytest.mark.parametrize("role", ["region_nurse", "municipal_nurse", "log_reviewer", "stranger"])
def test_others_are_refused_in_words(cast: Cast, role: str):
    client = logged_in(getattr(cast, role))
    for answer in (
        client.get(reverse("resources:imports")),
        client.post(reverse("resources:imports"), {"source": "x"}),
        client.get(reverse("resources:report", args=[uuid4()])),
    ):
        assert answer.status_code == 403


def test_a_person_and_one_who_is_not_logged_in_do_not_come_in(cast: Cast):
    karin = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    me = person_login(karin)
    client = logged_in(me)
    session = client.session
    session["assignment"] = "person"
    session.save()
    assert client.get(reverse("resources:imports")).status_code == 403
    assert Client().get(reverse("resources:imports")).status_code == 302
    assert Account.objects.filter(id=me.id).exists()


def test_a_report_of_nobody_is_not_there(cast: Cast):
    client = logged_in(cast.administrator)
    assert client.get(reverse("resources:report", args=[uuid4()])).status_code == 404
