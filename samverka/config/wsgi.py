"""The door for the web server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverka.config.settings")
_ordinary = get_wsgi_application()

from samverka.config.straight import FHIR as FHIR  # noqa: E402 (all is ready before the first client comes)
from samverka.web.straight import Straight  # noqa: E402 (Django has to be started first)

application = Straight(_ordinary)
"""FHIR clients with a token go straight on; all else through everything that a page needs."""
