"""Region, municipalities, care providers, units, staff and their assignments."""
