"""The seal: many writers and two sealers make one whole chain, and whoever changes it is found out."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections, transaction

from samverka.audit import operations, rules
from samverka.audit.models import AppendOnly, Batch, Event
from samverka.audit.operations import Verification, write_lines
from samverka.config import jobs
from samverka.config.command import trail
from samverka.config.seal import Seal
from samverka.kernel.problems import Problem
from tests.audit.lines import READ, numbered

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

KEY = Seal("the trail's test key")
WRITERS, TURNS, SEALERS = 4, 60, 2


def verified(seal: Seal = KEY) -> Verification:
    return jobs.verify_trail(seal, lambda _done, _total: None)


def in_threads(*works: object) -> None:
    """Run each in a thread of its own; a fault in one is a fault of the test."""
    faults: list[BaseException] = []

    def guarded(work: object) -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults


class RolledBack(Exception):
    """The writer's own change of mind."""


def test_writers_with_rollbacks_and_two_sealers_give_one_whole_chain() -> None:
    kept = [0] * WRITERS
    writing = threading.Event()

    def writer(number: int) -> None:
        chance = random.Random(number)
        for turn in range(TURNS):
            lines = [
                numbered(number * 1000 + turn * 3 + one) for one in range(chance.randint(1, 3))
            ]
            try:
                with transaction.atomic():
                    write_lines(lines)
                    if chance.random() < 0.3:
                        raise RolledBack
                kept[number] += len(lines)
            except RolledBack:
                pass

    def sealer() -> None:
        while not writing.is_set():
            jobs.seal_trail(KEY)

    def all_writers() -> None:
        try:
            in_threads(*(lambda number=number: writer(number) for number in range(WRITERS)))
        finally:
            writing.set()

    in_threads(all_writers, *(sealer for _ in range(SEALERS)))
    jobs.seal_trail(KEY)
    found = verified()
    assert found.faults == ()
    assert (found.lines, found.unsealed) == (sum(kept), 0)
    assert found.batches > 1, "The sealers never came in between: this shows nothing."


# ── tampering, with all the power of the owner of the tables ──


@contextmanager
def as_owner() -> Iterator[Any]:
    """Even the owner must take the net down first."""
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        for table in ("audit_event", "audit_batch", "audit_leaf"):
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        yield cursor
        cursor.execute("ALTER TABLE audit_event FORCE ROW LEVEL SECURITY")


@pytest.fixture
def sealed() -> list[int]:
    """Three batches of four lines; gives the lines' numbers."""
    for batch in range(3):
        write_lines([numbered(batch * 4 + one) for one in range(4)])
        assert jobs.seal_trail(KEY) == 4
    assert verified().faults == ()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")
        return list(Event.objects.order_by("id").values_list("id", flat=True))


def test_a_changed_line_is_found(sealed: list[int]) -> None:
    with as_owner() as cursor:
        cursor.execute(
            "UPDATE audit_event SET actor_name = 'Någon Annan' WHERE id = %s", [sealed[5]]
        )
        assert cursor.rowcount == 1
    assert verified().faults == (f"line {sealed[5]} has been changed",)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2026-11-20 14:30:05.250001+00'"),
        ("person_id", "''"),
        ("object_ids", "'{}'"),
        ("ground", "'consent'"),
        ("outcome", "4"),
        ("detail", """'{"n": 5, "ord": "aao"}'"""),
        ("unit_name", "'Krokoms halsocentral'"),
    ],
)
def test_any_column_is_under_the_seal(sealed: list[int], column: str, value: str) -> None:
    with as_owner() as cursor:
        cursor.execute(f"UPDATE audit_event SET {column} = {value} WHERE id = %s", [sealed[5]])
    assert verified().faults == (f"line {sealed[5]} has been changed",)


def test_a_removed_line_is_found(sealed: list[int]) -> None:
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [sealed[5]])
    assert f"line {sealed[5]} has been removed" in verified().faults


def test_a_removed_leaf_is_found(sealed: list[int]) -> None:
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_leaf WHERE event_id = %s", [sealed[5]])
    assert verified().faults == ("batch 2 does not give its root",)


def test_a_line_and_its_leaf_removed_together_are_found(sealed: list[int]) -> None:
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_leaf WHERE event_id = %s", [sealed[5]])
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [sealed[5]])
    assert verified().faults == ("batch 2 does not give its root",)


def test_a_line_put_into_a_sealed_batch_is_found(sealed: list[int]) -> None:
    write_lines([READ])
    with as_owner() as cursor:
        cursor.execute("SELECT max(id) FROM audit_event")
        [new] = cursor.fetchone()
        cursor.execute(
            "INSERT INTO audit_leaf (event_id, batch_number, hash) VALUES (%s, 2, %s)",
            [new, rules.leaf(new, READ)],
        )
    assert verified().faults == ("batch 2 does not give its root",)


def test_a_removed_batch_is_found(sealed: list[int]) -> None:
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_leaf WHERE batch_number = 2")
        cursor.execute("DELETE FROM audit_batch WHERE number = 2")
        cursor.execute("DELETE FROM audit_event WHERE id = ANY(%s)", [sealed[4:8]])
    assert verified().faults == ("batch 2 is missing", "batch 3 does not follow the batch before")


def test_a_chain_rewritten_without_the_key_is_found(sealed: list[int]) -> None:
    """Whoever has the database but not the key can make a chain that fits, but not its signatures."""
    with as_owner() as cursor:
        cursor.execute(
            "UPDATE audit_event SET actor_name = 'Någon Annan' WHERE id = %s", [sealed[5]]
        )
        cursor.execute("TRUNCATE audit_leaf, audit_batch")
    thief = Seal("another key")
    jobs.seal_trail(thief)
    assert verified(thief).faults == ()
    assert verified().faults == ("batch 1 has a wrong signature",)


def test_a_signature_cannot_be_left_out(sealed: list[int]) -> None:
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_batch SET signature = '' WHERE number = 2")
    assert verified().faults == ("batch 2 has a wrong signature",)


def test_lines_that_wait_are_counted(sealed: list[int]) -> None:
    write_lines([READ, READ])
    assert (verified().lines, verified().unsealed) == (12, 2)


def test_a_large_import_is_sealed_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "BATCH_LIMIT", 5)
    write_lines([numbered(one) for one in range(12)])
    assert jobs.seal_trail(KEY) == 12
    assert (verified().batches, verified().faults) == (3, ())


def test_the_application_cannot_change_what_is_written(sealed: list[int]) -> None:
    with pytest.raises(AppendOnly):
        Event.objects.all().update(actor_name="x")
    with pytest.raises(AppendOnly):
        Event.objects.all().delete()
    with pytest.raises(AppendOnly):
        Batch.objects.all().delete()


def test_the_same_line_has_the_same_hash_in_any_zone() -> None:
    there = READ.at.astimezone(ZoneInfo("Europe/Stockholm"))
    other = replace(READ, at=there)
    assert rules.leaf(1, other) == rules.leaf(1, READ)
    assert rules.leaf(2, READ) != rules.leaf(1, READ)


# ── the command ──


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that `samverka audit` uses is the tests' own."""
    (tmp_path / "key").write_text("the trail's test key")
    monkeypatch.setenv("SAMVERKA_TRAIL_KEY_FILE", str(tmp_path / "key"))


def test_the_command_says_that_the_log_is_whole(
    sealed: list[int], key_file: None, capsys: pytest.CaptureFixture[str]
) -> None:
    trail.verify()
    assert "12" in capsys.readouterr().out


def test_the_command_names_what_does_not_fit(sealed: list[int], key_file: None) -> None:
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_event SET unit_name = 'x' WHERE id = %s", [sealed[5]])
    with pytest.raises(Problem, match=f"line {sealed[5]} has been changed"):
        trail.verify()
