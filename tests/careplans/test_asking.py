"""Asking for a plan: who answers, by when, yes and no with reasons, asked again; pages of both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given as for_all
from hypothesis import strategies as st

from samverka.access import operations as access
from samverka.access.models import Consent
from samverka.access.rules import ProxyKind, RelationKind
from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import PlanRequest
from samverka.careplans.rules import (
    ContactKind,
    PlanKind,
    RefusalGround,
    RequestSource,
    RequestStatus,
    RequestStepName,
    Route,
)
from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.models import News, Task
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person, person_login

WHY = "Jag måste ringa så många olika för att få hjälp."
NO = "Du har redan en vårdplan hos oss. Vi lägger till det du behöver i den i stället."


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


# ── rules ──


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        # Friday 20 November 2026: Monday, Tuesday, Wednesday
        (datetime(2026, 11, 20, 14, 30, tzinfo=UTC), 3, datetime(2026, 11, 25, 23, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 14, 30, tzinfo=UTC), 1, datetime(2026, 11, 23, 23, 0, tzinfo=UTC)),
        # Wednesday before Christmas: 28, 29 and 30 December
        (datetime(2026, 12, 23, 9, 0, tzinfo=UTC), 3, datetime(2026, 12, 30, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_answer_is_due_on_a_working_day(asked: datetime, days: int, due: datetime) -> None:
    found = rules.answer_by(asked, days)
    assert timedelta() <= due - found <= timedelta(seconds=1)


A, B, C = uuid4(), uuid4(), uuid4()


@pytest.mark.parametrize(
    ("contacts", "listed", "known", "unit", "why"),
    [
        ([A], B, [A, B, C], A, Route.CONTACT),
        ([], B, [A, B, C], B, Route.LISTED),
        ([A], B, [B, C], B, Route.LISTED),  # a contact whose unit knows nothing of the person now
        ([], None, [A, C], None, Route.CHOSEN),
        ([], B, [A, C], None, Route.CHOSEN),
        ([], None, [], None, Route.CHOSEN),
    ],
)
def test_who_answers_the_person(contacts, listed, known, unit, why) -> None:
    found = rules.route(contacts, listed, known)
    assert (found.unit_id, found.why) == (unit, why)
    assert found.choices == (() if unit else tuple(known))


@for_all(
    st.lists(st.sampled_from([A, B, C])),
    st.sampled_from([A, B, C, None]),
    st.lists(st.sampled_from([A, B, C])),
)
def test_a_request_never_goes_where_the_person_is_unknown(contacts, listed, known) -> None:
    found = rules.route(contacts, listed, known)
    assert found.unit_id is None or found.unit_id in known
    assert found.unit_id is not None or set(found.choices) == set(known)


@pytest.mark.parametrize(
    ("ground", "reason", "own", "where"),
    [
        (RefusalGround.PERSON_SAYS_NO, "Hon sa nej på telefon.", False, ""),
        (RefusalGround.PERSON_SAYS_NO, NO, True, "ground"),
        (RefusalGround.HAS_PLAN, "", False, "reason"),
        (RefusalGround.HAS_PLAN, "Nej.", False, "reason"),
        (RefusalGround.HAS_PLAN, "Finns redan en.", False, ""),
        (RefusalGround.HAS_PLAN, "Finns redan en.", True, "reason"),
        (RefusalGround.HAS_PLAN, NO, True, ""),
    ],
)
def test_a_no_needs_a_reason_and_more_against_the_own_wish(
    ground: RefusalGround, reason: str, own: bool, where: str
) -> None:
    if not where:
        rules.check_refusal(ground, reason, own_wish=own)
        return
    with pytest.raises(Invalid) as refused:
        rules.check_refusal(ground, reason, own_wish=own)
    assert refused.value.where == where


@pytest.mark.parametrize("status", list(RequestStatus))
@pytest.mark.parametrize("name", list(RequestStepName))
@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize("asked", [True, False])
def test_the_button_and_the_operation_agree(
    status: RequestStatus, name: RequestStepName, side: Side, answers: bool, asked: bool
) -> None:
    may = rules.may_request(status, name, side, answers=answers, asked=asked)
    try:
        rules.check_request(status, name, side, answers=answers, asked=asked)
    except (NotNow, NotAllowed):
        assert not may
    else:
        assert may


# ── the person asks ──


def test_the_persons_own_request_finds_the_contacts_unit(cast: Cast, karin: PersonDetail) -> None:
    herself = person_login(karin)
    ops.appoint_contact(cast.municipal_nurse, person_id=karin.id, kind=ContactKind.FAST_VARDKONTAKT)
    made = ops.ask_for_plan(herself, person_id=karin.id, reason=WHY)
    assert (made.unit.name, made.route) == ("Krokoms hemsjukvård", Route.CONTACT)
    assert (made.own_wish, made.source) == (True, RequestSource.PERSON)
    assert made.may_withdraw
    assert not made.may_answer
    [waiting] = reads.open_requests(cast.municipal_nurse)
    assert (waiting.reason, waiting.may_answer) == (WHY, True)
    assert reads.open_requests(cast.region_nurse) == []
    task = Task.objects.get(object_id=made.id)
    assert (task.unit_id, task.due_at) == (made.unit.id, made.due_at)
    [resource] = Resource.objects.filter(kind="ServiceRequest")
    assert resource.person_id == karin.id


def test_without_a_contact_the_person_chooses_among_those_that_know_her(
    cast: Cast, karin: PersonDetail
) -> None:
    herself = person_login(karin)
    found = reads.my_requests(herself, person_id=karin.id)
    assert found.unit is None
    assert {one.name for one in found.choices} == {
        "Krokoms hälsocentral", "Krokoms hemsjukvård", "Krokoms biståndshandläggning",
    }  # fmt: skip
    with pytest.raises(Invalid) as asked:
        ops.ask_for_plan(herself, person_id=karin.id, reason=WHY)
    assert asked.value.where == "unit"
    elsewhere = cast.units["other_centre"].id
    with pytest.raises(Invalid):
        ops.ask_for_plan(herself, person_id=karin.id, reason=WHY, unit_id=elsewhere)
    unit = cast.units["assessment"].id
    made = ops.ask_for_plan(herself, person_id=karin.id, reason=WHY, unit_id=unit)
    assert made.unit.id == unit


def test_a_representative_may_ask_only_with_the_scope(cast: Cast, karin: PersonDetail) -> None:
    eva = make_person(cast.region_nurse, PersonFacts(given_name="Eva", family_name="Lund"))
    unit = cast.units["health_centre"].id
    proxy = access.grant_proxy(
        person_login(karin), person_id=karin.id, proxy_person_id=eva.id,
        kind=ProxyKind.REPRESENTATIVE, scopes=frozenset({"read"}), proxy_name="Eva Lund",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        ops.ask_for_plan(person_login(eva), person_id=karin.id, reason=WHY, unit_id=unit)
    access.end_proxy(person_login(karin), proxy_id=proxy.id)
    access.grant_proxy(
        person_login(karin), person_id=karin.id, proxy_person_id=eva.id,
        kind=ProxyKind.REPRESENTATIVE, scopes=frozenset({"read", "write"}), proxy_name="Eva Lund",
    )  # fmt: skip
    made = ops.ask_for_plan(person_login(eva), person_id=karin.id, reason=WHY, unit_id=unit)
    assert (made.source, made.asked_by, made.own_wish) == (RequestSource.PROXY, "Eva Lund", True)


def test_a_no_reaches_the_person_in_words_and_can_be_asked_again(
    cast: Cast, karin: PersonDetail
) -> None:
    herself, unit = person_login(karin), cast.units["health_centre"].id
    made = ops.ask_for_plan(herself, person_id=karin.id, reason=WHY, unit_id=unit)
    nurse = cast.region_nurse
    with pytest.raises(Invalid):
        ops.refuse_request(
            nurse, request_id=made.id, ground=RefusalGround.PERSON_SAYS_NO, reason=NO
        )
    ops.refuse_request(nurse, request_id=made.id, ground=RefusalGround.HAS_PLAN, reason=NO)
    [seen] = reads.my_requests(herself, person_id=karin.id).answered
    assert (seen.answer, seen.answered_by) == (NO, nurse.name)
    assert seen.plain == "Du har redan en plan. Den kan ändras så att den passar."
    assert seen.may_ask_again
    assert News.objects.filter(person_id=karin.id).exists()
    assert not Task.objects.filter(object_id=made.id, ended_at__isnull=True).exists()
    again = ops.ask_for_plan(
        herself, person_id=karin.id, reason="Jag vill ändå.", unit_id=unit, again_id=made.id
    )
    assert again.again
    with pytest.raises(NotNow):
        ops.refuse_request(nurse, request_id=made.id, ground=RefusalGround.NO_NEED, reason=NO)


def test_the_same_question_waits_once(cast: Cast, karin: PersonDetail) -> None:
    herself, unit = person_login(karin), cast.units["health_centre"].id
    ops.ask_for_plan(herself, person_id=karin.id, reason=WHY, unit_id=unit)
    with pytest.raises(NotNow):
        ops.ask_for_plan(herself, person_id=karin.id, reason="Igen", unit_id=unit)
    assert PlanRequest.objects.count() == 1


# ── staff ask ──


def test_yes_begins_the_plan_that_was_asked_for(cast: Cast, karin: PersonDetail) -> None:
    nurse = cast.region_nurse
    made = ops.ask_for_plan(
        nurse,
        person_id=karin.id,
        reason="Förvaltaren ringde om maten.",
        kind=PlanKind.SIP,
        source=RequestSource.RELATIVE,
        asked_by="Eva Lund",
    )
    assert (made.own_wish, made.asked_by, made.from_unit) == (False, "Eva Lund", nurse.unit_name)
    answered = ops.accept_request(nurse, request_id=made.id)
    assert answered.status is RequestStatus.ACCEPTED
    assert answered.plan_id
    plan = reads.plan(nurse, plan_id=answered.plan_id)
    assert plan.kind is PlanKind.SIP
    assert plan.asked_by.startswith("Eva Lund: Förvaltaren")


def test_yes_can_name_the_plan_that_there_is(cast: Cast, karin: PersonDetail) -> None:
    nurse = cast.region_nurse
    plan = ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.CARE)
    made = ops.ask_for_plan(nurse, person_id=karin.id, reason="Skolan ringde.",
                            source=RequestSource.SCHOOL)  # fmt: skip
    found = reads.plan_request(nurse, request_id=made.id)
    assert found.plans == ((plan.id, plan.title),)
    assert ops.accept_request(nurse, request_id=made.id, plan_id=plan.id).plan_id == plan.id


def test_another_must_be_named(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(Invalid) as unnamed:
        ops.ask_for_plan(cast.region_nurse, person_id=karin.id, reason=WHY,
                         source=RequestSource.OTHER)  # fmt: skip
    assert unnamed.value.where == "asked_by"


def test_another_care_provider_is_asked_only_on_a_yes(cast: Cast) -> None:
    karin = make_person(cast.region_nurse)  # nobody in the municipality knows her
    unit = cast.units["assessment"].id
    nurse, officer = cast.region_nurse, cast.needs_assessor
    with pytest.raises(Invalid) as unasked:
        ops.ask_for_plan(nurse, person_id=karin.id, reason=WHY, unit_id=unit)
    assert unasked.value.where == "agreed"
    assert reads.open_requests(officer) == []
    made = ops.ask_for_plan(nurse, person_id=karin.id, reason=WHY, unit_id=unit, agreed=True)
    assert Consent.objects.get().covers.startswith("Att fråga Krokoms biståndshandläggning")
    [waiting] = reads.open_requests(officer)
    assert waiting.id == made.id
    # The one who asked keeps a copy, and gets the answer; the request itself is the other's.
    with pytest.raises(NotFound):
        reads.plan_request(nurse, request_id=made.id)
    ops.refuse_request(officer, request_id=made.id, ground=RefusalGround.NO_NEED, reason=NO)
    [copy] = reads.person_requests(nurse, person_id=karin.id).copies
    assert (copy.to_unit, copy.status, copy.answer) == (
        "Krokoms biståndshandläggning", RequestStatus.REFUSED, NO,
    )  # fmt: skip


def test_the_one_who_asked_can_take_it_back(cast: Cast, karin: PersonDetail) -> None:
    unit = cast.units["assessment"].id
    made = ops.ask_for_plan(
        cast.region_nurse, person_id=karin.id, reason=WHY, unit_id=unit, agreed=True
    )
    with pytest.raises(NotFound):
        ops.withdraw_request(cast.municipal_nurse, request_id=made.id)
    with pytest.raises(NotAllowed):
        ops.withdraw_request(cast.needs_assessor, request_id=made.id)
    done = ops.withdraw_request(cast.region_nurse, request_id=made.id)
    assert done.status is RequestStatus.WITHDRAWN
    assert reads.open_requests(cast.needs_assessor) == []
    with pytest.raises(NotNow):
        ops.refuse_request(
            cast.needs_assessor, request_id=made.id, ground=RefusalGround.NO_NEED, reason=NO
        )


def test_home_care_without_the_right_to_write_plans_may_ask(
    cast: Cast, karin: PersonDetail
) -> None:
    access.open_relation(
            cast.system, person_id=karin.id, kind=RelationKind.SOCIAL_SERVICE,
            unit_id=cast.home_care.unit_id, provider_id=cast.home_care.provider_id,
        )  # fmt: skip
    unit = cast.units["assessment"].id  # the same care provider, and knows her
    made = ops.ask_for_plan(cast.home_care, person_id=karin.id, reason=WHY, unit_id=unit)
    assert made.from_unit == "Krokoms hemtjänst"
    assert [one.id for one in reads.open_requests(cast.needs_assessor)] == [made.id]


def test_a_stranger_can_neither_ask_nor_see(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(NotFound):
        ops.ask_for_plan(cast.stranger, person_id=karin.id, reason=WHY)
    made = ops.ask_for_plan(cast.region_nurse, person_id=karin.id, reason=WHY)
    for reader in (cast.stranger, cast.municipal_nurse, cast.ifo_officer):
        with pytest.raises(NotFound):
            reads.plan_request(reader, request_id=made.id)


# ── pages ──


def test_the_person_asks_on_the_own_page(cast: Cast, karin: PersonDetail) -> None:
    client, url = log_in(person_login(karin)), reverse("careplans:ask", args=[karin.id])
    text = client.get(url).content.decode()
    assert "Krokoms hemsjukvård" in text
    answer = client.post(url, {"reason": WHY})  # nobody chosen: what was typed stands
    assert answer.status_code == 422
    assert WHY in answer.content.decode()
    unit = str(cast.units["health_centre"].id)
    assert client.post(url, {"reason": WHY, "unit": unit}).status_code == 302
    text = client.get(url).content.decode()
    assert "Krokoms hälsocentral svarar dig senast" in text
    request_id = PlanRequest.objects.get().id
    assert client.post(reverse("careplans:request_withdraw", args=[request_id])).status_code == 302
    assert "Frågan är borttagen." in client.get(url).content.decode()


def test_staff_answer_on_the_page(cast: Cast, karin: PersonDetail) -> None:
    unit = cast.units["health_centre"].id
    made = ops.ask_for_plan(person_login(karin), person_id=karin.id, reason=WHY, unit_id=unit)
    client, url = log_in(cast.region_nurse), reverse("careplans:request", args=[made.id])
    text = client.get(url).content.decode()
    assert WHY in text
    assert "Personens egen önskan väger i sig." in text
    assert "Personen vill inte ha en plan" not in text  # no ground against the own wish
    no = reverse("careplans:request_refuse", args=[made.id])
    short = client.post(no, {"ground": "no-need", "reason": "Vi hinner inte."})
    assert short.status_code == 422
    assert "Vi hinner inte." in short.content.decode()
    assert client.post(no, {"ground": "no-need", "reason": NO}).status_code == 302
    assert log_in(cast.stranger).get(url).status_code == 404
    shown = log_in(person_login(karin)).get(reverse("careplans:ask", args=[karin.id]))
    assert NO in shown.content.decode()


def test_staff_ask_in_five_fields(cast: Cast, karin: PersonDetail) -> None:
    client, url = log_in(cast.region_nurse), reverse("careplans:ask", args=[karin.id])
    form = client.get(url).context["form"]
    assert len(form.fields) == 5
    sent = {"source": "staff", "kind": "sip", "reason": WHY,
            "unit": str(cast.units["assessment"].id)}  # fmt: skip
    asked = client.post(url, sent)
    assert asked.status_code == 422
    assert "agreed" in asked.context["form"].fields
    assert WHY in asked.content.decode()
    assert client.post(url, sent | {"agreed": "on"}).status_code == 302
    assert "Krokoms biståndshandläggning" in client.get(url).content.decode()
    own = sent | {"unit": str(cast.region_nurse.unit_id), "kind": "care"}
    assert client.post(url, own)["Location"] == reverse(
        "careplans:request", args=[PlanRequest.objects.get(kind="care").id]
    )
