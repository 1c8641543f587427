"""A county's history from files: CSV, Parquet and FHIR NDJSON, read row by row into facts."""
