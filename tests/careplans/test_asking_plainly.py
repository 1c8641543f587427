"""The person's pages of asking, consent and preparation: easy words, few questions to the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.urls import reverse

from samverka.careplans import operations as ops
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PrepPart, RefusalGround
from samverka.people.reads import PersonDetail
from tests.contract.pagetext import blocks, questions, sentences
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, person_login
from tests.readability import lix

EASY = 30
"""LIX: very easy (Björnsson 1968)."""

MOST = 12
"""Questions to the database for one page."""


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _nothing(cast: Cast, karin: PersonDetail, plan: PlanDetail) -> None:
    """Just as it is."""


def _asked(cast: Cast, karin: PersonDetail, plan: PlanDetail) -> None:
    herself = person_login(karin)
    unit = cast.units["health_centre"].id
    ops.ask_for_plan(herself, person_id=karin.id, reason="Jag vill ha hjälp.", unit_id=unit)


def _question(cast: Cast, karin: PersonDetail, plan: PlanDetail) -> None:
    unit = cast.units["assessment"].id
    ops.ask_consent(cast.region_nurse, plan_id=plan.id, unit_ids=[unit], covers="Hela planen.")


def _yes(cast: Cast, karin: PersonDetail, plan: PlanDetail) -> None:
    _question(cast, karin, plan)
    ops.answer_consent(person_login(karin), plan_id=plan.id, yes=True)


def _no(cast: Cast, karin: PersonDetail, plan: PlanDetail) -> None:
    _question(cast, karin, plan)
    ops.answer_consent(person_login(karin), plan_id=plan.id, yes=False)


def _written(cast: Cast, karin: PersonDetail, plan: PlanDetail) -> None:
    ops.write_preparation(
        person_login(karin), plan_id=plan.id, part=PrepPart.HELP, words="Gå i trappan."
    )


STATES: list[tuple[str, str, Callable[[Cast, PersonDetail, PlanDetail], None]]] = [
    ("ask", "", _nothing),
    ("ask", "", _asked),
    ("consent", "", _nothing),
    ("consent", "", _question),
    ("consent", "", _yes),
    ("consent", "", _no),
    ("consent_back", "", _yes),
    ("preparation", "", _nothing),
    ("preparation", "", _written),
    ("preparation_part", "help", _written),
    ("preparation_part", "network", _nothing),
]


@pytest.mark.parametrize(("name", "part", "state"), STATES)
def test_the_persons_pages_are_easy_and_light(
    cast: Cast,
    karin: PersonDetail,
    plan: PlanDetail,
    name: str,
    part: str,
    state: Callable[[Cast, PersonDetail, PlanDetail], None],
) -> None:
    state(cast, karin, plan)
    client = log_in(person_login(karin))
    args = [karin.id] if name == "ask" else [plan.id, *filter(None, [part])]
    url = reverse(f"careplans:{name}", args=args)
    client.get(url)
    with questions() as asked:
        answer = client.get(url)
    assert answer.status_code == 200
    text = sentences(answer.content.decode())
    assert lix(text) <= EASY, f"LIX {lix(text):.0f}: {text}"
    assert len(asked) <= MOST, len(asked)


def test_the_answer_no_is_plain_too(cast: Cast, karin: PersonDetail) -> None:
    herself, unit = person_login(karin), cast.units["health_centre"].id
    made = ops.ask_for_plan(herself, person_id=karin.id, reason="Hjälp.", unit_id=unit)
    why = "Du har redan en plan hos oss. Den kan vi ändra så att den passar dig."
    ops.refuse_request(
        cast.region_nurse, request_id=made.id, ground=RefusalGround.HAS_PLAN, reason=why
    )
    page = log_in(herself).get(reverse("careplans:ask", args=[karin.id])).content.decode()
    shown = blocks(page)
    assert "Nej från Krokoms hälsocentral." in shown
    assert any("Du kan fråga igen" in one for one in shown)
    assert lix(sentences(page)) <= EASY, lix(sentences(page))
