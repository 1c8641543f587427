"""What every test stands on: the database, plain static files, fast passwords."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import django.test
import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from samverka.config.postgres import Urls
from tests import database, standing
from tests.factories.cast import Cast, county
from tests.lengths import longest_first, skip_walks


def pytest_configure(config: pytest.Config) -> None:
    """Settings that differ from a real installation, each for a reason."""
    # What the application keeps in files goes with the run: no test writes in the project.
    folder = tempfile.TemporaryDirectory(prefix="samverka-tests-")
    config.add_cleanup(folder.cleanup)
    settings.SAMVERKA_WAREHOUSE_SALT_FILE = Path(folder.name) / "warehouse-salt"
    settings.SAMVERKA_WAREHOUSE = Path(folder.name) / "warehouse"
    settings.SAMVERKA_SIGNING_KEY_FILE = Path(folder.name) / "signing-key.pem"
    settings.SAMVERKA_DEMO_APPS = Path(folder.name) / "demo-apps.json"
    settings.SAMVERKA_RESERVE = Path(folder.name) / "reserve"
    # What is found of a token holds in a test only as long as it stands.
    settings.SAMVERKA_TOKEN_SECONDS = 0
    settings.SAMVERKA_FHIR_A_MINUTE = settings.SAMVERKA_FHIR_OPEN_A_MINUTE = 0
    # A busy machine is not a fault: no property is judged by how long it took.
    hypothesis_settings.register_profile("samverka", deadline=None)
    hypothesis_settings.load_profile("samverka")
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    # The manifest exists only after collectstatic; a test of the built pages makes its own.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    # A real password hash takes a tenth of a second on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The test client speaks http; that http is sent on to https is tested by itself.
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "samverka", "csrf"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Walks only where they are asked for; with several workers the longest files are begun first."""
    skip_walks(items)
    if hasattr(config, "workerinput"):
        longest_first(items)


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: the collector of rubbish need not go through it again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """At the very end it does."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def server_urls() -> Iterator[Urls]:
    """The run's own server."""
    with database.server() as found:
        yield found


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, server_urls: Urls, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """One database for the run: migrated by the owner, used by the application's role."""
    with django_db_blocker.unblock(), database.database(server_urls) as name:
        database.furnish(server_urls, name)
        with pytest.MonkeyPatch.context() as patch:
            # The application's role may not empty tables, and nobody the trail.
            patch.setattr(
                django.test.TransactionTestCase,
                "_fixture_teardown",
                lambda _self: database.empty(server_urls, name),
            )
            yield


@pytest.fixture(autouse=True)
def _no_rates_carried_over(request: pytest.FixtureRequest) -> None:
    """Rate limits of the log-in count per test."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        cache.clear()


@pytest.fixture(scope="session")
def tests_by_file(request: pytest.FixtureRequest) -> standing.Files:
    """The tests of each file of this run."""
    return standing.by_file(request.session.items)


@pytest.fixture(scope="module")
def standing_county(
    request: pytest.FixtureRequest,
    tests_by_file: standing.Files,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Cast | None]:
    """The county, laid once for the file."""
    yield from standing.lay(request, tests_by_file, django_db_blocker, county)


@pytest.fixture
def laid_county(standing_county: Cast | None, db: None) -> Cast:
    """The county, with a cast of the test's own."""
    return deepcopy(standing_county) if standing_county else county()
