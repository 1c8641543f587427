"""Before the meeting: the person writes at home, sends, and staff take it in with who and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given as for_all
from hypothesis import strategies as st

from samverka.access import operations as access
from samverka.access.rules import ProxyKind
from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import PreparationWords
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PREP_PARTS, PrepPart
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, NotAllowed, NotFound, NotNow
from samverka.notices.models import Task
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person, person_login
from tests.readability import lix

WORDS = "Att få vara med hönsen på morgonen."


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def herself(karin: PersonDetail) -> Actor:
    return person_login(karin)


@pytest.fixture
def daughter(cast: Cast, karin: PersonDetail) -> Actor:
    """Eva, who may read and write for Karin."""
    eva = make_person(cast.region_nurse, PersonFacts(given_name="Eva", family_name="Lund"))
    access.grant_proxy(
        person_login(karin), person_id=karin.id, proxy_person_id=eva.id,
        kind=ProxyKind.REPRESENTATIVE, scopes=frozenset({"read", "write"}), proxy_name="Eva Lund",
    )  # fmt: skip
    return person_login(eva)


# ── rules ──


@pytest.mark.parametrize(
    ("now", "words", "joined"),
    [
        ("", "Hönsen.", "Hönsen."),
        ("Hemma.", "Hönsen.", "Hemma.\n\nHönsen."),
        ("Hemma.\n\nHönsen.", "Hönsen.", "Hemma.\n\nHönsen."),
        ("Hemma.", "  ", "Hemma."),
    ],
)
def test_words_are_added_never_instead(now: str, words: str, joined: str) -> None:
    assert rules.join_words(now, words) == joined


@for_all(st.text(max_size=60), st.text(max_size=60))
def test_no_word_disappears(now: str, words: str) -> None:
    made = rules.join_words(now, words)
    assert now.strip() in made
    assert words.strip() in made
    assert rules.join_words(made, words) == made.strip()


def test_the_questions_follow_each_other() -> None:
    order = [PrepPart.WHAT_MATTERS]
    while after := rules.next_part(order[-1]):
        assert rules.part_before(after) is order[-1]
        order.append(after)
    assert order == list(PrepPart)
    assert lix(" ".join(f"{one.ask} {one.help}" for one in PREP_PARTS.values())) <= 30


# ── write, send, take in ──


def test_a_draft_is_the_persons_until_it_is_sent(
    cast: Cast, plan: PlanDetail, herself: Actor
) -> None:
    part = PrepPart.STRENGTHS
    ops.write_preparation(herself, plan_id=plan.id, part=part, words=WORDS)
    assert reads.preparation(cast.region_nurse, plan_id=plan.id).sent == ()
    assert reads.preparation(cast.region_nurse, plan_id=plan.id).draft == {}
    assert reads.preparation(herself, plan_id=plan.id).draft[part].words == WORDS
    sent = ops.send_preparation(herself, plan_id=plan.id)
    assert (sent.draft, [one.words for one in sent.sent]) == ({}, [WORDS])
    assert Task.objects.get(object_type="Preparation").unit_id == plan.unit.id
    [seen] = reads.preparation(cast.region_nurse, plan_id=plan.id).sent
    assert (seen.words, seen.by, seen.may_take) == (WORDS, "Karin Åström", True)


def test_taken_in_without_typing_and_with_whose_words(
    cast: Cast, plan: PlanDetail, herself: Actor
) -> None:
    for part, words in (
        (PrepPart.WHAT_MATTERS, "Kören på tisdagar."),
        (PrepPart.HELP, "Gå i trappan"),
        (PrepPart.GUESTS, "Min dotter Eva"),
    ):
        ops.write_preparation(herself, plan_id=plan.id, part=part, words=words)
    sent = ops.send_preparation(herself, plan_id=plan.id)
    by_part = {one.part: one for one in sent.sent}
    nurse = cast.region_nurse
    taken = ops.take_words(nurse, words_id=by_part[PrepPart.WHAT_MATTERS].id)
    now = reads.plan(nurse, plan_id=plan.id)
    assert now.what_matters == f"{plan.what_matters}\n\nKören på tisdagar."
    mark = next(one for one in taken.sent if one.part is PrepPart.WHAT_MATTERS)
    assert (mark.by, mark.taken_by, mark.may_take) == ("Karin Åström", nurse.name, False)
    with pytest.raises(NotNow):
        ops.take_words(nurse, words_id=mark.id)
    ops.take_words(nurse, words_id=by_part[PrepPart.HELP].id)
    assert [one.words for one in reads.plan(nurse, plan_id=plan.id).goals] == ["Gå i trappan"]
    with pytest.raises(NotNow):
        ops.take_words(nurse, words_id=by_part[PrepPart.GUESTS].id)
    assert not Task.objects.filter(object_type="Preparation", ended_at__isnull=True).exists()
    assert PreparationWords.objects.get(part=PrepPart.WHAT_MATTERS).words == "Kören på tisdagar."


def test_nothing_is_sent_when_nothing_is_written(plan: PlanDetail, herself: Actor) -> None:
    ops.write_preparation(herself, plan_id=plan.id, part=PrepPart.HELP, words="  ")
    with pytest.raises(NotNow):
        ops.send_preparation(herself, plan_id=plan.id)


def test_two_who_write_for_the_same_person_lose_nothing(
    plan: PlanDetail, herself: Actor, daughter: Actor
) -> None:
    part = PrepPart.HELP
    first = ops.write_preparation(herself, plan_id=plan.id, part=part, words="Trappan")
    later = replace(daughter, at=daughter.at + timedelta(minutes=1))
    with pytest.raises(Conflict) as both:
        ops.write_preparation(later, plan_id=plan.id, part=part, words="Duschen")
    assert (both.value.mine, both.value.theirs) == ({"words": "Duschen"}, {"words": "Trappan"})
    seen = first.draft[part].written_at
    made = ops.write_preparation(
        later, plan_id=plan.id, part=part, words="Trappan och duschen", seen_at=seen
    )
    assert (made.draft[part].by, made.draft[part].on_behalf_of) == ("Eva Lund", "Karin Åström")


def test_staff_write_on_behalf_and_it_shows(cast: Cast, plan: PlanDetail, herself: Actor) -> None:
    nurse = cast.region_nurse
    ops.write_preparation(nurse, plan_id=plan.id, part=PrepPart.MANAGE, words="Lagar mat")
    [words] = ops.send_preparation(nurse, plan_id=plan.id).sent
    assert (words.by, words.on_behalf_of) == ("Lena Berg", "Karin Åström")
    assert reads.preparation(herself, plan_id=plan.id).sent[0].words == "Lagar mat"


def test_who_may_not(cast: Cast, shared: PlanDetail, herself: Actor) -> None:
    ops.write_preparation(herself, plan_id=shared.id, part=PrepPart.HELP, words="Trappan")
    ops.send_preparation(herself, plan_id=shared.id)
    # The other side is given it in the plan, not here.
    other = reads.preparation(cast.needs_assessor, plan_id=shared.id)
    assert (other.sent, other.may_write) == ((), False)
    for reader in (cast.stranger, cast.municipal_nurse):
        with pytest.raises(NotFound):
            reads.preparation(reader, plan_id=shared.id)
    words = PreparationWords.objects.get(part=PrepPart.HELP)
    with pytest.raises(NotAllowed):
        ops.take_words(herself, words_id=words.id)


# ── pages ──


def test_one_question_at_a_time_then_send(
    cast: Cast, karin: PersonDetail, plan: PlanDetail, herself: Actor
) -> None:
    client = log_in(herself)
    start = reverse("careplans:preparation", args=[plan.id])
    assert "Vad är viktigt för dig?" in client.get(start).content.decode()
    url = reverse("careplans:preparation_part", args=[plan.id, "what-matters"])
    assert "Fråga 1 av 6" in client.get(url).content.decode()
    saved = client.post(url, {"words": WORDS}, headers={"HX-Request": "true"})
    assert "Sparat klockan 15.30." in saved.content.decode()
    follows = client.post(url, {"words": WORDS})
    assert follows["Location"] == reverse("careplans:preparation_part", args=[plan.id, "strengths"])
    assert client.post(url, {"words": "x" * 5000}).status_code == 422
    assert client.get(start.replace("infor-motet", "infor-motet/okand")).status_code == 404
    assert client.post(reverse("careplans:preparation_send", args=[plan.id])).status_code == 302
    staff = log_in(cast.region_nurse)
    shown = staff.get(start).content.decode()
    assert WORDS in shown
    take = reverse("careplans:preparation_take", args=[PreparationWords.objects.get().id])
    assert staff.post(take).status_code == 302
    assert WORDS in staff.get(reverse("careplans:plan", args=[plan.id])).content.decode()
    assert log_in(cast.stranger).get(start).status_code == 404


# ── whom the person wants at the meeting ──


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Eva, dotter", ("Eva, dotter",)),
        ("Min dotter Eva", ("Min dotter Eva",)),
        ("Eva och Gun. Inte så många på en gång, tack.", ("Eva", "Gun")),
        ("Tolken Saba. Inte min granne.", ("Tolken Saba",)),
        ("Eva, Bo, Gun\n- Per, granne", ("Eva", "Bo", "Gun", "Per, granne")),
        ("Inte min bror", ()),
        ("  ", ()),
        ("x" * 201, ()),
    ],
)
def test_whom_the_person_names_is_offered_and_a_no_never(
    words: str, names: tuple[str, ...]
) -> None:
    assert rules.named_guests(words) == names


def test_the_named_are_invited_with_one_press(cast: Cast, plan: PlanDetail, herself: Actor) -> None:
    words = "Eva, dotter. Inte min bror."
    ops.write_preparation(herself, plan_id=plan.id, part=PrepPart.GUESTS, words=words)
    client, url = log_in(cast.region_nurse), reverse("careplans:meeting_new", args=[plan.id])
    assert "Inte min bror" not in client.get(url).content.decode()  # a draft is the person's
    ops.send_preparation(herself, plan_id=plan.id)
    text = client.get(url).content.decode()
    assert words in text
    assert 'name="wished" value="Eva, dotter"' in text
    facts = {"starts_at": "2026-12-01T10:00", "length": "60", "place": "Rum 2", "person": "on"}
    answer = client.post(url, facts | {"wished": "Eva, dotter"})
    assert answer.status_code == 302
    [made] = reads.list_meetings(cast.region_nurse, plan_id=plan.id)
    meeting = reads.meeting(cast.region_nurse, meeting_id=made.id)
    assert {one.name for one in meeting.calls} == {"Karin Åström", "Eva, dotter"}
    more = client.get(reverse("careplans:meeting_more", args=[plan.id, made.id])).content.decode()
    assert words in more
    assert 'name="wished"' not in more  # she is invited already


def test_what_the_person_wrote_is_for_those_who_keep_the_plan(
    cast: Cast, shared: PlanDetail, herself: Actor
) -> None:
    ops.write_preparation(herself, plan_id=shared.id, part=PrepPart.GUESTS, words="Eva")
    ops.send_preparation(herself, plan_id=shared.id)
    assert reads.plan_to_call(cast.region_nurse, plan_id=shared.id).guests
    assert reads.plan_to_call(cast.needs_assessor, plan_id=shared.id).guests == ()
