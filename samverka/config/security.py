"""What the database itself guards: grants of the application's role, and forced row security.

The gate decides and explains; this is the net under it. Applied by `samverka migrate` as the owner
after every migration, from the models, so that a new table cannot be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from samverka.web.rules import SWEEPER

TRAIL = frozenset({"audit_event", "audit_batch", "audit_leaf"})

APPEND_ONLY = TRAIL | {"careplans_planversion", "access_countysetting"}
"""The trail, the versions of plans, what the county has decided: the application may insert and select, never update or delete."""

READ_ONLY = frozenset({"django_migrations", "django_content_type", "auth_permission"})

# Asked row by row, and not once for the statement: most that is asked reads few rows of many tables, and to prepare an
# answer for each table took longer than to read them.
_ALL = "current_setting('samverka.persons', true) = '*'"
_ACTOR = "current_setting('samverka.actor', true)"
_LIST = "string_to_array(current_setting('samverka.persons', true), ',')"


@dataclass(frozen=True, slots=True)
class NetTable:
    """A table under row security and the columns that say whose row it is.

    Attributes:
        own: the column names the account that may see the row, and no one else may.
    """

    table: str
    columns: tuple[str, ...]
    own: bool = False


def person_tables() -> list[NetTable]:
    """Every table that bears a person's data, found from the models."""
    return [found for model in apps.get_models() if (found := _net(model))]


def _net(model: type[Model]) -> NetTable | None:
    if not model._meta.managed or model._meta.proxy:
        return None
    if model._meta.label_lower == "people.person":
        return NetTable(model._meta.db_table, ("id",))
    # Words that someone typed about anyone: its writer's alone, whatever persons one may see.
    if model._meta.label_lower == "web.draft":
        return NetTable(model._meta.db_table, ("account_id",), own=True)
    # Accounts are read before there is an actor: log-in needs them. They bear no care data.
    if model._meta.label_lower == "access.account":
        return None
    columns = {field.column for field in model._meta.local_concrete_fields}
    if "person_id" not in columns:
        return None
    # One who acts for another must be able to read that this is so, to begin with.
    extra = ("proxy_person_id",) if "proxy_person_id" in columns else ()
    return NetTable(model._meta.db_table, ("person_id", *extra))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _test(net: NetTable) -> str:
    if net.own:
        return f"{_ACTOR} IN ({net.columns[0]}::text, '{SWEEPER}')"
    tests = [f"{column}::text = ANY({_LIST})" for column in net.columns]
    return " OR ".join([_ALL, *tests])


def statements(role: str) -> list[str]:
    """The SQL, in order; running it twice changes nothing."""
    quoted = _quoted(role)
    sql = [
        f"GRANT USAGE ON SCHEMA public TO {quoted}",
        f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {quoted}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}",
    ]
    sql += [
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}" for table in sorted(APPEND_ONLY)
    ]
    sql += [
        f"DO $$ BEGIN IF to_regclass('{table}') IS NOT NULL THEN "
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}; END IF; END $$"
        for table in sorted(READ_ONLY)
    ]
    for net in person_tables():
        sql += _policies(net)
    return sql


def _policies(net: NetTable) -> list[str]:
    table, test = _quoted(net.table), _test(net)
    begin = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS samverka_net ON {table}",
        f"DROP POLICY IF EXISTS samverka_write ON {table}",
    ]
    if net.table in TRAIL:  # a refused reader may write the refusal, not read others' lines
        return [
            *begin,
            f"CREATE POLICY samverka_net ON {table} FOR SELECT USING ({test})",
            f"CREATE POLICY samverka_write ON {table} FOR INSERT WITH CHECK (true)",
        ]
    return [*begin, f"CREATE POLICY samverka_net ON {table} USING ({test}) WITH CHECK ({test})"]


def apply(owner: Any, role: str) -> None:
    """Run it as the owner.

    Args:
        owner: a Django connection that owns the tables.
        role: the application's database role.
    """
    with owner.cursor() as cursor:
        for statement in statements(role):
            cursor.execute(statement)


def faults(connection: Any) -> list[str]:
    """What is not guarded as it should be, in words; empty means that the net hangs."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if any(cursor.fetchone() or ()):
            found.append("The application's database role can go round row security.")
        for net in person_tables():
            cursor.execute(
                "SELECT relrowsecurity AND relforcerowsecurity AND EXISTS "
                "(SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid) "
                "FROM pg_class WHERE oid = to_regclass(%s)",
                [net.table],
            )
            if (cursor.fetchone() or (False,))[0] is not True:
                found.append(f"The table {net.table} has no forced row security.")
        for table in sorted(APPEND_ONLY):
            cursor.execute("SELECT has_table_privilege(%s, 'UPDATE, DELETE')", [table])
            if (cursor.fetchone() or (True,))[0]:
                found.append(f"The application's role can change the trail: {table}.")
    return found
