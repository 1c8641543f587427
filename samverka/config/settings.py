"""Django's settings. Closed by default: what is not switched on here or by the environment is off.

The environment of a real installation (`samverka serve`):

    DATABASE_URL              the application's role; cannot alter tables
    DATABASE_OWNER_URL        the owner's role; only for `samverka migrate`, never for the web process
    SAMVERKA_SECRET_KEY       or SAMVERKA_SECRET_KEY_FILE: at least 50 random characters
    SAMVERKA_HOSTS            host names, with commas
    SAMVERKA_BEHIND_PROXY=1   the proxy sets X-Forwarded-Proto, and only the proxy can reach us
    SAMVERKA_ADDRESS          where people find us, for links in mail; else https and the first host
    SAMVERKA_MAIL             smtp://name:password@host:587, smtps://host, file:///folder, console:;
                              without it no mail is sent. Never holds anything about a person.
    SAMVERKA_MAIL_FROM        the sender of mail
    SAMVERKA_SOCKETS          where systems open a socket, wss://…; else the address with /fhir/ws
    SAMVERKA_BULK             folder of the files of bulk exports, kept for a day; else in the data folder
    SAMVERKA_IMPORT_HOSTS     hosts of the own net that files of a bulk import may be fetched from, with commas
                              (SAMVERKA_IMPORT_BYTES: how large one may be)
    SAMVERKA_SIGNING_KEY_FILE  key that signs who someone is for apps; the same for every process
    SAMVERKA_HSA_ID           this system's own HSA-id, its logical address; without it the national contracts are off
    SAMVERKA_ENGAGEMENT_INDEX  https address of the engagement index's Update; without it nothing is told
    SAMVERKA_ENGAGEMENT_INDEX_ADDRESS  the index's logical address; else the national one's
    SAMVERKA_WAREHOUSE        folder of the facts that figures are counted from; else in the data folder
    SAMVERKA_FHIR_A_MINUTE    requests a minute of one FHIR client; 0 is no limit (SAMVERKA_FHIR_BODY,
                              _OPEN_A_MINUTE, _DEPTH, _VALUES, _ADDRESS and _SECONDS: docs/reference/limits.md)
    SAMVERKA_WAREHOUSE_SALT_FILE  file with the salt of their pseudonyms; keep it apart from the facts

`samverka demo` sets what it needs itself, SAMVERKA_DEMO=1 among it.
"""

from __future__ import annotations

import json
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from samverka.config.folders import PACKAGE, data_folder
from samverka.config.mail import TIMEOUT, mail_settings


def _on(name: str) -> bool:
    return os.environ.get(name) == "1"


def _secret_key() -> str:
    if file := os.environ.get("SAMVERKA_SECRET_KEY_FILE"):
        return Path(file).read_text().strip()
    # Without one, sessions end with the process. `serve` refuses to start so.
    return os.environ.get("SAMVERKA_SECRET_KEY") or secrets.token_urlsafe(64)


DEMO = _on("SAMVERKA_DEMO")
DEBUG = _on("SAMVERKA_DEBUG")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [host for host in os.environ.get("SAMVERKA_HOSTS", "").split(",") if host]
if DEMO:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]

# ── rooms ────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "access.Account"
_ROOMS = [
    "audit",
    "access",
    "notices",
    "web",
    "resources",
    "subscriptions",
    "organisations",
    "people",
    "connections",
    "careplans",
    "contacts",
    "discharge",
    "guarantee",
    "contract",
    "indicators",
    "transition",
    "rivta",
    "developers",
    *(["demo"] if DEMO else []),
]
INSTALLED_APPS = [
    *(f"samverka.{room}" for room in _ROOMS),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "template_partials",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samverka.web.door.DoorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "samverka.config.urls"
WSGI_APPLICATION = "samverka.config.wsgi.application"
FORM_RENDERER = "samverka.web.form_rendering.Renderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# ── database ─────────────────────────────────────────────────────────────────────────────────────
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ROUTERS: list[str] = []


def _database(url: str | None) -> dict[str, Any]:
    # An address that no server has: forgetting DATABASE_URL must not find some database by chance.
    config = dj_database_url.parse(url or "postgresql://none@%2Fnonexistent/none", conn_max_age=300)
    config["CONN_HEALTH_CHECKS"] = True
    config["ATOMIC_REQUESTS"] = (
        False  # `act` owns the transaction: a "denied" line must survive the roll-back
    )
    return dict(config)


DATABASES = {"default": _database(os.environ.get("DATABASE_URL"))}
if owner := os.environ.get("DATABASE_OWNER_URL"):
    DATABASES["owner"] = _database(owner)
# The counters of the log-in's rate limits must be the same in every worker.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        # At the default of 300 a busy day would throw out counters that are still counting.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# ── language and time ────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# ── static files ─────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("SAMVERKA_STATIC") or data_folder() / "static")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.InMemoryStorage"
    },  # no uploads are kept as files
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ── mail ─────────────────────────────────────────────────────────────────────────────────────────
_FIRST_HOST = next(iter(ALLOWED_HOSTS), "localhost")
SAMVERKA_ADDRESS = os.environ.get(
    "SAMVERKA_ADDRESS", "http://localhost:8000" if DEMO else f"https://{_FIRST_HOST}"
).rstrip("/")
# Where other systems open a socket to be told of changes; the proxy leads it to `samverka sockets`.
SAMVERKA_SOCKETS = os.environ.get(
    "SAMVERKA_SOCKETS",
    "ws://127.0.0.1:8001/fhir/ws"
    if DEMO
    else f"{SAMVERKA_ADDRESS.replace('http', 'ws', 1)}/fhir/ws",
)
_mail = mail_settings(
    os.environ.get("SAMVERKA_MAIL", f"file://{data_folder() / 'mail'}" if DEMO else "")
)
SAMVERKA_MAIL_ON = _mail.on
EMAIL_BACKEND, EMAIL_FILE_PATH, EMAIL_TIMEOUT = _mail.backend, _mail.folder, TIMEOUT
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.tls
DEFAULT_FROM_EMAIL = os.environ.get("SAMVERKA_MAIL_FROM", f"samverka@{_FIRST_HOST}")

# ── log in ───────────────────────────────────────────────────────────────────────────────────────
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "samverka.config.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = [
    "username*",
    "password1*",
    "password2*",
]  # sign-up is closed by the adapter
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEMO else "https"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # http://localhost
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Samverka"

# ── sessions and cookies ─────────────────────────────────────────────────────────────────────────
# So long a session is remembered; how long it is good for is the door's (SAMVERKA_IDLE below).
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
_HTTPS = not DEMO
_PREFIX = "__Host-" if _HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}samverka"
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "samverka.web.pages.csrf_failure"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = _HTTPS

# ── headers ──────────────────────────────────────────────────────────────────────────────────────
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]  # a load balancer asks in plain http, and learns nothing
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if _on("SAMVERKA_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the masks of check boxes are data: pictures
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# ── log ──────────────────────────────────────────────────────────────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "quiet": {
            "()": "samverka.config.logs.QuietFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would mail whole requests to administrators.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Answers of 404 and 403 are the trail's business; here they would only be noise.
        "django.request": {"level": "ERROR"},
        "samverka": {"level": "INFO"},
    },
}

# ── the gate and the door ────────────────────────────────────────────────────────────────────────
# County settings where the law is silent; `docs/explanation` says why each has its default.
# The county's own values of parameters that the law leaves open (kernel/parameters.py says which and
# what each does), as JSON: {"emergency.length": 4}. A key that is not there keeps its default.
SAMVERKA_COUNTY: dict[str, int] = json.loads(os.environ.get("SAMVERKA_COUNTY", "{}"))
# How long a log-in lasts without a sign of life, and at most; reasons in web/sessions.py.
SAMVERKA_IDLE = timedelta(minutes=int(os.environ.get("SAMVERKA_IDLE_MINUTES", "15")))
SAMVERKA_IDLE_PERSON = timedelta(minutes=int(os.environ.get("SAMVERKA_IDLE_PERSON_MINUTES", "20")))
SAMVERKA_LONGEST = timedelta(hours=12)
SAMVERKA_LONGEST_PERSON = timedelta(hours=8)
# `web` stands below the rooms that know staff, so the door is told by name whom to ask.
SAMVERKA_ACTOR_FOR = "samverka.organisations.reads.actor_for"
# A client's access token is known by the room of those who are let in, which stands above the door.
SAMVERKA_TOKEN_FOR = "samverka.connections.reads.actor_of_token"  # noqa: S105 (a name)
# The key that signs who someone is, for apps that are let in (OpenID Connect); made the first time.
SAMVERKA_SIGNING_KEY_FILE = Path(
    os.environ.get("SAMVERKA_SIGNING_KEY_FILE") or data_folder() / "signing-key.pem"
)
# What a developer must know of the demo's own app and system; the system's secret key is in it.
SAMVERKA_DEMO_APPS = data_folder() / "demo-apps.json"
# `notices` stands below the rooms that know units, so it is told by name whom to ask.
SAMVERKA_UNITS_FOR = "samverka.organisations.reads.unit_names"
SAMVERKA_COLLEAGUES_FOR = "samverka.organisations.reads.staff_of_units"
# The act stands below the shelf, so it is told by name where the R4 form of a row is put.
SAMVERKA_PUBLISHER = "samverka.resources.operations.publish_resources"
# The gate stands below the shelf, which knows what a resource says: whether it meets the conditions of a client's scopes.
SAMVERKA_FITTING_FOR = "samverka.resources.reads.fitting.FITTING"
# The shelf stands below those who tell others what has come to stand on it (docs/adr/0021).
SAMVERKA_SHELF_HEARD = "samverka.subscriptions.operations.hearing.hear_shelf"
SAMVERKA_SHELF_INDEXED = "samverka.rivta.operations.telling.hear_shelf"

# ── national services (RIV-TA) ───────────────────────────────────────────────────────────────────
SAMVERKA_HSA_ID = os.environ.get("SAMVERKA_HSA_ID", "")
SAMVERKA_ENGAGEMENT_INDEX = os.environ.get("SAMVERKA_ENGAGEMENT_INDEX", "")
SAMVERKA_ENGAGEMENT_INDEX_ADDRESS = os.environ.get(
    "SAMVERKA_ENGAGEMENT_INDEX_ADDRESS",
    "5565594230",  # Inera AB, as the index's own scripts write it
)
# `careplans` stands below the rooms with a process, so it is told by name who is to hear of what.
SAMVERKA_PLANS_HEARD = {
    "contact": "samverka.discharge.operations.hear_contact",
    "meeting": "samverka.discharge.operations.hear_meeting",
    "answer": "samverka.discharge.operations.hear_answer",
}
# `transition` and `indicators` are strangers: who tells the figures beside a report's questions (docs/adr/0008).
SAMVERKA_FIGURES_FOR = "samverka.config.figures.report_figures"
# Who leads begins at the figures, which know no reports: who tells what waits for them there.
SAMVERKA_DUTIES_FOR = "samverka.config.duties.report_duties"
# Where each unit's locked list is put; another computer can fetch it from there.
SAMVERKA_RESERVE = Path(os.environ.get("SAMVERKA_RESERVE") or data_folder() / "reserve")
# Where the files of bulk exports lie for a day, each to be fetched by the one who asked.
SAMVERKA_BULK = Path(os.environ.get("SAMVERKA_BULK") or data_folder() / "bulk")
# Files of a bulk import are fetched from the open internet by https, and from these hosts of the own net.
SAMVERKA_IMPORT_HOSTS = frozenset(
    filter(None, os.environ.get("SAMVERKA_IMPORT_HOSTS", "").split(","))
)
SAMVERKA_IMPORT_BYTES = int(os.environ.get("SAMVERKA_IMPORT_BYTES", "4000000000"))
# Where the facts that figures are counted from lie, and apart from them the salt of their pseudonyms.
SAMVERKA_WAREHOUSE = Path(os.environ.get("SAMVERKA_WAREHOUSE") or data_folder() / "warehouse")
# The page that finds who is behind a figure is told by name who makes the pseudonyms.
SAMVERKA_WAREHOUSE_KEYS = "samverka.config.warehouse.keys"
SAMVERKA_WAREHOUSE_SALT_FILE = Path(
    os.environ.get("SAMVERKA_WAREHOUSE_SALT_FILE") or data_folder() / "warehouse-salt"
)
# The upload page stands below the rooms, so it is told by name who receives what is read in.
SAMVERKA_REGISTRY = "samverka.config.registry.REGISTRY"
# The HTTP side of FHIR stands below the rooms, so it is told by name who reads and writes which type.
SAMVERKA_FHIR_FOR = "samverka.config.straight.FHIR"
# What a FHIR client may ask for at a time; reasons in docs/reference/limits.md.
SAMVERKA_FHIR_BODY = int(os.environ.get("SAMVERKA_FHIR_BODY", "32000000"))  # bytes, unpacked
SAMVERKA_FHIR_DEPTH = int(os.environ.get("SAMVERKA_FHIR_DEPTH", "64"))
SAMVERKA_FHIR_VALUES = int(os.environ.get("SAMVERKA_FHIR_VALUES", "500000"))  # in what is sent
SAMVERKA_FHIR_ADDRESS = int(os.environ.get("SAMVERKA_FHIR_ADDRESS", "8000"))  # letters
SAMVERKA_FHIR_SECONDS = float(os.environ.get("SAMVERKA_FHIR_SECONDS", "30"))
SAMVERKA_FHIR_A_MINUTE = int(os.environ.get("SAMVERKA_FHIR_A_MINUTE", "6000"))
SAMVERKA_FHIR_OPEN_A_MINUTE = int(os.environ.get("SAMVERKA_FHIR_OPEN_A_MINUTE", "600"))
SAMVERKA_WORKERS = int(os.environ.get("SAMVERKA_WORKERS", "1"))  # told by `samverka serve`
# So long (seconds) a worker goes by what it found out of a token; so long one that is taken back may go on.
SAMVERKA_TOKEN_SECONDS = float(os.environ.get("SAMVERKA_TOKEN_SECONDS", "2"))
# Whether the answer to a reader waits until the line about it is on the disk. Else the database has it there within
# `wal_writer_delay`, three times over: 30 ms in ours. What is written always waits (docs/adr/0023).
SAMVERKA_READS_WAIT = os.environ.get("SAMVERKA_READS_WAIT", "") == "1"
SAMVERKA_CHOOSER_URL = "organisations:choose"
SAMVERKA_ENTRANCE_URL = "demo:entrance" if DEMO else "account_login"
