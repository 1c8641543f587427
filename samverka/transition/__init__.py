"""How the change to nära vård goes: status reports, targets, grants and the national summary."""
