"""Several statements one way to the database and back: in order, all or nothing, and the connection stays of use."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.audit import operations
from samverka.audit.models import Event
from samverka.audit.operations import write_lines
from samverka.audit.trip import COMMIT, Call, Statement, array, trip
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed
from tests.audit.lines import READ, numbered
from tests.factories.cast import county

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

ECHO = Statement("test_echo", "SELECT $1::text, $2::text[]::text, $3::text")
WRONG = Statement("test_wrong", "SELECT 1 / $1::int")
STATUS = Statement("test_status", "SELECT pg_current_xact_id_if_assigned() IS NULL")


def _lines() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")
        return Event.objects.count()


def test_what_is_sent_comes_back_to_the_letter() -> None:
    odd = 'å "quoted", \\ {braces} NULL \n'
    assert trip(Call(ECHO, (odd, array([]), None))) == [[(odd, "{}", None)]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [array([odd, "", "NULL"])])
        assert cursor.fetchone() == ([odd, "", "NULL"],)


def test_a_nul_is_refused_and_not_cut_off() -> None:
    with pytest.raises(DatabaseError, match="NUL"):
        trip(Call(ECHO, ("be\0gun", "{}", "")))
    assert trip(Call(ECHO, ("a", "{}", "")))


def test_what_follows_a_failure_is_not_done_and_the_connection_stays_of_use() -> None:
    with pytest.raises(DatabaseError, match="division by zero"), transaction.atomic():
        trip(Call(WRONG, (0,)), Call(ECHO, ("never", "{}", "")), Call(COMMIT))
    assert trip(Call(WRONG, (1,)), Call(ECHO, ("a", "{}", "b"))) == [[("1",)], [("a", "{}", "b")]]
    assert not connection.in_atomic_block


def test_large_values_both_ways_do_not_wait_for_each_other() -> None:
    large = "x" * 3_000_000
    found = trip(*[Call(ECHO, (large, "{}", str(n))) for n in range(6)])
    assert [rows[0][2] for rows in found] == [str(n) for n in range(6)]
    assert all(rows[0][0] == large for rows in found)


def _read(actor: Actor, after: list[str]) -> None:
    with act(actor, Action.ORGANISATION_READ) as this:
        this.note_general("Unit")
        this.after(after.append, "told")
        assert not after


def test_an_act_ends_its_transaction_with_its_lines_and_then_does_what_comes_after() -> None:
    cast = county()
    before = _lines()
    after: list[str] = []
    _read(cast.region_nurse, after)
    assert (_lines(), after) == (before + 1, ["told"])


def test_without_its_line_the_act_has_not_been(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = county()
    before = _lines()
    after: list[str] = []
    monkeypatch.setattr(operations, "_INSERT", Statement("test_no_line", "SELECT 1 / 0, $1::text"))
    monkeypatch.setattr(operations, "_call", lambda _line: Call(operations._INSERT, ("",)))
    with pytest.raises(DatabaseError):
        _read(cast.region_nurse, after)
    monkeypatch.undo()
    assert (_lines(), after) == (before, [])


def test_what_stands_round_an_act_decides_whether_it_was() -> None:
    cast = county()
    before = _lines()
    with transaction.atomic():
        with act(cast.region_nurse, Action.ORGANISATION_READ) as this:
            this.note_general("Unit")
        transaction.set_rollback(True)
    assert _lines() == before


def test_a_refusal_leaves_its_line() -> None:
    cast = county()
    before = _lines()
    with pytest.raises(NotAllowed), act(cast.region_nurse, Action.IMPORT_READ) as this:
        this.require_system()
    assert _lines() == before + 1


def test_many_lines_are_all_there() -> None:
    before = _lines()
    with transaction.atomic():
        write_lines([numbered(one) for one in range(450)], last=True)
    assert _lines() == before + 450


def test_a_line_twice_over_is_refused_as_the_database_says(monkeypatch: pytest.MonkeyPatch) -> None:
    insert = Statement("test_number", "INSERT INTO audit_batch (number) VALUES ($1)")
    with pytest.raises(IntegrityError), transaction.atomic():
        trip(Call(insert, (1,)))
    write_lines([READ])
    assert trip(Call(STATUS)) == [[("t",)]]


def test_a_connection_that_is_lost_is_told_and_the_next_is_made_anew() -> None:
    [[(pid,)]] = trip(Call(Statement("test_pid", "SELECT pg_backend_pid()")))
    ended = threading.Thread(target=_end, args=(int(pid or 0),))
    ended.start()
    ended.join()
    with pytest.raises(OperationalError):
        trip(Call(STATUS))
    connection.close()
    assert trip(Call(STATUS)) == [[("t",)]]


def _end(pid: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    finally:
        connection.close()
