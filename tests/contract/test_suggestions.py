"""Who likely needs a plan: the score with its reasons, the gate as a filter, and the unit's answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given as for_all
from hypothesis import strategies as st

from samverka.access import operations as access
from samverka.access.rules import RelationKind
from samverka.careplans import operations as plans
from samverka.careplans import reads as plan_reads
from samverka.careplans.models import SuggestionAnswer
from samverka.careplans.rules import PlanKind, SuggestionAnswerKind
from samverka.contacts import operations as contacts
from samverka.contacts.rules import BookingFacts, StayFacts, VisitFacts
from samverka.contract import reads
from samverka.contract.rules import ENOUGH, RECENT, WEIGHTS, Sign, Touch, suggest
from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotAllowed, NotFound
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from tests.contract.conftest import TODAY, tell
from tests.contract.pagetext import blocks, questions
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person, person_login, relate

DAY = timedelta(days=1)


# ── the rule ──


def touch(unit: str, side: Side, ago: int, ends: int | None = None, **more: Any) -> Touch:
    return Touch(
        unit, side, TODAY - ago * DAY, None if ends is None else TODAY - ends * DAY, **more
    )


WARD = touch("Medicinavdelningen", Side.REGION, 4, stay=True)
HOME = touch("Medicinavdelningen", Side.REGION, 20, 9, stay=True)
OLD = touch("Medicinavdelningen", Side.REGION, 300, 250, stay=True)
CENTRE = touch("Hälsocentralen", Side.REGION, 10)
REHAB = touch("Rehab", Side.REGION, 40)
NIGHT = touch("Nattpatrullen", Side.MUNICIPALITY, 3)


@pytest.mark.parametrize(
    ("touches", "side", "signs"),
    [
        ([], Side.REGION, set()),
        ([CENTRE], Side.REGION, set()),
        ([OLD], Side.REGION, set()),
        ([WARD], Side.REGION, {Sign.IN_HOSPITAL}),
        ([HOME], Side.REGION, {Sign.CAME_HOME}),
        ([WARD, HOME], Side.REGION, {Sign.IN_HOSPITAL, Sign.OFTEN_IN_HOSPITAL}),
        ([HOME], Side.MUNICIPALITY, {Sign.CAME_HOME, Sign.BOTH_SIDES}),
        ([CENTRE, NIGHT], Side.REGION, {Sign.BOTH_SIDES}),
        ([CENTRE, REHAB, NIGHT], Side.REGION, {Sign.BOTH_SIDES, Sign.MANY_UNITS}),
        ([CENTRE] * 6, Side.REGION, {Sign.MANY_VISITS}),
    ],
)
def test_the_signs(touches: list[Touch], side: Side, signs: set[Sign]) -> None:
    found = suggest(touches, side, TODAY)
    assert {one.sign for one in found.reasons} == signs
    assert found.score == sum(WEIGHTS[one] for one in signs)
    assert found.enough == (found.score >= ENOUGH)


def test_the_reasons_say_what_was_seen() -> None:
    found = suggest([WARD, NIGHT], Side.REGION, TODAY)
    assert [str(one.words) for one in found.reasons] == [
        "Är inskriven på Medicinavdelningen.",
        "Har hjälp av både regionen och kommunen.",
    ]
    assert str(suggest([HOME], Side.REGION, TODAY).reasons[0].words) == (
        "Kom hem från sjukhus för 9 dagar sedan."
    )


_touches = st.lists(
    st.builds(
        Touch,
        st.sampled_from(["A", "B", "C", "D"]),
        st.sampled_from([Side.REGION, Side.MUNICIPALITY, Side.PRIVATE]),
        st.dates(date(2025, 11, 1), date(2026, 12, 20)),
        st.none(),
        stay=st.booleans(),
        meeting=st.booleans(),
    ),
    max_size=8,
)


@for_all(_touches, _touches)
def test_more_contacts_never_speak_against_a_plan(one: list[Touch], more: list[Touch]) -> None:
    few = {reason.sign for reason in suggest(one, None, TODAY).reasons}
    many = {reason.sign for reason in suggest([*one, *more], None, TODAY).reasons}
    assert few - {Sign.CAME_HOME} <= many  # in hospital again says more than just home


@for_all(_touches)
def test_what_is_long_ago_or_still_to_come_does_not_count(found: list[Touch]) -> None:
    gone = [
        Touch(one.unit, one.side, one.begins - 2 * RECENT, one.begins - 2 * RECENT, stay=one.stay)
        for one in found
    ]
    ahead = [Touch(one.unit, one.side, TODAY + DAY, None, stay=one.stay) for one in found]
    assert suggest([*gone, *ahead], Side.REGION, TODAY).reasons == ()


# ── the list ──


def stay(cast: Cast, person: PersonDetail, key: str = "s1") -> None:
    contacts.receive_stay(
        cast.system, person_id=person.id, unit_id=cast.units["ward"].id, source="journal",
        source_id=key, facts=StayFacts(admitted_at=NOW - 3 * DAY, reason="Bruten höft"),
    )  # fmt: skip


@pytest.fixture
def olle(cast: Cast) -> PersonDetail:
    """In hospital now; the ward and the health centre have to do with him."""
    person = make_person(cast.region_nurse, PersonFacts(given_name="Olle", family_name="Ek"))
    relate(cast.ward_nurse, person)
    stay(cast, person)
    return person


def shown(actor: Any) -> list[str]:
    return [one.person.name for one in reads.suggested_persons(actor).persons]


def test_the_gate_is_the_filter(cast: Cast, olle: PersonDetail) -> None:
    assert shown(cast.ward_nurse) == ["Olle Ek"]
    assert shown(cast.stranger) == []  # does not know of Olle
    assert shown(cast.region_nurse) == []  # the stay is another unit's record, not opened
    access.make_choice(cast.region_nurse, person_id=olle.id)
    assert shown(cast.region_nurse) == ["Olle Ek"]


def test_one_with_a_plan_or_a_waiting_request_is_not_suggested(
    cast: Cast, olle: PersonDetail
) -> None:
    made = plans.ask_for_plan(cast.ward_nurse, person_id=olle.id, reason="Ska hem snart")
    assert shown(cast.ward_nurse) == []
    plans.withdraw_request(cast.ward_nurse, request_id=made.id)
    assert shown(cast.ward_nurse) == ["Olle Ek"]
    plans.start_plan(cast.ward_nurse, person_id=olle.id, kind=PlanKind.DISCHARGE)
    assert shown(cast.ward_nurse) == []


def test_karin_who_has_a_plan_is_not_there(cast: Cast) -> None:
    story = tell(cast)
    relate(cast.ward_nurse, story.karin)
    stay(cast, story.karin, "s9")
    assert "Karin Åström" not in shown(cast.region_nurse)
    # The ward has not been given the plan: it may not know of it.
    assert shown(cast.ward_nurse) == ["Karin Åström"]


def test_not_now_is_kept_and_not_asked_again_until_then(cast: Cast, olle: PersonDetail) -> None:
    nurse, until = cast.ward_nurse, TODAY + 14 * DAY
    with pytest.raises(Invalid) as unsaid:
        plans.answer_suggestion(
            nurse, person_id=olle.id, answer=SuggestionAnswerKind.NOT_NOW, until=until
        )
    assert unsaid.value.where == "reason"
    plans.answer_suggestion(
        nurse, person_id=olle.id, answer=SuggestionAnswerKind.NOT_NOW, until=until,
        reason="Klarar sig med hemtjänsten.",
    )  # fmt: skip
    found = reads.suggested_persons(nurse)
    assert found.persons == ()
    assert [(one.person.name, one.answer.reason) for one in found.answered] == [
        ("Olle Ek", "Klarar sig med hemtjänsten.")
    ]
    assert shown(cast.at(nurse, days=14)) == []
    assert shown(cast.at(nurse, days=15)) == ["Olle Ek"]


@pytest.mark.parametrize("days", [0, -1, 400])
def test_until_a_day_ahead_within_a_year(cast: Cast, olle: PersonDetail, days: int) -> None:
    with pytest.raises(Invalid) as wrong:
        plans.answer_suggestion(
            cast.ward_nurse, person_id=olle.id, answer=SuggestionAnswerKind.NOT_NOW,
            reason="Inte nu", until=TODAY + days * DAY,
        )  # fmt: skip
    assert wrong.value.where == "until"
    assert not SuggestionAnswer.objects.exists()


def test_the_person_is_asked(cast: Cast, olle: PersonDetail) -> None:
    plans.answer_suggestion(cast.ward_nurse, person_id=olle.id, answer=SuggestionAnswerKind.ASKED)
    assert shown(cast.ward_nurse) == []
    mine = plan_reads.my_requests(person_login(olle), person_id=olle.id)
    assert mine.asked_by == ("Medicinavdelningen",)


def test_who_may_not_answer(cast: Cast, olle: PersonDetail) -> None:
    answer = {"person_id": olle.id, "answer": SuggestionAnswerKind.ASKED}
    with pytest.raises(NotFound):
        plans.answer_suggestion(cast.stranger, **answer)  # type: ignore[arg-type]
    access.open_relation(
        cast.system, person_id=olle.id, kind=RelationKind.SOCIAL_SERVICE,
        unit_id=cast.home_care.unit_id, provider_id=cast.home_care.provider_id,
    )  # fmt: skip
    with pytest.raises(NotAllowed):  # reads plans, does not write them
        plans.answer_suggestion(cast.home_care, **answer)  # type: ignore[arg-type]
    assert not reads.suggested_persons(cast.home_care).may_answer


# ── the page ──


def test_the_page_is_worked_through(cast: Cast, olle: PersonDetail) -> None:
    client, url = log_in(cast.ward_nurse), reverse("contract:suggestions")
    text = blocks(client.get(url).content.decode())
    assert "Är inskriven på Medicinavdelningen." in text
    answer = reverse("contract:suggestion_answer", args=[olle.id])
    faulty = client.post(answer, {"reason": "Har redan hjälp", "until": "2020-01-01"})
    assert faulty.status_code == 422
    assert "Har redan hjälp" in faulty.content.decode()
    assert client.post(answer, {"reason": "Har redan hjälp", "until": ""}).status_code == 302
    text = blocks(client.get(url).content.decode())
    assert "Är inskriven på Medicinavdelningen." not in text
    assert any("Har redan hjälp" in one for one in text)
    stranger = log_in(cast.stranger)
    assert stranger.post(answer, {"svar": "asked"}).status_code == 404
    assert log_in(person_login(olle)).get(url).status_code == 403


def test_the_start_page_leads_to_the_list(cast: Cast, olle: PersonDetail) -> None:
    shown = log_in(cast.ward_nurse).get(reverse("contract:start")).content.decode()
    assert f'href="{reverse("contract:suggestions")}"' in shown


def test_few_questions_however_many_persons(cast: Cast, olle: PersonDetail) -> None:
    client, url = log_in(cast.ward_nurse), reverse("contract:suggestions")
    client.get(url)
    with questions() as few:
        client.get(url)
    for number in range(8):
        one = make_person(cast.ward_nurse, PersonFacts(given_name=f"Nr {number}", family_name="Ek"))
        stay(cast, one, f"n{number}")
        contacts.receive_visit(
            cast.ward_nurse, person_id=one.id, facts=VisitFacts(starts_at=NOW - DAY, what="Prov")
        )
        contacts.receive_booking(
            cast.ward_nurse, person_id=one.id, facts=BookingFacts(starts_at=NOW + DAY, what="Prov")
        )
    with questions() as many:
        assert len(client.get(url).context["found"].persons) == 9
    assert len(many) == len(few)
    assert len(many) <= 12, many
