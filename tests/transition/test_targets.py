"""Target pictures: decided, changed in versions, acted on by several, followed up; who may what."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.transition.operations import targets as operations
from samverka.transition.reads import targets as reads
from samverka.transition.reads.targets import TargetDetail
from samverka.transition.rules.targets import ActionStatus, TargetKind
from tests.factories.cast import NOW, Cast
from tests.factories.login import logged_in


def decided(cast: Cast) -> TargetDetail:
    return operations.decide_target(
        cast.leader,
        kind=TargetKind.PICTURE,
        title="Nära vård 2030",
        decided_on=date(2025, 6, 10),
        decided_by="Regionfullmäktige",
        shared=True,
        backers=["Region Jämtland Härjedalen", "Krokoms kommun"],
        text="Vård nära den som behöver den.",
    )


def test_a_target_has_versions_and_the_loser_is_told(cast: Cast) -> None:
    found = decided(cast)
    given = {"title": "Nära vård 2035", "decided_on": date(2026, 6, 10), "decided_by": "RF",
             "why": "Ny tid", "text": "Ny text."}  # fmt: skip
    changed = operations.change_target(cast.leader, target_id=found.line.id, version=1, **given)  # type: ignore[arg-type]
    assert [one.title for one in changed.versions] == ["Nära vård 2035", "Nära vård 2030"]
    assert changed.versions[1].text == "Vård nära den som behöver den."
    with pytest.raises(NotNow, match="medan du skrev"):
        operations.change_target(cast.leader, target_id=found.line.id, version=1, **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        operations.change_target(cast.municipal_leader, target_id=found.line.id, version=2, **given)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        operations.add_action(cast.municipal_leader, target_id=cast.system.id, what="x", owner="y")
    with pytest.raises(NotAllowed):
        operations.decide_target(
            cast.region_nurse, kind=TargetKind.PICTURE, title="x", decided_on=NOW.date(),
            decided_by="x", text="x",
        )  # fmt: skip
    with pytest.raises(Invalid, match="framtiden"):
        operations.decide_target(
            cast.leader, kind=TargetKind.STRATEGY, title="x", decided_on=date(2030, 1, 1),
            decided_by="x", text="x",
        )  # fmt: skip


def test_a_municipality_acts_towards_the_shared_target_and_follows_it_up_itself(cast: Cast) -> None:
    found = decided(cast)
    added = operations.add_action(
        cast.municipal_analyst, target_id=found.line.id, what="Mobilt team", owner="Socialchefen",
        due=date(2026, 10, 1), measure="fallskador-65",
    )  # fmt: skip
    action = added.actions[0]
    assert (action.overdue, added.line.late, action.may_edit) == (True, 1, True)
    with pytest.raises(NotAllowed):
        operations.follow_up_action(
            cast.leader, action_id=action.id, status=ActionStatus.DONE, words="Klart."
        )
    done = operations.follow_up_action(
        cast.municipal_analyst, action_id=action.id, status=ActionStatus.DONE, words="Igång."
    )
    assert (done.line.done, done.line.late, done.actions[0].follow_ups[0].words) == (1, 0, "Igång.")
    assert not reads.target_detail(cast.analyst, target_id=found.line.id).actions[0].may_edit


def test_the_pages(cast: Cast, time_machine: object) -> None:
    time_machine.move_to(NOW)  # type: ignore[attr-defined]
    client = logged_in(cast.leader)
    new = {"kind": "picture", "title": "Nära", "decided_on": "2026-01-10", "decided_by": "RF"}
    refused = client.post(reverse("transition:target_new"), new)
    assert refused.status_code == 422
    assert "bifoga filen" in refused.content.decode()
    file = SimpleUploadedFile("beslut.pdf", b"%PDF-1.7 x")
    assert client.post(reverse("transition:target_new"), new | {"file": file}).status_code == 302
    [line], may_add = reads.list_targets(cast.leader)
    assert may_add
    page = client.get(reverse("transition:target", args=[line.id])).content.decode()
    assert "beslut.pdf" in page
    version = reads.target_detail(cast.leader, target_id=line.id).current
    kept = client.get(reverse("transition:target_file", args=[version.id]))
    assert (kept.content, kept["Content-Type"]) == (b"%PDF-1.7 x", "application/pdf")
    action = {"what": "Mobilt team", "owner": "Chefen", "due": "2026-12-24", "measure": ""}
    client.post(reverse("transition:action_new", args=[line.id]), action)
    found = reads.target_detail(cast.leader, target_id=line.id)
    address = reverse("transition:follow_up", args=[line.id, found.actions[0].id])
    assert client.post(address, {"status": "going", "words": ""}).status_code == 422
    assert client.post(address, {"status": "going", "words": "Bra."}).status_code == 302
    edit = reverse("transition:target_edit", args=[line.id])
    assert 'value="1"' in client.get(edit).content.decode()
    assert "Nära" in client.get(reverse("transition:targets")).content.decode()
    assert logged_in(cast.municipal_analyst).get(reverse("transition:targets")).status_code == 200
