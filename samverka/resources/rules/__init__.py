"""Rules of the shelf: reading FHIR R4 files, judging resources, names and versions. Pure."""
