"""Checks of the log, and lifting of an inner block: offices with one task each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverka.access import operations as access
from samverka.access.models import Opening
from samverka.access.rules import BlockKind
from samverka.audit.models import Event
from samverka.careplans.reads import plan as read_plan
from samverka.contract import operations
from samverka.contract.models import LogCheck
from samverka.contract.rules import CheckOutcome
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.people.reads import person as read_person
from tests.contract.conftest import Story
from tests.contract.pagetext import blocks, questions
from tests.factories.browser import log_in
from tests.factories.cast import KARINS_NUMBER, relate


def shown(response) -> str:
    assert response.status_code == 200
    return "\n".join(blocks(str(response.content, "utf-8")))


def stopped(story: Story) -> None:
    with pytest.raises(NotFound):
        read_person(story.cast.stranger, person_id=story.karin.id)


# ── look through ──


def test_the_reviewer_sees_the_own_providers_log_only(story: Story) -> None:
    text = shown(log_in(story.cast.log_reviewer).post("/loggkontroll/", {}))
    assert "Lena Berg" in text
    assert "Karin Åström" in text
    assert "Mats Öberg" not in text  # the municipality's
    assert "Backvägen" not in text


def test_filters_narrow(story: Story) -> None:
    stopped(story)
    browser = log_in(story.cast.log_reviewer)
    refused = shown(browser.post("/loggkontroll/", {"refused": "on"}))
    assert "Per Holm" in refused
    assert "Lena Berg" not in refused
    without = shown(browser.post("/loggkontroll/", {"without_relation": "on"}))
    assert "Per Holm" in without
    assert "Inga rader" in shown(browser.post("/loggkontroll/", {"emergency": "on"}))


def test_one_person_by_number_in_the_body(story: Story) -> None:
    browser = log_in(story.cast.log_reviewer)
    found = shown(browser.post("/loggkontroll/", {"identity": KARINS_NUMBER.value}))
    assert "Karin Åström" in found
    wrong = browser.post("/loggkontroll/", {"identity": "123"})
    assert wrong.status_code == 422


def test_a_number_that_nobody_has_finds_nothing_rather_than_everything(story: Story) -> None:
    from samverka.kernel.identity import Sex
    from samverka.kernel.testseries import test_number as listed_number

    nobody = listed_number(date(1981, 6, 6), Sex.FEMALE, 0)
    answer = log_in(story.cast.log_reviewer).post("/loggkontroll/", {"identity": nobody.value})
    assert "Inga rader" in shown(answer)


def test_one_of_the_staff(story: Story) -> None:
    read_plan(story.cast.physician, plan_id=story.plan.id)
    browser = log_in(story.cast.log_reviewer)
    only = shown(browser.post("/loggkontroll/", {"staff": str(story.cast.physician.id)}))
    assert "Visar bara det som Anna Lund har gjort." in only
    assert "Lena Berg" not in only


@pytest.mark.parametrize("who", ["region_nurse", "block_officer", "administrator", "karin_herself"])
def test_nobody_else_reads_the_log(story: Story, who: str) -> None:
    actor = getattr(story.cast, who, None) or getattr(story, who)
    for address in ("/loggkontroll/", "/loggkontroll/kontroller/"):
        assert log_in(actor).get(address).status_code == 403
    with pytest.raises(NotAllowed):
        operations.draw_check(actor, month=date(2026, 11, 1), count=10)


def test_the_review_is_itself_in_the_log_of_the_person(story: Story) -> None:
    log_in(story.cast.log_reviewer).get("/loggkontroll/")
    assert Event.objects.filter(action="log.review", person_id=str(story.karin.id)).exists()


# ── draw and document ──


def test_lines_are_drawn_looked_at_and_documented(story: Story) -> None:
    read_plan(story.cast.region_nurse, plan_id=story.plan.id)
    browser = log_in(story.cast.log_reviewer)
    before = shown(browser.get("/loggkontroll/kontroller/"))
    assert "November 2026, oktober 2026" in before
    begun = browser.post("/loggkontroll/kontroller/", {"month": "2026-11-01", "count": "10"})
    assert begun.status_code == 302
    page = shown(browser.get(begun["Location"]))
    assert "Lena Berg" in page
    closed = browser.post(
        begun["Location"], {"outcome": "clear", "words": "Alla hade vårdrelation."}
    )
    assert closed["Location"] == "/loggkontroll/kontroller/"
    after = shown(browser.get("/loggkontroll/kontroller/"))
    assert "Alla hade vårdrelation." in after
    assert "November 2026, oktober" not in after
    row = LogCheck.objects.get()
    assert (row.outcome, row.closed_by, row.begun_by) == ("clear", "Bo Ask", "Bo Ask")
    assert Event.objects.filter(action="log.check").count() == 2


def test_drawn_lines_are_of_the_month_and_of_staff_with_persons(story: Story) -> None:
    read_plan(story.cast.region_nurse, plan_id=story.plan.id)
    made = operations.draw_check(story.cast.log_reviewer, month=date(2026, 11, 1), count=50)
    row = LogCheck.objects.get(id=made.id)
    lines = Event.objects.filter(id__in=row.event_ids)
    assert lines.count() == made.lines > 0
    for line in lines:
        assert line.provider_id == str(story.cast.log_reviewer.provider_id)
        assert line.actor_kind == "staff"
        assert line.person_id
        assert (line.at.year, line.at.month) == (2026, 11)


def test_a_month_without_lines_or_ahead_is_refused(story: Story) -> None:
    reviewer = story.cast.log_reviewer
    with pytest.raises(NotNow):
        operations.draw_check(reviewer, month=date(2026, 6, 1), count=10)
    with pytest.raises(Invalid):
        operations.draw_check(reviewer, month=date(2027, 1, 1), count=10)
    with pytest.raises(Invalid):
        operations.draw_check(reviewer, month=date(2026, 11, 1), count=11)
    assert not LogCheck.objects.exists()


def test_a_search_is_kept_as_a_check(story: Story) -> None:
    stopped(story)
    browser = log_in(story.cast.log_reviewer)
    begun = browser.post("/loggkontroll/", {"refused": "on", "check": "1"})
    page = shown(browser.get(begun["Location"]))
    assert "Per Holm" in page
    row = LogCheck.objects.get()
    assert row.wanted["refused"] is True
    assert len(row.event_ids) == 1


def test_a_check_is_closed_once_and_only_by_the_own_provider(story: Story) -> None:
    read_plan(story.cast.region_nurse, plan_id=story.plan.id)
    reviewer = story.cast.log_reviewer
    made = operations.draw_check(reviewer, month=date(2026, 11, 1), count=10)
    from dataclasses import replace

    other = replace(
        story.cast.municipal_nurse, permissions=reviewer.permissions, name="Annan granskare"
    )
    with pytest.raises(NotFound):
        operations.close_check(
            other, check_id=made.id, outcome=CheckOutcome.CLEAR, words="Allt väl."
        )
    given: dict[str, Any] = {
        "check_id": made.id,
        "outcome": CheckOutcome.ASKED,
        "words": "Frågat Lena.",
    }
    operations.close_check(reviewer, **given)
    with pytest.raises(NotNow):
        operations.close_check(reviewer, **given)


def test_nothing_written_is_said_on_the_form(story: Story) -> None:
    read_plan(story.cast.region_nurse, plan_id=story.plan.id)
    made = operations.draw_check(story.cast.log_reviewer, month=date(2026, 11, 1), count=10)
    address = f"/loggkontroll/kontroller/{made.id}/"
    answer = log_in(story.cast.log_reviewer).post(address, {"outcome": "clear", "words": "ok"})
    assert answer.status_code == 422
    assert LogCheck.objects.get().outcome == "open"


@pytest.mark.parametrize("address", ["/loggkontroll/", "/loggkontroll/kontroller/"])
def test_the_pages_cost_twelve_questions(story: Story, address: str) -> None:
    browser = log_in(story.cast.log_reviewer)
    browser.get(address)
    with questions() as asked:
        assert browser.get(address).status_code == 200
    assert len(asked) <= 12, "\n".join(asked)


# ── lifting of an inner block ──


@pytest.fixture
def blocked(story: Story) -> Story:
    relate(story.cast.ward_nurse, story.karin)
    access.set_block(
        story.karin_herself,
        person_id=story.karin.id,
        kind=BlockKind.INNER,
        provider_id=story.cast.units["health_centre"].provider_id,
        unit_id=story.cast.units["health_centre"].id,
    )
    access.make_choice(story.cast.ward_nurse, person_id=story.karin.id)
    return story


def test_the_officer_lifts_a_block_for_one_reader(blocked: Story) -> None:
    ward = blocked.cast.ward_nurse
    with pytest.raises(NotFound):
        read_plan(ward, plan_id=blocked.plan.id)
    browser = log_in(blocked.cast.block_officer)
    found = browser.post("/sparrar/", {"identity": KARINS_NUMBER.value})
    assert found["Location"] == f"/sparrar/{blocked.karin.id}/hav/"
    page = shown(browser.get(found["Location"]))
    assert "Krokoms hälsocentral" in page
    assert "Omar Haddad, sjuksköterska, Medicinavdelningen" in page
    assert "Hem till hönsen" not in page  # which unit is shown first, nothing of what it holds
    given = {
        "unit": str(blocked.cast.units["health_centre"].id),
        "reader": str(ward.assignment_id),
        "ground": "need",
        "reason": "Medvetslös, behöver veta om blodförtunnande.",
    }
    assert browser.post(found["Location"], given)["Location"] == "/sparrar/"
    opened = read_plan(ward, plan_id=blocked.plan.id)
    assert opened.title == "Hem till hönsen"
    line = Event.objects.get(action="block.lift", outcome=0)
    assert "oundgängligen" in line.detail["reason"]


def test_a_short_reason_is_refused_and_nothing_opened(blocked: Story) -> None:
    browser = log_in(blocked.cast.block_officer)
    given = {
        "unit": str(blocked.cast.units["health_centre"].id),
        "reader": str(blocked.cast.ward_nurse.assignment_id),
        "ground": "consent",
        "reason": "",
    }
    answer = browser.post(f"/sparrar/{blocked.karin.id}/hav/", given)
    assert answer.status_code == 422
    assert not Opening.objects.filter(kind="lift").exists()


def test_one_unknown_to_the_care_provider_is_not_found(blocked: Story) -> None:
    from samverka.kernel.identity import Sex
    from samverka.kernel.testseries import test_number as listed_number

    nobody = listed_number(date(1981, 6, 6), Sex.FEMALE, 0)
    answer = log_in(blocked.cast.block_officer).post("/sparrar/", {"identity": nobody.value})
    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["region_nurse", "log_reviewer", "karin_herself"])
def test_nobody_else_lifts(blocked: Story, who: str) -> None:
    actor = getattr(blocked.cast, who, None) or getattr(blocked, who)
    assert log_in(actor).get("/sparrar/").status_code == 403
    assert log_in(actor).get(f"/sparrar/{blocked.karin.id}/hav/").status_code == 403
