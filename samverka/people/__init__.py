"""Persons, identities, protected identity, relations, representatives."""
