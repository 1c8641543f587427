"""Pages of plans: works · the other side may or may not · the stranger gets 404; few questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import ContactKind, GoalStatus, OwnerKind, PlanStatus, Section, Term
from samverka.people.reads import PersonDetail
from tests.careplans.conftest import TODAY
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, person_login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def address(name: str, *args: object, **kwargs: Any) -> str:
    return reverse(f"careplans:{name}", args=args, kwargs=kwargs or None)


def shown(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def sent(client: Client, url: str, **data: object) -> HttpResponse:
    answer: HttpResponse = client.post(url, data)  # type: ignore[assignment]
    return answer


# ── who gets in ──


def plan_pages(plan: PlanDetail) -> list[str]:
    goal, activity = plan.goals[0].id, plan.activities[0].id
    return [
        address("plan", plan.id),
        address("print", plan.id),
        address("versions", plan.id),
        address("compare", plan.id) + "?fran=1&till=2",
        address("edit_section", plan.id, "what_matters"),
        address("follow_up", plan.id),
        address("responsible", plan.id),
        address("goal_new", plan.id),
        address("goal_edit", plan.id, goal),
        address("goal_outcome", plan.id, goal),
        address("activity_new", plan.id),
        address("activity_edit", plan.id, activity),
        address("end", plan.id),
        address("comment", plan.id),
        address("share", plan.id),
        address("withdraw", plan.id),
    ]


def test_every_page_works_for_the_unit_that_keeps_the_plan(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    client = log_in(cast.region_nurse)
    for url in plan_pages(shared):
        text = shown(client, url)
        assert "<h1" in text, url
        assert "19420311" not in text.replace("-", ""), url
    assert "Karins plan" in shown(client, address("list", karin.id))
    assert "Ny plan" in shown(client, address("new", karin.id))
    assert "Lena Berg" in shown(client, address("contact_new", karin.id))


def test_every_page_is_nowhere_for_a_stranger_and_for_a_side_without_it(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    nowhere = str(karin.id)
    for actor in (cast.stranger, cast.municipal_nurse, cast.other_municipality):
        client = log_in(actor)
        for url in plan_pages(shared):
            text = shown(client, url, 404)
            assert "Karin" not in text, url
            there_is_none = client.get(url.replace(str(shared.id), nowhere)).content.decode()
            assert len(text) == len(there_is_none), url
    stranger = log_in(cast.stranger)
    for name in ("list", "new", "contact_new"):
        shown(stranger, address(name, karin.id), 404)


def test_posts_are_nowhere_for_a_stranger(cast: Cast, shared: PlanDetail) -> None:
    client = log_in(cast.stranger)
    activity, party = shared.activities[0].id, shared.parties[1].id
    for url in (
        address("activity_done", shared.id, activity),
        address("activate", shared.id),
        address("others", shared.id),
        address("undo", shared.id, shared.version),
        address("party_end", shared.id, party),
        address("comment", shared.id),
    ):
        assert sent(client, url, words="x").status_code == 404, url
    assert reads.plan(cast.region_nurse, plan_id=shared.id) == shared


def test_the_other_side_writes_in_the_shared_plan_but_does_not_share_it(
    cast: Cast, shared: PlanDetail
) -> None:
    client = log_in(cast.needs_assessor)
    assert "Ändra" in shown(client, address("plan", shared.id))
    answer = sent(
        client,
        address("edit_section", shared.id, "if_worse"),
        text="Ring hemtjänsten.",
        version=shared.version,
    )
    assert answer.status_code == 302
    assert "Ring hemtjänsten." in shown(client, address("plan", shared.id))
    shown(client, address("share", shared.id), 403)
    shown(client, address("withdraw", shared.id), 403)


def test_the_person_reads_and_comments_but_does_not_edit(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    client = log_in(person_login(karin))
    text = shown(client, address("plan", shared.id))
    assert "Gå till affären själv" in text
    assert "Ändra" not in text
    shown(client, address("edit_section", shared.id, "what_matters"), 403)
    shown(client, address("list", karin.id))
    answer = sent(client, address("comment", shared.id), words="Jag vill gå själv.", about="")
    assert answer.status_code == 302
    assert "Jag vill gå själv." in shown(client, address("plan", shared.id))
    nurse = log_in(cast.region_nurse)
    assert "Vi har tagit hand om det" in shown(nurse, address("plan", shared.id))


# ── write ──


def test_a_plan_is_begun_with_one_form(cast: Cast, karin: PersonDetail) -> None:
    client = log_in(cast.region_nurse)
    answer = sent(
        client, address("new", karin.id), kind="sip", what_matters="Katten", title="", asked_by=""
    )
    (line,) = reads.list_plans(cast.region_nurse, person_id=karin.id)
    assert answer["Location"] == address("plan", line.id)
    text = shown(client, answer["Location"])
    assert "Katten" in text
    assert "Ingen insats är inskriven än." in text
    assert "Fastställ planen" not in text
    again = shown(client, address("new", karin.id))
    assert "Det finns redan en pågående plan" in again
    assert sent(client, address("new", karin.id), kind="fel").status_code == 422


def test_each_part_is_written_in_its_place_and_can_be_undone(cast: Cast, plan: PlanDetail) -> None:
    client, nurse = log_in(cast.region_nurse), cast.region_nurse
    steps: list[tuple[str, dict[str, object]]] = [
        (address("edit_section", plan.id, "strengths"), {"text": "Lagar mat", "version": 1}),
        (address("goal_new", plan.id), {"words": "Gå ut", "term": "short"}),
        (
            address("activity_new", plan.id),
            {"what": "Träning", "owner": str(cast.units["health_centre"].id)},
        ),
        (address("follow_up", plan.id), {"follow_up_on": str(TODAY + timedelta(days=30))}),
        (
            address("responsible", plan.id),
            {"organisation": str(cast.units["health_centre"].organisation_id)},
        ),
        (address("others", plan.id), {"nobody": "1"}),
    ]
    for url, data in steps:
        before = reads.plan(nurse, plan_id=plan.id)
        answer = client.post(url, data)
        assert answer.status_code == 302, (url, answer.content.decode()[:3000])
        made = reads.plan(nurse, plan_id=plan.id)
        assert made.version == before.version + 1, url
        page = shown(client, answer["Location"].partition("#")[0])
        undo = address("undo", plan.id, made.version)
        assert undo in page, url
        assert client.post(undo).status_code == 302
        after = reads.plan(nurse, plan_id=plan.id)
        assert len(after.goals) == len(before.goals), url
        assert after.strengths == before.strengths, url
        assert client.post(url, data | {"version": after.version}).status_code == 302
    whole = reads.plan(nurse, plan_id=plan.id)
    assert [one.what.value for one in whole.blocking] == ["both-sides", "consent"]


def test_what_is_refused_is_said_on_the_form_and_nothing_typed_is_lost(
    cast: Cast, written: PlanDetail
) -> None:
    client = log_in(cast.region_nurse)
    answer = client.post(address("activity_new", written.id), {"what": "Simma", "owner": ""})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Varje insats behöver någon som ansvarar." in text
    assert "Simma" in text
    past = {"follow_up_on": str(TODAY - timedelta(days=1))}
    answer = client.post(address("follow_up", written.id), past)
    assert answer.status_code == 422
    assert "Dagen har redan passerat" in answer.content.decode()
    other = {"what": "Simma", "owner": "other", "owner_text": ""}
    answer = client.post(address("activity_new", written.id), other)
    assert "Skriv vem det är." in answer.content.decode()


def test_two_editors_conflict_and_both_texts_stay(cast: Cast, written: PlanDetail) -> None:
    client = log_in(cast.region_nurse)
    url = address("edit_section", written.id, "what_matters")
    version = written.version
    client.post(url, {"text": "Den första texten", "version": version})
    answer = client.post(url, {"text": "Den andra texten", "version": version})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert text.count("Den första texten") >= 2  # beside the own text, and in the plan
    assert text.count("Den andra texten") >= 2  # beside the other's, and still in the form
    decided = client.post(url, {"text": "Båda", "version": version + 1})
    assert decided.status_code == 302
    assert reads.plan(cast.region_nurse, plan_id=written.id).what_matters == "Båda"


def test_two_editors_of_a_goal_and_an_activity_conflict(cast: Cast, written: PlanDetail) -> None:
    client = log_in(cast.region_nurse)
    goal, activity = written.goals[0], written.activities[0]
    cases: list[tuple[str, dict[str, object], str]] = [
        (
            address("goal_edit", written.id, goal.id),
            {"term": "short", "version": goal.version},
            "words",
        ),
        (
            address("activity_edit", written.id, activity.id),
            {
                "owner": str(activity.owner_unit_id),
                "due_on": str(activity.due_on),
                "status": "planned",
                "version": activity.version,
            },
            "what",
        ),
    ]
    for url, data, field in cases:
        assert client.post(url, data | {field: "Den första"}).status_code == 302, url
        answer = client.post(url, data | {field: "Den andra"})
        assert answer.status_code == 409, url
        text = answer.content.decode()
        assert "Den första" in text
        assert "Den andra" in text
        assert client.post(url, data | {field: "Båda", "version": 2}).status_code == 302


def test_a_goal_is_followed_up_and_an_activity_done(cast: Cast, active: PlanDetail) -> None:
    client, nurse = log_in(cast.region_nurse), cast.region_nurse
    goal, activity = active.goals[0], active.activities[0]
    answer = client.post(
        address("goal_outcome", active.id, goal.id),
        {"status": "reached", "outcome": "Nu går jag", "version": goal.version},
    )
    assert answer.status_code == 302
    assert client.post(address("activity_done", active.id, activity.id)).status_code == 302
    made = reads.plan(nurse, plan_id=active.id)
    assert made.goals[0].status is GoalStatus.REACHED
    assert made.activities[0].done_at == NOW


def test_a_plan_that_holds_without_consent_says_when_and_what_is_owed(
    cast: Cast, active: PlanDetail
) -> None:
    client = log_in(cast.region_nurse)
    assert "får inte delas" not in shown(client, address("plan", active.id))
    ops.withdraw_sharing(cast.region_nurse, plan_id=active.id, by="Karin Åström")
    text = shown(client, address("plan", active.id))
    assert "innan planen kan fastställas" not in text
    assert "Planen gäller, men får inte delas" in text
    assert "Samtycket återkallades" in text
    assert "Kommunen prövar ansökningar" in text


def test_establish_share_withdraw_and_end(cast: Cast, written: PlanDetail) -> None:
    client, nurse = log_in(cast.region_nurse), cast.region_nurse
    refused = client.post(address("activate", written.id))
    assert refused.status_code == 409
    assert "samtycke till planen är inte noterat" in refused.content.decode()
    unit = cast.units["assessment"].id
    share = {"parties": [str(unit)], "given_by": "Karin", "form": "oral"}
    assert client.post(address("share", written.id), share | {"parties": []}).status_code == 422
    assert client.post(address("share", written.id), share).status_code == 302
    assert client.post(address("activate", written.id)).status_code == 302
    assert reads.plan(nurse, plan_id=written.id).status is PlanStatus.ACTIVE
    assert "läser och skriver i planen" in shown(client, address("plan", written.id))
    assert client.post(address("withdraw", written.id), {"by": "Karin"}).status_code == 302
    assert not reads.plan(nurse, plan_id=written.id).consent
    assert client.post(address("end", written.id), {"reason": ""}).status_code == 422
    assert client.post(address("end", written.id), {"reason": "Flyttat"}).status_code == 302
    text = shown(client, address("plan", written.id))
    assert "Planen är avslutad" in text
    assert "Ändra" not in text
    shown(client, address("goal_new", written.id), 409)


def test_versions_and_what_differs(cast: Cast, active: PlanDetail) -> None:
    client = log_in(cast.region_nurse)
    assert "Fastställde planen" in shown(client, address("versions", active.id))
    text = shown(client, address("compare", active.id) + f"?fran=1&till={active.version}")
    assert "Läkemedelsgenomgång" in text
    for wrong in ("", "?fran=1&till=x", "?fran=1&till=9999999999", "?fran=0&till=1"):
        shown(client, address("compare", active.id) + wrong, 404)
    shown(client, f"/planer/{active.id}/text/hemligt/", 404)


def test_contacts_are_appointed_and_ended(cast: Cast, karin: PersonDetail) -> None:
    client = log_in(cast.region_nurse)
    form = {"kind": "fast-vardkontakt", "assignment": str(cast.region_nurse.assignment_id)}
    assert client.post(address("contact_new", karin.id), form).status_code == 302
    assert "Lena Berg" in shown(client, address("list", karin.id))
    again = client.post(address("contact_new", karin.id), form)
    assert again.status_code == 422
    assert "Lena Berg är redan utsedd." in again.content.decode()
    (contact,) = reads.list_contacts(cast.region_nurse, person_id=karin.id)
    assert client.post(address("contact_end", contact.id)).status_code == 302
    assert reads.list_contacts(cast.region_nurse, person_id=karin.id) == []


def test_support_staff_read_but_get_no_form(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    from samverka.access.operations import open_relation
    from samverka.access.rules import RelationKind

    unit = cast.units["home_care"]
    open_relation(
        cast.system,
        person_id=karin.id,
        kind=RelationKind.SOCIAL_SERVICE,
        unit_id=unit.id,
        provider_id=unit.provider_id,
    )
    client = log_in(cast.home_care)
    text = shown(client, address("plan", shared.id))
    assert "Gå till affären själv" in text
    assert "Ändra" not in text
    shown(client, address("goal_new", shared.id), 403)
    shown(client, address("new", karin.id), 403)
    shown(client, address("contact_new", karin.id), 403)


# ── few questions ──

MOST = 12


def questions(client: Client, url: str) -> list[str]:
    """The questions that a page asks, without the beginning and end of its transactions."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown(client, url)
    turns = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(turns)]


def fill(cast: Cast, plan: PlanDetail) -> None:
    """More of everything: the number of questions must not grow with it."""
    nurse = cast.region_nurse
    for number in range(5):
        ops.add_goal(nurse, plan_id=plan.id, words=f"Mål {number}", term=Term.LONG)
        ops.add_activity(
            nurse,
            plan_id=plan.id,
            what=f"Insats {number}",
            owner=ops.Owner(kind=OwnerKind.OTHER, text="Grannen"),
        )
        ops.comment_plan(nurse, plan_id=plan.id, words=f"Ord {number}")
    ops.write_section(
        nurse, plan_id=plan.id, section=Section.STRENGTHS, text="x", version=plan.version
    )


def test_no_page_asks_more_than_twelve_questions(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    ops.appoint_contact(cast.region_nurse, person_id=karin.id, kind=ContactKind.FAST_VARDKONTAKT)
    fill(cast, shared)
    pages = [*plan_pages(shared), address("list", karin.id), address("new", karin.id)]
    for actor in (cast.region_nurse, cast.needs_assessor):
        client = log_in(actor)
        shown(client, address("plan", shared.id))  # the session's first sign of life is written
        for url in pages:
            if actor is cast.needs_assessor and ("/dela/" in url or "jamfor" in url):
                continue
            asked = questions(client, url)
            assert len(asked) <= MOST, "\n".join([url, *asked])
    her = log_in(person_login(karin))
    for url in (address("plan", shared.id), address("list", karin.id), address("print", shared.id)):
        asked = questions(her, url)
        assert len(asked) <= MOST, "\n".join([url, *asked])


def test_the_worklist_asks_few_questions(
    cast: Cast, active: PlanDetail, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(7):  # savepoint ×2, row security, rows, standing ×2, trail
        assert reads.worklist(cast.region_nurse)
