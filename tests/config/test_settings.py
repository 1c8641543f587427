"""What the settings close, seen from outside."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.test import Client

from samverka.config.accounts import AccountAdapter
from samverka.config.logs import BLOT, QuietFormatter


@pytest.fixture
def answer(db):
    """Some page that everyone may see, as a browser gets it."""
    return Client().get("/konto/login/")


def test_pages_may_load_nothing_but_our_own_files(answer):
    policy = dict(
        part.strip().split(" ", 1)
        for part in answer["Content-Security-Policy"].split(";")
        if part.strip()
    )
    assert policy.pop("default-src") == "'none'"
    assert policy.pop("frame-ancestors") == "'none'"
    assert policy.pop("base-uri") == "'none'"
    assert policy.pop("img-src") == "'self' data:"
    assert set(policy.values()) == {"'self'"}


def test_the_other_headers(answer):
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_http_is_sent_on_to_https(settings, client):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/konto/login/")
    assert answer.status_code == 301
    assert answer["Location"] == "https://testserver/konto/login/"


def test_nobody_signs_up(rf):
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False


@pytest.mark.django_db
def test_a_sign_up_makes_no_account(client, django_user_model):
    words = {
        "username": "inkraktare",
        "password1": "en-lång-hemlighet-7",
        "password2": "en-lång-hemlighet-7",
    }
    client.post("/konto/signup/", words)
    assert not django_user_model.objects.exists()


def test_the_demo_is_off_unless_its_command_says_so():
    assert settings.DEMO is False
    assert "samverka.demo" not in settings.INSTALLED_APPS


def test_cookies_are_for_our_host_over_https_only():
    from samverka.config import settings as real

    assert real.SESSION_COOKIE_NAME == "__Host-samverka"
    assert real.SESSION_COOKIE_SECURE
    assert real.CSRF_COOKIE_SECURE
    assert real.CSRF_COOKIE_HTTPONLY


# ── log lines ────────────────────────────────────────────────────────────────


def line(message: str, *values: object, problem: BaseException | None = None) -> str:
    record = logging.LogRecord(
        "samverka",
        logging.ERROR,
        __file__,
        1,
        message,
        values,
        (type(problem), problem, problem.__traceback__) if problem else None,
    )
    return QuietFormatter("{message}", style="{").format(record)


@pytest.mark.parametrize(
    "number",
    [
        "191299121212",
        "19129912-1212",
        "129912-1212",
        "129912+1212",
        "1299121212",
        "19129972-1219",
        "19129912-A12B",
        "20129912 1212",
    ],
)
def test_identity_numbers_never_reach_the_log(number):
    assert line("Fel för %s.", number) == f"Fel för {BLOT}."


def test_other_numbers_do():
    words = "GET /planer/0190c2b4-7b1e-7c3a-9d2f-1a2b3c4d5e6f/ 404 2026-11-22 port 8000"
    assert line(words) == words


def test_the_text_of_an_exception_stays_out_and_its_place_is_kept():
    name = "".join(["Ka", "rin"])  # so that the quoted lines of this file do not hold it

    def save(name: str) -> None:
        raise ValueError(f"Key (name)=({name}) already exists")

    try:
        try:
            save(name)
        except ValueError as cause:
            raise RuntimeError(f"{name} kunde inte sparas") from cause
    except RuntimeError as problem:
        text = line("Gick inte", problem=problem)
    assert "Karin" not in text
    assert "ValueError" in text
    assert "RuntimeError" in text
    assert "in save" in text
