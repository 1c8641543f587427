"""The floor: a bare Django view, no middleware, that reads one row by psycopg. Nothing else."""

from __future__ import annotations

import os
import threading
from typing import Any

import django
import psycopg
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATABASES={},
    SECRET_KEY="nothing is signed here",
    USE_I18N=False,
)
_of = threading.local()


def _connection() -> Any:
    if not hasattr(_of, "connection"):
        _of.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return _of.connection


def view(_request: HttpRequest, key: str) -> HttpResponse:
    """One row, by its key."""
    [text] = _connection().execute("SELECT text FROM bench_floor WHERE id = %s", [key]).fetchone()
    return HttpResponse(text, content_type="application/json")


urlpatterns = [path("floor/<str:key>", view)]
django.setup(set_prefix=False)
application = WSGIHandler()
