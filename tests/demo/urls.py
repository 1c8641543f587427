"""The addresses of demo mode, for tests that run outside it."""

from __future__ import annotations

from django.urls import include, path

from samverka.config.urls import handler400, handler403, handler404, handler500
from samverka.config.urls import urlpatterns as house

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*house, path("", include("samverka.demo.urls"))]
