"""The door of the house and what every page shares: components, look, the HTTP side of FHIR."""
