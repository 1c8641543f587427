"""One who acts for the person is spoken to as that one: the person's name, and whose answer it is."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from samverka.careplans import operations as plans
from samverka.careplans import reads
from samverka.careplans.rules.meetings import Answer, CallStatus, Invitee
from samverka.kernel.problems import NotAllowed
from tests.contract.conftest import Story
from tests.factories.browser import log_in
from tests.factories.cast import NOW


@pytest.fixture
def calls(story: Story) -> dict[Invitee, UUID]:
    """A meeting with Karin, her daughter and a neighbour: the calls by kind of guest."""
    begins = NOW + timedelta(days=7)
    facts = plans.MeetingFacts(begins, begins + timedelta(hours=1), place="Rum 2")
    invited = plans.Invited(person=True, relatives=("Eva Lund, dotter",), others=("Ulla Ek",))
    nurse = story.cast.region_nurse
    made = plans.call_meeting(nurse, plan_id=story.plan.id, facts=facts, invited=invited)
    return {one.invitee: one.id for one in made.calls}


def test_the_news_has_the_persons_name(story: Story, calls: dict[Invitee, UUID]) -> None:
    own = log_in(story.karin_herself).get("/min-sida/").content.decode()
    assert "Du är inbjuden till ett möte om din plan." in own
    name = story.karin.called_name or story.karin.name
    for address in ("contract:my_page", "contract:my_all_news"):
        url = reverse(address, args=[story.karin.id])
        page = log_in(story.eva).get(url).content.decode()
        assert f"{name} är inbjuden till ett möte om sin plan." in page, address
        assert "Du är inbjuden" not in page, address


def test_one_answers_the_own_invitation_and_says_for_whom_the_other(
    story: Story, calls: dict[Invitee, UUID]
) -> None:
    browser = log_in(story.eva)
    page = browser.get(reverse("contract:my_page", args=[story.karin.id])).content.decode()
    hers = reverse("careplans:call", args=[calls[Invitee.RELATIVE]])
    karins = reverse("careplans:call", args=[calls[Invitee.PERSON]])
    assert f"Svara för {story.karin.name}" in page
    assert karins in page
    assert hers in page
    shown = browser.get(karins).content.decode()
    assert f"Du svarar för {story.karin.name}." in shown
    assert "Jag kommer" not in shown
    shown = browser.get(hers).content.decode()
    assert "Du svarar för dig själv." in shown
    assert "Jag kommer" in shown
    assert browser.post(karins, {"answer": "declined", "reason": "Orkar inte."}).status_code == 302
    assert browser.post(hers, {"answer": "accepted"}).status_code == 302
    nurse = story.cast.region_nurse
    kept = {
        kind: reads.call(nurse, call_id=calls[kind]).call
        for kind in (Invitee.RELATIVE, Invitee.PERSON)
    }
    assert [(one.status, one.answered_by, one.on_behalf) for one in kept.values()] == [
        (CallStatus.ACCEPTED, "Eva Lund", False),
        (CallStatus.DECLINED, "Eva Lund", True),
    ]


def test_nobody_answers_for_another_guest(story: Story, calls: dict[Invitee, UUID]) -> None:
    yes = Answer(CallStatus.ACCEPTED)
    for actor, kind in ((story.eva, Invitee.OTHER), (story.karin_herself, Invitee.RELATIVE)):
        key = calls[kind]
        assert not reads.call(actor, call_id=key).may_answer
        with pytest.raises(NotAllowed):
            plans.answer_call(actor, call_id=key, answer=yes)
