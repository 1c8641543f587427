"""What the server says of itself: the CapabilityStatement, its own definitions, and OpenAPI; made of the tables that it runs by."""

from samverka.config.stated.capability import capability, terminology_capability
from samverka.config.stated.definitions import definition
from samverka.config.stated.openapi import openapi

__all__ = ["capability", "definition", "openapi", "terminology_capability"]
