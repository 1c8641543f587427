"""What is given to whom: nothing that is kept back is in any string of the copy."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from samverka.careplans.rules import Section
from samverka.careplans.rules.disclosing import (
    SHOWN,
    WITHHOLDABLE,
    PartKind,
    Withheld,
    check_withholds,
    digest,
    given,
    hidden_names,
    part_words,
)
from samverka.kernel.problems import Invalid, NotAllowed, NotNow


def ident(name: str) -> UUID:
    return uuid5(UUID(int=3), name)


REGION, HEALTH, SOCIAL, IFO = (ident(one) for one in ("region", "health", "social", "ifo"))
PROVIDERS = [REGION, HEALTH, SOCIAL, IFO]
NAMES = {
    REGION: "Hälsocentralen",
    HEALTH: "Hemsjukvården",
    SOCIAL: "Hemtjänsten",
    IFO: "Vuxenenheten",
}
OWNERS = {REGION: "Regionen", HEALTH: "Kommunen", SOCIAL: "Kommunen", IFO: "Grannkommunen"}


def unit(provider: UUID) -> str:
    return str(uuid5(provider, "unit"))


def plan(**more: Any) -> dict[str, Any]:
    """A plan with a goal and an activity of each; every string can be told from every other."""
    return {
        "kind": "sip",
        "status": "active",
        **{section.value: f"text-{section.value}" for section in Section},
        "follow_up_on": "2026-12-01",
        "responsible_id": str(ident("owner")),
        "responsible": OWNERS[IFO],
        "responsible_side": "municipality",
        "no_others": False,
        "goals": [goal(provider) for provider in PROVIDERS],
        "activities": [activity(provider) for provider in PROVIDERS],
        "parties": [party(provider) for provider in PROVIDERS],
        **more,
    }


def goal(provider: UUID) -> dict[str, Any]:
    key = uuid5(provider, "goal")
    return {"id": str(key), "words": f"goal-words-{key}", "outcome": f"goal-outcome-{key}"}


def activity(provider: UUID) -> dict[str, Any]:
    key = uuid5(provider, "activity")
    return {
        "id": str(key),
        "what": f"activity-what-{key}",
        "outcome": f"activity-outcome-{key}",
        "owner_unit_id": unit(provider),
        "owner_unit": NAMES[provider],
        "owner_phone": f"phone-{NAMES[provider]}",
        "goal_id": str(uuid5(provider, "goal")),
    }


def party(provider: UUID) -> dict[str, Any]:
    return {
        "id": str(uuid5(provider, "party")),
        "unit_id": unit(provider),
        "name": NAMES[provider],
        "phone": f"phone-{NAMES[provider]}",
        "provider_id": str(provider),
        "provider_name": f"provider-{NAMES[provider]}",
        "organisation_name": OWNERS[provider],
    }


def words_of(part: PartKind, key: str) -> list[str]:
    """What must not stand anywhere when the part is kept back."""
    if part is PartKind.SECTION:
        return [f"text-{key}"]
    if part is PartKind.PARTY:
        provider = next(one for one in PROVIDERS if unit(one) == key)
        names = [NAMES[provider], key, f"activity-what-{uuid5(provider, 'activity')}"]
        return [*names, OWNERS[IFO]] if provider == IFO else names
    return [key]  # in every string of the goal or the activity


PARTS = [
    *((PartKind.SECTION, section.value) for section in WITHHOLDABLE),
    *((PartKind.GOAL, str(uuid5(one, "goal"))) for one in PROVIDERS),
    *((PartKind.ACTIVITY, str(uuid5(one, "activity"))) for one in PROVIDERS),
    *((PartKind.PARTY, unit(one)) for one in PROVIDERS),
]

KEPT_BACK = st.builds(
    lambda part, by, receivers: Withheld(part[0], part[1], by, receivers),
    st.sampled_from(PARTS),
    st.sampled_from(PROVIDERS),
    st.frozensets(st.sampled_from(PROVIDERS), max_size=2),
)


def own(one: Withheld, reader: UUID) -> bool:
    """What the reader's own unit is, or is to do."""
    return one.key in (unit(reader), str(uuid5(reader, "activity")))


@for_all(withheld=st.lists(KEPT_BACK, max_size=6), reader=st.sampled_from(PROVIDERS))
def test_nothing_that_is_kept_back_is_in_any_string(withheld: list[Withheld], reader: UUID) -> None:
    said = json.dumps(given(plan(), withheld, reader), ensure_ascii=False)
    for one in withheld:
        if one.hides_from(reader) and not own(one, reader):
            for words in words_of(one.part, one.key):
                assert words not in said, (one, words)


@for_all(withheld=st.lists(KEPT_BACK, max_size=6), reader=st.sampled_from(PROVIDERS))
def test_what_is_not_kept_back_is_given_as_it_stands(
    withheld: list[Withheld], reader: UUID
) -> None:
    whole, made = plan(), given(plan(), withheld, reader)
    hidden = [one for one in withheld if one.hides_from(reader)]
    keys = {one.key for one in hidden}
    for section in WITHHOLDABLE:
        assert made[section.value] == ("" if section.value in keys else whole[section.value])
    assert made["goals"] == [one for one in whole["goals"] if one["id"] not in keys]
    assert {one["unit_id"] for one in made["parties"]} >= {unit(reader)}
    assert made["title"] == whole["title"]


@for_all(reader=st.sampled_from(PROVIDERS), withheld=st.lists(KEPT_BACK, max_size=4))
def test_a_copy_of_a_copy_is_the_same(reader: UUID, withheld: list[Withheld]) -> None:
    once = given(plan(), withheld, reader)
    assert given(once, withheld, reader) == once


def test_the_whole_is_the_whole() -> None:
    """The same object: nothing need be stored beside the version."""
    whole = plan()
    assert given(whole, [], HEALTH) is whole
    mine = Withheld(PartKind.GOAL, str(uuid5(HEALTH, "goal")), by=HEALTH)
    assert given(whole, [mine], HEALTH) is whole
    other = Withheld(PartKind.GOAL, str(uuid5(HEALTH, "goal")), HEALTH, frozenset({IFO}))
    assert given(whole, [other], SOCIAL) is whole


def test_a_field_that_nobody_has_thought_of_is_not_in_a_copy() -> None:
    kept = Withheld(PartKind.SECTION, "strengths", by=REGION)
    assert "new_field" not in given(plan(new_field="secret"), [kept], HEALTH)


TABLE = [
    # words, what is kept back by whom from whom → reader, how many goals · activities · parties
    ("a goal, to all others", Withheld(PartKind.GOAL, str(uuid5(HEALTH, "goal")), REGION),
     SOCIAL, (3, 4, 4)),
    ("the author sees it", Withheld(PartKind.GOAL, str(uuid5(HEALTH, "goal")), REGION),
     REGION, (4, 4, 4)),
    ("to one receiver only", Withheld(PartKind.GOAL, str(uuid5(HEALTH, "goal")), REGION,
                                      frozenset({IFO})), SOCIAL, (4, 4, 4)),
    ("who keeps the plan is not given what another keeps back",
     Withheld(PartKind.ACTIVITY, str(uuid5(SOCIAL, "activity")), SOCIAL), REGION, (4, 3, 4)),
    ("a party takes what it does with it", Withheld(PartKind.PARTY, unit(IFO), REGION),
     HEALTH, (4, 3, 3)),
    ("a party is never kept from itself", Withheld(PartKind.PARTY, unit(IFO), REGION),
     IFO, (4, 4, 4)),
    ("what one is to do is never kept from one",
     Withheld(PartKind.ACTIVITY, str(uuid5(IFO, "activity")), REGION), IFO, (4, 4, 4)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "reader", "left"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_worked_examples(kept: Withheld, reader: UUID, left: tuple[int, int, int]) -> None:
    made = given(plan(), [kept], reader)
    assert tuple(len(made[name]) for name in ("goals", "activities", "parties")) == left


def test_an_activity_does_not_point_at_a_goal_that_is_not_given() -> None:
    made = given(plan(), [Withheld(PartKind.GOAL, str(uuid5(HEALTH, "goal")), REGION)], SOCIAL)
    assert [one["goal_id"] for one in made["activities"]].count(None) == 1


def test_who_wrote_does_not_tell_a_party_that_is_kept_back() -> None:
    whole = plan()
    made = given(whole, [Withheld(PartKind.PARTY, unit(IFO), REGION)], HEALTH)
    assert hidden_names(whole, made) == {"Vuxenenheten"}


def test_the_digest_is_of_the_words_and_not_of_their_order() -> None:
    whole = plan()
    assert digest(whole) == digest(dict(reversed(list(whole.items()))))
    assert digest(whole) != digest(plan(strengths="another"))
    assert len(digest(whole)) == 64


def test_who_may_keep_what_back() -> None:
    check_withholds(PartKind.SECTION, "strengths", plan(), keeps_plan=True, provider=REGION)
    with pytest.raises(NotAllowed):
        check_withholds(PartKind.SECTION, "strengths", plan(), keeps_plan=False, provider=HEALTH)
    with pytest.raises(Invalid):
        check_withholds(PartKind.SECTION, "title", plan(), keeps_plan=True, provider=REGION)
    with pytest.raises(Invalid):
        check_withholds(PartKind.GOAL, str(ident("no")), plan(), keeps_plan=True, provider=REGION)
    with pytest.raises(NotNow):
        check_withholds(PartKind.PARTY, unit(REGION), plan(), keeps_plan=True, provider=REGION)


def test_what_a_part_is_called() -> None:
    key = str(uuid5(HEALTH, "goal"))
    assert part_words(PartKind.GOAL, key, plan()) == f"Mål: goal-words-{key}"
    assert part_words(PartKind.PARTY, unit(IFO), plan()) == "Deltar: Vuxenenheten"
    assert part_words(PartKind.SECTION, "strengths", plan())


def test_all_that_a_version_holds_has_been_thought_of() -> None:
    assert set(plan()) <= SHOWN
