"""New versions of the questions and the code book, by their forms; old answers stay with their version."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samverka.transition import reads
from samverka.transition.rules.reports.options import options_of
from tests.factories.cast import NOW, Cast
from tests.factories.login import logged_in
from tests.transition.reporting import open_round

BEFORE = (("a", "Ledning"), ("b", "Lärande"))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Ledning\nLärande", BEFORE),
        ("Lärande\nLedning", BEFORE[::-1]),
        ("Uthållig ledning\n  Lärande ", (("a", "Uthållig ledning"), ("b", "Lärande"))),
        ("Lärande\n\n", (("b", "Lärande"),)),
        ("Ledning\nNytt\nLärande", (BEFORE[0], ("val-v3-2", "Nytt"), BEFORE[1])),
    ],
)
def test_a_choice_keeps_its_code(text: str, after: tuple[tuple[str, str], ...]) -> None:
    assert options_of(text, BEFORE, 3) == after


@pytest.fixture
def client(cast: Cast, time_machine: Any) -> Client:
    time_machine.move_to(NOW)
    return logged_in(cast.analyst)


def _typed(client: Client, address: str, **new: Any) -> dict[str, Any]:
    """What the page's forms hold, as a browser would send them, with something else typed."""
    context = client.get(address).context
    forms = [
        context["version"],
        *context.get("each", ()),
        *([context["new"]] if "new" in context else ()),
    ]
    forms += [one for _heading, rows in context.get("parts", ()) for one in rows]
    given = {
        bound.html_name: bound.value()
        for form in forms
        for bound in form
        if bound.value() is not None and bound.value() is not False
    }
    return given | {name.replace("__", "-"): value for name, value in new.items()}


def test_a_question_is_reworded_one_goes_and_one_comes(cast: Cast, client: Client) -> None:
    old, address = open_round(cast), reverse("transition:questions")
    given = _typed(client, address, why="Kortare", ny__words="Vad är nytt?", ny__area="helhet")
    given |= {"stod-forankring-words": "Är den förankrad?", "land-mobil-remove": "on"}
    assert client.post(address, given).status_code == 302
    now = reads.form_detail(cast.analyst)
    codes = {one.code for one in now.form.questions}
    assert now.form.question("stod-forankring").words == "Är den förankrad?"
    assert "land-mobil" not in codes
    assert f"helhet-v{now.number}" in codes
    assert next((one.number, one.why) for one in now.versions) == (now.number, "Kortare")
    kept = reads.round_detail(cast.analyst, round_id=old.round.id).form
    assert kept.question("land-mobil")
    assert kept.question("stod-forankring").words != "Är den förankrad?"
    again = client.post(address, given)  # from a page that was opened before
    assert again.status_code == 422
    assert "medan du skrev" in again.content.decode()
    assert "Är den förankrad?" in again.content.decode()  # nothing typed is lost


def test_a_question_without_words_is_said_where_it_stands(cast: Cast, client: Client) -> None:
    address = reverse("transition:questions")
    given = _typed(client, address, why="Fel") | {"stod-malbild-words": " "}
    sent = client.post(address, given)
    assert sent.status_code == 422
    assert "Frågor med fel står öppna" in sent.content.decode()
    assert reads.form_detail(cast.analyst).number == 0


def test_the_code_book_by_its_form_and_nobody_elses(cast: Cast, client: Client) -> None:
    address = reverse("transition:codebook")
    given = _typed(client, address, why="Tydligare", ny1__name="Hembesök", ny1__topic="sign")
    given |= {"anchored-name": "Beslut finns", "kultur-remove": "on"}
    assert client.post(address, given).status_code == 302
    found = reads.codebook_detail(cast.analyst)
    names = {one.code: one.name for one in found.codes}
    assert names["anchored"] == "Beslut finns"
    assert "kultur" not in names
    assert "Hembesök" in names.values()
    assert client.post(address, given | {"number": "0"}).status_code == 422
    other = logged_in(cast.municipal_analyst)
    assert other.get(address).status_code == 403
    assert other.get(reverse("transition:questions")).status_code == 403
