"""The shelf: every FHIR R4 resource received or published, word for word, with versions and source."""
