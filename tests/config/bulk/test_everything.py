"""`$everything`: all that the reader may have, page by page the same; who may know nothing gets nothing."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from samverka.audit.models import Event
from samverka.config.exchange import FHIR
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, Problem
from samverka.resources.rules.validation import validate
from samverka.web.exchange import Call
from tests.contract.conftest import Story

pytestmark = pytest.mark.django_db
BASE = "https://s.example/fhir/R4"


def everything(actor: Actor, story: Story, **given: str) -> Any:
    return page(actor, story, tuple(given.items()))


def page(actor: Actor, story: Story, given: tuple[tuple[str, str], ...]) -> Any:
    assert FHIR.operate is not None
    call = Call("GET", "Patient", str(story.karin.id), "$everything", given=given, base=BASE)
    answer = FHIR.operate(actor, call)
    found = json.loads(answer.text)
    assert [one for one in validate(answer.text) if one.path.count(".") < 2] == []
    return found


def names(bundle: Any) -> list[str]:
    return [one["fullUrl"].removeprefix(f"{BASE}/") for one in bundle.get("entry", [])]


def about(bundle: Any) -> list[str]:
    """What is about the person; what that points at comes along on every page that needs it."""
    found = [one for one in bundle.get("entry", []) if one["search"]["mode"] == "match"]
    return [one["fullUrl"] for one in found]


def kinds(bundle: Any) -> set[str]:
    return {one.split("/")[0] for one in names(bundle)}


def test_the_keeper_has_the_person_the_plan_and_what_was_sent(story: Story) -> None:
    found = everything(story.cast.region_nurse, story)
    assert names(found)[0] == f"Patient/{story.karin.id}"
    assert {"CarePlan", "Goal", "CareTeam"} <= kinds(found)
    assert f"CarePlan/{story.plan.id}" in names(found)
    assert len(names(found)) == len(set(names(found)))
    for one in found["entry"]:
        resource = one["resource"]
        assert one["fullUrl"] == f"{BASE}/{resource['resourceType']}/{resource['id']}"


def test_pages_give_the_same_each_thing_once(story: Story) -> None:
    nurse = story.cast.region_nurse
    whole, parts = about(everything(nurse, story)), []
    given: tuple[tuple[str, str], ...] = (("_count", "2"),)
    for _turn in range(50):
        found = page(nurse, story, given)
        parts += about(found)
        links = {one["relation"]: one["url"] for one in found["link"]}
        if "next" not in links:
            break
        given = tuple(parse_qsl(urlsplit(links["next"]).query))
    assert sorted(parts) == sorted(whole)
    assert len(whole) > 4


def test_a_type_and_a_time_narrow_it(story: Story) -> None:
    nurse = story.cast.region_nurse
    assert kinds(everything(nurse, story, _type="Goal,CareTeam")) == {"Goal", "CareTeam"}
    assert names(everything(nurse, story, _since="2030-01-01T00:00:00Z")) == []
    for given in ({"_type": "Nothing"}, {"_count": "0"}, {"_after": "x"}, {"_since": "now"}):
        with pytest.raises(Invalid):
            everything(nurse, story, **given)


def test_a_stranger_gets_404_and_nothing_is_told(story: Story) -> None:
    for given in ({}, {"_type": "Goal"}):
        with pytest.raises(Problem) as refused:
            everything(story.cast.stranger, story, **given)
        assert refused.value.status == 404


def test_the_person_has_what_the_page_shows(story: Story) -> None:
    found = everything(story.karin_herself, story)
    assert f"CarePlan/{story.plan.id}" in names(found)
    assert "Practitioner" not in kinds(found)


def test_each_page_leaves_its_line(story: Story) -> None:
    person = str(story.karin.id)
    before = Event.objects.filter(person_id=person, action="shelf.read").count()
    everything(story.cast.region_nurse, story)
    assert Event.objects.filter(person_id=person, action="shelf.read").count() > before


def test_one_who_has_been_given_the_plan_has_it_too(story: Story) -> None:
    found = everything(story.cast.municipal_nurse, story)
    assert f"CarePlan/{story.plan.id}" in names(found)
    assert not {"Observation", "MedicationStatement"} & kinds(found)
