"""FHIR search, pure: what of a resource is looked for (`indexing`), what a client asks (`asking`), whether it fits."""
