"""The trail: append-only, hash-chained in batches, text ids, no foreign keys."""
