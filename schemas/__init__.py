"""What the published dataset looks like: tables, codebooks, lexicons and dataset metadata, as data."""
