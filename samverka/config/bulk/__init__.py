"""All that one may have, in pieces: for `$everything`, and for bulk export to files."""
