"""Apps and other systems that are let in: who they are, what they have been let do, and the tokens that say so."""
