"""Operations of FHIR (`$everything`): what each does, and the one list of them that the CapabilityStatement is made of."""
