"""Advice on self-care: who may judge, what must be said, its history, its task, who may see it (EGV)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from samverka.access.operations import make_choice
from samverka.access.rules import RelationKind
from samverka.audit.models import Event
from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import SelfCare
from samverka.careplans.reads import SelfCareDetail
from samverka.careplans.rules import SelfCareFacts
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.models import News, Task
from samverka.notices.rules import TaskKind
from samverka.people.reads import PersonDetail
from tests.careplans.conftest import TODAY
from tests.factories.browser import log_in
from tests.factories.cast import Cast, make_person, person_login, relate

DAY = timedelta(days=1)
FACTS = SelfCareFacts(
    what="Lägg om såret på benet",
    how="Tvätta händerna. Ta bort det gamla. Lägg på en ny kompress.",
    call_when="Ring om det blir rött eller gör mer ont.",
    risks="Kan bli infekterat. Karin känner igen tecknen.",
    judged_on=TODAY,
    reassess_on=TODAY + 30 * DAY,
    helper="Eva, din dotter",
    wish="Karin vill slippa åka till mottagningen.",
)


@pytest.fixture
def advice(cast: Cast, karin: PersonDetail) -> SelfCareDetail:
    return ops.advise_self_care(cast.region_nurse, person_id=karin.id, facts=FACTS)


# ── rules ──

PROFESSIONS = [
    ("Distriktssköterska", True),
    ("sjuksköterska", True),
    ("specialistsjuksköterska", True),
    ("Överläkare", True),
    ("arbetsterapeut", True),
    ("hälso- och sjukvårdskurator", True),
    ("kurator", False),
    ("undersköterska", False),
    ("Barnsköterska", False),
    ("biståndshandläggare", False),
    ("läkarsekreterare", False),
    ("", False),
]


@pytest.mark.parametrize(("profession", "licensed"), PROFESSIONS)
def test_who_is_licensed(profession: str, licensed: bool) -> None:
    assert rules.is_licensed(profession) is licensed


JUDGES: list[tuple[Branch | None, str, type[Exception] | None]] = [
    (Branch.HEALTH, "sjuksköterska", None),
    (Branch.SCHOOL_HEALTH, "skolsköterska", None),
    (Branch.HEALTH, "undersköterska", Invalid),
    (Branch.SOCIAL, "sjuksköterska", NotAllowed),
    (None, "sjuksköterska", NotAllowed),
]


@pytest.mark.parametrize(("branch", "profession", "refused"), JUDGES)
def test_who_may_judge(
    branch: Branch | None, profession: str, refused: type[Exception] | None
) -> None:
    if refused is None:
        rules.check_judge(branch, profession)
        return
    with pytest.raises(refused):
        rules.check_judge(branch, profession)


DAYS = [
    # (words, judged, anew, where it is refused; None: it can be)
    ("today, a month", TODAY, TODAY + 30 * DAY, None),
    ("written down late, judged anew today", TODAY - 9 * DAY, TODAY, None),
    ("a year", TODAY, TODAY + rules.LONGEST_WAIT_DAYS * DAY, None),
    ("judged tomorrow", TODAY + DAY, TODAY + 30 * DAY, "judged_on"),
    ("anew yesterday", TODAY - 9 * DAY, TODAY - DAY, "reassess_on"),
    ("more than a year", TODAY, TODAY + (rules.LONGEST_WAIT_DAYS + 1) * DAY, "reassess_on"),
]


@pytest.mark.parametrize(("words", "judged", "anew", "where"), DAYS, ids=[row[0] for row in DAYS])
def test_which_days(words: str, judged: date, anew: date, where: str | None) -> None:
    facts = replace(FACTS, judged_on=judged, reassess_on=anew)
    if where is None:
        rules.check_self_care_days(facts, TODAY)
        return
    with pytest.raises(Invalid) as refused:
        rules.check_self_care_days(facts, TODAY)
    assert refused.value.where == where, words


@pytest.mark.parametrize("name", ["what", "how", "call_when", "risks"])
def test_what_must_be_said(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.tidy_self_care(replace(FACTS, **{name: "  "}))  # type: ignore[arg-type]
    assert refused.value.where == name


@pytest.mark.parametrize("name", ["helper", "whom", "wish"])
def test_what_may_be_left_out_but_not_be_too_long(name: str) -> None:
    assert getattr(rules.tidy_self_care(replace(FACTS, **{name: " "})), name) == ""  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        rules.tidy_self_care(replace(FACTS, **{name: "x" * 1001}))  # type: ignore[arg-type]
    assert refused.value.where == name


def test_the_history_keeps_a_judgement_as_it_was() -> None:
    assert rules.self_care_of(rules.stored_self_care(FACTS)) == FACTS
    later = replace(FACTS, helper="", reassess_on=TODAY + 60 * DAY)
    assert set(rules.changed_parts(FACTS, later)) == {"helper", "reassess_on"}


# ── operations ──


def test_it_is_held_by_the_unit_of_the_one_who_judged(cast: Cast, advice: SelfCareDetail) -> None:
    row = SelfCare.objects.get(id=advice.id)
    assert row.unit_id == cast.units["health_centre"].id
    assert (row.judged_by, row.profession) == ("Lena Berg", "Distriktssköterska")
    assert Event.objects.filter(action="self-care.edit", object_ids=[str(row.id)]).count() == 1
    assert advice.may_change
    assert not advice.overdue


def test_a_colleagues_judgement_is_written_down_as_the_colleagues(
    cast: Cast, karin: PersonDetail
) -> None:
    made = ops.advise_self_care(
        cast.region_nurse,
        person_id=karin.id,
        facts=FACTS,
        assignment_id=cast.physician.assignment_id,
    )
    assert (made.judged_by, made.profession) == ("Anna Lund", "Läkare")
    kept = reads.self_care(cast.region_nurse, advice_id=made.id).wordings[0]
    assert (kept.by, kept.judged_by) == ("Lena Berg", "Anna Lund")


def test_who_cannot_write_it(cast: Cast, karin: PersonDetail) -> None:
    def written(actor: Actor, person_id: UUID = karin.id) -> None:
        ops.advise_self_care(actor, person_id=person_id, facts=FACTS)

    with pytest.raises(NotAllowed):  # social services judge no self-care
        written(cast.needs_assessor)
    with pytest.raises(NotAllowed):
        written(person_login(karin))
    with pytest.raises(NotAllowed):  # follows the plan, does not write
        written(cast.home_care)
    with pytest.raises(NotFound):
        written(cast.stranger)
    assert not SelfCare.objects.exists()


def test_a_change_keeps_every_wording_and_who_had_judged(
    cast: Cast, advice: SelfCareDetail
) -> None:
    physician = cast.at(cast.physician, days=9)
    later = replace(FACTS, how="Byt var tredje dag.", reassess_on=TODAY + 60 * DAY)
    changed = ops.change_self_care(
        physician, advice_id=advice.id, facts=later, version=1, why="Läker fint."
    )
    assert (changed.version, changed.judged_by) == (2, "Anna Lund")
    newest, first = reads.self_care(physician, advice_id=advice.id).wordings
    assert (newest.number, newest.why, newest.judged_by) == (2, "Läker fint.", "Anna Lund")
    assert [text for _label, text in newest.parts] == ["Byt var tredje dag.", later.reassess_on]
    assert first.judged_by == "Lena Berg"
    assert FACTS.how in [text for _label, text in first.parts]


def test_two_who_change_at_once_both_keep_their_words(cast: Cast, advice: SelfCareDetail) -> None:
    ops.change_self_care(
        cast.physician, advice_id=advice.id, facts=replace(FACTS, how="Anna"), version=1
    )
    with pytest.raises(Conflict) as second:
        ops.change_self_care(
            cast.region_nurse, advice_id=advice.id, facts=replace(FACTS, how="Lena"), version=1
        )
    assert (second.value.mine["how"], second.value.theirs["how"]) == ("Lena", "Anna")


def test_an_end_has_a_reason_and_comes_once(
    cast: Cast, karin: PersonDetail, advice: SelfCareDetail
) -> None:
    nurse = cast.region_nurse
    with pytest.raises(Invalid):
        ops.end_self_care(nurse, advice_id=advice.id, reason=" ")
    ops.end_self_care(nurse, advice_id=advice.id, reason="Såret har läkt.")
    found = reads.person_self_care(nurse, person_id=karin.id)
    assert not found.current
    assert [one.end_reason for one in found.ended] == ["Såret har läkt."]
    with pytest.raises(NotNow):
        ops.end_self_care(nurse, advice_id=advice.id, reason="Igen")
    with pytest.raises(NotNow):
        ops.change_self_care(nurse, advice_id=advice.id, facts=FACTS, version=1)


def test_the_unit_has_a_task_until_it_is_ended(cast: Cast, advice: SelfCareDetail) -> None:
    (task,) = Task.objects.filter(object_id=advice.id, ended_at__isnull=True)
    assert (task.kind, task.unit_id) == (TaskKind.FOLLOW_UP, cast.units["health_centre"].id)
    assert task.due_at is not None
    assert task.due_at.date() == FACTS.reassess_on
    later = replace(FACTS, reassess_on=TODAY + 60 * DAY)
    ops.change_self_care(cast.region_nurse, advice_id=advice.id, facts=later, version=1)
    (task,) = Task.objects.filter(object_id=advice.id, ended_at__isnull=True)
    assert task.due_at is not None
    assert task.due_at.date() == later.reassess_on
    ops.end_self_care(cast.region_nurse, advice_id=advice.id, reason="Läkt")
    assert not Task.objects.filter(object_id=advice.id, ended_at__isnull=True).exists()


def test_the_person_is_told_of_each_change(cast: Cast, advice: SelfCareDetail) -> None:
    ops.change_self_care(cast.region_nurse, advice_id=advice.id, facts=FACTS, version=1)
    ops.end_self_care(cast.region_nurse, advice_id=advice.id, reason="Läkt")
    assert News.objects.filter(person_id=advice.person_id).count() == 3


# ── who sees ──


def test_another_unit_of_the_provider_reads_and_does_not_change(
    cast: Cast, karin: PersonDetail, advice: SelfCareDetail
) -> None:
    relate(cast.ward_nurse, karin)
    make_choice(cast.ward_nurse, person_id=karin.id)
    seen = reads.self_care(cast.ward_nurse, advice_id=advice.id).advice
    assert not seen.may_change
    with pytest.raises(NotAllowed):
        ops.end_self_care(cast.ward_nurse, advice_id=advice.id, reason="Läkt")


def test_another_provider_does_not_see_it_without_the_persons_yes(
    cast: Cast, karin: PersonDetail, advice: SelfCareDetail
) -> None:
    with pytest.raises(NotFound):
        reads.self_care(cast.municipal_nurse, advice_id=advice.id)
    assert not reads.person_self_care(cast.municipal_nurse, person_id=karin.id).current
    with pytest.raises(NotFound):
        reads.self_care(cast.stranger, advice_id=advice.id)
    with pytest.raises(NotFound):
        reads.person_self_care(cast.stranger, person_id=karin.id)


# ── pages ──


def body(**more: str) -> dict[str, str]:
    made = {name: str(getattr(FACTS, name)) for name in rules.PART_WORDS}
    return made | more


def test_the_pages_of_the_unit(cast: Cast, karin: PersonDetail) -> None:
    nurse = cast.region_nurse
    browser, address = log_in(nurse), reverse("careplans:self_care_new", args=[karin.id])
    assert 'type="date"' in browser.get(address).content.decode()
    lacking = browser.post(address, body(assignment=str(nurse.assignment_id), how=""))
    assert lacking.status_code == 422
    assert FACTS.what in lacking.content.decode()  # nothing typed is lost
    late = body(assignment=str(nurse.assignment_id), reassess_on="2026-01-01")
    assert "Dagen har redan passerat" in browser.post(address, late).content.decode()
    done = browser.post(address, body(assignment=str(nurse.assignment_id)), follow=True)
    assert FACTS.what in done.content.decode()
    row = SelfCare.objects.get()
    one = reverse("careplans:self_care", args=[row.id])
    shown = browser.get(one).content.decode()
    for words in (FACTS.risks, FACTS.helper, FACTS.wish, "Lena Berg", "08-465 004 10"):
        assert words in shown
    change = reverse("careplans:self_care_change", args=[row.id])
    typed = body(assignment=str(nurse.assignment_id), how="Byt var tredje dag.", version="1")
    assert browser.post(change, typed).status_code == 302
    stale = browser.post(change, typed | {"how": "Byt var dag."})
    assert stale.status_code == 409
    both = stale.content.decode()
    assert "Byt var tredje dag." in both
    assert "Byt var dag." in both
    assert 'name="version" value="2"' in both
    end = reverse("careplans:self_care_end", args=[row.id])
    assert browser.post(end, {"reason": ""}).status_code == 422
    assert browser.post(end, {"reason": "Såret har läkt."}).status_code == 302
    assert "Såret har läkt." in browser.get(one).content.decode()
    assert browser.get(change).status_code == 409


PAGES = ("self_care", "self_care_change", "self_care_end")


@pytest.mark.parametrize("name", PAGES)
def test_the_other_side_and_a_stranger_find_nothing(
    cast: Cast, advice: SelfCareDetail, name: str
) -> None:
    address = reverse(f"careplans:{name}", args=[advice.id])
    assert log_in(cast.region_nurse).get(address).status_code == 200
    for actor in (cast.municipal_nurse, cast.needs_assessor, cast.stranger):
        assert log_in(actor).get(address).status_code == 404


def test_social_services_are_not_offered_to_write(cast: Cast) -> None:
    person = make_person(cast.needs_assessor, relation=RelationKind.INVESTIGATION)
    assert not reads.person_self_care(cast.needs_assessor, person_id=person.id).may_advise
    address = reverse("careplans:self_care_new", args=[person.id])
    assert log_in(cast.needs_assessor).get(address).status_code == 403
