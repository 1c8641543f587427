"""Where mail goes: one address in the environment."""

from __future__ import annotations

import pytest

from samverka.config.mail import MailSettings, mail_settings


@pytest.mark.parametrize(
    ("address", "backend", "rest"),
    [
        ("console:", "console", {}),
        ("file:///var/mail/ut%20korg", "filebased", {"folder": "/var/mail/ut korg"}),
        (
            "smtp://na%40mn:l%3A%40sen@mail.example",
            "smtp",
            {"host": "mail.example", "port": 587, "user": "na@mn", "password": "l:@sen",
             "starttls": True},
        ),
        ("smtps://mail.example:2465", "smtp", {"host": "mail.example", "port": 2465, "tls": True}),
    ],
)  # fmt: skip
def test_what_an_address_means(address: str, backend: str, rest: dict[str, object]) -> None:
    found = mail_settings(address)
    assert found == MailSettings(f"django.core.mail.backends.{backend}.EmailBackend", **rest)  # type: ignore[arg-type]
    assert found.on


def test_without_an_address_no_mail_is_sent() -> None:
    assert not mail_settings("").on


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", "smtp:///x", "smtp://"])
def test_an_address_that_cannot_be_meant_stops_the_start(address: str) -> None:
    with pytest.raises(ValueError, match="SAMVERKA_MAIL"):
        mail_settings(address)
