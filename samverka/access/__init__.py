"""The gate: actions, roles, care relation, consent, blocks, emergency opening, and `act`."""
