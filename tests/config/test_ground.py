"""The test database itself: which role the tests speak as, and what that role cannot do."""

import pytest
from django.db import ProgrammingError, connection


@pytest.mark.django_db
def test_tests_speak_as_the_applications_role():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("samverka_app", False)


@pytest.mark.django_db
def test_the_applications_role_makes_no_tables():
    with pytest.raises(ProgrammingError, match="permission denied for schema public"):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE mine (id int)")
