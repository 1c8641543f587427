"""The net under the gate: what the database itself refuses, whatever the program asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction
from django.db.utils import ProgrammingError

from samverka.access.act import set_row_security
from samverka.config import security
from samverka.kernel.actor import Actor
from samverka.web.operations import keep_draft
from tests.house.furnished import House, furnish
from tests.house.source import told

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
pytestmark = pytest.mark.django_db

OF_NOBODY: dict[str, str] = {
    "access_account": "log-ins: read before there is an actor, and bear no care data",
}
"""Tables with a person's id that are not in the net, and why."""


@pytest.fixture
def furnished(house: House) -> House:
    """After the last act, as a new transaction begins: nobody asks."""
    keep_draft(house.nurse, path="/planer/", fields={"words": ["Om Karin"]})
    ask(
        "SELECT set_config('samverka.actor', '', true), set_config('samverka.self', '', true), "
        "set_config('samverka.persons', '', true)"
    )
    return house


def ask(sql: str, *values: str) -> list[tuple[object, ...]]:
    """Plain SQL as the application's role, past every line of Python."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def count(net: security.NetTable) -> int:
    [(number,)] = ask(f'SELECT count(*) FROM "{net.table}"')
    return int(str(number))


@contextmanager
def seen_by(actor: Actor) -> Iterator[None]:
    with transaction.atomic():
        set_row_security(actor)
        yield


def test_every_table_with_a_person_is_in_the_net() -> None:
    netted = {net.table for net in security.person_tables()}
    bearing = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.managed  # the made-up rooms of other tests are not
        and any(field.column == "person_id" for field in model._meta.local_concrete_fields)
    }
    missing = bearing - netted - OF_NOBODY.keys()
    assert not missing, f"Not under row security: {sorted(missing)}."
    assert len(netted) > 15


def test_the_net_hangs() -> None:
    found = security.faults(connection)
    assert not found, told(found)


def test_without_an_actor_the_database_answers_nothing(furnished: House) -> None:
    faults = [
        f"{net.table}: {count(net)} rows without an actor: apply the net (samverka migrate)."
        for net in security.person_tables()
        if count(net)
    ]
    assert not faults, told(faults)


def test_with_staff_the_tables_are_not_empty(furnished: House) -> None:
    """The other side: or else the test above would show nothing."""
    with seen_by(furnished.nurse):
        filled = {net.table for net in security.person_tables() if count(net)}
    wanted = {"people_person", "people_identity", "access_relation", "access_consent", "access_block",
              "careplans_plan", "careplans_goal", "careplans_planversion", "careplans_comment",
              "contacts_booking", "resources_resource", "audit_event", "web_draft"}  # fmt: skip
    assert wanted <= filled


def test_a_person_reaches_only_own_rows_even_with_sql(furnished: House) -> None:
    own = {str(furnished.karin.id)}
    faults = []
    with seen_by(furnished.patient):
        for net in security.person_tables():
            if net.own or len(net.columns) > 1:
                continue
            rows = ask(f'SELECT DISTINCT {net.columns[0]}::text FROM "{net.table}"')
            others = {str(value) for (value,) in rows} - own
            if others:
                faults.append(f"{net.table}: a person reads rows of {len(others)} others.")
    assert not faults, told(faults)


def test_a_representative_reaches_the_person_and_no_one_else(furnished: House) -> None:
    with seen_by(furnished.daughter):
        rows = ask("SELECT id::text FROM people_person")
    assert {str(value) for (value,) in rows} == {
        str(furnished.karin.id),
        str(furnished.daughter.person_id),
    }


def test_a_person_cannot_write_into_anothers_rows(furnished: House) -> None:
    with seen_by(furnished.neighbour):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE people_person SET town = 'Mora' WHERE id = %s", [furnished.karin.id]
            )
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM careplans_comment")
            assert cursor.rowcount == 0
    with pytest.raises(ProgrammingError, match="row-level security"), seen_by(furnished.neighbour):
        ask(
            "INSERT INTO people_relative (id, person_id, name, kind, phone, note, first_contact) "
            "VALUES (gen_random_uuid(), %s, 'x', 'other', '', '', false) RETURNING id",
            str(furnished.karin.id),
        )


@committed
def test_who_asks_is_forgotten_with_the_transaction(clock: None) -> None:
    """A pooled connection carries nothing over to the next request."""
    made = furnish()
    with seen_by(made.nurse):
        assert ask("SELECT count(*) FROM people_person") != [(0,)]
    assert ask("SELECT count(*) FROM people_person") == [(0,)]


def test_unsaved_words_are_their_writers_alone(furnished: House) -> None:
    for other in (furnished.cast.ward_nurse, furnished.patient, furnished.bare):
        with seen_by(other):
            assert ask("SELECT count(*) FROM web_draft") == [(0,)], other.name


# ── the application's role ──


FORBIDDEN = (
    "ALTER TABLE people_person ADD COLUMN x integer",
    "ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
    "DROP POLICY samverka_net ON people_person",
    "CREATE POLICY mine ON people_person USING (true)",
    "DROP TABLE people_relative",
    "CREATE TABLE mine (id integer)",
    "TRUNCATE audit_event",
    "UPDATE audit_event SET actor_name = 'x'",
    "DELETE FROM audit_event",
    "UPDATE audit_leaf SET hash = ''",
    "DELETE FROM audit_leaf",
    "UPDATE audit_batch SET root = ''",
    "DELETE FROM audit_batch",
    "TRUNCATE people_person CASCADE",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    "CREATE ROLE mine",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "SET ROLE samverka_owner",
    "SET SESSION AUTHORIZATION samverka_owner",
    "COPY people_person TO PROGRAM 'cat'",
    "COPY people_person TO '/tmp/persons'",
)


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_application_may_not(sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_trail_can_be_added_to_but_not_read_by_a_refused_reader(furnished: House) -> None:
    """A neighbour's refusal is a line about Karin that the neighbour cannot read back."""
    with seen_by(furnished.neighbour):
        [(mine,)] = ask(
            "SELECT count(*) FROM audit_event WHERE person_id = %s", str(furnished.karin.id)
        )
    assert mine == 0


@committed
def test_a_table_that_has_fallen_out_is_found() -> None:
    """`samverka check` and `faults` see a table whose policy is gone."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("ALTER TABLE people_relative NO FORCE ROW LEVEL SECURITY")
    try:
        assert any("people_relative" in fault for fault in security.faults(connection))
    finally:
        security.apply(owner, role=connection.settings_dict["USER"])
    assert not security.faults(connection)
